//! From page to page, and from tab to tab.

use serde::Serialize;

/// Links to the neighbours of a page.
#[derive(Clone, Debug, Default, Serialize)]
pub struct Pager {
    /// The page with what came later.
    pub newer: Option<String>,
    /// The page with what came before.
    pub older: Option<String>,
}

/// One of several lists of a page.
#[derive(Clone, Debug, Serialize)]
pub struct Tab {
    /// What it is called.
    pub label: String,
    /// Where it is.
    pub href: String,
    /// Whether it is the one that is shown.
    pub current: bool,
}
