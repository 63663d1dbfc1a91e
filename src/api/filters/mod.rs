//! What one does not want to read. Source: <https://docs.joinmastodon.org/methods/filters/>

mod change;
mod parts;

use axum::extract::State;
use axum::routing::{get, put};
use axum::{Json, Router};

use super::entities::{Filter, FilterV1};
use super::error::ApiResult;
use super::path::Id;
use super::viewer::Viewer;
use crate::base::Error;
use crate::base::id::{FilterId, FilterWordId};
use crate::domain::auth::Scope;
use crate::domain::filters;
use crate::platform::services::Services;

/// Routes of this folder.
pub fn routes() -> Router<Services> {
    Router::new()
        .route("/api/v2/filters", get(list).post(change::create))
        .route("/api/v2/filters/{id}", get(one).put(change::change).delete(change::delete))
        .route("/api/v2/filters/{id}/keywords", get(parts::words).post(parts::add_word))
        .route("/api/v2/filters/{id}/statuses", get(parts::statuses).post(parts::add_status))
        .route(
            "/api/v2/filters/keywords/{id}",
            put(parts::change_word).get(parts::word).delete(parts::delete_word),
        )
        .route("/api/v2/filters/statuses/{id}", get(parts::status).delete(parts::delete_status))
        .route("/api/v1/filters", get(list_v1))
        .route("/api/v1/filters/{id}", get(one_v1))
}

/// `GET /api/v2/filters` · <https://docs.joinmastodon.org/methods/filters/#get>
async fn list(State(services): State<Services>, viewer: Viewer) -> ApiResult<Json<Vec<Filter>>> {
    viewer.require(Scope::ReadFilters)?;
    let mut conn = services.db.read().await?;
    let views = filters::list(&mut conn, viewer.account.id).await?;
    Ok(Json(views.iter().map(Filter::from).collect()))
}

/// `GET /api/v2/filters/{id}` · <https://docs.joinmastodon.org/methods/filters/#get-one>
async fn one(
    State(services): State<Services>,
    viewer: Viewer,
    Id(id): Id<FilterId>,
) -> ApiResult<Json<Filter>> {
    viewer.require(Scope::ReadFilters)?;
    let mut conn = services.db.read().await?;
    Ok(Json(Filter::from(&filters::get(&mut conn, viewer.account.id, id).await?)))
}

/// `GET /api/v1/filters` · <https://docs.joinmastodon.org/methods/filters/#get-v1>
async fn list_v1(State(services): State<Services>, viewer: Viewer) -> ApiResult<Json<Vec<FilterV1>>> {
    viewer.require(Scope::ReadFilters)?;
    let mut conn = services.db.read().await?;
    let views = filters::list(&mut conn, viewer.account.id).await?;
    Ok(Json(views.iter().flat_map(FilterV1::each).collect()))
}

/// `GET /api/v1/filters/{id}` · <https://docs.joinmastodon.org/methods/filters/#get-one-v1>
async fn one_v1(
    State(services): State<Services>,
    viewer: Viewer,
    Id(id): Id<FilterWordId>,
) -> ApiResult<Json<FilterV1>> {
    viewer.require(Scope::ReadFilters)?;
    let mut conn = services.db.read().await?;
    let views = filters::list(&mut conn, viewer.account.id).await?;
    let found = views.iter().flat_map(FilterV1::each).find(|word| word.id == id);
    Ok(Json(found.ok_or(Error::not_found("filter"))?))
}
