//! The other sites: invite, accept, part.

use serde::Serialize;

use crate::base::id::PeerId;
use crate::web::templates::View;
use crate::web::views::{Errors, SiteChip};

/// The page.
#[derive(Debug, Serialize)]
pub struct Sites {
    /// All that are known.
    pub peers: Vec<PeerLine>,
    /// What was typed.
    pub form: SitesForm,
}

/// A site.
#[derive(Debug, Serialize)]
pub struct PeerLine {
    /// Ours.
    pub id: PeerId,
    /// Name and address.
    pub site: SiteChip,
    /// As in "Connected".
    pub state: &'static str,
    /// As in "not reached since 10:20".
    pub trouble: Option<String>,
    /// Whether its invitation waits for an answer.
    pub may_accept: bool,
    /// Whether there is something to end.
    pub may_remove: bool,
    /// As in "Disconnect".
    pub remove_label: &'static str,
    /// Whether it can be invited again.
    pub may_invite: bool,
}

/// What was typed.
#[derive(Debug, Default, Serialize)]
pub struct SitesForm {
    /// The address.
    pub host: String,
    /// What could not be taken.
    pub errors: Errors,
}

impl View for Sites {
    const TEMPLATE: &'static str = "pages/sites.html";
}
