//! Who asks to quote or answer a post of the reader. Ours, at the addresses that GoToSocial has.

use axum::extract::State;
use axum::routing::{get, post};
use axum::{Json, Router};

use super::entities::{Account, InteractionRequest, Status};
use super::error::ApiResult;
use super::path::Id;
use super::viewer::Viewer;
use crate::base::id::InteractionId;
use crate::domain::auth::Scope;
use crate::domain::statuses::consent::interaction::{self, Waiting};
use crate::platform::services::Services;
use serde_json::{Value, json};

/// Most that one page shows.
const MOST: i64 = 40;

/// Routes of this file.
pub fn routes() -> Router<Services> {
    Router::new()
        .route("/api/v1/interaction_requests", get(list))
        .route("/api/v1/interaction_requests/{id}/authorize", post(authorize))
        .route("/api/v1/interaction_requests/{id}/reject", post(reject))
}

/// `GET /api/v1/interaction_requests`: what waits for the reader's decision, newest first.
async fn list(State(services): State<Services>, viewer: Viewer) -> ApiResult<Json<Vec<InteractionRequest>>> {
    viewer.require(Scope::ReadNotifications)?;
    let mut conn = services.db.read().await?;
    let waiting = interaction::waiting(&services, &mut conn, viewer.account.id, MOST).await?;
    let of = |one: &Waiting| {
        let mut request = InteractionRequest::new(&one.interaction, Account::new(&services, &one.account));
        request.status = one.target.as_ref().map(|view| Status::new(&services, view));
        request.quote = one.post.as_ref().map(|view| Status::new(&services, view));
        request.content.clone_from(&one.content);
        request
    };
    Ok(Json(waiting.iter().map(of).collect()))
}

/// `POST /api/v1/interaction_requests/{id}/authorize`
async fn authorize(
    State(services): State<Services>,
    viewer: Viewer,
    Id(id): Id<InteractionId>,
) -> ApiResult<Json<Value>> {
    viewer.require(Scope::WriteStatuses)?;
    interaction::accept(&services, viewer.account.id, id).await?;
    Ok(Json(json!({})))
}

/// `POST /api/v1/interaction_requests/{id}/reject`
async fn reject(
    State(services): State<Services>,
    viewer: Viewer,
    Id(id): Id<InteractionId>,
) -> ApiResult<Json<Value>> {
    viewer.require(Scope::WriteStatuses)?;
    interaction::reject(&services, viewer.account.id, id).await?;
    Ok(Json(json!({})))
}
