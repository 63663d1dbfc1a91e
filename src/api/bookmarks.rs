//! What one keeps. Source: <https://docs.joinmastodon.org/methods/bookmarks/>

use axum::extract::State;
use axum::routing::{get, post};
use axum::{Json, Router};

use super::entities::Status;
use super::error::ApiResult;
use super::paging::{Paging, STATUSES};
use super::path::Id;
use super::render::{self, Listing};
use super::viewer::Viewer;
use crate::base::id::StatusId;
use crate::domain::auth::Scope;
use crate::domain::statuses;
use crate::platform::services::Services;

/// Routes of this file.
pub fn routes() -> Router<Services> {
    Router::new()
        .route("/api/v1/bookmarks", get(list))
        .route("/api/v1/statuses/{id}/bookmark", post(bookmark))
        .route("/api/v1/statuses/{id}/unbookmark", post(unbookmark))
        .route("/api/v1/statuses/{id}/mute", post(mute))
        .route("/api/v1/statuses/{id}/unmute", post(unmute))
}

/// `GET /api/v1/bookmarks` · <https://docs.joinmastodon.org/methods/bookmarks/#get>
async fn list(
    State(services): State<Services>,
    viewer: Viewer,
    paging: Paging,
) -> ApiResult<Listing<Status>> {
    viewer.require(Scope::ReadBookmarks)?;
    let (limit, offset) = paging.offset(STATUSES);
    let mut conn = services.db.read().await?;
    let kept =
        statuses::bookmark::list_bookmarks(&services, &mut conn, viewer.account.id, limit, offset).await?;
    let links = paging.next_link(&services, STATUSES, kept.looked_at);
    Ok((links, Json(render::views(&services, &kept.statuses))))
}

/// `POST /api/v1/statuses/{id}/bookmark` · <https://docs.joinmastodon.org/methods/statuses/#bookmark>
async fn bookmark(
    State(services): State<Services>,
    viewer: Viewer,
    Id(id): Id<StatusId>,
) -> ApiResult<Json<Status>> {
    viewer.require(Scope::WriteBookmarks)?;
    statuses::bookmark(&services, viewer.account.id, id).await?;
    render::status(&services, &viewer.reader(), id).await
}

/// `POST /api/v1/statuses/{id}/unbookmark` · <https://docs.joinmastodon.org/methods/statuses/#unbookmark>
async fn unbookmark(
    State(services): State<Services>,
    viewer: Viewer,
    Id(id): Id<StatusId>,
) -> ApiResult<Json<Status>> {
    viewer.require(Scope::WriteBookmarks)?;
    statuses::unbookmark(&services, viewer.account.id, id).await?;
    render::status(&services, &viewer.reader(), id).await
}

/// `POST /api/v1/statuses/{id}/mute` · <https://docs.joinmastodon.org/methods/statuses/#mute>
async fn mute(
    State(services): State<Services>,
    viewer: Viewer,
    Id(id): Id<StatusId>,
) -> ApiResult<Json<Status>> {
    viewer.require(Scope::WriteMutes)?;
    statuses::mute_thread(&services, viewer.account.id, id).await?;
    render::status(&services, &viewer.reader(), id).await
}

/// `POST /api/v1/statuses/{id}/unmute` · <https://docs.joinmastodon.org/methods/statuses/#unmute>
async fn unmute(
    State(services): State<Services>,
    viewer: Viewer,
    Id(id): Id<StatusId>,
) -> ApiResult<Json<Status>> {
    viewer.require(Scope::WriteMutes)?;
    statuses::unmute_thread(&services, viewer.account.id, id).await?;
    render::status(&services, &viewer.reader(), id).await
}
