//! Requests of tests, and what came back.

use bytes::Bytes;
use http::{HeaderMap, Method, StatusCode};
use serde_json::Value;
use url::Url;

/// Sends requests as they are: no redirects followed, no proxy, no guard.
#[derive(Clone, Debug)]
pub struct Http(reqwest::Client);

impl Default for Http {
    #[expect(clippy::disallowed_methods, reason = "a test speaks to loopback, past the guard on purpose")]
    fn default() -> Self {
        let client = reqwest::Client::builder().redirect(reqwest::redirect::Policy::none()).no_proxy();
        Self(client.build().expect("a client without special settings can be built"))
    }
}

impl Http {
    /// A request to be sent with [`send`].
    pub fn request(&self, method: Method, url: Url) -> reqwest::RequestBuilder {
        self.0.request(method, url)
    }

    /// `GET`, with one header more if there is one.
    pub async fn get(&self, url: Url, accept: &str) -> Answer {
        send(self.request(Method::GET, url).header("accept", accept)).await
    }
}

/// Sends a request.
///
/// # Panics
/// If nobody answers.
pub async fn send(request: reqwest::RequestBuilder) -> Answer {
    try_send(request).await.expect("the site answers, and its answer is whole")
}

/// Sends a request to somebody who may not answer.
///
/// # Errors
/// If there was no answer, or only a part of one.
pub async fn try_send(request: reqwest::RequestBuilder) -> reqwest::Result<Answer> {
    let response = request.send().await?;
    let (status, url) = (response.status(), response.url().clone());
    let headers = response.headers().clone();
    let body = response.bytes().await?;
    Ok(Answer { status, url, headers, body })
}

/// What came back.
#[derive(Clone, Debug)]
pub struct Answer {
    pub status: StatusCode,
    pub url: Url,
    pub headers: HeaderMap,
    pub body: Bytes,
}

impl Answer {
    /// The body as text.
    pub fn text(&self) -> String {
        String::from_utf8_lossy(&self.body).into_owned()
    }

    /// The body as JSON.
    ///
    /// # Panics
    /// If it is none.
    pub fn json(&self) -> Value {
        serde_json::from_slice(&self.body)
            .unwrap_or_else(|error| panic!("{} answered no JSON ({error}): {}", self.url, self.text()))
    }

    /// A header, or the empty text.
    pub fn header(&self, name: &str) -> &str {
        self.headers.get(name).and_then(|value| value.to_str().ok()).unwrap_or_default()
    }

    /// Where a redirect leads.
    pub fn location(&self) -> Option<Url> {
        self.headers.get("location").and_then(|value| self.url.join(value.to_str().ok()?).ok())
    }

    /// The same answer, if it is a success.
    ///
    /// # Panics
    /// If it is not; with what the site said.
    #[track_caller]
    pub fn ok(self) -> Self {
        assert!(self.status.is_success(), "{} answered {}: {}", self.url, self.status, self.text());
        self
    }
}
