//! Words and values that every floor shares: no input or output, nothing asynchronous.

pub mod client;
pub mod clock;
pub mod config;
pub mod error;
pub mod id;
pub mod origin;
pub mod page;
pub mod secret;
pub mod text;
pub mod words;

pub use clock::{Clock, Millis};
pub use error::{Error, Result};
