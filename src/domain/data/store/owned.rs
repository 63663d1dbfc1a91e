//! Rows of other rooms, as far as they belong to one person, in pages by id: what goes into an export.

use crate::base::Result;
use crate::base::id::{AccountId, ListId, StatusId};
use crate::platform::db::Conn;
use crate::{args, sql};

/// Posts of somebody, the oldest first, after `after`; no reposts, and nothing that the moderators removed.
pub async fn list_posts(
    conn: &mut Conn,
    account: AccountId,
    after: StatusId,
    limit: i64,
) -> Result<Vec<StatusId>> {
    let rows: Vec<(StatusId,)> = conn
        .all(
            sql!(
                "SELECT id
                 FROM statuses
                 WHERE account_id = $1 AND id > $2 AND reblog_of_id IS NULL
                 ORDER BY id
                 LIMIT $3"
            ),
            args![account, after, limit],
        )
        .await?;
    Ok(rows.into_iter().map(|(id,)| id).collect())
}

/// Addresses of what somebody reposted, the oldest first.
pub async fn list_reposts(
    conn: &mut Conn,
    account: AccountId,
    after: StatusId,
    limit: i64,
) -> Result<Vec<(StatusId, String)>> {
    conn.all(
        sql!(
            "SELECT s.id, o.uri
             FROM statuses s
             JOIN statuses o ON o.id = s.reblog_of_id
             WHERE s.account_id = $1 AND s.id > $2
             ORDER BY s.id
             LIMIT $3"
        ),
        args![account, after, limit],
    )
    .await
}

/// Addresses of what somebody liked, the oldest post first.
pub async fn list_likes(
    conn: &mut Conn,
    account: AccountId,
    after: StatusId,
    limit: i64,
) -> Result<Vec<(StatusId, String)>> {
    conn.all(
        sql!(
            "SELECT s.id, s.uri
             FROM favourites f
             JOIN statuses s ON s.id = f.status_id
             WHERE f.account_id = $1 AND f.status_id > $2
             ORDER BY f.status_id
             LIMIT $3"
        ),
        args![account, after, limit],
    )
    .await
}

/// Somebody at the other end of a tie.
#[derive(Clone, Debug, sqlx::FromRow)]
pub struct Tied {
    /// Who.
    pub id: AccountId,
    /// The short name.
    pub username: String,
    /// The site; empty for this one.
    pub host: String,
    /// Of a follow: reposts too. Of a mute: notifications too.
    pub first: bool,
    /// Of a follow: each post.
    pub second: bool,
    /// Of a follow: in these languages only, as JSON.
    pub languages: Option<String>,
}

/// Whom somebody follows.
pub async fn list_following(
    conn: &mut Conn,
    account: AccountId,
    after: AccountId,
    limit: i64,
) -> Result<Vec<Tied>> {
    conn.all(
        sql!(
            "SELECT a.id, a.username, a.host, f.show_reblogs AS first, f.notify AS second, f.languages
             FROM follows f
             JOIN accounts a ON a.id = f.target_id
             WHERE f.account_id = $1 AND f.target_id > $2
             ORDER BY f.target_id
             LIMIT $3"
        ),
        args![account, after, limit],
    )
    .await
}

/// Who follows somebody.
pub async fn list_followers(
    conn: &mut Conn,
    account: AccountId,
    after: AccountId,
    limit: i64,
) -> Result<Vec<Tied>> {
    conn.all(
        sql!(
            "SELECT a.id, a.username, a.host, f.show_reblogs AS first, f.notify AS second, f.languages
             FROM follows f
             JOIN accounts a ON a.id = f.account_id
             WHERE f.target_id = $1 AND f.account_id > $2 AND f.accepted
             ORDER BY f.account_id
             LIMIT $3"
        ),
        args![account, after, limit],
    )
    .await
}

/// Whom somebody muted.
pub async fn list_muted(
    conn: &mut Conn,
    account: AccountId,
    after: AccountId,
    limit: i64,
) -> Result<Vec<Tied>> {
    conn.all(
        sql!(
            "SELECT a.id, a.username, a.host, m.notifications AS first, FALSE AS second, NULL AS languages
             FROM mutes m
             JOIN accounts a ON a.id = m.target_id
             WHERE m.account_id = $1 AND m.target_id > $2
             ORDER BY m.target_id
             LIMIT $3"
        ),
        args![account, after, limit],
    )
    .await
}

/// Whom somebody blocked.
pub async fn list_blocked(
    conn: &mut Conn,
    account: AccountId,
    after: AccountId,
    limit: i64,
) -> Result<Vec<Tied>> {
    conn.all(
        sql!(
            "SELECT a.id, a.username, a.host, FALSE AS first, FALSE AS second, NULL AS languages
             FROM blocks b
             JOIN accounts a ON a.id = b.target_id
             WHERE b.account_id = $1 AND b.target_id > $2
             ORDER BY b.target_id
             LIMIT $3"
        ),
        args![account, after, limit],
    )
    .await
}

/// Addresses of what somebody bookmarked, the oldest post first.
pub async fn list_bookmarks(
    conn: &mut Conn,
    account: AccountId,
    after: StatusId,
    limit: i64,
) -> Result<Vec<(StatusId, String)>> {
    conn.all(
        sql!(
            "SELECT s.id, s.uri
             FROM bookmarks b
             JOIN statuses s ON s.id = b.status_id
             WHERE b.account_id = $1 AND b.status_id > $2
             ORDER BY b.status_id
             LIMIT $3"
        ),
        args![account, after, limit],
    )
    .await
}

/// Somebody on a list.
#[derive(Clone, Debug, sqlx::FromRow)]
pub struct Member {
    /// The list.
    pub list_id: ListId,
    /// What it is called.
    pub title: String,
    /// Who.
    pub id: AccountId,
    /// The short name.
    pub username: String,
    /// The site; empty for this one.
    pub host: String,
}

/// Who is on somebody's lists, after a list and somebody on it.
pub async fn list_members(
    conn: &mut Conn,
    account: AccountId,
    after: (ListId, AccountId),
    limit: i64,
) -> Result<Vec<Member>> {
    conn.all(
        sql!(
            "SELECT l.id AS list_id, l.title, a.id, a.username, a.host
             FROM lists l
             JOIN list_members m ON m.list_id = l.id
             JOIN accounts a ON a.id = m.account_id
             WHERE l.account_id = $1 AND l.deleted_at IS NULL
               AND (l.id > $2 OR (l.id = $2 AND m.account_id > $3))
             ORDER BY l.id, m.account_id
             LIMIT $4"
        ),
        args![account, after.0, after.1, limit],
    )
    .await
}
