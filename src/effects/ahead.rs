//! What the effects of a batch read, read once for all of them: a statement costs about the same for a hundred posts as
//! for one.

use std::collections::HashMap;

use crate::base::Result;
use crate::base::id::{AccountId, StatusId};
use crate::base::origin::INSTANCE_ACTOR;
use crate::domain::event::Event;
use crate::domain::event::store::Due;
use crate::domain::statuses::Status;
use crate::domain::{accounts, follows, statuses};
use crate::platform::db::Conn;

/// Read ahead for a batch of events.
#[derive(Default)]
pub struct Ahead(HashMap<StatusId, Written>);

/// A post that was written, and whom it concerns here.
pub struct Written {
    /// The post.
    pub status: Status,
    /// People of this site who are named or answered.
    pub told: Vec<AccountId>,
    /// People of this site who want to hear of each post of its author.
    pub wanting: Vec<AccountId>,
}

impl Ahead {
    /// Reads what the events will ask for.
    pub async fn look(conn: &mut Conn, due: &[Due]) -> Result<Self> {
        let ids: Vec<StatusId> = due
            .iter()
            .filter_map(|due| match due.event {
                Some(Event::StatusCreated { status }) => Some(status),
                _ => None,
            })
            .collect();
        let found = statuses::store::list(conn, &ids).await?;
        if found.is_empty() {
            return Ok(Self::default());
        }
        let told = told(conn, &found, &ids).await?;
        let wanting = wanting(conn, &found).await?;
        let each = |status: Status| {
            let written = Written {
                told: told.get(&status.id).cloned().unwrap_or_default(),
                wanting: wanting.get(&status.account_id).cloned().unwrap_or_default(),
                status,
            };
            (written.status.id, written)
        };
        Ok(Self(found.into_iter().map(each).collect()))
    }

    /// The post of an event; none if it is gone already.
    pub fn written(&mut self, id: StatusId) -> Option<Written> {
        self.0.remove(&id)
    }
}

async fn told(
    conn: &mut Conn,
    found: &[Status],
    ids: &[StatusId],
) -> Result<HashMap<StatusId, Vec<AccountId>>> {
    let mut pairs = statuses::store::list_mentions(conn, ids).await?;
    pairs.extend(found.iter().filter_map(|status| Some((status.id, status.in_reply_to_account_id?))));
    pairs.sort_unstable();
    pairs.dedup();
    let mut people: Vec<AccountId> = pairs.iter().map(|(_, account)| *account).collect();
    people.sort_unstable();
    people.dedup();
    let here = accounts::store::list_local_among(conn, &people).await?;
    let mut told: HashMap<StatusId, Vec<AccountId>> = HashMap::new();
    for (status, account) in pairs {
        if account != INSTANCE_ACTOR && here.contains(&account) {
            told.entry(status).or_default().push(account);
        }
    }
    Ok(told)
}

async fn wanting(conn: &mut Conn, found: &[Status]) -> Result<HashMap<AccountId, Vec<AccountId>>> {
    let mut authors: Vec<AccountId> = found.iter().map(|status| status.account_id).collect();
    authors.sort_unstable();
    authors.dedup();
    let mut wanting: HashMap<AccountId, Vec<AccountId>> = HashMap::new();
    for (author, account) in follows::store::list_wanting_each_post(conn, &authors).await? {
        wanting.entry(author).or_default().push(account);
    }
    Ok(wanting)
}
