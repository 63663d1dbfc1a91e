//! Posts that somebody can find.

use super::document::AUTHOR;
use super::query::{Problem, Query};
use super::resolve::{Among, Asked, resolve};
use super::store::{self, Range};
use crate::base::Result;
use crate::base::id::{AccountId, StatusId};
use crate::domain::statuses::{Reader, Status, read};
use crate::platform::db::Conn;
use crate::platform::db::words::{Clause, mark};
use crate::platform::services::Services;

/// How many posts are looked at first; each further look takes twice as many.
const FIRST: i64 = 100;
/// The most posts of one look.
const MOST: i64 = 1_000;
/// The most looks: then those who ask go on from there.
const LOOKS: usize = 10;

/// Which of them.
#[derive(Clone, Copy, Debug, Default)]
pub struct Wanted {
    /// Older than this.
    pub before: Option<StatusId>,
    /// Newer than this.
    pub after: Option<StatusId>,
    /// By this person only.
    pub by: Option<AccountId>,
    /// So many.
    pub count: usize,
}

impl Wanted {
    /// The newest `count`.
    pub fn newest(count: usize) -> Self {
        Self { count, ..Self::default() }
    }
}

/// What was found.
#[derive(Clone, Debug, Default)]
pub struct Found {
    /// Newest first.
    pub statuses: Vec<Status>,
    /// Where to go on; none at the end.
    pub next: Option<StatusId>,
    /// Parts that mean nothing.
    pub problems: Vec<Problem>,
}

/// The newest posts that `reader` can find, among those wanted.
///
/// # Errors
/// As the database.
pub async fn find(
    services: &Services,
    conn: &mut Conn,
    reader: AccountId,
    query: &Query,
    wanted: Wanted,
) -> Result<Found> {
    let mut found = Found { problems: query.problems.clone(), ..Found::default() };
    if query.is_empty() {
        return Ok(found);
    }
    let mut asked = resolve(services, conn, reader, query).await?;
    found.problems.clone_from(&asked.problems);
    if asked.nothing || wanted.count == 0 {
        return Ok(found);
    }
    if let Some(by) = wanted.by {
        asked.words.all.push(Clause::Any(vec![mark(AUTHOR, &by.to_string())]));
    }
    let mut range = asked.range;
    range.to = wanted.before.map_or(range.to, |before| before.min(range.to));
    range.from = wanted.after.map_or(range.from, |after| StatusId(after.0.saturating_add(1)).max(range.from));
    let mut limit = FIRST;
    for _ in 0..LOOKS {
        let (ids, looked_at) = look(conn, reader, &asked, range, limit).await?;
        for status in visible(services, conn, reader, &asked, &ids).await? {
            if found.statuses.len() == wanted.count {
                found.next = found.statuses.last().map(|status| status.id);
                return Ok(found);
            }
            found.statuses.push(status);
        }
        let Some(last) = looked_at.filter(|_| range.from < range.to) else {
            found.next = None;
            return Ok(found);
        };
        range.to = last;
        found.next = Some(last);
        limit = (limit * 2).min(MOST);
    }
    Ok(found)
}

/// The next posts with the words, and where to look next if there may be more.
async fn look(
    conn: &mut Conn,
    reader: AccountId,
    asked: &Asked,
    range: Range,
    limit: i64,
) -> Result<(Vec<StatusId>, Option<StatusId>)> {
    let more = |count: usize, last: Option<StatusId>| last.filter(|_| count as i64 >= limit);
    if let Some(among) = asked.among {
        let rows = match among {
            Among::Favourites => store::list_favourites(conn, reader, range, limit).await?,
            Among::Bookmarks => store::list_bookmarks(conn, reader, range, limit).await?,
        };
        let next = more(rows.len(), rows.last().map(|(id, _)| *id));
        let fit = rows.into_iter().filter(|(_, body)| asked.words.fit(body)).map(|(id, _)| id);
        return Ok((fit.collect(), next));
    }
    let ids = store::list_with(conn, &asked.words, range, limit).await?;
    let next = more(ids.len(), ids.last().copied());
    Ok((ids, next))
}

async fn visible(
    services: &Services,
    conn: &mut Conn,
    reader: AccountId,
    asked: &Asked,
    ids: &[StatusId],
) -> Result<Vec<Status>> {
    if ids.is_empty() {
        return Ok(Vec::new());
    }
    let findable = store::list_findable(conn, reader, ids, asked.fitting, services.clock.now()).await?;
    read::retain_visible(services, conn, findable, &Reader::Person(reader)).await
}
