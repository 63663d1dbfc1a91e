//! People of all sites, by name or by address.

use serde::Serialize;

use crate::web::templates::View;
use crate::web::views::{Pager, PersonRow};

/// The directory, or what a search found.
#[derive(Debug, Serialize)]
pub struct People {
    /// What was looked for.
    pub query: String,
    /// As in "3 people at 2 sites".
    pub summary: String,
    /// An address as it may be typed.
    pub example: String,
    /// The site that did not answer.
    pub unreachable: Option<String>,
    /// Who was found.
    pub people: Vec<PersonRow>,
    /// Further on.
    pub pager: Pager,
}

impl View for People {
    const TEMPLATE: &'static str = "pages/people.html";
}
