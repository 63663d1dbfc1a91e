//! Tokens: given and taken back. Source: <https://docs.joinmastodon.org/methods/oauth/>

use axum::Json;
use axum::extract::State;
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse, Response};
use serde::Deserialize;
use serde_json::{Value, json};

use super::super::entities::Token;
use super::super::error::{ApiError, Body};
use super::super::params::Params;
use crate::domain::auth::oauth::{self, Client, OAuthError, TokenRequest};
use crate::platform::services::Services;

/// A refusal in the form of RFC 6749, 5.2.
pub struct Refusal(OAuthError);

impl From<OAuthError> for Refusal {
    fn from(error: OAuthError) -> Self {
        Self(error)
    }
}

impl IntoResponse for Refusal {
    fn into_response(self) -> Response {
        let error = match self.0 {
            OAuthError::Other(error) => return ApiError(error).into_response(),
            error => error,
        };
        let status = match error {
            OAuthError::InvalidClient => StatusCode::UNAUTHORIZED,
            _ => StatusCode::BAD_REQUEST,
        };
        let body = Body { error: error.code().to_owned(), error_description: error.to_string() };
        (status, NEVER_KEPT, Json(body)).into_response()
    }
}

/// Nobody on the way may keep an answer with a token (RFC 6749, 5.1).
const NEVER_KEPT: [(header::HeaderName, &str); 1] = [(header::CACHE_CONTROL, "no-store")];

/// `POST /oauth/token` · <https://docs.joinmastodon.org/methods/oauth/#token>
pub async fn token(
    State(services): State<Services>,
    headers: HeaderMap,
    Params(mut request): Params<TokenRequest>,
) -> Result<Response, Refusal> {
    if let Some(client) = basic(&headers) {
        request.client = client;
    }
    let grant = oauth::exchange(&services, &request).await?;
    let token = Token {
        access_token: grant.access_token,
        token_type: "Bearer",
        scope: grant.scopes.to_string(),
        created_at: grant.created_at.seconds(),
    };
    Ok((NEVER_KEPT, Json(token)).into_response())
}

/// Which token.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Revocation {
    client_id: String,
    client_secret: String,
    token: String,
}

/// `POST /oauth/revoke` · <https://docs.joinmastodon.org/methods/oauth/#revoke>
pub async fn revoke(
    State(services): State<Services>,
    headers: HeaderMap,
    Params(request): Params<Revocation>,
) -> Result<Json<Value>, Refusal> {
    let named = Client { client_id: request.client_id, client_secret: request.client_secret };
    let client = basic(&headers).unwrap_or(named);
    oauth::revoke(&services, &client, &request.token).await?;
    Ok(Json(json!({})))
}

fn basic(headers: &HeaderMap) -> Option<Client> {
    headers.get(header::AUTHORIZATION)?.to_str().ok().and_then(Client::from_basic)
}
