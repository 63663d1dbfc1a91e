//! The desk: reports that wait, and reports that are done.

use serde::Serialize;

use crate::base::id::ReportId;
use crate::web::templates::View;
use crate::web::views::{Pager, Person, SiteChip, Time};

/// The list.
#[derive(Debug, Serialize)]
pub struct Desk {
    /// `open` or `resolved`.
    pub tab: &'static str,
    /// Oldest first while open, latest first when resolved.
    pub cases: Vec<CaseLine>,
    /// What to say if there are none.
    pub nothing: &'static str,
    /// And a sentence more.
    pub nothing_text: &'static str,
    /// Older and newer.
    pub pager: Pager,
}

/// A report, in a line.
#[derive(Debug, Serialize)]
pub struct CaseLine {
    /// Ours.
    pub id: ReportId,
    /// As in "Breaks our rules".
    pub category: &'static str,
    /// Who is reported.
    pub person: Person,
    /// Who reports.
    pub reporter: Person,
    /// The site whose moderators report.
    pub from_site: Option<SiteChip>,
    /// In the reporter's words.
    pub comment: String,
    /// The beginning of the first post, as plain text.
    pub excerpt: String,
    /// How many posts it names.
    pub posts: usize,
    /// When.
    pub at: Time,
    /// When it was resolved.
    pub resolved: Option<Time>,
}

impl View for Desk {
    const TEMPLATE: &'static str = "pages/desk.html";
}
