//! The wiring: what makes a running site of all the rooms, and the command line.
//!
//! The only floor that knows everything.

// First, since its macros hold for what stands below.
#[macro_use]
mod print;

mod belongings;
pub mod cli;
pub mod demo;
pub mod http;
pub mod listen;
mod log;
pub mod open;
mod patient;
mod places;
mod postman;
pub mod site;
pub mod start_error;
pub mod workers;

pub use site::{Options, Site};
pub use start_error::StartError;
