//! Rows of pinned posts.

use crate::base::id::{AccountId, StatusId};
use crate::base::{Millis, Result};
use crate::platform::db::Conn;
use crate::{args, sql};

/// Pins a post. `false` if it was pinned.
pub async fn insert_pin(conn: &mut Conn, account: AccountId, status: StatusId, now: Millis) -> Result<bool> {
    let inserted = conn
        .execute(
            sql!(
                "INSERT INTO pins (account_id, status_id, created_at)
                 VALUES ($1, $2, $3)
                 ON CONFLICT (account_id, status_id) DO NOTHING"
            ),
            args![account, status, now],
        )
        .await?;
    Ok(inserted == 1)
}

/// Pins a post at its place among the others, as its origin has it.
pub async fn upsert_pin(conn: &mut Conn, account: AccountId, status: StatusId, at: Millis) -> Result<()> {
    conn.execute(
        sql!(
            "INSERT INTO pins (account_id, status_id, created_at)
             VALUES ($1, $2, $3)
             ON CONFLICT (account_id, status_id) DO UPDATE SET created_at = excluded.created_at"
        ),
        args![account, status, at],
    )
    .await?;
    Ok(())
}

/// Takes a pin away. `false` if there was none.
pub async fn delete_pin(conn: &mut Conn, account: AccountId, status: StatusId) -> Result<bool> {
    let deleted = conn
        .execute(sql!("DELETE FROM pins WHERE account_id = $1 AND status_id = $2"), args![account, status])
        .await?;
    Ok(deleted == 1)
}

/// What somebody pinned, the latest pin first. Does not ask who reads.
pub async fn list_pins(conn: &mut Conn, account: AccountId) -> Result<Vec<StatusId>> {
    let rows: Vec<(StatusId,)> = conn
        .all(
            sql!(
                "SELECT status_id
                 FROM pins
                 WHERE account_id = $1
                 ORDER BY created_at DESC, status_id DESC"
            ),
            args![account],
        )
        .await?;
    Ok(rows.into_iter().map(|(id,)| id).collect())
}

/// Which of the posts this person pinned.
pub async fn list_pinned_among(
    conn: &mut Conn,
    account: AccountId,
    ids: &[StatusId],
) -> Result<Vec<StatusId>> {
    let rows: Vec<(StatusId,)> = conn
        .all(
            sql!(
                "SELECT status_id
                 FROM pins
                 WHERE account_id = $1 AND status_id IN_LIST($2)"
            ),
            args![account, ids],
        )
        .await?;
    Ok(rows.into_iter().map(|(id,)| id).collect())
}
