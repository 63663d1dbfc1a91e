//! Reading the pictures of posts: whoever may read the post may see them.

use super::model::Reader;
use super::read::get_visible;
use crate::base::id::MediaId;
use crate::base::{Error, Result};
use crate::domain::media::{self, Media};
use crate::platform::db::Conn;
use crate::platform::services::Services;

/// A picture, if the reader may see it: that of a readable post, or an own one that is not posted yet.
///
/// # Errors
/// [`Error::NotFound`] if it does not exist or may not be seen; the two look alike on purpose.
pub async fn get_visible_media(
    services: &Services,
    conn: &mut Conn,
    id: MediaId,
    reader: &Reader,
) -> Result<Media> {
    let media = media::store::get(conn, id).await?;
    let unknown = || Error::not_found("attachment");
    match media.status_id {
        Some(status) => get_visible(services, conn, status, reader).await.map_err(|error| match error {
            Error::NotFound { .. } => unknown(),
            other => other,
        })?,
        None if reader.person() == Some(media.account_id) => return Ok(media),
        None => return Err(unknown()),
    };
    Ok(media)
}

/// A picture for the holder of a pass. Its post must still stand; whether the holder may read it was asked when
/// the pass was given.
///
/// # Errors
/// [`Error::NotFound`] if it is gone, or its post was removed by our moderators.
pub async fn get_media_by_pass(conn: &mut Conn, id: MediaId) -> Result<Media> {
    let media = media::store::get(conn, id).await?;
    if let Some(status) = media.status_id {
        let status = super::store::get(conn, status).await?;
        let author = crate::domain::accounts::store::get(conn, status.account_id).await?;
        if status.removed_at.is_some() || author.is_hidden() {
            return Err(Error::not_found("attachment"));
        }
    }
    Ok(media)
}
