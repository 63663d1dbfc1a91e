//! Rows of comparisons that are to be done, and followers as they are compared.

use crate::base::id::AccountId;
use crate::base::{Millis, Result};
use crate::platform::db::Conn;
use crate::{args, sql};

/// Hosts and ids of all followers at other sites.
pub async fn list_followers_elsewhere(conn: &mut Conn, target: AccountId) -> Result<Vec<(String, String)>> {
    conn.all(
        sql!(
            "SELECT a.host, a.uri
             FROM follows f
             JOIN accounts a ON a.id = f.account_id
             WHERE f.target_id = $1 AND f.accepted AND a.host <> '' AND a.deleted_at IS NULL"
        ),
        args![target],
    )
    .await
}

/// Followers at one other site behind `after`, by number, at most `limit`.
pub async fn list_followers_at(
    conn: &mut Conn,
    target: AccountId,
    host: &str,
    after: AccountId,
    limit: i64,
) -> Result<Vec<(AccountId, String)>> {
    conn.all(
        sql!(
            "SELECT a.id, a.uri
             FROM follows f
             JOIN accounts a ON a.id = f.account_id
             WHERE f.target_id = $1 AND f.accepted AND a.host = $2 AND a.id > $3 AND a.deleted_at IS NULL
             ORDER BY a.id
             LIMIT $4"
        ),
        args![target, host, after, limit],
    )
    .await
}

/// How many followers there are at one other site.
pub async fn count_followers_at(conn: &mut Conn, target: AccountId, host: &str) -> Result<i64> {
    let (count,): (i64,) = conn
        .one(
            sql!(
                "SELECT COUNT(*)
                 FROM follows f
                 JOIN accounts a ON a.id = f.account_id
                 WHERE f.target_id = $1 AND f.accepted AND a.host = $2 AND a.deleted_at IS NULL"
            ),
            args![target, host],
        )
        .await?;
    Ok(count)
}

/// Followers of `target` at this site.
pub async fn list_followers_here(conn: &mut Conn, target: AccountId) -> Result<Vec<(AccountId, String)>> {
    conn.all(
        sql!(
            "SELECT a.id, a.uri
             FROM follows f
             JOIN accounts a ON a.id = f.account_id
             WHERE f.target_id = $1 AND f.accepted AND a.host = ''"
        ),
        args![target],
    )
    .await
}

/// A comparison that is to be done.
#[derive(Clone, Debug, sqlx::FromRow)]
pub struct Due {
    /// The actor of another site.
    pub account_id: AccountId,
    /// As the header had it.
    pub digest: String,
    /// Where the list is.
    pub url: String,
    /// How often it failed.
    pub attempts: i64,
}

/// Notes that followers differ. After a comparison that was just done, it waits until the pause is over.
pub async fn upsert(conn: &mut Conn, account: AccountId, digest: &str, url: &str, now: Millis) -> Result<()> {
    conn.execute(
        sql!(
            "INSERT INTO follower_syncs (account_id, digest, url, wanted, run_at)
             VALUES ($1, $2, $3, TRUE, $4)
             ON CONFLICT (account_id) DO UPDATE SET digest = $2, url = $3, wanted = TRUE, attempts = 0"
        ),
        args![account, digest, url, now],
    )
    .await?;
    Ok(())
}

/// Those that are due, at most `limit`.
pub async fn list_due(conn: &mut Conn, now: Millis, limit: i64) -> Result<Vec<Due>> {
    conn.all(
        sql!(
            "SELECT account_id, digest, url, attempts
             FROM follower_syncs
             WHERE wanted AND run_at <= $1
             ORDER BY run_at
             LIMIT $2"
        ),
        args![now, limit],
    )
    .await
}

/// It is done, or can never be; unless another digest came meanwhile, nothing is left to do. Not before `next`.
pub async fn update_done(conn: &mut Conn, due: &Due, next: Millis) -> Result<()> {
    conn.execute(
        sql!(
            "UPDATE follower_syncs
             SET wanted = digest <> $2, attempts = 0, run_at = $3
             WHERE account_id = $1"
        ),
        args![due.account_id, due.digest.as_str(), next],
    )
    .await?;
    Ok(())
}

/// It failed and is tried again at `next`.
pub async fn update_failed(conn: &mut Conn, account: AccountId, next: Millis) -> Result<()> {
    conn.execute(
        sql!("UPDATE follower_syncs SET attempts = attempts + 1, run_at = $2 WHERE account_id = $1"),
        args![account, next],
    )
    .await?;
    Ok(())
}
