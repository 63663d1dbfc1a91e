//! A person's page: of this site or of another.

use serde::Serialize;

use crate::web::templates::View;
use crate::web::views::{Pager, Person, PersonRow, Post, Tab, Tie};

/// A person's page.
#[derive(Debug, Serialize)]
pub struct Profile {
    /// The person.
    pub person: Person,
    /// How the reader stands to them; `None` for one's own page.
    pub tie: Option<Tie>,
    /// Whether it is the reader's own.
    pub own: bool,
    /// As in "Moderator".
    pub role: Option<&'static str>,
    /// What they say about themselves; HTML, sanitised.
    pub about: String,
    /// As in "Office: 2.14"; values are HTML, sanitised.
    pub fields: Vec<Field>,
    /// As in "January 2026".
    pub since: Option<String>,
    /// The page at their own site.
    pub origin: Option<String>,
    /// Why something is not as usual.
    pub notice: Option<String>,
    /// Posts, following, followers.
    pub tabs: Vec<Tab>,
    /// Newest first.
    pub posts: Vec<Post>,
    /// In the tabs of people.
    pub people: Vec<PersonRow>,
    /// What to say if there are none.
    pub nothing: String,
    /// And a sentence more.
    pub nothing_text: String,
    /// Older and newer.
    pub pager: Pager,
}

/// A line under a profile.
#[derive(Debug, Serialize)]
pub struct Field {
    /// As in "Office".
    pub name: String,
    /// HTML, sanitised.
    pub value: String,
}

impl View for Profile {
    const TEMPLATE: &'static str = "pages/profile.html";
}
