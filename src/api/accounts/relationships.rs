//! How one stands to others.

use axum::Json;
use axum::extract::State;
use serde::Serialize;

use super::super::entities::{Account, Relationship};
use super::super::error::ApiResult;
use super::super::params::Params;
use super::super::viewer::Viewer;
use super::find::Ids;
use crate::base::id::AccountId;
use crate::domain::auth::Scope;
use crate::domain::follows;
use crate::platform::services::Services;

/// `GET /api/v1/accounts/relationships` · <https://docs.joinmastodon.org/methods/accounts/#relationships>
pub async fn relationships(
    State(services): State<Services>,
    viewer: Viewer,
    Params(wanted): Params<Ids>,
) -> ApiResult<Json<Vec<Relationship>>> {
    viewer.require(Scope::ReadFollows)?;
    let mut ids = wanted.id;
    ids.truncate(100);
    let mut conn = services.db.read().await?;
    let ties =
        follows::store::list_relationships(&mut conn, viewer.account.id, &ids, services.clock.now()).await?;
    Ok(Json(ties.into_iter().map(Relationship::from).collect()))
}

/// Source: <https://docs.joinmastodon.org/entities/FamiliarFollowers/>
#[derive(Serialize)]
pub struct FamiliarFollowers {
    id: AccountId,
    accounts: Vec<Account>,
}

/// `GET /api/v1/accounts/familiar_followers` · <https://docs.joinmastodon.org/methods/accounts/#familiar_followers>
///
/// Nobody is told whom their colleagues follow: the lists are empty.
pub async fn familiar_followers(
    viewer: Viewer,
    Params(wanted): Params<Ids>,
) -> ApiResult<Json<Vec<FamiliarFollowers>>> {
    viewer.require(Scope::ReadFollows)?;
    let empty = |id| FamiliarFollowers { id, accounts: Vec::new() };
    Ok(Json(wanted.id.into_iter().take(100).map(empty).collect()))
}
