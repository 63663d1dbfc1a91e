//! Posts.
//!
//! Source: <https://docs.joinmastodon.org/methods/statuses/>

mod consent;
mod create;
mod delete;
mod edit;
mod favourite;
mod pin;
mod read;
mod reblog;

use axum::Router;
use axum::routing::{get, post, put};

use crate::platform::services::Services;

/// Routes of this folder.
pub fn routes() -> Router<Services> {
    Router::new()
        .route("/api/v1/statuses", get(read::many).post(create::create))
        .route("/api/v1/statuses/{id}", get(read::one).put(edit::edit).delete(delete::delete))
        .route("/api/v1/statuses/{id}/quotes", get(consent::quotes))
        .route("/api/v1/statuses/{id}/quotes/{quoting}/revoke", post(consent::revoke))
        .route("/api/v1/statuses/{id}/interaction_policy", put(consent::interaction_policy))
        .route("/api/v1/statuses/{id}/context", get(read::context))
        .route("/api/v1/statuses/{id}/source", get(read::source))
        .route("/api/v1/statuses/{id}/history", get(read::history))
        .route("/api/v1/statuses/{id}/favourite", post(favourite::favourite))
        .route("/api/v1/statuses/{id}/unfavourite", post(favourite::unfavourite))
        .route("/api/v1/statuses/{id}/favourited_by", get(favourite::favourited_by))
        .route("/api/v1/favourites", get(favourite::favourites))
        .route("/api/v1/statuses/{id}/pin", post(pin::pin))
        .route("/api/v1/statuses/{id}/unpin", post(pin::unpin))
        .route("/api/v1/statuses/{id}/reblog", post(reblog::reblog))
        .route("/api/v1/statuses/{id}/unreblog", post(reblog::unreblog))
        .route("/api/v1/statuses/{id}/reblogged_by", get(reblog::reblogged_by))
}
