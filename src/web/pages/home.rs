//! Home: what those one follows wrote, what this site wrote, what the organisation wrote.

use serde::Serialize;

use crate::web::templates::View;
use crate::web::views::{Composer, Pager, Post, SiteChip, Tab};

/// A timeline.
#[derive(Debug, Serialize)]
pub struct Home {
    /// As in "Following".
    pub heading: &'static str,
    /// As in `following`.
    pub tab: &'static str,
    /// The timelines.
    pub tabs: Vec<Tab>,
    /// Only on the first page.
    pub composer: Option<Composer>,
    /// Newest first.
    pub posts: Vec<Post>,
    /// What to say if there are none.
    pub nothing: Nothing,
    /// Older and newer.
    pub pager: Pager,
    /// The other sites that are heard.
    pub sites: Vec<SiteChip>,
}

/// What to say, and where to go, if there is nothing.
#[derive(Debug, Serialize)]
pub struct Nothing {
    /// In a few words.
    pub title: &'static str,
    /// In a sentence.
    pub text: &'static str,
    /// Where to go.
    pub href: Option<&'static str>,
    /// What the way there says.
    pub action: &'static str,
}

impl View for Home {
    const TEMPLATE: &'static str = "pages/home.html";
}
