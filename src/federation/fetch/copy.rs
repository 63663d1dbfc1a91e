//! Copies of pictures of other sites: fetched once, read with the same suspicion as an upload, kept
//! while somebody looks at them (see `domain::media::copies`).
//!
//! Readers load pictures from their own site only. So no other site learns who looks at what, and a closed
//! one need not know our readers.

use bytes::Bytes;
use url::Url;

use super::{FetchError, picture};
use crate::base::origin::host_of_uri;
use crate::base::{Error, Result};
use crate::domain::media::address::Size;
use crate::domain::media::copies;
use crate::platform::blobs::BlobKey;
use crate::platform::images::{Kind, Picture};
use crate::platform::services::Services;

/// Pixels a side of the copy of an avatar.
const AVATAR: (u32, u32) = (400, 400);
/// Pixels of the copy of a header.
const HEADER: (u32, u32) = (1500, 500);

/// A picture of another site, written anew by this one.
#[derive(Clone, Debug)]
pub struct Copied {
    /// As in `image/jpeg`.
    pub mime: &'static str,
    /// The file.
    pub bytes: Bytes,
}

/// The copy of an attachment at `url`, fetched if there is none yet.
///
/// # Errors
/// [`Error::NotFound`] or [`Error::PeerUnavailable`] if it cannot be had, [`Error::Invalid`] if it is no
/// picture that this site takes.
pub async fn copied_picture(services: &Services, url: &str, size: Size) -> Result<Copied> {
    let key = BlobKey::copy_of(&format!("{} {url}", size.word()));
    if let Some(copied) = kept(services, url, &key).await {
        return Ok(copied);
    }
    let bytes = fetched(services, url).await?;
    let done = services.images.process(bytes).await.inspect_err(|error| missing(services, url, error))?;
    let large = done.large.unwrap_or_else(|| done.full.clone());
    let mut wanted = None;
    for (each, picture) in [(Size::Original, done.full), (Size::Large, large), (Size::Preview, done.preview)]
    {
        let key = BlobKey::copy_of(&format!("{} {url}", each.word()));
        let copied = keep(services, url, &key, picture).await?;
        if each == size {
            wanted = Some(copied);
        }
    }
    wanted.ok_or(Error::not_found("attachment"))
}

/// The copy of an avatar at `url`, cut to a square.
///
/// # Errors
/// As [`copied_picture`].
pub async fn copied_avatar(services: &Services, url: &str) -> Result<Copied> {
    copied_face(services, url, "avatar", AVATAR).await
}

/// The copy of a header at `url`.
///
/// # Errors
/// As [`copied_picture`].
pub async fn copied_header(services: &Services, url: &str) -> Result<Copied> {
    copied_face(services, url, "header", HEADER).await
}

async fn copied_face(services: &Services, url: &str, what: &str, size: (u32, u32)) -> Result<Copied> {
    let key = BlobKey::copy_of(&format!("{what} {url}"));
    if let Some(copied) = kept(services, url, &key).await {
        return Ok(copied);
    }
    let bytes = fetched(services, url).await?;
    let cropped = services.images.cropped(bytes, size.0, size.1).await;
    keep(services, url, &key, cropped.inspect_err(|error| missing(services, url, error))?).await
}

async fn kept(services: &Services, url: &str, key: &BlobKey) -> Option<Copied> {
    let bytes = services.blobs.read(key).await.ok()?;
    let mime = Kind::sniff(&bytes)?.mime();
    used(services, url, key, bytes.len()).await;
    Some(Copied { mime, bytes })
}

async fn keep(services: &Services, url: &str, key: &BlobKey, picture: Picture) -> Result<Copied> {
    let bytes = Bytes::from(picture.bytes);
    services.blobs.put(key, bytes.clone()).await?;
    used(services, url, key, bytes.len()).await;
    Ok(Copied { mime: picture.kind.mime(), bytes })
}

/// That the note could not be made is no reason not to show the picture.
async fn used(services: &Services, url: &str, key: &BlobKey, size: usize) {
    let host = host_of_uri(url).unwrap_or_default();
    if let Err(error) = copies::used(services, key, &host, size).await {
        tracing::warn!("The use of a copy could not be noted: {}", error.chain());
    }
}

async fn fetched(services: &Services, url: &str) -> Result<Bytes> {
    if services.caches.failure(&mark(url)).is_some() {
        return Err(Error::not_found("picture"));
    }
    let address = Url::parse(url).map_err(|_| Error::not_found("picture"))?;
    match picture(services, &address, services.images.bounds().max_bytes).await {
        Ok(picture) => Ok(picture.bytes),
        Err(error) => {
            if !matches!(error, FetchError::Own(_)) {
                missing(services, url, &error);
            }
            Err(error.into())
        }
    }
}

/// Apart from documents: an address that is no picture may well be one of those.
fn mark(url: &str) -> String {
    format!("picture {url}")
}

/// Not every page shall wait for a picture that cannot be had.
fn missing(services: &Services, url: &str, error: &dyn std::fmt::Display) {
    tracing::debug!(url, %error, "The picture {url} cannot be had: {error}");
    services.caches.put_failure(&mark(url), error.to_string(), true);
}
