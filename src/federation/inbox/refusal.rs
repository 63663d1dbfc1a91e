//! Why a request is refused, and with which status.

use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};

use crate::base::Error;
use crate::federation::signer::SignerError;

/// A refused request. The reason goes into the log whole, to the sender as a hint.
#[derive(Debug)]
pub struct Refusal {
    pub status: StatusCode,
    pub reason: String,
}

impl Refusal {
    pub fn new(status: StatusCode, reason: impl Into<String>) -> Self {
        Self { status, reason: reason.into() }
    }
}

impl From<SignerError> for Refusal {
    fn from(error: SignerError) -> Self {
        let status = if error.is_stranger() {
            StatusCode::FORBIDDEN
        } else if error.is_temporary() {
            StatusCode::SERVICE_UNAVAILABLE
        } else {
            StatusCode::UNAUTHORIZED
        };
        Self { status, reason: error.to_string() }
    }
}

impl From<Error> for Refusal {
    fn from(error: Error) -> Self {
        let status = match &error {
            Error::NotFound { .. } => StatusCode::NOT_FOUND,
            Error::Unauthenticated => StatusCode::UNAUTHORIZED,
            Error::Forbidden { .. } => StatusCode::FORBIDDEN,
            Error::Invalid { .. } => StatusCode::BAD_REQUEST,
            Error::Conflict { .. } => StatusCode::ACCEPTED,
            Error::RateLimited { .. } => StatusCode::TOO_MANY_REQUESTS,
            Error::PeerUnavailable { .. } => StatusCode::SERVICE_UNAVAILABLE,
            Error::Internal(_) => StatusCode::INTERNAL_SERVER_ERROR,
        };
        Self { status, reason: error.chain() }
    }
}

impl IntoResponse for Refusal {
    fn into_response(self) -> Response {
        // What went wrong inside is nobody else's business.
        let text = if self.status == StatusCode::INTERNAL_SERVER_ERROR { String::new() } else { self.reason };
        let mut response = (self.status, text).into_response();
        if matches!(self.status, StatusCode::SERVICE_UNAVAILABLE | StatusCode::TOO_MANY_REQUESTS) {
            response.headers_mut().insert(header::RETRY_AFTER, HeaderValue::from_static("60"));
        }
        response
    }
}
