//! Rows of attachments.

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
                    width, height, preview_width, preview_height, focus_x, focus_y, blurhash, size, created_at
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
                    width, height, preview_width, preview_height, focus_x, focus_y, blurhash, size, created_at
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
                                blurhash, size, created_at)
             VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19)"
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
        ],
    )
    .await?;
    Ok(())
}

/// Hangs an attachment of this account on a post. `false` if it is not theirs or hangs on another post.
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
                 WHERE id = $1 AND account_id = $2 AND (status_id IS NULL OR status_id = $3)"
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
                    width, height, preview_width, preview_height, focus_x, focus_y, blurhash, size, created_at
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
                    width, height, preview_width, preview_height, focus_x, focus_y, blurhash, size, created_at
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
