//! Rows that hang on a post: those mentioned, hashtags, earlier versions, clients' marks.

use super::super::model::Status;
use super::super::title::Title;
use crate::base::id::{AccountId, MediaId, StatusId};
use crate::base::{Millis, Result};
use crate::platform::db::Conn;
use crate::{args, sql};

/// Adds those mentioned.
pub async fn insert_mentions(conn: &mut Conn, status: StatusId, accounts: &[AccountId]) -> Result<()> {
    for account in accounts {
        conn.execute(
            sql!(
                "INSERT INTO mentions (status_id, account_id)
                 VALUES ($1, $2)
                 ON CONFLICT (status_id, account_id) DO NOTHING"
            ),
            args![status, *account],
        )
        .await?;
    }
    Ok(())
}

/// Takes all mentions away, before an edit writes the new ones.
pub async fn delete_mentions(conn: &mut Conn, status: StatusId) -> Result<()> {
    conn.execute(sql!("DELETE FROM mentions WHERE status_id = $1"), args![status]).await?;
    Ok(())
}

/// Those mentioned, for each post.
pub async fn list_mentions(conn: &mut Conn, ids: &[StatusId]) -> Result<Vec<(StatusId, AccountId)>> {
    conn.all(
        sql!(
            "SELECT status_id, account_id
             FROM mentions
             WHERE status_id IN_LIST($1)
             ORDER BY status_id, account_id"
        ),
        args![ids],
    )
    .await
}

/// Adds hashtags: key in lower case, and as written.
pub async fn insert_tags(conn: &mut Conn, status: StatusId, tags: &[(String, String)]) -> Result<()> {
    for (name, display) in tags {
        conn.execute(
            sql!(
                "INSERT INTO status_tags (status_id, name, display)
                 VALUES ($1, $2, $3)
                 ON CONFLICT (status_id, name) DO NOTHING"
            ),
            args![status, name, display],
        )
        .await?;
    }
    Ok(())
}

/// Takes all hashtags away, before an edit writes the new ones.
pub async fn delete_tags(conn: &mut Conn, status: StatusId) -> Result<()> {
    conn.execute(sql!("DELETE FROM status_tags WHERE status_id = $1"), args![status]).await?;
    Ok(())
}

/// Hashtags of each post: key, and as written.
pub async fn list_tags(conn: &mut Conn, ids: &[StatusId]) -> Result<Vec<(StatusId, String, String)>> {
    conn.all(
        sql!(
            "SELECT status_id, name, display
             FROM status_tags
             WHERE status_id IN_LIST($1)
             ORDER BY status_id, name"
        ),
        args![ids],
    )
    .await
}

/// Keeps the version that an edit replaces.
pub async fn insert_edit(conn: &mut Conn, status: &Status, title: Option<&Title>) -> Result<()> {
    conn.execute(
        sql!(
            "INSERT INTO status_edits (status_id, created_at, content, source, spoiler_text, sensitive, title)
             VALUES ($1, $2, $3, $4, $5, $6, $7)
             ON CONFLICT (status_id, created_at) DO NOTHING"
        ),
        args![
            status.id,
            status.edited_at.unwrap_or(status.created_at),
            status.content,
            status.source,
            status.spoiler_text,
            status.sensitive,
            title.map_or("", |title| title.text.as_str())
        ],
    )
    .await?;
    Ok(())
}

/// Forgets the versions between the first and the latest `most`.
pub async fn delete_edits_between(conn: &mut Conn, id: StatusId, most: i64) -> Result<()> {
    conn.execute(
        sql!(
            "DELETE FROM status_edits
             WHERE status_id = $1
               AND created_at > (SELECT MIN(e.created_at) FROM status_edits e WHERE e.status_id = $1)
               AND created_at <= (SELECT e.created_at
                                  FROM status_edits e
                                  WHERE e.status_id = $1
                                  ORDER BY e.created_at DESC
                                  LIMIT 1
                                  OFFSET $2)"
        ),
        args![id, most],
    )
    .await?;
    Ok(())
}

/// An earlier version of a post.
#[derive(Clone, Debug, sqlx::FromRow)]
pub struct Version {
    /// When it was written.
    pub created_at: Millis,
    /// HTML, sanitised.
    pub content: String,
    /// Content warning.
    pub spoiler_text: String,
    /// Media covered.
    pub sensitive: bool,
    /// Its title; empty if it had none.
    pub title: String,
}

/// The earlier versions, oldest first.
pub async fn list_edits(conn: &mut Conn, id: StatusId) -> Result<Vec<Version>> {
    conn.all(
        sql!(
            "SELECT created_at, content, spoiler_text, sensitive, title
             FROM status_edits
             WHERE status_id = $1
             ORDER BY created_at"
        ),
        args![id],
    )
    .await
}

/// What a client's mark on a request led to, if it was seen before.
pub async fn find_idempotent(conn: &mut Conn, account: AccountId, key: &str) -> Result<Option<StatusId>> {
    let row: Option<(StatusId,)> = conn
        .optional(
            sql!("SELECT status_id FROM idempotency_keys WHERE account_id = $1 AND key = $2"),
            args![account, key],
        )
        .await?;
    Ok(row.map(|(id,)| id))
}

/// Remembers a client's mark.
pub async fn insert_idempotent(
    conn: &mut Conn,
    account: AccountId,
    key: &str,
    status: StatusId,
    now: Millis,
) -> Result<()> {
    conn.execute(
        sql!(
            "INSERT INTO idempotency_keys (account_id, key, status_id, created_at)
             VALUES ($1, $2, $3, $4)
             ON CONFLICT (account_id, key) DO NOTHING"
        ),
        args![account, key, status, now],
    )
    .await?;
    Ok(())
}

/// Name and website of the programs that posts were written with.
pub async fn list_apps(conn: &mut Conn, ids: Vec<i64>) -> Result<Vec<(i64, String, Option<String>)>> {
    if ids.is_empty() {
        return Ok(Vec::new());
    }
    conn.all(sql!("SELECT id, name, website FROM oauth_apps WHERE id IN_LIST($1)"), args![ids]).await
}

/// Takes pictures off a post that an edit no longer names, or that is deleted. For a day they can be hung on
/// another one (a post that is deleted to be written anew keeps its pictures); then they are thrown away.
pub async fn detach_media(conn: &mut Conn, status: StatusId, keep: &[MediaId], now: Millis) -> Result<()> {
    conn.execute(
        sql!(
            "UPDATE media
             SET status_id = NULL, position = 0, created_at = $3
             WHERE status_id = $1 AND NOT (id IN_LIST($2))"
        ),
        args![status, keep, now],
    )
    .await?;
    Ok(())
}
