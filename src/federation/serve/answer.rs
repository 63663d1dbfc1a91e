//! Answers: ActivityPub documents and refusals.

use activitypub_federation::protocol::context::WithContext;
use axum::Json;
use axum::http::{HeaderName, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use serde::Serialize;
use serde_json::{Value, json};
use url::Url;

use crate::activitystreams::object::Tombstone;
use crate::activitystreams::{ACTIVITY_JSON, context};
use crate::base::{Error, Millis, Result};

/// What an answer depends on: what is asked for, and who asks.
pub(super) const VARY: &str = "accept, signature, signature-input, authorization";

/// A document with its context. What one asker may read is not for the caches of others.
pub(super) fn document(document: impl Serialize, context: Value) -> Result<Response> {
    let body = serde_json::to_vec(&WithContext::new(document, context))?;
    let headers = [
        (header::CONTENT_TYPE, HeaderValue::from_static(ACTIVITY_JSON)),
        (header::VARY, HeaderValue::from_static(VARY)),
        (header::CACHE_CONTROL, HeaderValue::from_static("private, max-age=0, must-revalidate")),
    ];
    Ok((headers, body).into_response())
}

/// What is left of something that is gone.
pub(super) fn gone(id: &str, at: Millis) -> Result<Response> {
    let id = Url::parse(id).map_err(Error::internal)?;
    let tombstone = Tombstone { id, deleted: Some(at) };
    Ok((StatusCode::GONE, document(tombstone, context::plain())?).into_response())
}

/// JSON that everybody may read, also from a page of another origin.
pub(super) fn open(kind: &'static str, body: impl Serialize) -> Response {
    let headers = [
        (header::CONTENT_TYPE, HeaderValue::from_static(kind)),
        (header::ACCESS_CONTROL_ALLOW_ORIGIN, HeaderValue::from_static("*")),
    ];
    (headers, serde_json::to_vec(&body).unwrap_or_default()).into_response()
}

/// A person's browser came to the address of a document: on to the page.
pub(super) fn to_page(url: &str) -> Response {
    match HeaderValue::from_str(url) {
        Ok(location) => (StatusCode::FOUND, [(header::LOCATION, location)]).into_response(),
        Err(_) => StatusCode::NOT_FOUND.into_response(),
    }
}

/// An error as other sites get to see it.
#[derive(Debug)]
pub(super) struct Refusal(Error);

impl<E: Into<Error>> From<E> for Refusal {
    fn from(error: E) -> Self {
        Self(error.into())
    }
}

impl IntoResponse for Refusal {
    fn into_response(self) -> Response {
        let status = match &self.0 {
            Error::NotFound { .. } => StatusCode::NOT_FOUND,
            Error::Unauthenticated => StatusCode::UNAUTHORIZED,
            Error::Forbidden { .. } => StatusCode::FORBIDDEN,
            Error::Invalid { .. } => StatusCode::BAD_REQUEST,
            Error::Conflict { .. } => StatusCode::CONFLICT,
            Error::RateLimited { .. } => StatusCode::TOO_MANY_REQUESTS,
            Error::PeerUnavailable { .. } => StatusCode::SERVICE_UNAVAILABLE,
            Error::Internal(_) => {
                let chain = self.0.chain();
                tracing::error!(error = %chain, "Another site could not be answered: {chain}");
                StatusCode::INTERNAL_SERVER_ERROR
            }
        };
        let vary = [(header::VARY, HeaderValue::from_static(VARY))];
        (status, vary, Json(json!({ "error": self.0.to_string() }))).into_response()
    }
}

/// Whether a browser asks, not a program that reads ActivityPub.
pub(super) fn wants_page(headers: &axum::http::HeaderMap) -> bool {
    let accept: &HeaderName = &header::ACCEPT;
    let accept = headers.get(accept).and_then(|value| value.to_str().ok()).unwrap_or_default();
    accept.contains("text/html") && !accept.contains("activity+json") && !accept.contains("ld+json")
}
