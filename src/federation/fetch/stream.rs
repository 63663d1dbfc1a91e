//! Videos, sound and files of other sites: handed on to a reader here as they come, and not kept.
//!
//! So no other site learns who looks at what, and a closed one need not know our readers.

use url::Url;

use super::{FetchError, actor, fetcher};
use crate::base::Error;
use crate::federation::gate::{self, Purpose};
use crate::platform::net::{Get, Streamed};
use crate::platform::services::Services;

/// Begins to fetch what is at `url`, or the part of it that `range` names. What it claims to be is not checked.
///
/// # Errors
/// [`Error::NotFound`] or [`Error::PeerUnavailable`] if it cannot be had; [`Error::Invalid`] if it is larger than this
/// site hands on; [`Error::Forbidden`] if this site does not speak with that one.
pub async fn streamed(services: &Services, url: &str, range: Option<&str>) -> Result<Streamed, Error> {
    let url = Url::parse(url).map_err(|_| Error::not_found("file"))?;
    let limit = services.config.media.max_remote_size.as_usize();
    Ok(begin(services, &url, Get { range, ..Get::accept("*/*").up_to(limit) }).await?)
}

async fn begin(services: &Services, url: &Url, get: Get<'_>) -> Result<Streamed, FetchError> {
    let host = actor::remote_host(services, url)?;
    gate::check(services, &host, Purpose::Conversation).await?;
    fetcher(services).await?.stream(url, get).await
}
