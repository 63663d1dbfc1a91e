//! What another site is to us.

use crate::base::Millis;
use crate::base::id::PeerId;
use crate::words;

/// How far the handshake is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PeerState {
    /// Known by name only (open mode, or blocked before any handshake).
    None,
    /// We asked.
    Invited,
    /// They asked.
    Requested,
    /// Both agreed.
    Accepted,
    /// One of the two ended it.
    Removed,
}

words!(PeerState {
    None = "none",
    Invited = "invited",
    Requested = "requested",
    Accepted = "accepted",
    Removed = "removed",
});

/// Another site.
#[derive(Clone, Debug, sqlx::FromRow)]
pub struct Peer {
    /// Ours.
    pub id: PeerId,
    /// With port, if it is not the scheme's own.
    pub host: String,
    /// How far the handshake is.
    #[sqlx(try_from = "String")]
    pub state: PeerState,
    /// Its instance actor.
    pub actor_uri: Option<String>,
    /// Where to deliver for the whole site.
    pub inbox: Option<String>,
    /// What it calls itself; may be empty.
    pub name: String,
    /// `#rrggbb`; may be empty.
    pub colour: String,
    /// The collection that stands for the whole organisation there.
    pub organisation_uri: Option<String>,
    /// Id of the Follow between the instance actors.
    pub follow_uri: Option<String>,
    /// Blocked by our moderators.
    pub blocked_at: Option<Millis>,
    /// First heard of.
    pub created_at: Millis,
    /// Last change.
    pub updated_at: Millis,
}

impl Peer {
    /// What to call it: its name, else its host.
    pub fn label(&self) -> &str {
        if self.name.is_empty() { &self.host } else { &self.name }
    }

    /// Whether it is in the organisation and not blocked.
    pub fn is_member(&self) -> bool {
        self.state == PeerState::Accepted && self.blocked_at.is_none()
    }
}
