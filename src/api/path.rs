//! The identifier in an address.

use std::str::FromStr;

use axum::extract::{FromRequestParts, RawPathParams};
use axum::http::request::Parts;

use super::error::ApiError;
use crate::base::Error;

/// The first variable part of the path. What cannot be one is not found, as one that does not exist.
#[derive(Clone, Copy, Debug)]
pub struct Id<T>(pub T);

impl<S: Send + Sync, T: FromStr> FromRequestParts<S> for Id<T> {
    type Rejection = ApiError;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, ApiError> {
        let missing = || Error::not_found("record");
        let params = RawPathParams::from_request_parts(parts, state).await.map_err(|_| missing())?;
        let text = params.iter().next().map(|(_, value)| value.to_owned()).ok_or_else(missing)?;
        Ok(Self(text.parse().map_err(|_| missing())?))
    }
}
