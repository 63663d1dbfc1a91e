//! Deleting a post.

use axum::Json;
use axum::extract::State;

use super::super::entities::Status;
use super::super::error::ApiResult;
use super::super::path::Id;
use super::super::viewer::Viewer;
use crate::base::Error;
use crate::base::id::StatusId;
use crate::domain::auth::Scope;
use crate::domain::statuses::{self, hydrate::hydrate_one};
use crate::platform::services::Services;

/// `DELETE /api/v1/statuses/{id}` · <https://docs.joinmastodon.org/methods/statuses/#delete>
///
/// Answers what it was, with what was typed, so that it can be written anew.
pub async fn delete(
    State(services): State<Services>,
    viewer: Viewer,
    Id(id): Id<StatusId>,
) -> ApiResult<Json<Status>> {
    viewer.require(Scope::WriteStatuses)?;
    let view = {
        let mut conn = services.db.read().await?;
        hydrate_one(&services, &mut conn, &viewer.reader(), id).await?
    };
    if view.status.account_id != viewer.account.id {
        return Err(Error::not_found("status").into());
    }
    let deleted = statuses::delete(&services, viewer.account.id, id).await?;
    let mut status = Status::new(&services, &view);
    status.text = Some(deleted.source);
    Ok(Json(status))
}
