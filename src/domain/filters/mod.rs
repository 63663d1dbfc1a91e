//! What somebody does not want to read: posts with certain words, and certain posts.
//!
//! Filters are read and compiled once for each person; posts are held against them by `statuses::filtered`.

pub mod compiled;
pub mod manage;
pub mod model;
pub mod store;
pub mod words;

pub use compiled::{Compiled, Hit, of};
pub use manage::{change, create, delete, get, list, restore};
pub use model::{Action, Change, Context, Contexts, Filter, FilterView, NewFilter, Word, WordChange};
