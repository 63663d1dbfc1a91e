//! OAuth 2 as programs see it: register, exchange a code for a token, give it back. The page on which people agree
//! (`/oauth/authorize`) is a page.

mod apps;
mod metadata;
mod token;

use axum::Router;
use axum::routing::{get, post};

use crate::platform::services::Services;

/// Routes of this folder.
pub fn routes() -> Router<Services> {
    Router::new()
        .route("/api/v1/apps", post(apps::create))
        .route("/api/v1/apps/verify_credentials", get(apps::verify_credentials))
        .route("/oauth/token", post(token::token))
        .route("/oauth/revoke", post(token::revoke))
        .route("/oauth/userinfo", get(metadata::user_info).post(metadata::user_info))
        .route("/.well-known/oauth-authorization-server", get(metadata::metadata))
}
