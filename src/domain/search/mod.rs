//! Search: what the reader may see, by words, operators, people and tags.
//!
//! The words of posts are written by the effects of their being written (see `effects::index`), never with the post
//! itself; those of people with their profile (see [`crate::domain::accounts::index`]).

pub mod document;
pub mod facets;
pub mod fill;
pub mod find;
pub mod query;
pub mod resolve;
pub mod store;
pub mod suggest;

pub use facets::{Facets, facets};
pub use find::{Found, Wanted, find};
pub use query::{Problem, Query, What, Why};
pub use suggest::{Suggestions, suggest};
