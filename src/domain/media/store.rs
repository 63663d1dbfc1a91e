//! Rows of attachments.

pub mod copies;
pub mod jobs;

use super::model::Media;
use crate::base::id::{AccountId, MediaId, StatusId};
use crate::base::{Error, Millis, Result};
use crate::platform::db::Conn;
use crate::{args, sql};

/// The attachment, or [`Error::NotFound`]. Does not ask who reads.
pub async fn get(conn: &mut Conn, id: MediaId) -> Result<Media> {
    list(conn, &[id]).await?.pop().ok_or(Error::not_found("attachment"))
}

/// Those attachments that exist, in no order.
pub async fn list(conn: &mut Conn, ids: &[MediaId]) -> Result<Vec<Media>> {
    if ids.is_empty() {
        return Ok(Vec::new());
    }
    conn.all(
        sql!(
            "SELECT id, account_id, status_id, position, kind, mime, blob_key, preview_key, remote_url, description,
                    width, height, preview_width, preview_height, focus_x, focus_y, blurhash, size, created_at,
                    state, problem, name, duration_ms, large_key, source_key, remote_preview_url
             FROM media
             WHERE id IN_LIST($1)"
        ),
        args![ids],
    )
    .await
}

/// Attachments of posts, in order.
pub async fn list_of_statuses(conn: &mut Conn, ids: &[StatusId]) -> Result<Vec<Media>> {
    conn.all(
        sql!(
            "SELECT id, account_id, status_id, position, kind, mime, blob_key, preview_key, remote_url, description,
                    width, height, preview_width, preview_height, focus_x, focus_y, blurhash, size, created_at,
                    state, problem, name, duration_ms, large_key, source_key, remote_preview_url
             FROM media
             WHERE status_id IN_LIST($1)
             ORDER BY status_id, position, id"
        ),
        args![ids],
    )
    .await
}

/// Adds an attachment.
pub async fn insert(conn: &mut Conn, media: &Media) -> Result<()> {
    conn.execute(
        sql!(
            "INSERT INTO media (id, account_id, status_id, position, kind, mime, blob_key, preview_key, remote_url,
                                description, width, height, preview_width, preview_height, focus_x, focus_y,
                                blurhash, size, created_at, state, problem, name, duration_ms, large_key, source_key,
                                remote_preview_url)
             VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19,
                     $20, $21, $22, $23, $24, $25, $26)"
        ),
        args![
            media.id,
            media.account_id,
            media.status_id,
            media.position,
            media.kind,
            media.mime,
            media.blob_key,
            media.preview_key,
            media.remote_url,
            media.description,
            media.width,
            media.height,
            media.preview_width,
            media.preview_height,
            media.focus_x,
            media.focus_y,
            media.blurhash,
            media.size,
            media.created_at,
            media.state,
            media.problem,
            media.name,
            media.duration_ms,
            media.large_key,
            media.source_key,
            media.remote_preview_url,
        ],
    )
    .await?;
    Ok(())
}

/// Hangs an attachment of this account on a post. `false` if it is not theirs, not ready or hangs on another post.
pub async fn attach(
    conn: &mut Conn,
    id: MediaId,
    account: AccountId,
    status: StatusId,
    position: i64,
) -> Result<bool> {
    let touched = conn
        .execute(
            sql!(
                "UPDATE media
                 SET status_id = $3, position = $4
                 WHERE id = $1 AND account_id = $2 AND (status_id IS NULL OR status_id = $3)
                   AND state = 'ready'"
            ),
            args![id, account, status, position],
        )
        .await?;
    Ok(touched == 1)
}

/// Changes alternative text and focus.
pub async fn update_description(conn: &mut Conn, media: &Media) -> Result<()> {
    conn.execute(
        sql!(
            "UPDATE media
             SET description = $2, focus_x = $3, focus_y = $4
             WHERE id = $1"
        ),
        args![media.id, media.description, media.focus_x, media.focus_y],
    )
    .await?;
    Ok(())
}

/// Writes down what became of a file that hangs on no post yet. `false` if it is not in the state `before` any more.
pub async fn update_file(conn: &mut Conn, media: &Media, before: &str) -> Result<bool> {
    let touched = conn
        .execute(
            sql!(
                "UPDATE media
                 SET kind = $2, mime = $3, blob_key = $4, preview_key = $5, large_key = $6, source_key = $7,
                     width = $8, height = $9, preview_width = $10, preview_height = $11, focus_x = $12, focus_y = $13,
                     blurhash = $14, size = $15, state = $16, problem = $17, duration_ms = $18
                 WHERE id = $1 AND state = $19 AND status_id IS NULL"
            ),
            args![
                media.id,
                media.kind,
                media.mime,
                media.blob_key,
                media.preview_key,
                media.large_key,
                media.source_key,
                media.width,
                media.height,
                media.preview_width,
                media.preview_height,
                media.focus_x,
                media.focus_y,
                media.blurhash,
                media.size,
                media.state,
                media.problem,
                media.duration_ms,
                before,
            ],
        )
        .await?;
    Ok(touched == 1)
}

/// Removes an upload of this account that hangs on no post. `false` if there is none.
pub async fn delete_unattached(conn: &mut Conn, id: MediaId, account: AccountId) -> Result<bool> {
    let removed = conn
        .execute(
            sql!("DELETE FROM media WHERE id = $1 AND account_id = $2 AND status_id IS NULL"),
            args![id, account],
        )
        .await?;
    Ok(removed == 1)
}

/// Forgets the attachments of a post, before those of its new version are written.
pub async fn delete_of_status(conn: &mut Conn, status: StatusId) -> Result<()> {
    conn.execute(sql!("DELETE FROM media WHERE status_id = $1"), args![status]).await?;
    Ok(())
}

/// Uploads from before that time that hang on no post and wait for none, the oldest first.
pub async fn list_unattached(conn: &mut Conn, before: Millis, limit: i64) -> Result<Vec<Media>> {
    conn.all(
        sql!(
            "SELECT id, account_id, status_id, position, kind, mime, blob_key, preview_key, remote_url, description,
                    width, height, preview_width, preview_height, focus_x, focus_y, blurhash, size, created_at,
                    state, problem, name, duration_ms, large_key, source_key, remote_preview_url
             FROM media
             WHERE status_id IS NULL AND created_at < $1
               AND NOT EXISTS (SELECT 1 FROM draft_media d WHERE d.media_id = media.id)
               AND NOT EXISTS (SELECT 1 FROM scheduled_media s WHERE s.media_id = media.id)
             ORDER BY id
             LIMIT $2"
        ),
        args![before, limit],
    )
    .await
}

/// Attachments of an account, at most `limit`: for those who left.
pub async fn list_of_account(conn: &mut Conn, account: AccountId, limit: i64) -> Result<Vec<Media>> {
    conn.all(
        sql!(
            "SELECT id, account_id, status_id, position, kind, mime, blob_key, preview_key, remote_url, description,
                    width, height, preview_width, preview_height, focus_x, focus_y, blurhash, size, created_at,
                    state, problem, name, duration_ms, large_key, source_key, remote_preview_url
             FROM media
             WHERE account_id = $1
             ORDER BY id
             LIMIT $2"
        ),
        args![account, limit],
    )
    .await
}

/// Removes attachments.
pub async fn delete(conn: &mut Conn, ids: &[MediaId]) -> Result<()> {
    conn.execute(sql!("DELETE FROM media WHERE id IN_LIST($1)"), args![ids]).await?;
    Ok(())
}
