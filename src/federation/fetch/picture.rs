//! Pictures of other sites: avatars and attachments.

use bytes::Bytes;
use url::Url;

use super::{FetchError, actor, fetcher};
use crate::federation::gate::{self, Purpose};
use crate::platform::services::Services;

/// A picture as another site sent it. Nothing about it was checked but size and announced type.
#[derive(Clone, Debug)]
pub struct Picture {
    /// As in `image/jpeg`.
    pub mime: String,
    pub bytes: Bytes,
}

/// Fetches a picture, signed, since those of a closed site are not for everybody. At most `max_bytes`.
pub async fn picture(services: &Services, url: &Url, max_bytes: usize) -> Result<Picture, FetchError> {
    let host = actor::remote_host(services, url)?;
    gate::check(services, &host, Purpose::Conversation).await?;
    let fetched = fetcher(services).await?.bytes(url, "image/*", max_bytes).await?;
    let mime = fetched.content_type.split(';').next().unwrap_or_default().trim().to_ascii_lowercase();
    if !mime.starts_with("image/") || mime == "image/svg+xml" {
        return Err(FetchError::ContentType { url: fetched.url, content_type: mime });
    }
    Ok(Picture { mime, bytes: fetched.body })
}
