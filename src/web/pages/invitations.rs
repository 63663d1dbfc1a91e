//! Links with which colleagues register.

use serde::Serialize;

use crate::web::templates::View;

/// The page.
#[derive(Debug, Default, Serialize)]
pub struct Invitations {
    /// The link that was just made.
    pub link: Option<String>,
    /// How long it works.
    pub until: String,
}

impl View for Invitations {
    const TEMPLATE: &'static str = "pages/invitations.html";
}
