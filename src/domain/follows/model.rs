//! What a tie is.

use crate::base::Millis;
use crate::base::id::AccountId;

/// Somebody follows somebody, or asks to.
#[derive(Clone, Debug, sqlx::FromRow)]
pub struct Follow {
    /// Who follows.
    pub account_id: AccountId,
    /// Who is followed.
    pub target_id: AccountId,
    /// `false`: a request.
    pub accepted: bool,
    /// Id of the Follow.
    pub uri: String,
    /// Reposts are wanted too.
    pub show_reblogs: bool,
    /// Tell about each post.
    pub notify: bool,
    /// A JSON list of languages; none: all.
    pub languages: Option<String>,
    /// Since when.
    pub created_at: Millis,
}

impl Follow {
    /// The languages in which the follower reads; empty: all.
    pub fn languages(&self) -> Vec<String> {
        self.languages.as_deref().and_then(|list| serde_json::from_str(list).ok()).unwrap_or_default()
    }
}

/// How a person of this site stands to somebody. Source: <https://docs.joinmastodon.org/entities/Relationship/>
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Relationship {
    /// To whom.
    pub id: AccountId,
    /// Follows them.
    pub following: bool,
    /// Wants their reposts.
    pub showing_reblogs: bool,
    /// Hears of each post.
    pub notifying: bool,
    /// Reads them in these languages only; empty: in all.
    pub languages: Vec<String>,
    /// Is followed by them.
    pub followed_by: bool,
    /// Blocks them.
    pub blocking: bool,
    /// Is blocked by them.
    pub blocked_by: bool,
    /// Muted them.
    pub muting: bool,
    /// Muted their notifications too.
    pub muting_notifications: bool,
    /// When the mute ends; none: when it is taken back.
    pub muting_until: Option<Millis>,
    /// Asked to follow them.
    pub requested: bool,
    /// They asked to follow.
    pub requested_by: bool,
}
