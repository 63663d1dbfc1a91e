//! A program asks to act for a person (OAuth 2, authorisation code).

use serde::Serialize;

use crate::web::templates::View;

/// The question, or the code to copy if the program has no address to go on to.
#[derive(Debug, Serialize)]
pub struct Authorize {
    /// The program.
    pub app: String,
    /// Its page.
    pub website: Option<String>,
    /// What it asks for.
    pub scopes: Vec<ScopeLine>,
    /// Where the person goes on to.
    pub target: String,
    /// What the form sends back.
    pub fields: Vec<HiddenField>,
    /// The code to copy.
    pub code: Option<String>,
}

/// Something that a program asks for.
#[derive(Debug, Serialize)]
pub struct ScopeLine {
    /// As in `write:statuses`.
    pub name: String,
    /// In plain words.
    pub label: &'static str,
}

/// What the form sends back.
#[derive(Debug, Serialize)]
pub struct HiddenField {
    /// As in `client_id`.
    pub name: &'static str,
    /// Its value.
    pub value: String,
}

impl View for Authorize {
    const TEMPLATE: &'static str = "pages/authorize.html";
}
