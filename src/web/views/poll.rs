//! A poll, as it is read and as it is made; and the signs under a post.

use serde::Serialize;

use super::Time;

/// A poll, as it is read.
#[derive(Clone, Debug, Serialize)]
pub struct Poll {
    /// In order.
    pub options: Vec<PollRow>,
    /// Several may be chosen.
    pub multiple: bool,
    /// Whether the reader can vote.
    pub may_vote: bool,
    /// Whether there are figures to see.
    pub shows_totals: bool,
    /// As in "12 people voted".
    pub turnout: String,
    /// As in "2 days left"; empty if it has ended, or never does.
    pub left: String,
    /// When it ended.
    pub ended: Option<Time>,
}

/// What can be chosen.
#[derive(Clone, Debug, Serialize)]
pub struct PollRow {
    /// What it says.
    pub title: String,
    /// How many chose it.
    pub votes: i64,
    /// Its share, 0 to 100.
    pub percent: i64,
    /// Whether the reader chose it.
    pub mine: bool,
}

/// A sign that people left under a post.
#[derive(Clone, Debug, Serialize)]
pub struct Sign {
    /// The sign, or the name of the small picture.
    pub name: String,
    /// The small picture.
    pub picture: Option<String>,
    /// How many people.
    pub count: i64,
}

/// Where a person makes a poll.
#[derive(Clone, Debug, Serialize)]
pub struct PollFields {
    /// As typed; empty ones are passed over.
    pub options: Vec<String>,
    /// To choose from.
    pub spans: &'static [Span],
    /// The one that is chosen, in seconds.
    pub span: u64,
    /// Several may be chosen.
    pub multiple: bool,
    /// Nobody sees the figures before the end.
    pub hide_totals: bool,
    /// Whether the fields are unfolded.
    pub open: bool,
}

/// How long a poll may run.
#[derive(Clone, Copy, Debug, Serialize)]
pub struct Span {
    /// In seconds.
    pub seconds: u64,
    /// In words.
    pub name: &'static str,
}
