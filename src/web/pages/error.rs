//! Pages that say what went wrong and where to go.

use serde::Serialize;

use crate::web::templates::View;

/// What went wrong.
#[derive(Debug, Serialize)]
pub struct ErrorPage {
    /// As in 404.
    pub status: u16,
    /// In a few words.
    pub title: &'static str,
    /// What to do.
    pub text: String,
    /// To find it in the log.
    pub request_id: Option<String>,
    /// Where one came from.
    pub back: Option<String>,
    /// Where to go.
    pub action: Way,
}

/// Where to go.
#[derive(Debug, Serialize)]
pub struct Way {
    /// The address.
    pub href: &'static str,
    /// What it says.
    pub label: &'static str,
}

impl View for ErrorPage {
    const TEMPLATE: &'static str = "pages/error.html";
}
