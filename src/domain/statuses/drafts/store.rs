//! Rows of drafts.

use crate::base::id::{AccountId, DraftId, MediaId};
use crate::base::{Millis, Result};
use crate::platform::db::Conn;
use crate::{args, sql};

/// A draft as it is kept.
#[derive(Clone, Debug, sqlx::FromRow)]
pub struct Row {
    /// Ours.
    pub id: DraftId,
    /// The form that wrote it last.
    pub form: String,
    /// What it is written for.
    pub place: String,
    /// JSON.
    pub words: String,
    /// How often it was written over.
    pub version: i64,
    /// When it was thrown away.
    pub deleted_at: Option<Millis>,
    /// When it was kept first.
    pub created_at: Millis,
    /// When it was kept last.
    pub updated_at: Millis,
}

/// A draft of this person, also one that was thrown away.
pub async fn find(conn: &mut Conn, account: AccountId, id: DraftId) -> Result<Option<Row>> {
    conn.optional(
        sql!(
            "SELECT id, form, place, words, version, deleted_at, created_at, updated_at
             FROM drafts
             WHERE id = $1 AND account_id = $2"
        ),
        args![id, account],
    )
    .await
}

/// What this form wrote last.
pub async fn find_by_form(conn: &mut Conn, account: AccountId, form: &str) -> Result<Option<Row>> {
    conn.optional(
        sql!(
            "SELECT id, form, place, words, version, deleted_at, created_at, updated_at
             FROM drafts
             WHERE account_id = $1 AND form = $2"
        ),
        args![account, form],
    )
    .await
}

/// The latest for this place.
pub async fn find_for(conn: &mut Conn, account: AccountId, place: &str) -> Result<Option<Row>> {
    conn.optional(
        sql!(
            "SELECT id, form, place, words, version, deleted_at, created_at, updated_at
             FROM drafts
             WHERE account_id = $1 AND place = $2 AND deleted_at IS NULL
             ORDER BY updated_at DESC, id DESC
             LIMIT 1"
        ),
        args![account, place],
    )
    .await
}

/// Those of a person that are not thrown away, the latest first.
pub async fn list(conn: &mut Conn, account: AccountId, limit: i64) -> Result<Vec<Row>> {
    conn.all(
        sql!(
            "SELECT id, form, place, words, version, deleted_at, created_at, updated_at
             FROM drafts
             WHERE account_id = $1 AND deleted_at IS NULL
             ORDER BY updated_at DESC, id DESC
             LIMIT $2"
        ),
        args![account, limit],
    )
    .await
}

/// How many a person has.
pub async fn count(conn: &mut Conn, account: AccountId) -> Result<i64> {
    let (count,): (i64,) = conn
        .one(sql!("SELECT COUNT(*) FROM drafts WHERE account_id = $1 AND deleted_at IS NULL"), args![account])
        .await?;
    Ok(count)
}

/// Adds one.
pub async fn insert(conn: &mut Conn, account: AccountId, row: &Row) -> Result<()> {
    conn.execute(
        sql!(
            "INSERT INTO drafts (id, account_id, form, place, words, version, created_at, updated_at)
             VALUES ($1, $2, $3, $4, $5, $6, $7, $8)"
        ),
        args![row.id, account, row.form, row.place, row.words, row.version, row.created_at, row.updated_at],
    )
    .await?;
    Ok(())
}

/// Writes over one.
pub async fn update(conn: &mut Conn, row: &Row) -> Result<()> {
    conn.execute(
        sql!(
            "UPDATE drafts
             SET form = $2, place = $3, words = $4, version = $5, updated_at = $6, deleted_at = NULL
             WHERE id = $1"
        ),
        args![row.id, row.form, row.place, row.words, row.version, row.updated_at],
    )
    .await?;
    Ok(())
}

/// Throws one away, or brings it back.
pub async fn update_deleted(conn: &mut Conn, id: DraftId, at: Option<Millis>) -> Result<()> {
    conn.execute(sql!("UPDATE drafts SET deleted_at = $2 WHERE id = $1"), args![id, at]).await?;
    Ok(())
}

/// Forgets one for good.
pub async fn delete(conn: &mut Conn, id: DraftId) -> Result<()> {
    conn.execute(sql!("DELETE FROM drafts WHERE id = $1"), args![id]).await?;
    Ok(())
}

/// Forgets for good what was thrown away before that time.
pub async fn delete_thrown_away(conn: &mut Conn, before: Millis) -> Result<()> {
    conn.execute(sql!("DELETE FROM drafts WHERE deleted_at IS NOT NULL AND deleted_at < $1"), args![before])
        .await?;
    Ok(())
}

/// Notes which uploads of this person wait in the draft.
pub async fn replace_media(
    conn: &mut Conn,
    account: AccountId,
    id: DraftId,
    media: &[MediaId],
) -> Result<()> {
    conn.execute(sql!("DELETE FROM draft_media WHERE draft_id = $1"), args![id]).await?;
    if media.is_empty() {
        return Ok(());
    }
    conn.execute(
        sql!(
            "INSERT INTO draft_media (draft_id, media_id)
             SELECT $1, id
             FROM media
             WHERE account_id = $2 AND id IN_LIST($3)"
        ),
        args![id, account, media],
    )
    .await?;
    Ok(())
}
