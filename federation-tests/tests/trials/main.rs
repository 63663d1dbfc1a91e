//! Sites as real processes, put to the test: killed under load, pestered, upgraded, at work.
//!
//! Everything here runs the program itself and speaks with it over HTTP only, as people and other sites do.

#![allow(clippy::unwrap_used, reason = "a test may panic")]
#![allow(
    clippy::disallowed_methods,
    reason = "a trial reads the clock, its settings, and speaks to its own sites"
)]

mod dice;
mod killed;
mod memory;
mod neighbours;
mod process;
mod upgrade;
