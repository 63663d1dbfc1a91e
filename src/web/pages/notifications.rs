//! Notifications: what others did that concerns the reader.

use serde::Serialize;

use crate::base::id::AccountId;
use crate::web::templates::View;
use crate::web::views::{Pager, Person, Time};

/// The list.
#[derive(Debug, Serialize)]
pub struct Notifications {
    /// Newest first; likes of one post stand together.
    pub news: Vec<News>,
    /// Older and newer.
    pub pager: Pager,
}

/// One line.
#[derive(Debug, Serialize)]
pub struct News {
    /// Its sign.
    pub icon: &'static str,
    /// Who did it, the latest first; at most a handful.
    pub people: Vec<Person>,
    /// How many more than the one who is named.
    pub others: usize,
    /// What they did, as in "liked your post".
    pub what: &'static str,
    /// When, the latest.
    pub at: Time,
    /// The beginning of the post, as plain text.
    pub excerpt: String,
    /// Where it is.
    pub href: Option<String>,
    /// Whether it is new.
    pub fresh: bool,
    /// Who asks to follow.
    pub request: Option<AccountId>,
}

impl View for Notifications {
    const TEMPLATE: &'static str = "pages/notifications.html";
}
