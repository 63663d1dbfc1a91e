//! Answers that no decent site gives.

use std::convert::Infallible;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use axum::body::Body;
use axum::response::{IntoResponse, Response};
use bytes::Bytes;
use futures::stream;
use serde_json::json;
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpListener;
use tokio::task::AbortHandle;
use url::Url;

/// How a question is answered.
#[derive(Clone, Debug)]
pub enum Trick {
    /// These headers and bytes.
    Says { status: u16, headers: Vec<(&'static str, String)>, body: Vec<u8> },
    /// Sends on to itself for ever.
    Redirects,
    /// Sends on to an address.
    RedirectsTo(String),
    /// Never ends: 64 KiB after 64 KiB of blanks, after a beginning that promises much.
    Pours,
    /// A byte at a time.
    Trickles(Duration),
    /// A collection of this origin that always has one more page; its items are at `/nothing/…`.
    Pages(String),
}

impl Trick {
    /// An answer of a type.
    pub fn says(content_type: &str, body: impl Into<Vec<u8>>) -> Self {
        let headers = vec![("content-type", content_type.to_owned())];
        Self::Says { status: 200, headers, body: body.into() }
    }

    /// The same with one header more.
    pub fn with(mut self, name: &'static str, value: &str) -> Self {
        if let Self::Says { headers, .. } = &mut self {
            headers.push((name, value.to_owned()));
        }
        self
    }

    pub(super) fn answer(&self, path: &str, query: Option<&str>, poured: &Arc<AtomicU64>) -> Response {
        let number =
            query.and_then(|query| query.rsplit('=').next()?.parse::<u64>().ok()).unwrap_or_default();
        let mut response = match self {
            Self::Says { status, body, .. } => {
                let status = http::StatusCode::from_u16(*status).expect("a status");
                (status, Body::from(body.clone())).into_response()
            }
            Self::Redirects => {
                (http::StatusCode::FOUND, [("location", format!("{path}?n={}", number + 1))]).into_response()
            }
            Self::RedirectsTo(target) => {
                (http::StatusCode::FOUND, [("location", target.clone())]).into_response()
            }
            Self::Pours => {
                let poured = Arc::clone(poured);
                let blanks = Bytes::from(vec![b' '; 64 << 10]);
                let endless = stream::repeat_with(move || {
                    poured.fetch_add(blanks.len() as u64, Ordering::Relaxed);
                    Ok::<_, Infallible>(blanks.clone())
                });
                ([("content-type", "application/activity+json")], Body::from_stream(endless)).into_response()
            }
            Self::Trickles(every) => {
                let every = *every;
                let slow = stream::unfold((), move |()| async move {
                    tokio::time::sleep(every).await;
                    Some((Ok::<_, Infallible>(Bytes::from_static(b" ")), ()))
                });
                ([("content-type", "application/activity+json")], Body::from_stream(slow)).into_response()
            }
            Self::Pages(origin) => page(&format!("{origin}{path}"), origin, number),
        };
        if let Self::Says { headers, .. } = self {
            for (name, value) in headers {
                if let Ok(value) = http::HeaderValue::from_bytes(value.as_bytes()) {
                    response.headers_mut().append(*name, value);
                }
            }
        }
        response
    }
}

fn page(path: &str, origin: &str, number: u64) -> Response {
    let items: Vec<String> = (0..50).map(|item| format!("{origin}/nothing/{number}-{item}")).collect();
    let body = json!({
        "id": format!("{path}?page={number}"),
        "type": if number == 0 { "Collection" } else { "CollectionPage" },
        "totalItems": u64::MAX,
        "first": format!("{path}?page=1"),
        "next": format!("{path}?page={}", number + 1),
        "items": items,
    });
    ([("content-type", "application/activity+json")], body.to_string()).into_response()
}

/// Somebody who answers every connection with the same bytes, whatever HTTP says; they may lie about their length.
#[derive(Debug)]
pub struct Raw {
    pub url: Url,
    task: AbortHandle,
}

impl Raw {
    /// Answers `head` and the body that `write` makes of its own address, and closes, or keeps the line open.
    pub async fn answers(write: impl Fn(&Url) -> Vec<u8>, closes: bool) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a free port");
        let address = listener.local_addr().expect("the listener has an address");
        let url: Url = format!("http://{address}/notes/1").parse().expect("an address makes a URL");
        let bytes = write(&url);
        let task = tokio::spawn(async move {
            while let Ok((mut stream, _)) = listener.accept().await {
                let bytes = bytes.clone();
                tokio::spawn(async move {
                    let mut asked = [0; 8192];
                    let _ = stream.read(&mut asked).await;
                    let _ = stream.write_all(&bytes).await;
                    if !closes {
                        tokio::time::sleep(Duration::from_mins(1)).await;
                    }
                });
            }
        });
        Self { url, task: task.abort_handle() }
    }
}

impl Drop for Raw {
    fn drop(&mut self) {
        self.task.abort();
    }
}
