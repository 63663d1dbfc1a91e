//! What came into a home since its person was last there, in a few lines. Sets are bounded, and nothing is ranked but by
//! how many answers came to a conversation in which the person takes part.

use std::collections::{BTreeMap, HashMap, HashSet};
use std::time::Duration;

use super::light::{self, Line};
use super::marks::Mark;
use super::store::since as store;
use super::{Wanted, store as timelines};
use crate::base::id::{AccountId, IdMaker, StatusId};
use crate::base::page::Page;
use crate::base::{Millis, Result};
use crate::domain::accounts::{self, Account};
use crate::domain::statuses::{Reader, StatusView, hydrate};
use crate::platform::db::Conn;
use crate::platform::services::Services;

/// Nobody is told what came since a visit that is as short ago as this.
pub const AWAY: Duration = Duration::from_hours(8);
/// Fewer posts than this need no summary.
pub const WORTH_IT: usize = 8;
/// At most so many posts are counted.
pub const COUNTED: i64 = 500;
/// At most so many conversations are named.
const CONVERSATIONS: usize = 3;
/// At most so many faces are shown.
const FACES: usize = 5;
/// Whoever wrote in a conversation before that no longer takes part in it.
const TAKES_PART: Duration = Duration::from_hours(60 * 24);

/// What came since.
#[derive(Clone, Debug)]
pub struct Since {
    /// Since when.
    pub at: Millis,
    /// How many posts and reposts, as the home shows them.
    pub posts: usize,
    /// There are more than were counted.
    pub more: bool,
    /// By how many people.
    pub people: usize,
    /// Of how many sites.
    pub sites: usize,
    /// Who wrote last.
    pub faces: Vec<Account>,
    /// How many posts name the person.
    pub mentions: usize,
    /// The newest of them.
    pub mentioned_by: Vec<Account>,
    /// Where the conversation went on, the busiest first.
    pub conversations: Vec<Busy>,
}

/// A conversation in which the person takes part.
#[derive(Clone, Debug)]
pub struct Busy {
    /// Its first post, or the oldest new answer if that may not be read.
    pub post: StatusView,
    /// The oldest new answer.
    pub first: StatusId,
    /// How many new answers.
    pub answers: usize,
    /// Who wrote them.
    pub faces: Vec<Account>,
}

/// What came since the visit before this one; `None` if there was none, or if it needs no summary.
///
/// # Errors
/// As the database.
pub async fn since(
    services: &Services,
    conn: &mut Conn,
    person: AccountId,
    mark: &Mark,
) -> Result<Option<Since>> {
    if !mark.was_here() || services.clock.now() - AWAY < mark.before_at {
        return Ok(None);
    }
    let ids = store::list_home_after(conn, person, mark.before_read, COUNTED + 1).await?;
    if ids.len() < WORTH_IT {
        return Ok(None);
    }
    let more = ids.len() > COUNTED as usize;
    let ids = &ids[..ids.len().min(COUNTED as usize)];
    let lines = light::lines(services, conn, person, ids, Wanted::Muted).await?;
    if lines.len() < WORTH_IT {
        return Ok(None);
    }
    let after = IdMaker::floor(mark.before_at);
    let naming = store::list_mentions_after(conn, person, after, COUNTED).await?;
    let mut naming = light::lines(services, conn, person, &naming, Wanted::Muted).await?;
    naming.retain(|line| line.status.account_id != person);
    let groups = conversations(services, conn, person, lines.iter().chain(&naming)).await?;

    let mut wanted: Vec<AccountId> = distinct(lines.iter().map(|line| line.status.account_id));
    let people = wanted.len();
    wanted.extend(naming.iter().map(|line| line.status.account_id));
    wanted.extend(groups.iter().flat_map(|group| group.authors.iter().copied()));
    let accounts = accounts::store::list(conn, &distinct(wanted.iter().copied())).await?;
    let accounts: HashMap<AccountId, Account> = accounts.into_iter().map(|one| (one.id, one)).collect();
    let faces =
        |ids: &[AccountId]| ids.iter().take(FACES).filter_map(|id| accounts.get(id).cloned()).collect();
    let hosts: HashSet<&str> =
        wanted[..people].iter().filter_map(|id| accounts.get(id)).map(|one| one.host.as_str()).collect();
    let naming_people = distinct(naming.iter().map(|line| line.status.account_id));
    Ok(Some(Since {
        at: mark.before_at,
        posts: lines.len(),
        more,
        people,
        sites: hosts.len(),
        faces: faces(&wanted[..people]),
        mentions: naming.len(),
        mentioned_by: faces(&naming_people),
        conversations: shown(services, conn, person, groups, &faces).await?,
    }))
}

struct Group {
    first_post: StatusId,
    oldest: StatusId,
    answers: usize,
    authors: Vec<AccountId>,
}

/// The busiest conversations in which the person wrote something, by the new answers that came.
async fn conversations(
    services: &Services,
    conn: &mut Conn,
    person: AccountId,
    lines: impl Iterator<Item = &Line>,
) -> Result<Vec<Group>> {
    let mut answers: BTreeMap<StatusId, BTreeMap<StatusId, AccountId>> = BTreeMap::new();
    for line in lines {
        let status = &line.status;
        if line.of.is_none() && status.in_reply_to_uri.is_some() && status.account_id != person {
            answers.entry(status.conversation_id).or_default().insert(status.id, status.account_id);
        }
    }
    let among: Vec<StatusId> = answers.keys().copied().collect();
    let after = IdMaker::floor(services.clock.now() - TAKES_PART);
    let own = store::list_own_conversations(conn, person, after, &among).await?;
    let mut groups: Vec<Group> = answers
        .into_iter()
        .filter(|(conversation, _)| own.contains(conversation))
        .filter_map(|(first_post, answers)| {
            let oldest = *answers.keys().next()?;
            let authors = distinct(answers.values().rev().copied());
            Some(Group { first_post, oldest, answers: answers.len(), authors })
        })
        .collect();
    groups.sort_by_key(|group| (std::cmp::Reverse(group.answers), std::cmp::Reverse(group.oldest)));
    groups.truncate(CONVERSATIONS);
    Ok(groups)
}

async fn shown(
    services: &Services,
    conn: &mut Conn,
    person: AccountId,
    groups: Vec<Group>,
    faces: &impl Fn(&[AccountId]) -> Vec<Account>,
) -> Result<Vec<Busy>> {
    let ids: Vec<StatusId> = groups.iter().flat_map(|group| [group.first_post, group.oldest]).collect();
    let views = hydrate(services, conn, &Reader::Person(person), &distinct(ids.into_iter())).await?;
    let view = |id: StatusId| views.iter().find(|view| view.status.id == id).cloned();
    let busy = |group: Group| {
        let post = view(group.first_post).or_else(|| view(group.oldest))?;
        Some(Busy { post, first: group.oldest, answers: group.answers, faces: faces(&group.authors) })
    };
    Ok(groups.into_iter().filter_map(busy).collect())
}

/// Each once, where it came first.
fn distinct<T: Copy + Eq + std::hash::Hash>(all: impl Iterator<Item = T>) -> Vec<T> {
    let mut seen = HashSet::new();
    all.filter(|one| seen.insert(*one)).collect()
}

/// The home from the place `after` on, oldest first.
///
/// # Errors
/// As the database.
pub async fn in_order(
    services: &Services,
    conn: &mut Conn,
    person: AccountId,
    after: i64,
    limit: i64,
) -> Result<super::Timeline> {
    let page = Page { min_id: Some(after), ..Page::first(limit) };
    let mut timeline = super::home(services, conn, person, page).await?;
    timeline.statuses.reverse();
    Ok(timeline)
}

/// How many posts wait in a home after the place `after`, counted up to `limit`: an upper bound, for "so much is left".
///
/// # Errors
/// As the database.
pub async fn left(conn: &mut Conn, person: AccountId, after: i64, limit: i64) -> Result<usize> {
    Ok(timelines::since::list_home_after(conn, person, after, limit).await?.len())
}
