//! Between what we mean and what is written on the wire, in both directions.

pub mod activity;
pub mod actor;
pub mod attachment;
pub mod audience;
pub mod consent;
pub mod from_note;
pub mod note;
pub mod question;
pub mod sign;
pub mod titled;

use url::Url;

use crate::base::{Error, Result};

/// An address that we keep, as a URL.
pub(super) fn url(text: &str) -> Result<Url> {
    Url::parse(text).map_err(Error::internal)
}
