//! What ties readers to authors and posts, for whole sets at once; and whom news reach.

use std::collections::{HashMap, HashSet};

use super::super::model::{Follow, Relationship};
use crate::base::id::{AccountId, StatusId};
use crate::base::{Millis, Result};
use crate::platform::db::Conn;
use crate::{args, sql};

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

/// People of this site who want to hear of each post: whose, and who.
pub async fn list_wanting_each_post(
    conn: &mut Conn,
    targets: &[AccountId],
) -> Result<Vec<(AccountId, AccountId)>> {
    conn.all(
        sql!(
            "SELECT f.target_id, f.account_id
             FROM follows f
             JOIN users u ON u.account_id = f.account_id
             WHERE f.target_id IN_LIST($1) AND f.accepted AND f.notify"
        ),
        args![targets],
    )
    .await
}

/// Which of the accounts that were asked about ahead have followers here.
struct Followed(HashMap<AccountId, bool>);

/// Reads for all of `targets` at once what [`has_followers_here`] will be asked on this connection.
pub async fn look_ahead_for_followers(conn: &mut Conn, targets: &[AccountId]) -> Result<()> {
    let rows: Vec<(AccountId,)> = conn
        .all(
            sql!(
                "SELECT a.id
                 FROM accounts a
                 WHERE a.id IN_LIST($1)
                   AND EXISTS (SELECT 1 FROM follows f
                               JOIN users u ON u.account_id = f.account_id
                               WHERE f.target_id = a.id AND f.accepted)"
            ),
            args![targets],
        )
        .await?;
    let followed: HashSet<AccountId> = rows.into_iter().map(|(id,)| id).collect();
    conn.remember(Followed(targets.iter().map(|id| (*id, followed.contains(id))).collect()));
    Ok(())
}

/// Whether anybody of this site follows `target`.
pub async fn has_followers_here(conn: &mut Conn, target: AccountId) -> Result<bool> {
    if let Some(known) = conn.remembered::<Followed>().and_then(|followed| followed.0.get(&target)) {
        return Ok(*known);
    }
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

/// Whether anybody of this site has followed `target` since `at` or longer.
pub async fn has_followers_here_since(conn: &mut Conn, target: AccountId, at: Millis) -> Result<bool> {
    let row: Option<(AccountId,)> = conn
        .optional(
            sql!(
                "SELECT f.account_id
                 FROM follows f
                 JOIN users u ON u.account_id = f.account_id
                 WHERE f.target_id = $1 AND f.accepted AND f.created_at <= $2
                 LIMIT 1"
            ),
            args![target, at],
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
    if among.is_empty() {
        return Ok(HashSet::new());
    }
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
    if among.is_empty() {
        return Ok(HashSet::new());
    }
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
    if ids.is_empty() {
        return Ok(HashSet::new());
    }
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
    if ids.is_empty() {
        return Ok(HashSet::new());
    }
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

/// How a person stands `now` to each of `targets`, in the same order.
pub async fn list_relationships(
    conn: &mut Conn,
    account: AccountId,
    targets: &[AccountId],
    now: Millis,
) -> Result<Vec<Relationship>> {
    let follows: Vec<Follow> = conn
        .all(
            sql!(
                "SELECT account_id, target_id, accepted, uri, show_reblogs, notify, languages, created_at
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
    let mutes: Vec<(AccountId, bool, Option<Millis>)> = conn
        .all(
            sql!(
                "SELECT target_id, notifications, expires_at
                 FROM mutes
                 WHERE account_id = $1 AND target_id IN_LIST($2) AND (expires_at IS NULL OR expires_at > $3)"
            ),
            args![account, targets, now],
        )
        .await?;
    let relationship = |id: &AccountId| {
        let mine = follows.iter().find(|f| f.account_id == account && f.target_id == *id);
        let theirs = follows.iter().find(|f| f.target_id == account && f.account_id == *id);
        let mute = mutes.iter().find(|(target, ..)| target == id);
        Relationship {
            id: *id,
            following: mine.is_some_and(|f| f.accepted),
            showing_reblogs: mine.is_some_and(|f| f.accepted && f.show_reblogs),
            notifying: mine.is_some_and(|f| f.accepted && f.notify),
            languages: mine.map(Follow::languages).unwrap_or_default(),
            requested: mine.is_some_and(|f| !f.accepted),
            followed_by: theirs.is_some_and(|f| f.accepted),
            requested_by: theirs.is_some_and(|f| !f.accepted),
            blocking: blocks.contains(&(account, *id)),
            blocked_by: blocks.contains(&(*id, account)),
            muting: mute.is_some(),
            muting_notifications: mute.is_some_and(|(_, notifications, _)| *notifications),
            muting_until: mute.and_then(|(.., until)| *until),
        }
    };
    Ok(targets.iter().map(relationship).collect())
}
