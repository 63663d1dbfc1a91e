//! What the peer answers: its documents by path, and one status for everything that is posted.

use std::collections::HashMap;
use std::sync::atomic::AtomicU64;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use axum::Router;
use axum::body::Body;
use axum::extract::{Request, State as Shared};
use axum::response::{IntoResponse, Response};
use http::{HeaderMap, Method, StatusCode};
use serde_json::Value;
use tokio::net::TcpListener;
use url::Url;

use super::Received;
use super::trick::Trick;

/// What the peer knows.
pub(super) struct State {
    pub documents: HashMap<String, Value>,
    pub fingers: HashMap<String, Value>,
    pub received: Vec<Received>,
    pub fetched: Vec<String>,
    pub post_status: StatusCode,
    pub retry_after: Option<String>,
    /// A word in the body of a post that is answered with 500, whatever else is said.
    pub stumbles_over: Option<String>,
    pub delay: Duration,
    pub tricks: HashMap<String, Trick>,
    pub poured: Arc<AtomicU64>,
    counter: u64,
}

impl Default for State {
    fn default() -> Self {
        Self {
            documents: HashMap::new(),
            fingers: HashMap::new(),
            received: Vec::new(),
            fetched: Vec::new(),
            post_status: StatusCode::ACCEPTED,
            retry_after: None,
            stumbles_over: None,
            delay: Duration::ZERO,
            tricks: HashMap::new(),
            poured: Arc::default(),
            counter: 0,
        }
    }
}

impl State {
    pub fn count(&mut self) -> u64 {
        self.counter += 1;
        self.counter
    }
}

type Known = Arc<Mutex<State>>;

/// Answers until it is aborted.
pub(super) async fn run(listener: TcpListener, state: Known) {
    let router = Router::new().fallback(answer).with_state(state);
    if let Err(error) = axum::serve(listener, router).await {
        eprintln!("the peer of the test stopped: {error}");
    }
}

async fn answer(Shared(state): Shared<Known>, request: Request) -> Response {
    let delay = state.lock().unwrap_or_else(PoisonError::into_inner).delay;
    tokio::time::sleep(delay).await;
    let (parts, body) = request.into_parts();
    let path = parts.uri.path().to_owned();
    if parts.method == Method::POST {
        return take(&state, path, parts.headers, body).await;
    }
    let mut state = state.lock().unwrap_or_else(PoisonError::into_inner);
    state.fetched.push(path.clone());
    if let Some(trick) = state.tricks.get(&path) {
        return trick.answer(&path, parts.uri.query(), &state.poured);
    }
    if path == "/.well-known/webfinger" {
        let wanted = resource(parts.uri.query().unwrap_or_default());
        return document(state.fingers.get(&wanted), "application/jrd+json");
    }
    document(state.documents.get(&path), "application/activity+json")
}

async fn take(state: &Known, path: String, headers: HeaderMap, body: Body) -> Response {
    let body = axum::body::to_bytes(body, 8 << 20).await.unwrap_or_default();
    let text = String::from_utf8_lossy(&body).into_owned();
    let body = serde_json::from_slice(&body).unwrap_or(Value::Null);
    let mut state = state.lock().unwrap_or_else(PoisonError::into_inner);
    state.received.push(Received { path, headers, body });
    if state.stumbles_over.as_ref().is_some_and(|word| text.contains(word)) {
        return StatusCode::INTERNAL_SERVER_ERROR.into_response();
    }
    let mut response = state.post_status.into_response();
    if let Some(value) = state.retry_after.as_ref().and_then(|text| text.parse().ok()) {
        response.headers_mut().insert("retry-after", value);
    }
    response
}

fn resource(query: &str) -> String {
    let url = Url::parse(&format!("http://localhost/?{query}")).ok();
    let pair = url
        .and_then(|url| url.query_pairs().find(|(name, _)| name == "resource").map(|(_, v)| v.into_owned()));
    pair.unwrap_or_default()
}

fn document(document: Option<&Value>, kind: &'static str) -> Response {
    match document {
        None => StatusCode::NOT_FOUND.into_response(),
        Some(document) => {
            let status = if document["type"] == "Tombstone" { StatusCode::GONE } else { StatusCode::OK };
            (status, [("content-type", kind)], document.to_string()).into_response()
        }
    }
}
