//! Which posts of a set a reader would see in a timeline, without all that is shown of them: for counting, and for
//! saying that there is something new.

use std::collections::{HashMap, HashSet};

use super::Wanted;
use crate::base::Result;
use crate::base::id::{AccountId, StatusId};
use crate::domain::statuses::{self, Reader, Status, read};
use crate::domain::{accounts, follows};
use crate::platform::db::Conn;
use crate::platform::services::Services;

/// A post that stands in a list: itself, and what is shown of it.
pub(super) struct Line {
    /// The post, or the repost.
    pub status: Status,
    /// What is reposted.
    pub of: Option<Status>,
}

impl Line {
    /// The post itself: what is reposted, or this.
    pub fn shown(&self) -> &Status {
        self.of.as_ref().unwrap_or(&self.status)
    }
}

/// Those of `ids` that the person would see, in that order. The same as [`super::show`] leaves over.
pub(super) async fn lines(
    services: &Services,
    conn: &mut Conn,
    person: AccountId,
    ids: &[StatusId],
    wanted: Wanted,
) -> Result<Vec<Line>> {
    let mut all = statuses::store::list(conn, ids).await?;
    if all.is_empty() {
        return Ok(Vec::new());
    }
    let here: HashSet<StatusId> = all.iter().map(|status| status.id).collect();
    let missing: Vec<StatusId> =
        all.iter().filter_map(|status| status.reblog_of_id).filter(|id| !here.contains(id)).collect();
    all.extend(statuses::store::list(conn, &missing).await?);
    let all = read::retain_visible(services, conn, all, &Reader::Person(person)).await?;
    let by_id: HashMap<StatusId, &Status> = all.iter().map(|status| (status.id, status)).collect();
    let mut lines: Vec<Line> = Vec::new();
    for status in ids.iter().filter_map(|id| by_id.get(id)) {
        let of = match status.reblog_of_id.map(|of| by_id.get(&of)) {
            Some(None) => continue,
            Some(Some(of)) => Some((*of).clone()),
            None => None,
        };
        lines.push(Line { status: (*status).clone(), of });
    }
    drop_unwanted(services, conn, person, &mut lines, wanted).await?;
    Ok(lines)
}

async fn drop_unwanted(
    services: &Services,
    conn: &mut Conn,
    person: AccountId,
    lines: &mut Vec<Line>,
    wanted: Wanted,
) -> Result<()> {
    let mut people: Vec<AccountId> =
        lines.iter().flat_map(|line| [line.status.account_id, line.shown().account_id]).collect();
    people.sort_unstable();
    people.dedup();
    let muted = follows::store::list_muted_among(conn, person, &people, services.clock.now()).await?;
    lines
        .retain(|line| !muted.contains(&line.status.account_id) && !muted.contains(&line.shown().account_id));
    if wanted != Wanted::MutedAndLimited {
        return Ok(());
    }
    let accounts = accounts::store::list(conn, &people).await?;
    let limited = accounts.iter().filter(|account| account.limited_at.is_some() && account.id != person);
    let limited: Vec<AccountId> = limited.map(|account| account.id).collect();
    if limited.is_empty() {
        return Ok(());
    }
    let followed = follows::store::list_followed_among(conn, person, &limited).await?;
    lines.retain(|line| {
        let author = line.shown().account_id;
        !limited.contains(&author) || followed.contains(&author)
    });
    Ok(())
}
