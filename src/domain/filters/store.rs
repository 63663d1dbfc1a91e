//! Rows of filters.

use super::model::{Filter, Named, Word};
use crate::base::id::{AccountId, FilterId, FilterStatusId, FilterWordId};
use crate::base::{Millis, Result};
use crate::platform::db::Conn;
use crate::{args, sql};

/// Adds a filter.
pub async fn insert(conn: &mut Conn, filter: &Filter, now: Millis) -> Result<()> {
    conn.execute(
        sql!(
            "INSERT INTO filters (id, account_id, title, contexts, action, expires_at, created_at, updated_at)
             VALUES ($1, $2, $3, $4, $5, $6, $7, $7)"
        ),
        args![
            filter.id,
            filter.account_id,
            filter.title,
            filter.contexts,
            filter.action,
            filter.expires_at,
            now
        ],
    )
    .await?;
    Ok(())
}

/// Changes a filter.
pub async fn update(conn: &mut Conn, filter: &Filter, now: Millis) -> Result<()> {
    conn.execute(
        sql!(
            "UPDATE filters
             SET title = $2, contexts = $3, action = $4, expires_at = $5, updated_at = $6
             WHERE id = $1"
        ),
        args![filter.id, filter.title, filter.contexts, filter.action, filter.expires_at, now],
    )
    .await?;
    Ok(())
}

/// Throws a filter away, or takes that back.
pub async fn update_deleted(conn: &mut Conn, id: FilterId, at: Option<Millis>) -> Result<()> {
    conn.execute(sql!("UPDATE filters SET deleted_at = $2 WHERE id = $1"), args![id, at]).await?;
    Ok(())
}

/// Forgets what was thrown away before.
pub async fn delete_old(conn: &mut Conn, before: Millis) -> Result<()> {
    conn.execute(
        sql!("DELETE FROM filters WHERE deleted_at IS NOT NULL AND deleted_at <= $1"),
        args![before],
    )
    .await?;
    Ok(())
}

/// The filter, also if it was thrown away. Does not ask whose it is.
pub async fn find(conn: &mut Conn, id: FilterId) -> Result<Option<Filter>> {
    conn.optional(
        sql!(
            "SELECT id, account_id, title, contexts, action, expires_at, deleted_at
             FROM filters
             WHERE id = $1"
        ),
        args![id],
    )
    .await
}

/// The person's filters, by title.
pub async fn list(conn: &mut Conn, account: AccountId) -> Result<Vec<Filter>> {
    conn.all(
        sql!(
            "SELECT id, account_id, title, contexts, action, expires_at, deleted_at
             FROM filters
             WHERE account_id = $1 AND deleted_at IS NULL
             ORDER BY title, id"
        ),
        args![account],
    )
    .await
}

/// How many filters the person has.
pub async fn count(conn: &mut Conn, account: AccountId) -> Result<i64> {
    let (count,): (i64,) = conn
        .one(
            sql!("SELECT COUNT(*) FROM filters WHERE account_id = $1 AND deleted_at IS NULL"),
            args![account],
        )
        .await?;
    Ok(count)
}

/// The words of these filters, in the order of being added.
pub async fn list_words(conn: &mut Conn, filters: &[FilterId]) -> Result<Vec<Word>> {
    conn.all(
        sql!(
            "SELECT id, filter_id, word, whole
             FROM filter_words
             WHERE filter_id IN_LIST($1)
             ORDER BY id"
        ),
        args![filters],
    )
    .await
}

/// One word. Does not ask whose it is.
pub async fn find_word(conn: &mut Conn, id: FilterWordId) -> Result<Option<Word>> {
    conn.optional(sql!("SELECT id, filter_id, word, whole FROM filter_words WHERE id = $1"), args![id]).await
}

/// How many words the person has, in all filters.
pub async fn count_words(conn: &mut Conn, account: AccountId) -> Result<i64> {
    let (count,): (i64,) = conn
        .one(
            sql!(
                "SELECT COUNT(*)
                 FROM filter_words w
                 JOIN filters f ON f.id = w.filter_id
                 WHERE f.account_id = $1"
            ),
            args![account],
        )
        .await?;
    Ok(count)
}

/// Adds a word.
pub async fn insert_word(conn: &mut Conn, word: &Word) -> Result<()> {
    conn.execute(
        sql!("INSERT INTO filter_words (id, filter_id, word, whole) VALUES ($1, $2, $3, $4)"),
        args![word.id, word.filter_id, word.word, word.whole],
    )
    .await?;
    Ok(())
}

/// Changes a word.
pub async fn update_word(conn: &mut Conn, word: &Word) -> Result<()> {
    conn.execute(
        sql!("UPDATE filter_words SET word = $2, whole = $3 WHERE id = $1"),
        args![word.id, word.word, word.whole],
    )
    .await?;
    Ok(())
}

/// Takes a word away.
pub async fn delete_word(conn: &mut Conn, filter: FilterId, id: FilterWordId) -> Result<()> {
    conn.execute(sql!("DELETE FROM filter_words WHERE id = $1 AND filter_id = $2"), args![id, filter])
        .await?;
    Ok(())
}

/// The posts that these filters name.
pub async fn list_statuses(conn: &mut Conn, filters: &[FilterId]) -> Result<Vec<Named>> {
    conn.all(
        sql!(
            "SELECT id, filter_id, status_id
             FROM filter_statuses
             WHERE filter_id IN_LIST($1)
             ORDER BY id"
        ),
        args![filters],
    )
    .await
}

/// One post that a filter names. Does not ask whose it is.
pub async fn find_status(conn: &mut Conn, id: FilterStatusId) -> Result<Option<Named>> {
    conn.optional(sql!("SELECT id, filter_id, status_id FROM filter_statuses WHERE id = $1"), args![id]).await
}

/// Has a filter name a post.
pub async fn insert_status(conn: &mut Conn, named: &Named) -> Result<()> {
    conn.execute(
        sql!(
            "INSERT INTO filter_statuses (id, filter_id, status_id)
             VALUES ($1, $2, $3)
             ON CONFLICT (filter_id, status_id) DO NOTHING"
        ),
        args![named.id, named.filter_id, named.status_id],
    )
    .await?;
    Ok(())
}

/// A filter names a post no longer.
pub async fn delete_status(conn: &mut Conn, id: FilterStatusId) -> Result<()> {
    conn.execute(sql!("DELETE FROM filter_statuses WHERE id = $1"), args![id]).await?;
    Ok(())
}
