//! What a subscription is.

use crate::base::Millis;
use crate::base::id::{AccountId, NotificationId, OAuthTokenId, PushId, SessionId};
use crate::domain::notifications::Kind;
use crate::words;

/// Of whom a program wants to hear. Source: <https://docs.joinmastodon.org/methods/push/#create>
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Reach {
    /// Of everybody.
    #[default]
    All,
    /// Of those whom the person follows.
    Followed,
    /// Of those who follow the person.
    Follower,
    /// Of nobody.
    None,
}

words!(Reach { All = "all", Followed = "followed", Follower = "follower", None = "none" });

/// Whose subscription it is; it ends with that.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Owner {
    /// A browser that is signed in. What it wants to hear of stands in the person's settings.
    Session(SessionId),
    /// A program, which says itself what it wants to hear of.
    Token(OAuthTokenId),
}

/// Where a browser or a program wants to be woken.
#[derive(Clone, Debug, sqlx::FromRow)]
pub struct Subscription {
    /// Ours.
    pub id: PushId,
    /// Whose.
    pub account_id: AccountId,
    /// The browser.
    pub session_id: Option<SessionId>,
    /// Or the program.
    pub token_id: Option<OAuthTokenId>,
    /// Where messages go.
    pub endpoint: String,
    /// The receiver's public key.
    pub p256dh: String,
    /// The receiver's secret.
    pub auth: String,
    /// Kinds, separated by spaces; for programs.
    pub alerts: String,
    /// Of whom.
    #[sqlx(try_from = "String")]
    pub policy: Reach,
    /// How many messages in a row were not taken.
    pub failures: i64,
    /// Since when.
    pub created_at: Millis,
}

impl Subscription {
    /// Whether a program asked to hear of this.
    pub fn alerts_of(&self, kind: Kind) -> bool {
        self.alerts.split(' ').any(|word| word == kind.word())
    }

    /// What a program asked to hear of.
    pub fn alerts(&self) -> impl Iterator<Item = &str> {
        self.alerts.split(' ').filter(|word| !word.is_empty())
    }
}

/// A message that waits.
#[derive(Clone, Debug, sqlx::FromRow)]
pub struct Job {
    /// For whom.
    pub subscription_id: PushId,
    /// About what.
    pub notification_id: NotificationId,
    /// How often it was tried.
    pub attempts: i64,
    /// Not before; pushed on while somebody sends it.
    pub run_at: Millis,
}
