//! Rows of follows. Blocks and mutes, and what ties readers to authors, have files of their own beside this.

mod blocks;
mod readers;
mod succeed;

pub use blocks::*;
pub use readers::*;
pub use succeed::*;

use super::model::Follow;
use crate::base::Result;
use crate::base::id::AccountId;
use crate::platform::db::Conn;
use crate::{args, sql};

/// The follow, or the request.
pub async fn find(conn: &mut Conn, account: AccountId, target: AccountId) -> Result<Option<Follow>> {
    conn.optional(
        sql!(
            "SELECT account_id, target_id, accepted, uri, show_reblogs, notify, languages, created_at
             FROM follows
             WHERE account_id = $1 AND target_id = $2"
        ),
        args![account, target],
    )
    .await
}

/// By the id of the Follow.
pub async fn find_by_uri(conn: &mut Conn, uri: &str) -> Result<Option<Follow>> {
    conn.optional(
        sql!(
            "SELECT account_id, target_id, accepted, uri, show_reblogs, notify, languages, created_at
             FROM follows
             WHERE uri = $1"
        ),
        args![uri],
    )
    .await
}

/// Adds a follow or a request. `false` if there is one.
pub async fn insert(conn: &mut Conn, follow: &Follow) -> Result<bool> {
    let inserted = conn
        .execute(
            sql!(
                "INSERT INTO follows (account_id, target_id, accepted, uri, show_reblogs, notify, languages, created_at)
                 VALUES ($1, $2, $3, $4, $5, $6, $7, $8)
                 ON CONFLICT (account_id, target_id) DO NOTHING"
            ),
            args![
                follow.account_id,
                follow.target_id,
                follow.accepted,
                follow.uri,
                follow.show_reblogs,
                follow.notify,
                follow.languages,
                follow.created_at
            ],
        )
        .await?;
    Ok(inserted == 1)
}

/// The request becomes a follow. `false` if it was one, or there is none.
pub async fn update_accepted(conn: &mut Conn, account: AccountId, target: AccountId) -> Result<bool> {
    let touched = conn
        .execute(
            sql!(
                "UPDATE follows
                 SET accepted = TRUE
                 WHERE account_id = $1 AND target_id = $2 AND NOT accepted"
            ),
            args![account, target],
        )
        .await?;
    Ok(touched == 1)
}

/// Changes what a follower wants, and the id of the Follow.
pub async fn update_wishes(conn: &mut Conn, follow: &Follow) -> Result<()> {
    conn.execute(
        sql!(
            "UPDATE follows
             SET show_reblogs = $3, notify = $4, uri = $5, languages = $6
             WHERE account_id = $1 AND target_id = $2"
        ),
        args![
            follow.account_id,
            follow.target_id,
            follow.show_reblogs,
            follow.notify,
            follow.uri,
            follow.languages
        ],
    )
    .await?;
    Ok(())
}

/// Ends a follow or a request.
pub async fn delete(conn: &mut Conn, account: AccountId, target: AccountId) -> Result<()> {
    conn.execute(
        sql!("DELETE FROM follows WHERE account_id = $1 AND target_id = $2"),
        args![account, target],
    )
    .await?;
    Ok(())
}

/// Puts the newest posts of somebody newly followed into the follower's home, at most `limit`; not if they are read
/// apart.
pub async fn fill_home(conn: &mut Conn, account: AccountId, target: AccountId, limit: i64) -> Result<()> {
    conn.execute(
        sql!(
            "INSERT INTO home_entries (account_id, position, status_id)
             SELECT $1, s.id, s.id
             FROM (SELECT s.id
                   FROM statuses s
                   JOIN follows f ON f.account_id = $1 AND f.target_id = s.account_id
                   WHERE s.account_id = $2 AND s.visibility <> 'direct'
                     AND (s.in_reply_to_uri IS NULL OR s.in_reply_to_account_id = $2)
                     AND (f.show_reblogs OR s.reblog_of_id IS NULL)
                     AND (f.languages IS NULL OR s.language IS NULL OR f.languages LIKE '%\"' || s.language || '\"%')
                   ORDER BY s.id DESC
                   LIMIT $3) s
             WHERE NOT EXISTS (SELECT 1
                               FROM list_members m
                               JOIN lists l ON l.id = m.list_id
                               WHERE m.account_id = $2 AND m.owner_id = $1 AND l.exclusive AND l.deleted_at IS NULL)
             ON CONFLICT DO NOTHING"
        ),
        args![account, target, limit],
    )
    .await?;
    Ok(())
}

/// Takes the posts of somebody out of a home.
pub async fn clear_home(conn: &mut Conn, account: AccountId, target: AccountId) -> Result<()> {
    conn.execute(
        sql!(
            "DELETE FROM home_entries
             WHERE account_id = $1 AND status_id IN (SELECT id FROM statuses WHERE account_id = $2)"
        ),
        args![account, target],
    )
    .await?;
    Ok(())
}

/// Who follows `target`, the newest first; `before` is the time of the last one seen.
pub async fn list_followers(
    conn: &mut Conn,
    target: AccountId,
    limit: i64,
    offset: i64,
) -> Result<Vec<AccountId>> {
    let rows: Vec<(AccountId,)> = conn
        .all(
            sql!(
                "SELECT account_id
                 FROM follows
                 WHERE target_id = $1 AND accepted
                 ORDER BY created_at DESC, account_id
                 LIMIT $2 OFFSET $3"
            ),
            args![target, limit, offset],
        )
        .await?;
    Ok(rows.into_iter().map(|(id,)| id).collect())
}

/// Whom `account` follows, the newest first.
pub async fn list_following(
    conn: &mut Conn,
    account: AccountId,
    limit: i64,
    offset: i64,
) -> Result<Vec<AccountId>> {
    let rows: Vec<(AccountId,)> = conn
        .all(
            sql!(
                "SELECT target_id
                 FROM follows
                 WHERE account_id = $1 AND accepted
                 ORDER BY created_at DESC, target_id
                 LIMIT $2 OFFSET $3"
            ),
            args![account, limit, offset],
        )
        .await?;
    Ok(rows.into_iter().map(|(id,)| id).collect())
}

/// Who asks to follow `target`, the newest first.
pub async fn list_requests(conn: &mut Conn, target: AccountId, limit: i64) -> Result<Vec<AccountId>> {
    let rows: Vec<(AccountId,)> = conn
        .all(
            sql!(
                "SELECT account_id
                 FROM follows
                 WHERE target_id = $1 AND NOT accepted
                 ORDER BY created_at DESC, account_id
                 LIMIT $2"
            ),
            args![target, limit],
        )
        .await?;
    Ok(rows.into_iter().map(|(id,)| id).collect())
}
