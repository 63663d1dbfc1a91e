//! Answers that are handed on as they come, since they are too large to be held: videos of other sites.

use std::io;
use std::sync::Arc;
use std::time::Duration;

use bytes::Bytes;
use futures::stream::{self, BoxStream, StreamExt as _};
use http::StatusCode;
use http::header::{CONTENT_ENCODING, CONTENT_RANGE, CONTENT_TYPE};
use reqwest::Response;
use tokio::sync::OwnedSemaphorePermit;
use url::Url;

use super::client::{header, unreachable_error};
use super::{Get, Http, NetError};

/// How many are handed on at once.
pub(super) const AT_ONCE: usize = 32;
/// A site that sends nothing for so long is given up.
const PAUSE: Duration = Duration::from_secs(30);

/// What a GET brings, whatever its status, while it comes.
pub struct Streamed {
    /// Where it comes from in the end, after redirects.
    pub url: Url,
    pub status: StatusCode,
    /// The whole header; empty if there was none.
    pub content_type: String,
    /// Bytes that come, if it says so.
    pub length: Option<u64>,
    /// Which part comes, as the header has it.
    pub content_range: Option<String>,
    body: BoxStream<'static, io::Result<Bytes>>,
}

impl Streamed {
    /// The bytes, a piece at a time. It ends with an error after the limit, or a long pause.
    pub fn into_stream(self) -> BoxStream<'static, io::Result<Bytes>> {
        self.body
    }
}

impl std::fmt::Debug for Streamed {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Streamed")
            .field("url", &self.url)
            .field("status", &self.status)
            .finish_non_exhaustive()
    }
}

impl Http {
    /// As [`Http::get`], without waiting for the body: only its beginning must come in time.
    ///
    /// # Errors
    /// As [`Http::get`]; [`NetError::Busy`] if too many are handed on already.
    pub async fn stream(&self, url: &Url, get: Get<'_>) -> Result<Streamed, NetError> {
        let busy = |_| NetError::Busy { url: url.to_string() };
        let place = Arc::clone(&self.streams).try_acquire_owned().map_err(busy)?;
        let limit = get.max_body.unwrap_or(self.options().max_body) as u64;
        let (url, response) = self.within_time(url, self.open(url.clone(), get)).await?;
        let encoding =
            header(response.headers(), &CONTENT_ENCODING).filter(|encoding| encoding != "identity");
        if let Some(encoding) = encoding {
            return Err(NetError::Encoded { url: url.to_string(), encoding });
        }
        let length = response.content_length();
        if length.is_some_and(|length| length > limit) {
            return Err(NetError::TooLarge { url: url.to_string(), limit: limit as usize });
        }
        Ok(Streamed {
            status: response.status(),
            content_type: header(response.headers(), &CONTENT_TYPE).unwrap_or_default(),
            length,
            content_range: header(response.headers(), &CONTENT_RANGE),
            body: pieces(url.clone(), response, limit, place),
            url,
        })
    }
}

fn pieces(
    url: Url,
    response: Response,
    limit: u64,
    place: OwnedSemaphorePermit,
) -> BoxStream<'static, io::Result<Bytes>> {
    stream::try_unfold((url, response, limit, place), |(url, mut response, left, place)| async move {
        let next = tokio::time::timeout(PAUSE, response.chunk()).await;
        let next = next.map_err(|_| NetError::Timeout { url: url.to_string(), seconds: PAUSE.as_secs() });
        let chunk = next.map_err(io::Error::other)?;
        let chunk = chunk.map_err(|source| io::Error::other(unreachable_error(&url, source)))?;
        let Some(chunk) = chunk else { return Ok(None) };
        match left.checked_sub(chunk.len() as u64) {
            Some(left) => Ok(Some((chunk, (url, response, left, place)))),
            None => Err(io::Error::other("it is larger than it may be")),
        }
    })
    .boxed()
}
