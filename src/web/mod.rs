//! The pages that people read: server-rendered HTML, no word of JSON.
//!
//! A page is a file in `pages` (handler and view model), a template in `templates` and, for the parts that
//! several pages share, a view in `views`. Handlers only translate: they call a verb or a query of the
//! domain and fill a view. Scripts only improve what works without them.

mod assets;
mod ballot;
mod branches;
mod compose_box;
mod consent;
mod emoji;
mod failure;
mod flash;
mod form;
mod guard;
mod highlight;
mod icon;
mod lens;
pub mod letters;
mod links;
pub mod media;
mod pages;
mod paging;
mod passage;
mod poll_fields;
mod redirect;
mod resolve;
mod router;
mod state;
mod templates;
mod theme;
mod views;
mod visit;
pub mod wake;

pub use router::router;

#[cfg(test)]
mod samples;
