//! Programs that run in a browser, on any site, may call the API: they prove themselves by token, not by cookie.

use std::time::Duration;

use axum::http::{HeaderName, Method, header};
use tower_http::cors::{Any, CorsLayer};

/// Source: <https://docs.joinmastodon.org/client/intro/#cors>
pub fn layer() -> CorsLayer {
    let named = HeaderName::from_static;
    CorsLayer::new()
        .allow_origin(Any)
        .allow_methods([
            Method::GET,
            Method::POST,
            Method::PUT,
            Method::PATCH,
            Method::DELETE,
            Method::OPTIONS,
        ])
        .allow_headers([
            header::AUTHORIZATION,
            header::CONTENT_TYPE,
            header::ACCEPT,
            named("idempotency-key"),
            named("x-requested-with"),
        ])
        .expose_headers([
            header::LINK,
            header::RETRY_AFTER,
            named("x-ratelimit-limit"),
            named("x-ratelimit-remaining"),
            named("x-ratelimit-reset"),
            named("x-request-id"),
            named("mastodon-async-refresh"),
        ])
        .max_age(Duration::from_hours(24))
}
