//! Mastodon's client API, laid out as <https://docs.joinmastodon.org/methods/>: a folder or file for each group.
//!
//! A handler only translates: it extracts, asks for the scope, calls one verb of the domain and renders.

mod accounts;
mod async_refreshes;
mod bookmarks;
mod cors;
mod custom_emojis;
mod empty;
mod entities;
mod error;
mod filters;
mod follow_requests;
mod instance;
mod interaction_requests;
mod lists;
mod markers;
mod media;
mod missing;
mod notifications;
mod oauth;
mod paging;
mod params;
mod path;
mod polls;
mod preferences;
mod push;
mod rate;
mod remote;
mod render;
mod reports;
mod scheduled_statuses;
mod search;
mod statuses;
mod tags;
mod timelines;
mod viewer;

use axum::Router;
use axum::extract::DefaultBodyLimit;
use axum::middleware::from_fn_with_state;

use crate::base::Error;
use crate::platform::services::Services;
use error::ApiError;

/// The body of a request that carries no file may be as large as this, in bytes.
const BODY: usize = 1 << 20;

/// Everything under `/api`, and the parts of OAuth that programs speak with.
pub fn router(services: Services) -> Router {
    let api = Router::new()
        .merge(accounts::routes(&services))
        .merge(async_refreshes::routes())
        .merge(bookmarks::routes())
        .merge(custom_emojis::routes())
        .merge(empty::routes())
        .merge(filters::routes())
        .merge(follow_requests::routes())
        .merge(instance::routes())
        .merge(interaction_requests::routes())
        .merge(lists::routes())
        .merge(markers::routes())
        .merge(media::routes(&services))
        .merge(notifications::routes())
        .merge(oauth::routes())
        .merge(polls::routes())
        .merge(preferences::routes())
        .merge(push::routes())
        .merge(reports::routes())
        .merge(scheduled_statuses::routes())
        .merge(search::routes())
        .merge(statuses::routes())
        .merge(tags::routes())
        .merge(timelines::routes())
        .route("/api/{*rest}", axum::routing::any(unknown))
        .method_not_allowed_fallback(unknown);
    api.layer(DefaultBodyLimit::max(BODY))
        .layer(from_fn_with_state(services.clone(), rate::count))
        .layer(cors::layer())
        .merge(missing::routes())
        .with_state(services)
}

/// What this site does not offer.
async fn unknown() -> ApiError {
    Error::not_found("endpoint").into()
}
