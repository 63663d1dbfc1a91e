//! Polls. Source: <https://docs.joinmastodon.org/entities/Poll/>

use serde::Serialize;

use crate::base::Millis;
use crate::base::id::StatusId;
use crate::domain::statuses::PollView;

/// A poll as one reader sees it. Its id is that of its post.
#[derive(Clone, Debug, Serialize)]
pub struct Poll {
    pub id: StatusId,
    pub expires_at: Option<String>,
    pub expired: bool,
    pub multiple: bool,
    pub votes_count: i64,
    pub voters_count: Option<i64>,
    pub options: Vec<PollOption>,
    pub emojis: [(); 0],
    pub voted: bool,
    pub own_votes: Vec<i64>,
}

/// What can be chosen.
#[derive(Clone, Debug, Serialize)]
pub struct PollOption {
    pub title: String,
    /// Null while the figures are kept back.
    pub votes_count: Option<i64>,
}

impl Poll {
    /// Whoever asked counts as having voted: there is nothing for them to choose.
    pub fn new(view: &PollView) -> Self {
        let shown = view.shows_totals();
        Self {
            id: view.poll.status_id,
            expires_at: view.poll.expires_at.map(Millis::to_rfc3339),
            expired: view.over,
            multiple: view.poll.multiple,
            votes_count: if shown { view.votes_count() } else { 0 },
            voters_count: view.poll.voters_count,
            options: view
                .options
                .iter()
                .map(|option| PollOption {
                    title: option.title.clone(),
                    votes_count: shown.then_some(option.votes_count),
                })
                .collect(),
            emojis: [],
            voted: view.mine || !view.own_votes.is_empty(),
            own_votes: view.own_votes.clone(),
        }
    }
}

/// What a version of a post offered. Source: <https://docs.joinmastodon.org/entities/StatusEdit/#poll>
#[derive(Clone, Debug, Serialize)]
pub struct PollTitles {
    pub options: Vec<PollTitle>,
}

/// An option without its votes.
#[derive(Clone, Debug, Serialize)]
pub struct PollTitle {
    pub title: String,
}

impl PollTitles {
    pub fn of(poll: &Poll) -> Self {
        let titles = poll.options.iter().map(|option| PollTitle { title: option.title.clone() });
        Self { options: titles.collect() }
    }
}
