//! The desk: reports that wait, and reports that are done.

use std::collections::HashMap;

use super::model::{Report, Reporter};
use super::rules::require_moderator;
use super::store;
use crate::base::Result;
use crate::base::id::{AccountId, ReportId};
use crate::domain::accounts::{self, Account};
use crate::domain::auth;
use crate::platform::db::Conn;

/// Which reports.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Which {
    /// Those that wait, the oldest first.
    Open,
    /// Those that are done, the newest first.
    Resolved,
}

/// A report in a line.
#[derive(Clone, Debug)]
pub struct ReportLine {
    /// The report.
    pub report: Report,
    /// Who is reported.
    pub target: Account,
    /// Who reports.
    pub reporter: Reporter,
    /// How many posts it names.
    pub posts: usize,
    /// What the first of them said, as plain text; empty if it names none.
    pub words: String,
}

/// Reports in their order, those after `last` in that order; none about `moderator`.
///
/// # Errors
/// [`crate::base::Error::Forbidden`] if `moderator` is none.
pub async fn list(
    conn: &mut Conn,
    moderator: AccountId,
    which: Which,
    last: Option<ReportId>,
    limit: i64,
) -> Result<Vec<ReportLine>> {
    require_moderator(conn, moderator).await?;
    let reports = match which {
        Which::Open => store::list_open(conn, moderator, last.unwrap_or_default(), limit).await?,
        Which::Resolved => {
            store::list_resolved(conn, moderator, last.unwrap_or(ReportId(i64::MAX)), limit).await?
        }
    };
    lines(conn, reports).await
}

/// How many reports wait for `moderator`: for the mark at the desk's door. Nobody else has any.
pub async fn count_open(conn: &mut Conn, moderator: AccountId) -> Result<i64> {
    if require_moderator(conn, moderator).await.is_err() {
        return Ok(0);
    }
    store::count_open(conn, moderator).await
}

/// Whom a new report is told: everybody who works at the desk.
pub async fn moderators(conn: &mut Conn) -> Result<Vec<AccountId>> {
    auth::store::list_moderators(conn).await
}

pub(super) async fn lines(conn: &mut Conn, reports: Vec<Report>) -> Result<Vec<ReportLine>> {
    let ids: Vec<ReportId> = reports.iter().map(|report| report.id).collect();
    let people: Vec<AccountId> = reports.iter().flat_map(|r| [r.account_id, r.target_id]).collect();
    let people: HashMap<AccountId, Account> = accounts::store::list(conn, &people)
        .await?
        .into_iter()
        .map(|account| (account.id, account))
        .collect();
    let mut posts: HashMap<ReportId, (usize, String)> = HashMap::new();
    for snapshot in store::list_snapshots(conn, &ids).await? {
        posts.entry(snapshot.report_id).or_insert((0, snapshot.content)).0 += 1;
    }
    Ok(reports
        .into_iter()
        .filter_map(|report| {
            let (count, words) = posts.remove(&report.id).unwrap_or_default();
            Some(ReportLine {
                target: people.get(&report.target_id)?.clone(),
                reporter: Reporter::from_account(people.get(&report.account_id)?.clone()),
                posts: count,
                words,
                report,
            })
        })
        .collect())
}
