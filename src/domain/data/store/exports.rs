//! Rows of files with everything of a person.

use crate::base::id::{AccountId, ExportId};
use crate::base::{Millis, Result};
use crate::domain::data::model::Export;
use crate::platform::db::Conn;
use crate::{args, sql};

/// Adds a wish.
pub async fn insert(conn: &mut Conn, export: &Export) -> Result<()> {
    conn.execute(
        sql!(
            "INSERT INTO exports (id, account_id, run_at, created_at, expires_at)
             VALUES ($1, $2, $3, $4, $5)"
        ),
        args![export.id, export.account_id, export.created_at, export.created_at, export.expires_at],
    )
    .await?;
    Ok(())
}

/// The files of somebody, the newest first.
pub async fn list(conn: &mut Conn, account: AccountId) -> Result<Vec<Export>> {
    conn.all(
        sql!(
            "SELECT id, account_id, blob_key, size, attempts, created_at, finished_at, expires_at
             FROM exports
             WHERE account_id = $1
             ORDER BY id DESC
             LIMIT 20"
        ),
        args![account],
    )
    .await
}

/// A file of somebody.
pub async fn find(conn: &mut Conn, account: AccountId, id: ExportId) -> Result<Option<Export>> {
    conn.optional(
        sql!(
            "SELECT id, account_id, blob_key, size, attempts, created_at, finished_at, expires_at
             FROM exports
             WHERE id = $1 AND account_id = $2"
        ),
        args![id, account],
    )
    .await
}

/// The one that waits longest to be made.
pub async fn find_due(conn: &mut Conn, now: Millis) -> Result<Option<Export>> {
    conn.optional(
        sql!(
            "SELECT id, account_id, blob_key, size, attempts, created_at, finished_at, expires_at
             FROM exports
             WHERE finished_at IS NULL AND run_at <= $1
             ORDER BY run_at, id
             LIMIT 1"
        ),
        args![now],
    )
    .await
}

/// Takes one up: nobody else does so until `until`. `false` if somebody was faster.
pub async fn update_taken(conn: &mut Conn, export: &Export, until: Millis) -> Result<bool> {
    let taken = conn
        .execute(
            sql!(
                "UPDATE exports
                 SET run_at = $3, attempts = attempts + 1
                 WHERE id = $1 AND attempts = $2 AND finished_at IS NULL"
            ),
            args![export.id, export.attempts, until],
        )
        .await?;
    Ok(taken == 1)
}

/// Tries again then.
pub async fn update_due(conn: &mut Conn, id: ExportId, at: Millis) -> Result<()> {
    conn.execute(sql!("UPDATE exports SET run_at = $2 WHERE id = $1 AND finished_at IS NULL"), args![id, at])
        .await?;
    Ok(())
}

/// It is there; without a key it never will be. `false` if the wish is gone.
pub async fn update_finished(
    conn: &mut Conn,
    id: ExportId,
    key: Option<&str>,
    size: i64,
    now: Millis,
) -> Result<bool> {
    let finished = conn
        .execute(
            sql!(
                "UPDATE exports
                 SET blob_key = $2, size = $3, finished_at = $4
                 WHERE id = $1 AND finished_at IS NULL"
            ),
            args![id, key, size, now],
        )
        .await?;
    Ok(finished == 1)
}

/// Those whose time is over.
pub async fn list_expired(conn: &mut Conn, now: Millis, limit: i64) -> Result<Vec<Export>> {
    conn.all(
        sql!(
            "SELECT id, account_id, blob_key, size, attempts, created_at, finished_at, expires_at
             FROM exports
             WHERE expires_at <= $1
             ORDER BY expires_at, id
             LIMIT $2"
        ),
        args![now, limit],
    )
    .await
}

/// Forgets one.
pub async fn delete(conn: &mut Conn, account: AccountId, id: ExportId) -> Result<()> {
    conn.execute(sql!("DELETE FROM exports WHERE id = $1 AND account_id = $2"), args![id, account]).await?;
    Ok(())
}

/// Whoever left fetches nothing any more: the next sweep throws all of it away.
pub async fn update_expired_of(conn: &mut Conn, account: AccountId, now: Millis) -> Result<()> {
    conn.execute(
        sql!(
            "UPDATE exports
             SET expires_at = $2, finished_at = COALESCE(finished_at, $2)
             WHERE account_id = $1"
        ),
        args![account, now],
    )
    .await?;
    Ok(())
}
