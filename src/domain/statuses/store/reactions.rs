//! Rows of reactions, and of the small pictures that some of them are.

use super::super::react::Reaction;
use crate::base::id::{AccountId, EmojiId, StatusId};
use crate::base::{Millis, Result};
use crate::platform::db::Conn;
use crate::{args, sql};

/// Adds a reaction. `false` if it is there.
pub async fn insert_reaction(
    conn: &mut Conn,
    (status, account): (StatusId, AccountId),
    (name, emoji): (&str, Option<EmojiId>),
    uri: &str,
    now: Millis,
) -> Result<bool> {
    let inserted = conn
        .execute(
            sql!(
                "INSERT INTO reactions (status_id, account_id, name, emoji_id, uri, created_at)
                 VALUES ($1, $2, $3, $4, $5, $6)
                 ON CONFLICT (status_id, account_id, name) DO NOTHING"
            ),
            args![status, account, name, emoji, uri, now],
        )
        .await?;
    Ok(inserted == 1)
}

/// How many signs somebody left under a post.
pub async fn count_reactions_of(conn: &mut Conn, status: StatusId, account: AccountId) -> Result<i64> {
    let (count,): (i64,) = conn
        .one(
            sql!("SELECT COUNT(*) FROM reactions WHERE status_id = $1 AND account_id = $2"),
            args![status, account],
        )
        .await?;
    Ok(count)
}

/// Whether somebody left this sign under a post.
pub async fn has_reaction(conn: &mut Conn, status: StatusId, name: &str) -> Result<bool> {
    let row: Option<(AccountId,)> = conn
        .optional(
            sql!("SELECT account_id FROM reactions WHERE status_id = $1 AND name = $2 LIMIT 1"),
            args![status, name],
        )
        .await?;
    Ok(row.is_some())
}

/// How many different signs stand under a post.
pub async fn count_signs(conn: &mut Conn, status: StatusId) -> Result<i64> {
    let (count,): (i64,) = conn
        .one(sql!("SELECT COUNT(DISTINCT name) FROM reactions WHERE status_id = $1"), args![status])
        .await?;
    Ok(count)
}

/// The reactions to posts, most frequent first, then those that came first.
pub async fn list_reactions(conn: &mut Conn, ids: &[StatusId]) -> Result<Vec<(StatusId, Reaction)>> {
    let rows: Vec<(StatusId, String, Option<EmojiId>, i64)> = conn
        .all(
            sql!(
                "SELECT r.status_id, r.name, MAX(r.emoji_id), COUNT(*)
                 FROM reactions r
                 JOIN accounts a ON a.id = r.account_id
                 WHERE r.status_id IN_LIST($1) AND a.suspended_at IS NULL AND a.deleted_at IS NULL
                 GROUP BY r.status_id, r.name
                 ORDER BY r.status_id, COUNT(*) DESC, MIN(r.created_at), r.name"
            ),
            args![ids],
        )
        .await?;
    Ok(rows
        .into_iter()
        .map(|(status, name, emoji, count)| (status, Reaction { name, emoji, count }))
        .collect())
}

/// Takes a reaction away. `false` if there is none.
pub async fn delete_reaction(
    conn: &mut Conn,
    status: StatusId,
    account: AccountId,
    name: &str,
) -> Result<bool> {
    let gone = conn
        .execute(
            sql!("DELETE FROM reactions WHERE status_id = $1 AND account_id = $2 AND name = $3"),
            args![status, account, name],
        )
        .await?;
    Ok(gone > 0)
}

/// Takes the reaction with this id of the activity away. `false` if there is none.
pub async fn delete_reaction_by_uri(conn: &mut Conn, account: AccountId, uri: &str) -> Result<bool> {
    let gone = conn
        .execute(sql!("DELETE FROM reactions WHERE account_id = $1 AND uri = $2"), args![account, uri])
        .await?;
    Ok(gone > 0)
}

/// Learns of a small picture, or where it is now; answers its id.
pub async fn upsert_emoji(
    conn: &mut Conn,
    id: EmojiId,
    (host, name): (&str, &str),
    url: &str,
    now: Millis,
) -> Result<EmojiId> {
    conn.execute(
        sql!(
            "INSERT INTO emojis (id, host, name, url, updated_at)
             VALUES ($1, $2, $3, $4, $5)
             ON CONFLICT (host, name) DO UPDATE SET url = excluded.url, updated_at = excluded.updated_at"
        ),
        args![id, host, name, url, now],
    )
    .await?;
    let (id,): (EmojiId,) =
        conn.one(sql!("SELECT id FROM emojis WHERE host = $1 AND name = $2"), args![host, name]).await?;
    Ok(id)
}

/// Where the small picture is at its own site.
pub async fn find_emoji_url(conn: &mut Conn, id: EmojiId) -> Result<Option<String>> {
    let row: Option<(String,)> =
        conn.optional(sql!("SELECT url FROM emojis WHERE id = $1"), args![id]).await?;
    Ok(row.map(|(url,)| url))
}
