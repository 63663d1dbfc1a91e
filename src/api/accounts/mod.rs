//! Accounts: the own one, those of others, and how one stands to them.
//!
//! Source: <https://docs.joinmastodon.org/methods/accounts/>

mod credentials;
mod find;
mod followers;
mod look_up;
mod relationships;
mod statuses;
mod ties;

use axum::Router;
use axum::extract::DefaultBodyLimit;
use axum::routing::{delete, get, patch, post};

use super::media::upload_limit;
use crate::platform::services::Services;

pub use look_up::{Wanted, find as find_accounts};

/// Routes of this folder.
pub fn routes(services: &Services) -> Router<Services> {
    let pictures = DefaultBodyLimit::max(upload_limit(services));
    Router::new()
        .route("/api/v1/accounts", get(find::many))
        .route("/api/v1/accounts/verify_credentials", get(credentials::verify))
        .route("/api/v1/accounts/update_credentials", patch(credentials::update).layer(pictures))
        .route("/api/v1/profile/avatar", delete(credentials::delete_avatar))
        .route("/api/v1/profile/header", delete(credentials::delete_header))
        .route("/api/v1/accounts/lookup", get(look_up::look_up))
        .route("/api/v1/accounts/search", get(look_up::search))
        .route("/api/v1/accounts/relationships", get(relationships::relationships))
        .route("/api/v1/accounts/familiar_followers", get(relationships::familiar_followers))
        .route("/api/v1/directory", get(find::directory))
        .route("/api/v1/accounts/{id}", get(find::one))
        .route("/api/v1/accounts/{id}/statuses", get(statuses::list))
        .route("/api/v1/accounts/{id}/followers", get(followers::followers))
        .route("/api/v1/accounts/{id}/following", get(followers::following))
        .route("/api/v1/accounts/{id}/featured_tags", get(find::nothing))
        .route("/api/v1/accounts/{id}/endorsements", get(find::nothing))
        .route("/api/v1/accounts/{id}/identity_proofs", get(find::nothing))
        .route("/api/v1/accounts/{id}/follow", post(ties::follow))
        .route("/api/v1/accounts/{id}/unfollow", post(ties::unfollow))
        .route("/api/v1/accounts/{id}/remove_from_followers", post(ties::remove_from_followers))
        .route("/api/v1/accounts/{id}/block", post(ties::block))
        .route("/api/v1/accounts/{id}/unblock", post(ties::unblock))
        .route("/api/v1/accounts/{id}/mute", post(ties::mute))
        .route("/api/v1/accounts/{id}/unmute", post(ties::unmute))
        .route("/api/v1/blocks", get(ties::blocks))
        .route("/api/v1/mutes", get(ties::mutes))
}
