//! How many requests a program may make, and what it is told about it.
//!
//! Source: <https://docs.joinmastodon.org/api/rate-limits/>

use axum::extract::{Request, State};
use axum::http::{HeaderMap, HeaderName, HeaderValue, Method};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};

use super::error::ApiError;
use super::viewer::bearer;
use crate::base::client::ClientIp;
use crate::domain::auth;
use crate::platform::limiter::{Purpose, Standing};
use crate::platform::services::Services;

/// Counts the request for its token, or for its address if there is none, and says so in `X-RateLimit-*`.
pub async fn count(State(services): State<Services>, request: Request, next: Next) -> Response {
    if request.method() == Method::OPTIONS {
        return next.run(request).await;
    }
    let token = bearer(request.headers()).map(str::to_owned);
    let address = request.extensions().get::<ClientIp>().copied();
    match check(&services, token, address).await {
        Ok(standing) => {
            let mut response = next.run(request).await;
            if let Some(standing) = standing {
                say(response.headers_mut(), &standing);
            }
            response
        }
        Err(error) => error.into_response(),
    }
}

/// A token counts by itself only if it is one; whoever makes tokens up is counted by address.
async fn check(
    services: &Services,
    token: Option<String>,
    address: Option<ClientIp>,
) -> Result<Option<Standing>, ApiError> {
    if let Some(token) = token {
        let mut conn = services.db.read().await?;
        if auth::token::find(services, &mut conn, &token).await?.is_some() {
            return Ok(services.limiter.check(Purpose::Api, &token)?);
        }
    }
    match address {
        Some(ClientIp(address)) => Ok(services.limiter.check(Purpose::Anonymous, &address.to_string())?),
        None => Ok(None),
    }
}

fn say(headers: &mut HeaderMap, standing: &Standing) {
    for (name, value) in [
        ("x-ratelimit-limit", standing.limit.to_string()),
        ("x-ratelimit-remaining", standing.remaining.to_string()),
        ("x-ratelimit-reset", standing.reset.to_rfc3339()),
    ] {
        if let Ok(value) = HeaderValue::from_str(&value) {
            headers.insert(HeaderName::from_static(name), value);
        }
    }
}
