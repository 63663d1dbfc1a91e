//! Rows of planned posts.

use crate::base::id::{AccountId, MediaId, ScheduledId};
use crate::base::page::Page;
use crate::base::{Millis, Result};
use crate::platform::db::Conn;
use crate::{args, sql};

/// A planned post as it is kept.
#[derive(Clone, Debug, sqlx::FromRow)]
pub struct Row {
    /// Ours.
    pub id: ScheduledId,
    /// Whose.
    pub account_id: AccountId,
    /// JSON.
    pub words: String,
    /// When the person wants it.
    pub run_at: Millis,
    /// When it is tried next; none: given up.
    pub try_at: Option<Millis>,
    /// Vain ones.
    pub attempts: i64,
    /// Why the last one was in vain.
    pub last_error: Option<String>,
}

/// A planned post, whosesoever.
pub async fn find(conn: &mut Conn, id: ScheduledId) -> Result<Option<Row>> {
    conn.optional(
        sql!(
            "SELECT id, account_id, words, run_at, try_at, attempts, last_error
             FROM scheduled_statuses
             WHERE id = $1"
        ),
        args![id],
    )
    .await
}

/// What a client's mark on a request led to.
pub async fn find_idempotent(conn: &mut Conn, account: AccountId, key: &str) -> Result<Option<ScheduledId>> {
    let row: Option<(ScheduledId,)> = conn
        .optional(
            sql!("SELECT id FROM scheduled_statuses WHERE account_id = $1 AND idempotency_key = $2"),
            args![account, key],
        )
        .await?;
    Ok(row.map(|(id,)| id))
}

/// Those of a person, the next one first.
pub async fn list(conn: &mut Conn, account: AccountId, limit: i64) -> Result<Vec<Row>> {
    conn.all(
        sql!(
            "SELECT id, account_id, words, run_at, try_at, attempts, last_error
             FROM scheduled_statuses
             WHERE account_id = $1
             ORDER BY run_at, id
             LIMIT $2"
        ),
        args![account, limit],
    )
    .await
}

/// A page of them by identifier, newest first.
pub async fn list_page(conn: &mut Conn, account: AccountId, page: Page) -> Result<Vec<Row>> {
    if page.upwards() {
        let mut rows: Vec<Row> = conn
            .all(
                sql!(
                    "SELECT id, account_id, words, run_at, try_at, attempts, last_error
                     FROM scheduled_statuses
                     WHERE account_id = $1 AND id < $2 AND id > $3
                     ORDER BY id
                     LIMIT $4"
                ),
                args![account, page.upper(), page.lower(), page.limit],
            )
            .await?;
        rows.reverse();
        return Ok(rows);
    }
    conn.all(
        sql!(
            "SELECT id, account_id, words, run_at, try_at, attempts, last_error
             FROM scheduled_statuses
             WHERE account_id = $1 AND id < $2 AND id > $3
             ORDER BY id DESC
             LIMIT $4"
        ),
        args![account, page.upper(), page.lower(), page.limit],
    )
    .await
}

/// Those whose time has come.
pub async fn list_due(conn: &mut Conn, now: Millis, limit: i64) -> Result<Vec<ScheduledId>> {
    let rows: Vec<(ScheduledId,)> = conn
        .all(
            sql!(
                "SELECT id
                 FROM scheduled_statuses
                 WHERE try_at IS NOT NULL AND try_at <= $1
                 ORDER BY try_at, id
                 LIMIT $2"
            ),
            args![now, limit],
        )
        .await?;
    Ok(rows.into_iter().map(|(id,)| id).collect())
}

/// How many a person has, besides one.
pub async fn count(conn: &mut Conn, account: AccountId, except: ScheduledId) -> Result<i64> {
    let (count,): (i64,) = conn
        .one(
            sql!("SELECT COUNT(*) FROM scheduled_statuses WHERE account_id = $1 AND id <> $2"),
            args![account, except],
        )
        .await?;
    Ok(count)
}

/// How many a person has from one time on and before another, besides one.
pub async fn count_between(
    conn: &mut Conn,
    account: AccountId,
    except: ScheduledId,
    (from, before): (Millis, Millis),
) -> Result<i64> {
    let (count,): (i64,) = conn
        .one(
            sql!(
                "SELECT COUNT(*)
                 FROM scheduled_statuses
                 WHERE account_id = $1 AND id <> $2 AND run_at >= $3 AND run_at < $4"
            ),
            args![account, except, from, before],
        )
        .await?;
    Ok(count)
}

/// Adds one. `false` if the same request added one before.
pub async fn insert(conn: &mut Conn, row: &Row, key: Option<&str>, now: Millis) -> Result<bool> {
    let inserted = conn
        .execute(
            sql!(
                "INSERT INTO scheduled_statuses (id, account_id, words, run_at, try_at, attempts, idempotency_key,
                                                 created_at)
                 VALUES ($1, $2, $3, $4, $5, $6, $7, $8)
                 ON CONFLICT (account_id, idempotency_key) DO NOTHING"
            ),
            args![row.id, row.account_id, row.words, row.run_at, row.try_at, row.attempts, key, now],
        )
        .await?;
    Ok(inserted == 1)
}

/// Changes one. `false` if it is gone.
pub async fn update(conn: &mut Conn, row: &Row) -> Result<bool> {
    let touched = conn
        .execute(
            sql!(
                "UPDATE scheduled_statuses
                 SET words = $2, run_at = $3, try_at = $4, attempts = $5, last_error = $6
                 WHERE id = $1"
            ),
            args![row.id, row.words, row.run_at, row.try_at, row.attempts, row.last_error],
        )
        .await?;
    Ok(touched == 1)
}

/// Forgets one. `false` if it was gone.
pub async fn delete(conn: &mut Conn, id: ScheduledId) -> Result<bool> {
    let touched = conn.execute(sql!("DELETE FROM scheduled_statuses WHERE id = $1"), args![id]).await?;
    Ok(touched == 1)
}

/// Notes which uploads of this person wait in the planned post.
pub async fn replace_media(
    conn: &mut Conn,
    account: AccountId,
    id: ScheduledId,
    media: &[MediaId],
) -> Result<()> {
    conn.execute(sql!("DELETE FROM scheduled_media WHERE scheduled_id = $1"), args![id]).await?;
    if media.is_empty() {
        return Ok(());
    }
    conn.execute(
        sql!(
            "INSERT INTO scheduled_media (scheduled_id, media_id)
             SELECT $1, id
             FROM media
             WHERE account_id = $2 AND id IN_LIST($3)"
        ),
        args![id, account, media],
    )
    .await?;
    Ok(())
}
