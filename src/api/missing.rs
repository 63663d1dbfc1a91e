//! The pictures that stand in for those that nobody chose. Clients know them by their name, `missing.png`.

use axum::Router;
use axum::http::header;
use axum::response::IntoResponse;
use axum::routing::get;

use crate::platform::services::Services;

/// Routes of this file.
pub fn routes() -> Router<Services> {
    Router::new()
        .route(
            "/avatars/original/missing.png",
            get(|| async { picture(include_bytes!("missing/avatar.png")) }),
        )
        .route(
            "/headers/original/missing.png",
            get(|| async { picture(include_bytes!("missing/header.png")) }),
        )
}

fn picture(bytes: &'static [u8]) -> impl IntoResponse {
    let headers = [
        (header::CONTENT_TYPE, "image/png"),
        (header::CACHE_CONTROL, "public, max-age=604800"),
        (header::ACCESS_CONTROL_ALLOW_ORIGIN, "*"),
    ];
    (headers, bytes)
}
