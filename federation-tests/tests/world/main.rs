//! What employees of several sites can rely on.

#![allow(clippy::unwrap_used, reason = "a test may panic")]

mod bad_input;
mod clocks;
mod closed;
mod conversation;
mod delivery;
mod keys;
mod leaving;
mod media;
mod mended;
mod moderation;
mod moving;
mod order;
mod outage;
mod passed_on;
mod pins;
mod policies;
mod polls;
mod quotes;
mod reactions;
mod resilience;
mod restored;
mod rude;
mod third_sites;
mod threads;
mod undoing;
mod visibility;
mod wire;
