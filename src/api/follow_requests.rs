//! Who asks to follow.

use axum::extract::State;
use axum::routing::{get, post};
use axum::{Json, Router};

use super::entities::{Account, Relationship};
use super::error::ApiResult;
use super::paging::{ACCOUNTS, Paging};
use super::path::Id;
use super::render::{self, Listing};
use super::viewer::Viewer;
use crate::base::id::AccountId;
use crate::domain::auth::Scope;
use crate::domain::follows;
use crate::platform::services::Services;

/// Routes of this file.
pub fn routes() -> Router<Services> {
    Router::new()
        .route("/api/v1/follow_requests", get(list))
        .route("/api/v1/follow_requests/{id}/authorize", post(authorize))
        .route("/api/v1/follow_requests/{id}/reject", post(reject))
}

/// `GET /api/v1/follow_requests` · <https://docs.joinmastodon.org/methods/follow_requests/#get>
async fn list(
    State(services): State<Services>,
    viewer: Viewer,
    paging: Paging,
) -> ApiResult<Listing<Account>> {
    viewer.require(Scope::ReadFollows)?;
    let (limit, offset) = paging.offset(ACCOUNTS);
    let mut conn = services.db.read().await?;
    let ids = follows::store::list_requests(&mut conn, viewer.account.id, limit + offset).await?;
    let ids: Vec<AccountId> = ids.into_iter().skip(offset as usize).collect();
    let accounts = render::accounts_of(&services, &mut conn, &ids).await?;
    Ok((paging.next_link(&services, ACCOUNTS, ids.len()), Json(accounts)))
}

/// `POST /api/v1/follow_requests/{id}/authorize` · <https://docs.joinmastodon.org/methods/follow_requests/#accept>
async fn authorize(
    State(services): State<Services>,
    viewer: Viewer,
    Id(id): Id<AccountId>,
) -> ApiResult<Json<Relationship>> {
    viewer.require(Scope::WriteFollows)?;
    Ok(Json(follows::accept(&services, viewer.account.id, id).await?.into()))
}

/// `POST /api/v1/follow_requests/{id}/reject` · <https://docs.joinmastodon.org/methods/follow_requests/#reject>
async fn reject(
    State(services): State<Services>,
    viewer: Viewer,
    Id(id): Id<AccountId>,
) -> ApiResult<Json<Relationship>> {
    viewer.require(Scope::WriteFollows)?;
    Ok(Json(follows::reject(&services, viewer.account.id, id).await?.into()))
}
