//! A peer that knows every trick: each is tried, none works, and the site goes on working.

mod announces;
mod bodies;
mod fetched;
mod identity;
mod names;
mod signatures;
mod slow;
