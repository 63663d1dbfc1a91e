//! Pages that say what went wrong and where to go.

use serde::Serialize;

use crate::web::templates::View;

/// What went wrong.
#[derive(Debug, Serialize)]
pub struct ErrorPage {
    /// As in 404.
    pub status: u16,
    /// As in `not-found`: names what it says.
    pub kind: &'static str,
    /// What to do.
    pub text: String,
    /// To find it in the log.
    pub request_id: Option<String>,
    /// Where one came from.
    pub back: Option<String>,
}

impl View for ErrorPage {
    const TEMPLATE: &'static str = "pages/error.html";
}
