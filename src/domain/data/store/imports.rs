//! Rows of files that are taken over.

use crate::base::id::{AccountId, ImportId};
use crate::base::{Millis, Result};
use crate::domain::data::model::Import;
use crate::platform::db::Conn;
use crate::{args, sql};

/// Adds one.
pub async fn insert(conn: &mut Conn, import: &Import) -> Result<()> {
    conn.execute(
        sql!(
            "INSERT INTO imports (id, account_id, kind, lines, total, run_at, created_at)
             VALUES ($1, $2, $3, $4, $5, $6, $7)"
        ),
        args![
            import.id,
            import.account_id,
            import.kind,
            import.lines,
            import.total,
            import.created_at,
            import.created_at
        ],
    )
    .await?;
    Ok(())
}

/// What somebody brought, the latest first.
pub async fn list(conn: &mut Conn, account: AccountId) -> Result<Vec<Import>> {
    conn.all(
        sql!(
            // What stands in the lines is of no interest where they are listed.
            "SELECT id, account_id, kind, '' AS lines, total, position, failed, created_at, finished_at
             FROM imports
             WHERE account_id = $1
             ORDER BY id DESC
             LIMIT 20"
        ),
        args![account],
    )
    .await
}

/// One of somebody.
pub async fn find(conn: &mut Conn, account: AccountId, id: ImportId) -> Result<Option<Import>> {
    conn.optional(
        sql!(
            "SELECT id, account_id, kind, lines, total, position, failed, created_at, finished_at
             FROM imports
             WHERE id = $1 AND account_id = $2"
        ),
        args![id, account],
    )
    .await
}

/// How many of somebody are not done.
pub async fn count_unfinished(conn: &mut Conn, account: AccountId) -> Result<i64> {
    let (count,): (i64,) = conn
        .one(
            sql!(
                "SELECT COUNT(*)
                 FROM imports
                 WHERE account_id = $1 AND finished_at IS NULL"
            ),
            args![account],
        )
        .await?;
    Ok(count)
}

/// The one that waits longest.
pub async fn find_due(conn: &mut Conn, now: Millis) -> Result<Option<Import>> {
    conn.optional(
        sql!(
            "SELECT id, account_id, kind, lines, total, position, failed, created_at, finished_at
             FROM imports
             WHERE finished_at IS NULL AND run_at <= $1
             ORDER BY run_at, id
             LIMIT 1"
        ),
        args![now],
    )
    .await
}

/// Takes one up at the line at which it stands, until `until`. `false` if it stands elsewhere by now.
pub async fn update_taken(
    conn: &mut Conn,
    id: ImportId,
    position: i64,
    now: Millis,
    until: Millis,
) -> Result<bool> {
    let taken = conn
        .execute(
            sql!(
                "UPDATE imports
                 SET run_at = $4
                 WHERE id = $1 AND position = $2 AND run_at <= $3 AND finished_at IS NULL"
            ),
            args![id, position, now, until],
        )
        .await?;
    Ok(taken == 1)
}

/// So far it came.
pub async fn update_progress(conn: &mut Conn, import: &Import, until: Millis) -> Result<()> {
    conn.execute(
        sql!(
            "UPDATE imports
             SET position = $2, failed = $3, finished_at = $4, run_at = $5
             WHERE id = $1"
        ),
        args![import.id, import.position, import.failed, import.finished_at, until],
    )
    .await?;
    Ok(())
}

/// Forgets one that is done. `false` if there is none such.
pub async fn delete(conn: &mut Conn, account: AccountId, id: ImportId) -> Result<bool> {
    let deleted = conn
        .execute(
            sql!("DELETE FROM imports WHERE id = $1 AND account_id = $2 AND finished_at IS NOT NULL"),
            args![id, account],
        )
        .await?;
    Ok(deleted == 1)
}

/// Forgets those that were done before.
pub async fn delete_finished(conn: &mut Conn, before: Millis) -> Result<()> {
    conn.execute(sql!("DELETE FROM imports WHERE finished_at < $1"), args![before]).await?;
    Ok(())
}
