//! The pages that people read: server-rendered HTML, no word of JSON.
//!
//! A page is a file in `pages` (handler and view model), a template in `templates` and, for the parts that
//! several pages share, a view in `views`. Handlers only translate: they call a verb or a query of the
//! domain and fill a view. Scripts only improve what works without them.

mod assets;
pub mod media;
mod pages;
mod templates;
mod theme;
mod views;

#[cfg(test)]
mod samples;
