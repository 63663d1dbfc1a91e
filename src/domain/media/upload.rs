//! A person uploads a picture, to hang it on a post later.

use bytes::Bytes;

use super::describe::Details;
use super::model::Media;
use super::store;
use crate::base::Result;
use crate::base::id::AccountId;
use crate::platform::blobs::{BlobKey, Folder};
use crate::platform::images::Picture;
use crate::platform::limiter::Purpose;
use crate::platform::services::Services;

/// Writes the picture anew, without anything but its pixels, and keeps it. Until it hangs on a post, only
/// `account` can see it; after a day without one it is thrown away.
///
/// # Errors
/// [`crate::base::Error::Invalid`] with what is wrong with the file or the details;
/// [`crate::base::Error::RateLimited`] after too many.
///
/// Source: <https://docs.joinmastodon.org/methods/media/#v2>
pub async fn upload(
    services: &Services,
    account: AccountId,
    bytes: Bytes,
    details: impl Into<Details>,
) -> Result<Media> {
    let details = details.into().checked(services)?;
    services.limiter.check(Purpose::Media, &account.to_string())?;
    let done = services.images.process(bytes).await?;
    let original = keep(services, &done.full).await?;
    let preview = keep(services, &done.preview).await?;
    let focus = details.focus.unwrap_or_default();
    let media = Media {
        id: services.ids.next(),
        account_id: account,
        status_id: None,
        position: 0,
        kind: "image".to_owned(),
        mime: done.full.kind.mime().to_owned(),
        blob_key: Some(original.to_string()),
        preview_key: Some(preview.to_string()),
        remote_url: None,
        description: details.description.unwrap_or_default(),
        width: done.full.width.into(),
        height: done.full.height.into(),
        preview_width: done.preview.width.into(),
        preview_height: done.preview.height.into(),
        focus_x: focus.0,
        focus_y: focus.1,
        blurhash: Some(done.blurhash),
        size: done.full.bytes.len() as i64,
        created_at: services.clock.now(),
    };
    let mut tx = services.db.begin().await?;
    store::insert(&mut tx, &media).await?;
    tx.commit().await?;
    Ok(media)
}

async fn keep(services: &Services, picture: &Picture) -> Result<BlobKey> {
    let key = BlobKey::make(&services.random, Folder::Posts, picture.kind.extension());
    services.blobs.put(&key, picture.bytes.clone()).await?;
    Ok(key)
}
