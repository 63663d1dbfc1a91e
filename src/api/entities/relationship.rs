//! How one stands to somebody. Source: <https://docs.joinmastodon.org/entities/Relationship/>

use serde::Serialize;

use crate::base::id::AccountId;
use crate::domain::follows;

/// How the reader stands to an account.
#[derive(Clone, Debug, Serialize)]
pub struct Relationship {
    pub id: AccountId,
    pub following: bool,
    pub showing_reblogs: bool,
    pub notifying: bool,
    pub languages: Option<Vec<String>>,
    pub followed_by: bool,
    pub blocking: bool,
    pub blocked_by: bool,
    pub muting: bool,
    pub muting_notifications: bool,
    pub muting_expires_at: Option<String>,
    pub requested: bool,
    pub requested_by: bool,
    pub domain_blocking: bool,
    pub endorsed: bool,
    pub note: String,
}

impl From<follows::Relationship> for Relationship {
    fn from(tie: follows::Relationship) -> Self {
        Self {
            id: tie.id,
            following: tie.following,
            showing_reblogs: tie.showing_reblogs,
            notifying: tie.notifying,
            languages: Some(tie.languages).filter(|languages| !languages.is_empty()),
            followed_by: tie.followed_by,
            blocking: tie.blocking,
            blocked_by: tie.blocked_by,
            muting: tie.muting,
            muting_notifications: tie.muting_notifications,
            muting_expires_at: tie.muting_until.map(crate::base::Millis::to_rfc3339),
            requested: tie.requested,
            requested_by: tie.requested_by,
            domain_blocking: false,
            endorsed: false,
            note: String::new(),
        }
    }
}
