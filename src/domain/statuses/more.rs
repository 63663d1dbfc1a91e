//! What only some posts of a page have, loaded at once: polls, titles, reactions. Tables of which no post of the page
//! says that they hold something are not asked.

use std::collections::HashMap;

use super::extras::Extras;
use super::model::Status;
use super::poll::{PollOption, PollView};
use super::react::Reaction;
use super::store;
use super::title::Title;
use crate::base::id::{AccountId, StatusId};
use crate::base::{Millis, Result};
use crate::platform::db::Conn;

/// By post.
#[derive(Debug, Default)]
pub struct More {
    polls: HashMap<StatusId, PollView>,
    titles: HashMap<StatusId, Title>,
    reactions: HashMap<StatusId, Vec<Reaction>>,
}

impl More {
    /// For these posts, as `person` sees them.
    pub async fn load(
        conn: &mut Conn,
        statuses: &[Status],
        person: Option<AccountId>,
        now: Millis,
    ) -> Result<Self> {
        let mut more = Self::default();
        let with = |extra: Extras| -> Vec<StatusId> {
            statuses.iter().filter(|status| status.extras.has(extra)).map(|status| status.id).collect()
        };
        let asking = with(Extras::POLL);
        if !asking.is_empty() {
            more.polls = polls(conn, &asking, person, now).await?;
            for status in statuses.iter().filter(|status| person == Some(status.account_id)) {
                if let Some(poll) = more.polls.get_mut(&status.id) {
                    poll.mine = true;
                }
            }
        }
        let titled = with(Extras::TITLE);
        if !titled.is_empty() {
            more.titles = store::list_titles(conn, &titled).await?.into_iter().collect();
        }
        let liked = with(Extras::REACTIONS);
        if !liked.is_empty() {
            for (status, reaction) in store::list_reactions(conn, &liked).await? {
                more.reactions.entry(status).or_default().push(reaction);
            }
        }
        Ok(more)
    }

    /// The poll of a post.
    pub fn poll(&self, id: StatusId) -> Option<PollView> {
        self.polls.get(&id).cloned()
    }

    /// The title of a post.
    pub fn title(&self, id: StatusId) -> Option<Title> {
        self.titles.get(&id).cloned()
    }

    /// The reactions to a post, most frequent first.
    pub fn reactions(&self, id: StatusId) -> Vec<Reaction> {
        self.reactions.get(&id).cloned().unwrap_or_default()
    }
}

async fn polls(
    conn: &mut Conn,
    ids: &[StatusId],
    person: Option<AccountId>,
    now: Millis,
) -> Result<HashMap<StatusId, PollView>> {
    let mut options: HashMap<StatusId, Vec<PollOption>> = HashMap::new();
    for option in store::list_poll_options(conn, ids).await? {
        options.entry(option.status_id).or_default().push(option);
    }
    let mut own: HashMap<StatusId, Vec<i64>> = HashMap::new();
    if let Some(person) = person {
        for (status, position) in store::list_votes_of(conn, person, ids).await? {
            own.entry(status).or_default().push(position);
        }
    }
    let polls = store::list_polls(conn, ids).await?;
    Ok(polls
        .into_iter()
        .map(|poll| {
            let id = poll.status_id;
            let view = PollView {
                over: poll.is_over(now),
                options: options.remove(&id).unwrap_or_default(),
                mine: false,
                own_votes: own.remove(&id).unwrap_or_default(),
                poll,
            };
            (id, view)
        })
        .collect())
}
