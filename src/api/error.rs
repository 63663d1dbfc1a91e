//! Errors as Mastodon's clients expect them: `{"error", "error_description"}` and the fitting status.

use std::time::{Duration, SystemTime};

use axum::Json;
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use serde::Serialize;

use crate::base::{Error, Millis};

/// The result of a handler.
pub type ApiResult<T> = Result<T, ApiError>;

/// An [`Error`] on its way to a client.
#[derive(Debug)]
pub struct ApiError(pub Error);

/// Source: <https://docs.joinmastodon.org/entities/Error/>
#[derive(Debug, Serialize)]
pub struct Body {
    /// What is wrong.
    pub error: String,
    /// The same in more words, if there are any.
    pub error_description: String,
}

impl<E: Into<Error>> From<E> for ApiError {
    fn from(error: E) -> Self {
        Self(error.into())
    }
}

impl IntoResponse for ApiError {
    fn into_response(self) -> Response {
        let error = self.0;
        if matches!(error, Error::Internal(_)) {
            tracing::error!(error = %error.chain(), "A request to the client API failed: {}", error.chain());
        }
        let body = Json(Body { error: headline(&error).into_owned(), error_description: error.to_string() });
        let mut response = (status(&error), body).into_response();
        if let Error::RateLimited { until } = error
            && let Ok(date) = HeaderValue::from_str(&http_date(until))
        {
            response.headers_mut().insert(header::RETRY_AFTER, date);
        }
        response
    }
}

fn status(error: &Error) -> StatusCode {
    match error {
        Error::NotFound { .. } => StatusCode::NOT_FOUND,
        Error::Unauthenticated => StatusCode::UNAUTHORIZED,
        Error::Forbidden { .. } => StatusCode::FORBIDDEN,
        Error::Invalid { .. } | Error::Conflict { .. } => StatusCode::UNPROCESSABLE_ENTITY,
        Error::RateLimited { .. } => StatusCode::TOO_MANY_REQUESTS,
        Error::PeerUnavailable { .. } => StatusCode::SERVICE_UNAVAILABLE,
        Error::Internal(_) => StatusCode::INTERNAL_SERVER_ERROR,
    }
}

/// Mastodon's own words where programs compare them, else ours.
fn headline(error: &Error) -> std::borrow::Cow<'_, str> {
    match error {
        Error::NotFound { .. } => "Record not found".into(),
        Error::Unauthenticated => "The access token is invalid".into(),
        Error::Invalid { .. } => format!("Validation failed: {error}").into(),
        other => other.to_string().into(),
    }
}

fn http_date(at: Millis) -> String {
    let since = Duration::from_millis(u64::try_from(at.0).unwrap_or(0));
    httpdate::fmt_http_date(SystemTime::UNIX_EPOCH + since)
}
