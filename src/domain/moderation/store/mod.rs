//! Rows of reports. The log, and the posts around a reported one, have files of their own beside this.

mod around;
mod log;

pub use around::*;
pub use log::*;

use super::model::{Report, Snapshot};
use crate::base::id::{AccountId, ReportId};
use crate::base::{Error, Millis, Result};
use crate::platform::db::Conn;
use crate::{args, sql};

/// The report, or [`Error::NotFound`]. Does not ask who reads.
pub async fn get(conn: &mut Conn, id: ReportId) -> Result<Report> {
    let report = conn
        .optional(
            sql!(
                "SELECT id, account_id, target_id, comment, category, uri, forward, created_at, resolved_at, resolved_by
                 FROM reports
                 WHERE id = $1"
            ),
            args![id],
        )
        .await?;
    report.ok_or(Error::not_found("report"))
}

/// Adds a report. `false` if its address is known.
pub async fn insert(conn: &mut Conn, report: &Report) -> Result<bool> {
    let inserted = conn
        .execute(
            sql!(
                "INSERT INTO reports (id, account_id, target_id, comment, category, uri, forward, created_at)
                 VALUES ($1, $2, $3, $4, $5, $6, $7, $8)
                 ON CONFLICT (uri) DO NOTHING"
            ),
            args![
                report.id,
                report.account_id,
                report.target_id,
                report.comment,
                report.category,
                report.uri,
                report.forward,
                report.created_at
            ],
        )
        .await?;
    Ok(inserted == 1)
}

/// How many reports of a site came after `since`.
pub async fn count_of_site(conn: &mut Conn, host: &str, since: ReportId) -> Result<i64> {
    let (count,): (i64,) = conn
        .one(
            sql!(
                "SELECT COUNT(*)
                 FROM reports r
                 JOIN accounts a ON a.id = r.account_id
                 WHERE r.id >= $1 AND a.host = $2"
            ),
            args![since, host],
        )
        .await?;
    Ok(count)
}

/// Keeps the words of a reported post.
pub async fn insert_snapshot(conn: &mut Conn, post: &Snapshot) -> Result<()> {
    conn.execute(
        sql!(
            "INSERT INTO report_statuses (report_id, status_id, uri, content)
             VALUES ($1, $2, $3, $4)
             ON CONFLICT (report_id, status_id) DO NOTHING"
        ),
        args![post.report_id, post.status_id, post.uri, post.content],
    )
    .await?;
    Ok(())
}

/// The posts that these reports name, in their order.
pub async fn list_snapshots(conn: &mut Conn, reports: &[ReportId]) -> Result<Vec<Snapshot>> {
    conn.all(
        sql!(
            "SELECT report_id, status_id, uri, content
             FROM report_statuses
             WHERE report_id IN_LIST($1)
             ORDER BY report_id, status_id"
        ),
        args![reports],
    )
    .await
}

/// The open reports by one account about another.
pub async fn list_open_of(conn: &mut Conn, reporter: AccountId, target: AccountId) -> Result<Vec<Report>> {
    conn.all(
        sql!(
            "SELECT id, account_id, target_id, comment, category, uri, forward, created_at, resolved_at, resolved_by
             FROM reports
             WHERE target_id = $2 AND account_id = $1 AND resolved_at IS NULL
             ORDER BY id"
        ),
        args![reporter, target],
    )
    .await
}

/// Open reports after `after`, the oldest first, except those about `reader`.
pub async fn list_open(
    conn: &mut Conn,
    reader: AccountId,
    after: ReportId,
    limit: i64,
) -> Result<Vec<Report>> {
    conn.all(
        sql!(
            "SELECT id, account_id, target_id, comment, category, uri, forward, created_at, resolved_at, resolved_by
             FROM reports
             WHERE resolved_at IS NULL AND id > $2 AND target_id <> $1
             ORDER BY id
             LIMIT $3"
        ),
        args![reader, after, limit],
    )
    .await
}

/// Closed reports before `before`, the newest first, except those about `reader`.
pub async fn list_resolved(
    conn: &mut Conn,
    reader: AccountId,
    before: ReportId,
    limit: i64,
) -> Result<Vec<Report>> {
    conn.all(
        sql!(
            "SELECT id, account_id, target_id, comment, category, uri, forward, created_at, resolved_at, resolved_by
             FROM reports
             WHERE resolved_at IS NOT NULL AND id < $2 AND target_id <> $1
             ORDER BY id DESC
             LIMIT $3"
        ),
        args![reader, before, limit],
    )
    .await
}

/// How many reports are open, except those about `reader`.
pub async fn count_open(conn: &mut Conn, reader: AccountId) -> Result<i64> {
    let (count,): (i64,) = conn
        .one(
            sql!("SELECT COUNT(*) FROM reports WHERE resolved_at IS NULL AND target_id <> $1"),
            args![reader],
        )
        .await?;
    Ok(count)
}

/// A moderator is done with a report, or takes it up again. `false` if that was so already.
pub async fn update_resolved(conn: &mut Conn, id: ReportId, by: Option<(Millis, AccountId)>) -> Result<bool> {
    let touched = conn
        .execute(
            sql!(
                "UPDATE reports
                 SET resolved_at = $2, resolved_by = $3
                 WHERE id = $1 AND (resolved_at IS NULL) <> ($2 IS NULL)"
            ),
            args![id, by.map(|(at, _)| at), by.map(|(_, moderator)| moderator)],
        )
        .await?;
    Ok(touched == 1)
}
