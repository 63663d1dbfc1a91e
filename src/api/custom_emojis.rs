//! Pictures in text: none yet. Clients ask for them at the start and stop if there is no answer.

use axum::routing::get;
use axum::{Json, Router};

use crate::platform::services::Services;

/// Routes of this file.
pub fn routes() -> Router<Services> {
    // `GET /api/v1/custom_emojis` · <https://docs.joinmastodon.org/methods/custom_emojis/#get>
    Router::new().route("/api/v1/custom_emojis", get(|| async { Json([(); 0]) }))
}
