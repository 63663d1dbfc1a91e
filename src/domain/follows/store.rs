//! Rows of ties.

use std::collections::HashSet;

use super::model::{Follow, Relationship};
use crate::base::id::{AccountId, StatusId};
use crate::base::{Millis, Result};
use crate::platform::db::Conn;
use crate::{args, sql};

/// The follow, or the request.
pub async fn find(conn: &mut Conn, account: AccountId, target: AccountId) -> Result<Option<Follow>> {
    conn.optional(
        sql!(
            "SELECT account_id, target_id, accepted, uri, show_reblogs, notify, created_at
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
            "SELECT account_id, target_id, accepted, uri, show_reblogs, notify, created_at
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
                "INSERT INTO follows (account_id, target_id, accepted, uri, show_reblogs, notify, created_at)
                 VALUES ($1, $2, $3, $4, $5, $6, $7)
                 ON CONFLICT (account_id, target_id) DO NOTHING"
            ),
            args![
                follow.account_id,
                follow.target_id,
                follow.accepted,
                follow.uri,
                follow.show_reblogs,
                follow.notify,
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
             SET show_reblogs = $3, notify = $4, uri = $5
             WHERE account_id = $1 AND target_id = $2"
        ),
        args![follow.account_id, follow.target_id, follow.show_reblogs, follow.notify, follow.uri],
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

/// Puts the newest posts of somebody newly followed into the follower's home, at most `limit`.
pub async fn fill_home(conn: &mut Conn, account: AccountId, target: AccountId, limit: i64) -> Result<()> {
    conn.execute(
        sql!(
            "INSERT INTO home_entries (account_id, status_id)
             SELECT $1, s.id
             FROM (SELECT id
                   FROM statuses
                   WHERE account_id = $2 AND visibility <> 'direct'
                     AND (in_reply_to_account_id IS NULL OR in_reply_to_account_id = $2)
                   ORDER BY id DESC
                   LIMIT $3) s
             WHERE TRUE
             ON CONFLICT (account_id, status_id) DO NOTHING"
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

/// Inboxes of an account's followers at other sites, each once.
pub async fn list_follower_inboxes(conn: &mut Conn, target: AccountId) -> Result<Vec<String>> {
    let rows: Vec<(String,)> = conn
        .all(
            sql!(
                "SELECT DISTINCT COALESCE(a.shared_inbox, a.inbox)
                 FROM follows f
                 JOIN accounts a ON a.id = f.account_id
                 WHERE f.target_id = $1 AND f.accepted AND a.host <> '' AND a.deleted_at IS NULL
                   AND a.suspended_at IS NULL"
            ),
            args![target],
        )
        .await?;
    Ok(rows.into_iter().map(|(inbox,)| inbox).collect())
}

/// Inboxes of those of `accounts` who live at other sites, each once.
pub async fn list_inboxes_of(conn: &mut Conn, accounts: &[AccountId]) -> Result<Vec<String>> {
    if accounts.is_empty() {
        return Ok(Vec::new());
    }
    let rows: Vec<(String,)> = conn
        .all(
            sql!(
                "SELECT DISTINCT COALESCE(shared_inbox, inbox)
                 FROM accounts
                 WHERE id IN_LIST($1) AND host <> '' AND deleted_at IS NULL AND suspended_at IS NULL"
            ),
            args![accounts],
        )
        .await?;
    Ok(rows.into_iter().map(|(inbox,)| inbox).collect())
}

/// People of this site who want to hear of each post of `target`.
pub async fn list_wanting_each_post(conn: &mut Conn, target: AccountId) -> Result<Vec<AccountId>> {
    let rows: Vec<(AccountId,)> = conn
        .all(
            sql!(
                "SELECT f.account_id
                 FROM follows f
                 JOIN users u ON u.account_id = f.account_id
                 WHERE f.target_id = $1 AND f.accepted AND f.notify"
            ),
            args![target],
        )
        .await?;
    Ok(rows.into_iter().map(|(id,)| id).collect())
}

/// Whether anybody of this site follows `target`.
pub async fn has_followers_here(conn: &mut Conn, target: AccountId) -> Result<bool> {
    let row: Option<(AccountId,)> = conn
        .optional(
            sql!(
                "SELECT f.account_id
                 FROM follows f
                 JOIN users u ON u.account_id = f.account_id
                 WHERE f.target_id = $1 AND f.accepted
                 LIMIT 1"
            ),
            args![target],
        )
        .await?;
    Ok(row.is_some())
}

/// Which of `among` the person follows.
pub async fn list_followed_among(
    conn: &mut Conn,
    account: AccountId,
    among: &[AccountId],
) -> Result<HashSet<AccountId>> {
    let rows: Vec<(AccountId,)> = conn
        .all(
            sql!(
                "SELECT target_id
                 FROM follows
                 WHERE account_id = $1 AND accepted AND target_id IN_LIST($2)"
            ),
            args![account, among],
        )
        .await?;
    Ok(rows.into_iter().map(|(id,)| id).collect())
}

/// Which of `among` somebody at `host` follows.
pub async fn list_followed_from_host(
    conn: &mut Conn,
    host: &str,
    among: &[AccountId],
) -> Result<HashSet<AccountId>> {
    let rows: Vec<(AccountId,)> = conn
        .all(
            sql!(
                "SELECT DISTINCT f.target_id
                 FROM follows f
                 JOIN accounts a ON a.id = f.account_id
                 WHERE f.target_id IN_LIST($2) AND f.accepted AND a.host = $1 AND a.suspended_at IS NULL
                   AND a.deleted_at IS NULL"
            ),
            args![host, among],
        )
        .await?;
    Ok(rows.into_iter().map(|(id,)| id).collect())
}

/// Which of the posts mention the person.
pub async fn list_mentioning(
    conn: &mut Conn,
    account: AccountId,
    ids: &[StatusId],
) -> Result<HashSet<StatusId>> {
    let rows: Vec<(StatusId,)> = conn
        .all(
            sql!(
                "SELECT status_id
                 FROM mentions
                 WHERE account_id = $1 AND status_id IN_LIST($2)"
            ),
            args![account, ids],
        )
        .await?;
    Ok(rows.into_iter().map(|(id,)| id).collect())
}

/// Which of the posts mention somebody at `host`.
pub async fn list_mentioning_host(
    conn: &mut Conn,
    host: &str,
    ids: &[StatusId],
) -> Result<HashSet<StatusId>> {
    let rows: Vec<(StatusId,)> = conn
        .all(
            sql!(
                "SELECT DISTINCT m.status_id
                 FROM mentions m
                 JOIN accounts a ON a.id = m.account_id
                 WHERE m.status_id IN_LIST($2) AND a.host = $1"
            ),
            args![host, ids],
        )
        .await?;
    Ok(rows.into_iter().map(|(id,)| id).collect())
}

/// Which of `among` block the person or are blocked by them.
pub async fn list_blocked_either_way(
    conn: &mut Conn,
    account: AccountId,
    among: &[AccountId],
) -> Result<HashSet<AccountId>> {
    let rows: Vec<(AccountId,)> = conn
        .all(
            sql!(
                "SELECT target_id
                 FROM blocks
                 WHERE account_id = $1 AND target_id IN_LIST($2)
                 UNION
                 SELECT account_id
                 FROM blocks
                 WHERE target_id = $1 AND account_id IN_LIST($2)"
            ),
            args![account, among],
        )
        .await?;
    Ok(rows.into_iter().map(|(id,)| id).collect())
}

/// Which of `among` the person muted.
pub async fn list_muted_among(
    conn: &mut Conn,
    account: AccountId,
    among: &[AccountId],
) -> Result<HashSet<AccountId>> {
    let rows: Vec<(AccountId,)> = conn
        .all(
            sql!(
                "SELECT target_id
                 FROM mutes
                 WHERE account_id = $1 AND target_id IN_LIST($2)"
            ),
            args![account, among],
        )
        .await?;
    Ok(rows.into_iter().map(|(id,)| id).collect())
}

/// Adds a block. `false` if there is one.
pub async fn insert_block(
    conn: &mut Conn,
    account: AccountId,
    target: AccountId,
    uri: &str,
    now: Millis,
) -> Result<bool> {
    let inserted = conn
        .execute(
            sql!(
                "INSERT INTO blocks (account_id, target_id, uri, created_at)
                 VALUES ($1, $2, $3, $4)
                 ON CONFLICT (account_id, target_id) DO NOTHING"
            ),
            args![account, target, uri, now],
        )
        .await?;
    Ok(inserted == 1)
}

/// Takes a block back; its id, if there was one.
pub async fn delete_block(conn: &mut Conn, account: AccountId, target: AccountId) -> Result<Option<String>> {
    let row: Option<(String,)> = conn
        .optional(
            sql!(
                "DELETE FROM blocks
                 WHERE account_id = $1 AND target_id = $2
                 RETURNING uri"
            ),
            args![account, target],
        )
        .await?;
    Ok(row.map(|(uri,)| uri))
}

/// Whom the person blocks, the newest first.
pub async fn list_blocks(conn: &mut Conn, account: AccountId, limit: i64) -> Result<Vec<AccountId>> {
    let rows: Vec<(AccountId,)> = conn
        .all(
            sql!(
                "SELECT target_id
                 FROM blocks
                 WHERE account_id = $1
                 ORDER BY created_at DESC, target_id
                 LIMIT $2"
            ),
            args![account, limit],
        )
        .await?;
    Ok(rows.into_iter().map(|(id,)| id).collect())
}

/// Adds or changes a mute.
pub async fn upsert_mute(
    conn: &mut Conn,
    account: AccountId,
    target: AccountId,
    notifications: bool,
    expires_at: Option<Millis>,
    now: Millis,
) -> Result<()> {
    conn.execute(
        sql!(
            "INSERT INTO mutes (account_id, target_id, notifications, expires_at, created_at)
             VALUES ($1, $2, $3, $4, $5)
             ON CONFLICT (account_id, target_id)
             DO UPDATE SET notifications = excluded.notifications, expires_at = excluded.expires_at"
        ),
        args![account, target, notifications, expires_at, now],
    )
    .await?;
    Ok(())
}

/// Takes a mute back.
pub async fn delete_mute(conn: &mut Conn, account: AccountId, target: AccountId) -> Result<()> {
    conn.execute(sql!("DELETE FROM mutes WHERE account_id = $1 AND target_id = $2"), args![account, target])
        .await?;
    Ok(())
}

/// Forgets mutes that have run out.
pub async fn delete_expired_mutes(conn: &mut Conn, now: Millis) -> Result<()> {
    conn.execute(sql!("DELETE FROM mutes WHERE expires_at IS NOT NULL AND expires_at <= $1"), args![now])
        .await?;
    Ok(())
}

/// Whom the person muted, the newest first.
pub async fn list_mutes(conn: &mut Conn, account: AccountId, limit: i64) -> Result<Vec<AccountId>> {
    let rows: Vec<(AccountId,)> = conn
        .all(
            sql!(
                "SELECT target_id
                 FROM mutes
                 WHERE account_id = $1
                 ORDER BY created_at DESC, target_id
                 LIMIT $2"
            ),
            args![account, limit],
        )
        .await?;
    Ok(rows.into_iter().map(|(id,)| id).collect())
}

/// How a person stands to each of `targets`, in the same order.
pub async fn list_relationships(
    conn: &mut Conn,
    account: AccountId,
    targets: &[AccountId],
) -> Result<Vec<Relationship>> {
    let follows: Vec<Follow> = conn
        .all(
            sql!(
                "SELECT account_id, target_id, accepted, uri, show_reblogs, notify, created_at
                 FROM follows
                 WHERE (account_id = $1 AND target_id IN_LIST($2)) OR (target_id = $1 AND account_id IN_LIST($2))"
            ),
            args![account, targets],
        )
        .await?;
    let blocks: Vec<(AccountId, AccountId)> = conn
        .all(
            sql!(
                "SELECT account_id, target_id
                 FROM blocks
                 WHERE (account_id = $1 AND target_id IN_LIST($2)) OR (target_id = $1 AND account_id IN_LIST($2))"
            ),
            args![account, targets],
        )
        .await?;
    let mutes: Vec<(AccountId, bool)> = conn
        .all(
            sql!(
                "SELECT target_id, notifications
                 FROM mutes
                 WHERE account_id = $1 AND target_id IN_LIST($2)"
            ),
            args![account, targets],
        )
        .await?;
    let relationship = |id: &AccountId| {
        let mine = follows.iter().find(|f| f.account_id == account && f.target_id == *id);
        let theirs = follows.iter().find(|f| f.target_id == account && f.account_id == *id);
        let mute = mutes.iter().find(|(target, _)| target == id);
        Relationship {
            id: *id,
            following: mine.is_some_and(|f| f.accepted),
            showing_reblogs: mine.is_some_and(|f| f.accepted && f.show_reblogs),
            notifying: mine.is_some_and(|f| f.accepted && f.notify),
            requested: mine.is_some_and(|f| !f.accepted),
            followed_by: theirs.is_some_and(|f| f.accepted),
            requested_by: theirs.is_some_and(|f| !f.accepted),
            blocking: blocks.contains(&(account, *id)),
            blocked_by: blocks.contains(&(*id, account)),
            muting: mute.is_some(),
            muting_notifications: mute.is_some_and(|(_, notifications)| *notifications),
        }
    };
    Ok(targets.iter().map(relationship).collect())
}
