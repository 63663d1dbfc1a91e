//! Reading from other sites: actors by id or handle, posts by id.
//!
//! Everything fetched is checked before anybody believes it: the site may be spoken to, the answer
//! promises ActivityPub, its id belongs to the site that answered.

mod budget;
mod document;
mod error;

pub use budget::Budget;
pub use document::{Document, Fetcher};
pub use error::FetchError;
