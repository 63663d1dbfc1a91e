//! Rows of the log. Added, never changed: triggers hold everybody to that.

use super::super::act::Subject;
use super::super::model::{Action, ActionKind};
use crate::base::id::{AccountId, ModerationActionId, ReportId};
use crate::base::page::Page;
use crate::base::{Error, Result};
use crate::platform::db::Conn;
use crate::{args, sql};

/// The action, or [`Error::NotFound`].
pub async fn get_action(conn: &mut Conn, id: ModerationActionId) -> Result<Action> {
    let action = conn
        .optional(
            sql!(
                "SELECT id, moderator_id, kind, account_id, status_id, host, report_id, reason, undoes, created_at
                 FROM moderation_log
                 WHERE id = $1"
            ),
            args![id],
        )
        .await?;
    action.ok_or(Error::not_found("action"))
}

/// Adds an action.
pub async fn insert_action(conn: &mut Conn, action: &Action) -> Result<()> {
    conn.execute(
        sql!(
            "INSERT INTO moderation_log (id, moderator_id, kind, account_id, status_id, host, report_id, reason, undoes,
                                         created_at)
             VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)"
        ),
        args![
            action.id,
            action.moderator_id,
            action.kind,
            action.account_id,
            action.status_id,
            action.host,
            action.report_id,
            action.reason,
            action.undoes,
            action.created_at
        ],
    )
    .await?;
    Ok(())
}

/// The action of this kind on this subject that holds.
pub(in super::super) async fn find_active(
    conn: &mut Conn,
    kind: ActionKind,
    subject: &Subject,
) -> Result<Option<ModerationActionId>> {
    let row: Option<(ModerationActionId,)> = conn
        .optional(
            sql!(
                "SELECT l.id
                 FROM moderation_log l
                 WHERE l.kind = $1 AND COALESCE(l.account_id, 0) = COALESCE($2, 0)
                   AND COALESCE(l.status_id, 0) = COALESCE($3, 0) AND COALESCE(l.host, '') = COALESCE($4, '')
                   AND NOT EXISTS (SELECT 1 FROM moderation_log u WHERE u.undoes = l.id)
                 ORDER BY l.id DESC
                 LIMIT 1"
            ),
            args![kind, subject.account, subject.status, subject.host],
        )
        .await?;
    Ok(row.map(|(id,)| id))
}

/// The action that closed a report last, if that still holds.
pub async fn find_resolution(conn: &mut Conn, report: ReportId) -> Result<Option<ModerationActionId>> {
    let row: Option<(ModerationActionId,)> = conn
        .optional(
            sql!(
                "SELECT l.id
                 FROM moderation_log l
                 WHERE l.kind = 'resolve_report' AND l.report_id = $1
                   AND NOT EXISTS (SELECT 1 FROM moderation_log u WHERE u.undoes = l.id)
                 ORDER BY l.id DESC
                 LIMIT 1"
            ),
            args![report],
        )
        .await?;
    Ok(row.map(|(id,)| id))
}

/// The row that undoes an action.
pub async fn find_undo(conn: &mut Conn, action: ModerationActionId) -> Result<Option<ModerationActionId>> {
    let row: Option<(ModerationActionId,)> =
        conn.optional(sql!("SELECT id FROM moderation_log WHERE undoes = $1"), args![action]).await?;
    Ok(row.map(|(id,)| id))
}

/// Which of the actions are undone, and by which row.
pub async fn list_undone(
    conn: &mut Conn,
    actions: Vec<i64>,
) -> Result<Vec<(ModerationActionId, ModerationActionId)>> {
    conn.all(
        sql!(
            "SELECT undoes, id
             FROM moderation_log
             WHERE undoes IN_LIST($1)"
        ),
        args![actions],
    )
    .await
}

/// A page of the log, newest first.
pub async fn list_actions(conn: &mut Conn, page: Page) -> Result<Vec<Action>> {
    let statement = if page.upwards() {
        sql!(
            "SELECT id, moderator_id, kind, account_id, status_id, host, report_id, reason, undoes, created_at
             FROM moderation_log
             WHERE id < $1 AND id > $2
             ORDER BY id
             LIMIT $3"
        )
    } else {
        sql!(
            "SELECT id, moderator_id, kind, account_id, status_id, host, report_id, reason, undoes, created_at
             FROM moderation_log
             WHERE id < $1 AND id > $2
             ORDER BY id DESC
             LIMIT $3"
        )
    };
    let mut rows: Vec<Action> = conn.all(statement, args![page.upper(), page.lower(), page.limit]).await?;
    if page.upwards() {
        rows.reverse();
    }
    Ok(rows)
}

/// What was done about a person or because of a report, oldest first, at most 100.
pub async fn list_actions_about(
    conn: &mut Conn,
    person: AccountId,
    report: Option<ReportId>,
) -> Result<Vec<Action>> {
    conn.all(
        sql!(
            "SELECT id, moderator_id, kind, account_id, status_id, host, report_id, reason, undoes, created_at
             FROM moderation_log
             WHERE account_id = $1 OR report_id = $2
             ORDER BY id
             LIMIT 100"
        ),
        args![person, report],
    )
    .await
}
