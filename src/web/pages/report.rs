//! A report to the moderators.

use serde::Serialize;

use crate::web::templates::View;
use crate::web::views::{Errors, Person, Post};

/// The form.
#[derive(Debug, Serialize)]
pub struct Report {
    /// Who is reported.
    pub person: Person,
    /// The post that is reported.
    pub post: Option<Post>,
    /// To choose from.
    pub categories: &'static [Category],
    /// Where to go afterwards.
    pub back: String,
    /// What was typed.
    pub form: ReportForm,
}

/// What a report is about.
#[derive(Clone, Copy, Debug, Serialize)]
pub struct Category {
    /// As the form sends it.
    pub key: &'static str,
    /// In a few words.
    pub label: &'static str,
    /// In a sentence.
    pub hint: &'static str,
}

/// What was typed.
#[derive(Debug, Default, Serialize)]
pub struct ReportForm {
    /// As in `spam`.
    pub category: String,
    /// In the reporter's words.
    pub comment: String,
    /// Whether the other site is told.
    pub forward: bool,
    /// What could not be taken.
    pub errors: Errors,
}

/// To choose from.
pub const CATEGORIES: &[Category] = &[
    Category {
        key: "violation",
        label: "It breaks our rules",
        hint: "Insults, threats, discrimination, other people's private matters.",
    },
    Category {
        key: "spam",
        label: "It is advertising or noise",
        hint: "The same thing again and again, or nothing to do with work.",
    },
    Category {
        key: "legal",
        label: "It may be against the law",
        hint: "Confidential documents, copyright, personal data.",
    },
    Category { key: "other", label: "Something else", hint: "Say in your words what it is." },
];

impl View for Report {
    const TEMPLATE: &'static str = "pages/report.html";
}
