//! The log: what moderators did, and the way to undo it.

use serde::Serialize;

use crate::base::id::{ModerationActionId, ReportId};
use crate::web::templates::View;
use crate::web::views::{Pager, Person, Time};

/// The page.
#[derive(Debug, Serialize)]
pub struct Log {
    /// Latest first.
    pub entries: Vec<Entry>,
    /// Older and newer.
    pub pager: Pager,
}

/// A line.
#[derive(Debug, Serialize)]
pub struct Entry {
    /// Ours.
    pub id: ModerationActionId,
    /// As in "Suspended".
    pub what: &'static str,
    /// Whom.
    pub person: Option<Person>,
    /// Which site.
    pub host: Option<String>,
    /// Where the post is.
    pub post: Option<String>,
    /// The report that led to it.
    pub report: Option<ReportId>,
    /// Why.
    pub reason: String,
    /// Who did it.
    pub moderator: Person,
    /// When.
    pub at: Time,
    /// Whether it was undone.
    pub undone: bool,
    /// Whether it can be undone.
    pub may_undo: bool,
}

impl View for Log {
    const TEMPLATE: &'static str = "pages/log.html";
}
