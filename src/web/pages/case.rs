//! One report with the posts in their conversation, and what to do about it; also the same without a report.

use serde::Serialize;

use super::desk::CaseLine;
use crate::web::templates::View;
use crate::web::views::{Errors, Person, Post, Time};

/// The page.
#[derive(Debug, Serialize)]
pub struct Case {
    /// As in "Breaks our rules: Bob".
    pub heading: String,
    /// `open` or `resolved`.
    pub tab: &'static str,
    /// The report, if there is one.
    pub report: Option<CaseLine>,
    /// Who is reported.
    pub person: Person,
    /// As in "Limited since 3 May".
    pub standing: String,
    /// The posts that are reported.
    pub posts: Vec<Accused>,
    /// What was done so far.
    pub history: Vec<Done>,
    /// Where the decision is sent.
    pub action: String,
    /// To choose from.
    pub actions: Vec<Action>,
    /// What was typed.
    pub form: CaseForm,
}

/// A reported post with the conversation around it.
#[derive(Debug, Serialize)]
pub struct Accused {
    /// What came before.
    pub above: Vec<Post>,
    /// The post, unless it is gone.
    pub post: Option<Post>,
    /// What it said when it was reported, as plain text.
    pub words: String,
    /// Whether it is removed from this site.
    pub removed: bool,
    /// What came after.
    pub below: Vec<Post>,
}

/// A line of the history.
#[derive(Debug, Serialize)]
pub struct Done {
    /// As in "Limited the person".
    pub what: &'static str,
    /// Who did it.
    pub moderator: Person,
    /// Why.
    pub reason: String,
    /// When.
    pub at: Time,
}

/// Something that can be done.
#[derive(Debug, Serialize)]
pub struct Action {
    /// As the form sends it.
    pub key: &'static str,
    /// In a few words.
    pub label: String,
    /// What it means.
    pub hint: &'static str,
}

/// What was typed.
#[derive(Debug, Default, Serialize)]
pub struct CaseForm {
    /// What was chosen.
    pub act: String,
    /// Why.
    pub reason: String,
    /// What could not be taken.
    pub errors: Errors,
}

impl View for Case {
    const TEMPLATE: &'static str = "pages/case.html";
}
