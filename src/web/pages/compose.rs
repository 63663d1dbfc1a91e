//! Writing: a post, a reply, a change.

use serde::Serialize;

use crate::web::templates::View;
use crate::web::views::{Composer, Post};

/// The page to write on.
#[derive(Debug, Serialize)]
pub struct Compose {
    /// As in "Reply to Ann".
    pub heading: String,
    /// The post that is answered.
    pub answers: Option<Post>,
    /// Where one writes.
    pub composer: Composer,
}

impl View for Compose {
    const TEMPLATE: &'static str = "pages/compose.html";
}
