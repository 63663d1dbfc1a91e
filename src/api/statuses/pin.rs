//! Pinning a post to the profile.

use axum::Json;
use axum::extract::State;

use super::super::entities::Status;
use super::super::error::ApiResult;
use super::super::path::Id;
use super::super::render;
use super::super::viewer::Viewer;
use crate::base::id::StatusId;
use crate::domain::auth::Scope;
use crate::domain::statuses;
use crate::platform::services::Services;

/// `POST /api/v1/statuses/{id}/pin` · <https://docs.joinmastodon.org/methods/statuses/#pin>
pub async fn pin(
    State(services): State<Services>,
    viewer: Viewer,
    Id(id): Id<StatusId>,
) -> ApiResult<Json<Status>> {
    viewer.require(Scope::WriteAccounts)?;
    statuses::pin(&services, viewer.account.id, id).await?;
    render::status(&services, &viewer.reader(), id).await
}

/// `POST /api/v1/statuses/{id}/unpin` · <https://docs.joinmastodon.org/methods/statuses/#unpin>
pub async fn unpin(
    State(services): State<Services>,
    viewer: Viewer,
    Id(id): Id<StatusId>,
) -> ApiResult<Json<Status>> {
    viewer.require(Scope::WriteAccounts)?;
    statuses::unpin(&services, viewer.account.id, id).await?;
    render::status(&services, &viewer.reader(), id).await
}
