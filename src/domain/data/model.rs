//! What is taken along and what is brought.

use serde::{Deserialize, Serialize};

use crate::base::Millis;
use crate::base::id::{AccountId, ExportId, ImportId};
use crate::words;

/// A file with everything of a person.
#[derive(Clone, Debug, sqlx::FromRow)]
pub struct Export {
    /// Ours.
    pub id: ExportId,
    /// Whose.
    pub account_id: AccountId,
    /// The file, when it is there.
    pub blob_key: Option<String>,
    /// Bytes.
    pub size: i64,
    /// How often it was begun.
    pub attempts: i64,
    /// When it was asked for.
    pub created_at: Millis,
    /// When it was made; without a key it failed for good.
    pub finished_at: Option<Millis>,
    /// When it is thrown away.
    pub expires_at: Millis,
}

impl Export {
    /// Whether it can be fetched.
    pub fn is_ready(&self) -> bool {
        self.blob_key.is_some()
    }

    /// Whether nothing came of it.
    pub fn has_failed(&self) -> bool {
        self.finished_at.is_some() && self.blob_key.is_none()
    }
}

/// What a file from another site says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ImportKind {
    /// Whom one follows.
    Following,
    /// Lists, and who is on them.
    Lists,
    /// Whom one muted.
    Muting,
    /// Whom one blocked.
    Blocking,
    /// Bookmarked posts.
    Bookmarks,
}

words!(ImportKind {
    Following = "following",
    Lists = "lists",
    Muting = "muting",
    Blocking = "blocking",
    Bookmarks = "bookmarks",
});

/// A line of such a file.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Line {
    /// An account, as in `ann@sales.example.org`, or the address of a post.
    pub who: String,
    /// The list.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub list: String,
    /// Follow with reposts.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub reposts: Option<bool>,
    /// Follow and hear of each post.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub notify: Option<bool>,
    /// Follow in these languages only.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub languages: Vec<String>,
    /// Mute with their notifications.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub notifications: Option<bool>,
}

/// Why a line was not taken over.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "why", content = "reason", rename_all = "snake_case")]
pub enum Why {
    /// There is nobody, or no post, of that address.
    Unknown,
    /// This site does not speak with theirs.
    Closed,
    /// Their site does not answer.
    Unreachable,
    /// It may not be, with the reason for people to read.
    Refused(String),
}

/// A line that was not taken over.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Failure {
    /// The line.
    pub line: Line,
    /// Why.
    #[serde(flatten)]
    pub why: Why,
}

/// A file that is taken over.
#[derive(Clone, Debug, sqlx::FromRow)]
pub struct Import {
    /// Ours.
    pub id: ImportId,
    /// Whose.
    pub account_id: AccountId,
    /// What it says.
    #[sqlx(try_from = "String")]
    pub kind: ImportKind,
    /// JSON of `Vec<Line>`.
    pub lines: String,
    /// How many lines.
    pub total: i64,
    /// The line that comes next.
    pub position: i64,
    /// JSON of `Vec<Failure>`.
    pub failed: String,
    /// When it came.
    pub created_at: Millis,
    /// When the last line was done.
    pub finished_at: Option<Millis>,
}

impl Import {
    /// What could not be taken over, so far.
    pub fn failures(&self) -> Vec<Failure> {
        serde_json::from_str(&self.failed).unwrap_or_default()
    }
}

/// Somebody is about to leave.
#[derive(Clone, Copy, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct Departure {
    /// Who.
    pub account_id: AccountId,
    /// When they said so.
    pub asked_at: Millis,
    /// When it happens.
    pub run_at: Millis,
}
