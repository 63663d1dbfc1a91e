//! Rows of likes.

use crate::base::id::{AccountId, StatusId};
use crate::base::{Millis, Result};
use crate::platform::db::Conn;
use crate::{args, sql};

/// Counts likes more or less.
pub async fn update_favourites_count(conn: &mut Conn, id: StatusId, by: i64) -> Result<()> {
    conn.execute(
        sql!(
            "UPDATE statuses
             SET favourites_count = CASE WHEN favourites_count + $2 < 0 THEN 0 ELSE favourites_count + $2 END
             WHERE id = $1"
        ),
        args![id, by],
    )
    .await?;
    Ok(())
}

/// Adds a like. `false` if it was there.
pub async fn insert_favourite(
    conn: &mut Conn,
    account: AccountId,
    status: StatusId,
    uri: &str,
    now: Millis,
) -> Result<bool> {
    let inserted = conn
        .execute(
            sql!(
                "INSERT INTO favourites (account_id, status_id, uri, created_at)
                 VALUES ($1, $2, $3, $4)
                 ON CONFLICT (account_id, status_id) DO NOTHING"
            ),
            args![account, status, uri, now],
        )
        .await?;
    Ok(inserted == 1)
}

/// Takes a like away; its address, if there was one.
pub async fn delete_favourite(
    conn: &mut Conn,
    account: AccountId,
    status: StatusId,
) -> Result<Option<String>> {
    let row: Option<(String,)> = conn
        .optional(
            sql!(
                "DELETE FROM favourites
                 WHERE account_id = $1 AND status_id = $2
                 RETURNING uri"
            ),
            args![account, status],
        )
        .await?;
    Ok(row.map(|(uri,)| uri))
}

/// Who likes a post, newest first.
pub async fn list_favourited_by(conn: &mut Conn, id: StatusId, limit: i64) -> Result<Vec<AccountId>> {
    let rows: Vec<(AccountId,)> = conn
        .all(
            sql!(
                "SELECT account_id
                 FROM favourites
                 WHERE status_id = $1
                 ORDER BY created_at DESC, account_id
                 LIMIT $2"
            ),
            args![id, limit],
        )
        .await?;
    Ok(rows.into_iter().map(|(id,)| id).collect())
}

/// What a person likes by the id of the Like.
pub async fn find_favourite_by_uri(
    conn: &mut Conn,
    account: AccountId,
    uri: &str,
) -> Result<Option<StatusId>> {
    let row: Option<(StatusId,)> = conn
        .optional(
            sql!(
                "SELECT status_id
                 FROM favourites
                 WHERE account_id = $1 AND uri = $2"
            ),
            args![account, uri],
        )
        .await?;
    Ok(row.map(|(id,)| id))
}

/// What a person likes, the newest like first.
pub async fn list_favourites(
    conn: &mut Conn,
    account: AccountId,
    limit: i64,
    offset: i64,
) -> Result<Vec<StatusId>> {
    let rows: Vec<(StatusId,)> = conn
        .all(
            sql!(
                "SELECT status_id
                 FROM favourites
                 WHERE account_id = $1
                 ORDER BY created_at DESC, status_id DESC
                 LIMIT $2 OFFSET $3"
            ),
            args![account, limit, offset],
        )
        .await?;
    Ok(rows.into_iter().map(|(id,)| id).collect())
}
