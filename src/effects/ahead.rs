//! What the effects of a batch read, read once for all of them: a statement costs about the same for a hundred posts as
//! for one.

use std::collections::{BTreeMap, HashMap, HashSet};

use crate::base::Result;
use crate::base::id::{AccountId, StatusId};
use crate::base::origin::INSTANCE_ACTOR;
use crate::domain::event::Event;
use crate::domain::event::store::Due;
use crate::domain::statuses::{Reader, Status};
use crate::domain::{accounts, follows, statuses};
use crate::platform::db::Conn;
use crate::platform::services::Services;

/// Read ahead for a batch of events.
#[derive(Default)]
pub struct Ahead {
    written: HashMap<StatusId, Written>,
    reposted: HashMap<StatusId, Reposted>,
}

/// A post that was written, and whom it concerns here.
pub struct Written {
    /// The post.
    pub status: Status,
    /// People of this site who are named or answered and may read it.
    pub told: Vec<AccountId>,
    /// People of this site who want to hear of each post of its author.
    pub wanting: Vec<AccountId>,
}

/// A repost, and what it hands on.
pub struct Reposted {
    /// The repost's own row.
    pub reblog: Status,
    /// The post.
    pub of: Status,
    /// Whether its author is of this site.
    pub is_ours: bool,
}

impl Ahead {
    /// Reads what the events will ask for.
    pub async fn look(services: &Services, conn: &mut Conn, due: &[Due]) -> Result<Self> {
        let (mut written, mut reposted) = (Vec::new(), Vec::new());
        for due in due {
            match due.event {
                Some(Event::StatusCreated { status }) => written.push(status),
                Some(Event::StatusReblogged { reblog }) => reposted.push(reblog),
                _ => {}
            }
        }
        Ok(Self {
            written: look_at_written(services, conn, &written).await?,
            reposted: look_at_reposted(conn, &reposted).await?,
        })
    }

    /// The post of an event; none if it is gone already.
    pub fn written(&mut self, id: StatusId) -> Option<Written> {
        self.written.remove(&id)
    }

    /// The repost of an event; none if it or its post is gone already.
    pub fn reposted(&mut self, id: StatusId) -> Option<Reposted> {
        self.reposted.remove(&id)
    }
}

async fn look_at_written(
    services: &Services,
    conn: &mut Conn,
    ids: &[StatusId],
) -> Result<HashMap<StatusId, Written>> {
    let found = statuses::store::list(conn, ids).await?;
    if found.is_empty() {
        return Ok(HashMap::new());
    }
    let told = told(services, conn, &found, ids).await?;
    let wanting = wanting(conn, &found).await?;
    let each = |status: Status| {
        let written = Written {
            told: told.get(&status.id).cloned().unwrap_or_default(),
            wanting: wanting.get(&status.account_id).cloned().unwrap_or_default(),
            status,
        };
        (written.status.id, written)
    };
    Ok(found.into_iter().map(each).collect())
}

async fn look_at_reposted(conn: &mut Conn, ids: &[StatusId]) -> Result<HashMap<StatusId, Reposted>> {
    let reblogs = statuses::store::list(conn, ids).await?;
    let of: Vec<StatusId> = reblogs.iter().filter_map(|reblog| reblog.reblog_of_id).collect();
    let of = statuses::store::list(conn, &of).await?;
    let authors: Vec<AccountId> = of.iter().map(|status| status.account_id).collect();
    let here = accounts::store::list_local_among(conn, &authors).await?;
    let of: HashMap<StatusId, Status> = of.into_iter().map(|status| (status.id, status)).collect();
    let each = |reblog: Status| {
        let of = of.get(&reblog.reblog_of_id?)?.clone();
        let is_ours = here.contains(&of.account_id);
        Some((reblog.id, Reposted { reblog, of, is_ours }))
    };
    Ok(reblogs.into_iter().filter_map(each).collect())
}

async fn told(
    services: &Services,
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
    let mut asked: BTreeMap<AccountId, HashSet<StatusId>> = BTreeMap::new();
    for (status, account) in pairs {
        if account != INSTANCE_ACTOR && here.contains(&account) {
            asked.entry(account).or_default().insert(status);
        }
    }
    let mut told: HashMap<StatusId, Vec<AccountId>> = HashMap::new();
    for (person, ids) in asked {
        let theirs = found.iter().filter(|status| ids.contains(&status.id)).cloned().collect();
        for status in statuses::read::retain_visible(services, conn, theirs, &Reader::Person(person)).await? {
            told.entry(status.id).or_default().push(person);
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
