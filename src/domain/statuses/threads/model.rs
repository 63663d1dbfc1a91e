//! A look-up of a thread, and the pure rule of when to look.

use std::time::Duration;

use serde::{Deserialize, Serialize};

use crate::base::Millis;
use crate::base::id::StatusId;
use crate::words;

/// Why we look.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Cause {
    /// A reply came in whose parent is not here: what stands above it is missing.
    Reply,
    /// Somebody opened the thread: whatever is missing is wanted.
    View,
}

words!(Cause { Reply = "reply", View = "view" });

/// How far it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum State {
    /// Nobody looked yet, or somebody is looking.
    Waiting,
    /// Looked; some site could not be reached.
    Partial,
    /// Looked everywhere.
    Done,
}

words!(State { Waiting = "waiting", Partial = "partial", Done = "done" });

/// What is looked for, and what came of it.
#[derive(Clone, Debug, sqlx::FromRow)]
pub struct LookUp {
    /// The thread.
    pub conversation_id: StatusId,
    /// What clients ask after.
    pub token: String,
    /// Why.
    #[sqlx(try_from = "String")]
    pub cause: Cause,
    /// How far.
    #[sqlx(try_from = "String")]
    pub state: State,
    /// How often in a row a site was not reached.
    pub attempts: i64,
    /// The last view that made us look.
    pub viewed_at: Option<Millis>,
    /// When it was done last.
    pub finished_at: Option<Millis>,
    /// JSON.
    pub found: String,
    /// JSON.
    pub unreachable: String,
}

/// A site that could not be reached, and the posts there that are known by address only.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Unreached {
    /// As in `sales.example.org`.
    pub host: String,
    /// Their addresses; none if only the lists of that site were wanted.
    pub posts: Vec<String>,
}

impl LookUp {
    /// Whether somebody is looking, or will at once.
    pub fn is_running(&self) -> bool {
        self.state == State::Waiting
    }

    /// The posts that arrived since it was asked for.
    pub fn found(&self) -> Vec<StatusId> {
        serde_json::from_str(&self.found).unwrap_or_default()
    }

    /// The sites that could not be reached.
    pub fn unreachable(&self) -> Vec<Unreached> {
        serde_json::from_str(&self.unreachable).unwrap_or_default()
    }
}

/// A thread is left alone so long after it began: most of what is said at first comes by itself.
const FRESH: Duration = Duration::from_mins(5);

/// A thread is looked at once in this time, however often it is opened.
const PAUSE: Duration = Duration::from_mins(15);

/// Whether a view may make us look: `begun` is when its first post was written, as far as it is known, `viewed_at`
/// the last view that did.
///
/// Source: Mastodon's figures,
/// <https://github.com/mastodon/mastodon/blob/main/app/models/concerns/status/fetch_replies_concern.rb>
///
/// ```
/// use breezeway::base::Millis;
/// use breezeway::domain::statuses::threads::may_look;
/// let minute = |n: i64| Millis(n * 60_000);
/// assert!(!may_look(minute(0), None, minute(4)));
/// assert!(may_look(minute(0), None, minute(5)));
/// assert!(!may_look(minute(0), Some(minute(5)), minute(19)));
/// assert!(may_look(minute(0), Some(minute(5)), minute(20)));
/// ```
pub fn may_look(begun: Millis, viewed_at: Option<Millis>, now: Millis) -> bool {
    begun <= now - FRESH && viewed_at.is_none_or(|at| at <= now - PAUSE)
}
