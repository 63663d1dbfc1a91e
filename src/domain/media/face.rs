//! Avatars and headers: cut to size, kept, thrown away.

use bytes::Bytes;

use crate::base::Result;
use crate::platform::blobs::{BlobKey, Folder};
use crate::platform::services::Services;

/// Pixels a side of an avatar, as Mastodon.
const AVATAR: u32 = 400;
/// Pixels of a header, as Mastodon.
const HEADER: (u32, u32) = (1500, 500);

/// Keeps the middle of a picture as an avatar. Returns its key, for `accounts::update_profile`.
///
/// # Errors
/// [`crate::base::Error::Invalid`] with what is wrong with the file.
pub async fn keep_avatar(services: &Services, bytes: Bytes) -> Result<String> {
    keep(services, bytes, AVATAR, AVATAR).await
}

/// The same for a header.
///
/// # Errors
/// As [`keep_avatar`].
pub async fn keep_header(services: &Services, bytes: Bytes) -> Result<String> {
    keep(services, bytes, HEADER.0, HEADER.1).await
}

async fn keep(services: &Services, bytes: Bytes, width: u32, height: u32) -> Result<String> {
    let picture = services.images.cropped(bytes, width, height).await?;
    let key = BlobKey::make(&services.random, Folder::Faces, picture.kind.extension());
    services.blobs.put(&key, picture.bytes).await?;
    Ok(key.to_string())
}

/// Throws away pictures that no row names any more. What cannot be removed stays and is logged.
pub async fn forget(services: &Services, keys: impl IntoIterator<Item = String>) {
    for key in keys {
        let Ok(blob) = key.parse::<BlobKey>() else { continue };
        if let Err(error) = services.blobs.delete(&blob).await {
            tracing::warn!(key, error = %error.chain(), "The picture {key} could not be removed");
        }
    }
}
