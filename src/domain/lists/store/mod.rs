//! Rows of lists, their members and what stands in rails. Their posts have a file of their own beside this.

mod pins;
mod posts;

pub use pins::*;
pub use posts::*;

use super::model::List;
use crate::base::id::{AccountId, ListId};
use crate::base::{Millis, Result};
use crate::platform::db::Conn;
use crate::{args, sql};

/// Adds a list.
pub async fn insert(conn: &mut Conn, list: &List, now: Millis) -> Result<()> {
    conn.execute(
        sql!(
            "INSERT INTO lists (id, account_id, title, replies, exclusive, created_at)
             VALUES ($1, $2, $3, $4, $5, $6)"
        ),
        args![list.id, list.account_id, list.title, list.replies, list.exclusive, now],
    )
    .await?;
    Ok(())
}

/// The list, also if it was thrown away. Does not ask whose it is.
pub async fn find(conn: &mut Conn, id: ListId) -> Result<Option<List>> {
    conn.optional(
        sql!("SELECT id, account_id, title, replies, exclusive, deleted_at FROM lists WHERE id = $1"),
        args![id],
    )
    .await
}

/// The person's lists, by title.
pub async fn list(conn: &mut Conn, account: AccountId) -> Result<Vec<List>> {
    conn.all(
        sql!(
            "SELECT id, account_id, title, replies, exclusive, deleted_at
             FROM lists
             WHERE account_id = $1 AND deleted_at IS NULL
             ORDER BY title, id"
        ),
        args![account],
    )
    .await
}

/// Those of the person's lists that hold `member`.
pub async fn list_with(conn: &mut Conn, account: AccountId, member: AccountId) -> Result<Vec<List>> {
    conn.all(
        sql!(
            "SELECT l.id, l.account_id, l.title, l.replies, l.exclusive, l.deleted_at
             FROM list_members m
             JOIN lists l ON l.id = m.list_id
             WHERE m.account_id = $2 AND m.owner_id = $1 AND l.deleted_at IS NULL
             ORDER BY l.title, l.id"
        ),
        args![account, member],
    )
    .await
}

/// How many lists the person has.
pub async fn count(conn: &mut Conn, account: AccountId) -> Result<i64> {
    let (count,): (i64,) = conn
        .one(sql!("SELECT COUNT(*) FROM lists WHERE account_id = $1 AND deleted_at IS NULL"), args![account])
        .await?;
    Ok(count)
}

/// Changes a list.
pub async fn update(conn: &mut Conn, list: &List) -> Result<()> {
    conn.execute(
        sql!("UPDATE lists SET title = $2, replies = $3, exclusive = $4 WHERE id = $1"),
        args![list.id, list.title, list.replies, list.exclusive],
    )
    .await?;
    Ok(())
}

/// Throws a list away, or takes that back.
pub async fn update_deleted(conn: &mut Conn, list: &List) -> Result<()> {
    conn.execute(sql!("UPDATE lists SET deleted_at = $2 WHERE id = $1"), args![list.id, list.deleted_at])
        .await?;
    Ok(())
}

/// Forgets what was thrown away before, and its places in rails.
pub async fn delete_old(conn: &mut Conn, before: Millis) -> Result<()> {
    conn.execute(
        sql!(
            "DELETE FROM rail_pins
             WHERE kind = 'list'
               AND target IN (SELECT CAST(id AS TEXT) FROM lists WHERE deleted_at IS NOT NULL AND deleted_at <= $1)"
        ),
        args![before],
    )
    .await?;
    conn.execute(sql!("DELETE FROM lists WHERE deleted_at IS NOT NULL AND deleted_at <= $1"), args![before])
        .await?;
    Ok(())
}

/// Which of these people the owner follows, or asks to follow.
pub async fn list_addable(conn: &mut Conn, owner: AccountId, people: &[AccountId]) -> Result<Vec<AccountId>> {
    let rows: Vec<(AccountId,)> = conn
        .all(
            sql!("SELECT target_id FROM follows WHERE account_id = $1 AND target_id IN_LIST($2)"),
            args![owner, people],
        )
        .await?;
    Ok(rows.into_iter().map(|(id,)| id).collect())
}

/// Puts people on a list whom its owner follows.
pub async fn insert_members(conn: &mut Conn, list: &List, people: &[AccountId], now: Millis) -> Result<()> {
    conn.execute(
        sql!(
            "INSERT INTO list_members (list_id, account_id, owner_id, created_at)
             SELECT $1, target_id, $2, $4
             FROM follows
             WHERE account_id = $2 AND target_id IN_LIST($3)
             ON CONFLICT (list_id, account_id) DO NOTHING"
        ),
        args![list.id, list.account_id, people, now],
    )
    .await?;
    Ok(())
}

/// Takes people off a list.
pub async fn delete_members(conn: &mut Conn, id: ListId, people: &[AccountId]) -> Result<()> {
    conn.execute(
        sql!("DELETE FROM list_members WHERE list_id = $1 AND account_id IN_LIST($2)"),
        args![id, people],
    )
    .await?;
    Ok(())
}

/// Which of these people are on a list.
pub async fn list_members_among(conn: &mut Conn, id: ListId, people: &[AccountId]) -> Result<Vec<AccountId>> {
    let rows: Vec<(AccountId,)> = conn
        .all(
            sql!("SELECT account_id FROM list_members WHERE list_id = $1 AND account_id IN_LIST($2)"),
            args![id, people],
        )
        .await?;
    Ok(rows.into_iter().map(|(id,)| id).collect())
}

/// How many are on a list.
pub async fn count_members(conn: &mut Conn, id: ListId) -> Result<i64> {
    let (count,): (i64,) =
        conn.one(sql!("SELECT COUNT(*) FROM list_members WHERE list_id = $1"), args![id]).await?;
    Ok(count)
}

/// Who is on a list, the latest first.
pub async fn list_members(conn: &mut Conn, id: ListId, limit: i64, offset: i64) -> Result<Vec<AccountId>> {
    let rows: Vec<(AccountId,)> = conn
        .all(
            sql!(
                "SELECT account_id
                 FROM list_members
                 WHERE list_id = $1
                 ORDER BY created_at DESC, account_id
                 LIMIT $2 OFFSET $3"
            ),
            args![id, limit, offset],
        )
        .await?;
    Ok(rows.into_iter().map(|(id,)| id).collect())
}
