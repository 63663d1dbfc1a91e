//! One report with its posts in their conversations, as a moderator sees them: also what is removed.

use std::collections::{HashMap, HashSet};

use super::desk::{ReportLine, lines};
use super::log::{ActionView, views};
use super::model::Snapshot;
use super::rules::require_moderator;
use super::store;
use crate::base::id::{AccountId, ReportId, StatusId};
use crate::base::{Error, Result};
use crate::domain::accounts;
use crate::domain::statuses::{Reader, StatusView, hydrate};
use crate::platform::db::Conn;
use crate::platform::services::Services;

/// How many steps up and down a conversation is shown, and how many answers in all.
const UP: i64 = 10;
const DOWN: i64 = 3;
const ANSWERS: i64 = 60;

/// A report.
#[derive(Clone, Debug)]
pub struct Case {
    /// Who, whom, why.
    pub line: ReportLine,
    /// The posts that it names.
    pub posts: Vec<ReportedPost>,
    /// What was done about the person, or because of this report, oldest first.
    pub history: Vec<ActionView>,
}

/// A reported post with the conversation around it.
#[derive(Clone, Debug)]
pub struct ReportedPost {
    /// What it said when it was reported.
    pub snapshot: Snapshot,
    /// What it says now, unless it is gone.
    pub post: Option<StatusView>,
    /// What came before, from the top.
    pub above: Vec<StatusView>,
    /// What came after, by time.
    pub below: Vec<StatusView>,
}

/// The report. Of the conversations a moderator sees what the reporter may read, and what was removed.
///
/// # Errors
/// [`Error::Forbidden`] if `moderator` is none; [`Error::NotFound`] without such a report, or if it is about
/// `moderator`.
pub async fn case(
    services: &Services,
    conn: &mut Conn,
    moderator: AccountId,
    report: ReportId,
) -> Result<Case> {
    require_moderator(conn, moderator).await?;
    let report = store::get(conn, report).await?;
    if report.target_id == moderator {
        return Err(Error::not_found("report"));
    }
    let posts = posts(services, conn, report.id, report.account_id).await?;
    let history = store::list_actions_about(conn, report.target_id, Some(report.id)).await?;
    let history = views(conn, history).await?;
    let line = lines(conn, vec![report]).await?.pop().ok_or(Error::not_found("report"))?;
    Ok(Case { line, posts, history })
}

/// What was done about a person so far, oldest first: for a case without a report.
///
/// # Errors
/// [`Error::Forbidden`] if `moderator` is none, or it is about `moderator`.
pub async fn history(conn: &mut Conn, moderator: AccountId, person: AccountId) -> Result<Vec<ActionView>> {
    require_moderator(conn, moderator).await?;
    if moderator == person {
        return Err(Error::forbidden("nobody can moderate themselves; ask another moderator"));
    }
    let history = store::list_actions_about(conn, person, None).await?;
    views(conn, history).await
}

async fn posts(
    services: &Services,
    conn: &mut Conn,
    report: ReportId,
    reporter: AccountId,
) -> Result<Vec<ReportedPost>> {
    let snapshots = store::list_snapshots(conn, &[report]).await?;
    let reported: Vec<StatusId> = snapshots.iter().map(|snapshot| snapshot.status_id).collect();
    if reported.is_empty() {
        return Ok(Vec::new());
    }
    let above = store::list_above(conn, &reported, UP).await?;
    let below = store::list_below(conn, &reported, DOWN, ANSWERS).await?;
    let all: HashSet<StatusId> =
        reported.iter().copied().chain(above.iter().chain(&below).map(|(_, id)| *id)).collect();
    let all: Vec<StatusId> = all.into_iter().collect();
    let host = accounts::store::get(conn, reporter).await?.host;
    let reader = Reader::Desk { reporter, host, reported };
    let views = hydrate(services, conn, &reader, &all).await?;
    let views: HashMap<StatusId, StatusView> = views.into_iter().map(|view| (view.status.id, view)).collect();
    let of = |edges: &[(StatusId, StatusId)], root: StatusId| {
        let ids = edges.iter().filter(|(of, _)| *of == root).map(|(_, id)| id);
        ids.filter_map(|id| views.get(id).cloned()).collect::<Vec<_>>()
    };
    Ok(snapshots
        .into_iter()
        .map(|snapshot| ReportedPost {
            post: views.get(&snapshot.status_id).cloned(),
            above: of(&above, snapshot.status_id),
            below: of(&below, snapshot.status_id),
            snapshot,
        })
        .collect())
}
