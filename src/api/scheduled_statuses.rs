//! Planned posts. Source: <https://docs.joinmastodon.org/methods/scheduled_statuses/>

use std::collections::HashMap;

use axum::extract::State;
use axum::routing::get;
use axum::{Json, Router};
use serde::Deserialize;
use serde_json::{Value, json};

use super::entities::ScheduledStatus;
use super::error::ApiResult;
use super::paging::{Paging, STATUSES};
use super::params::Params;
use super::path::Id;
use super::render::Listing;
use super::viewer::Viewer;
use crate::base::id::{MediaId, ScheduledId};
use crate::base::{Error, Millis, Result};
use crate::domain::auth::Scope;
use crate::domain::media::{self, Media};
use crate::domain::statuses::scheduled::{self, Planned};
use crate::platform::db::Conn;
use crate::platform::services::Services;

/// Routes of this file.
pub fn routes() -> Router<Services> {
    Router::new()
        .route("/api/v1/scheduled_statuses", get(list))
        .route("/api/v1/scheduled_statuses/{id}", get(one).put(change).delete(cancel))
}

/// `GET /api/v1/scheduled_statuses` · <https://docs.joinmastodon.org/methods/scheduled_statuses/#get>
async fn list(
    State(services): State<Services>,
    viewer: Viewer,
    paging: Paging,
) -> ApiResult<Listing<ScheduledStatus>> {
    viewer.require(Scope::ReadStatuses)?;
    let mut conn = services.db.read().await?;
    let page = scheduled::list_page(&mut conn, viewer.account.id, paging.page(STATUSES)).await?;
    let span = page.first().zip(page.last()).map(|(newest, oldest)| (newest.id.0, oldest.id.0));
    let shown = render(&services, &mut conn, page).await?;
    Ok((paging.links(&services, span), Json(shown)))
}

/// `GET /api/v1/scheduled_statuses/{id}` · <https://docs.joinmastodon.org/methods/scheduled_statuses/#get-one>
async fn one(
    State(services): State<Services>,
    viewer: Viewer,
    Id(id): Id<ScheduledId>,
) -> ApiResult<Json<ScheduledStatus>> {
    viewer.require(Scope::ReadStatuses)?;
    Ok(Json(show(&services, &viewer, id).await?))
}

/// When instead.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct When {
    scheduled_at: Option<String>,
}

/// `PUT /api/v1/scheduled_statuses/{id}` · <https://docs.joinmastodon.org/methods/scheduled_statuses/#update>
async fn change(
    State(services): State<Services>,
    viewer: Viewer,
    Id(id): Id<ScheduledId>,
    Params(when): Params<When>,
) -> ApiResult<Json<ScheduledStatus>> {
    viewer.require(Scope::WriteStatuses)?;
    let at = time(when.scheduled_at.as_deref())?;
    scheduled::change(&services, viewer.account.id, id, at, None).await?;
    Ok(Json(show(&services, &viewer, id).await?))
}

/// `DELETE /api/v1/scheduled_statuses/{id}` · <https://docs.joinmastodon.org/methods/scheduled_statuses/#cancel>
async fn cancel(
    State(services): State<Services>,
    viewer: Viewer,
    Id(id): Id<ScheduledId>,
) -> ApiResult<Json<Value>> {
    viewer.require(Scope::WriteStatuses)?;
    scheduled::cancel(&services, viewer.account.id, id).await?;
    Ok(Json(json!({})))
}

/// The time that a client named, if it named one.
pub fn time(text: Option<&str>) -> Result<Option<Millis>> {
    let Some(text) = text.map(str::trim).filter(|text| !text.is_empty()) else { return Ok(None) };
    let unreadable = || Error::invalid("scheduled_at", "must be a time such as 2026-01-02T15:04:05Z");
    Millis::from_rfc3339(text).map(Some).ok_or_else(unreadable)
}

/// A planned post of this viewer.
pub async fn show(services: &Services, viewer: &Viewer, id: ScheduledId) -> Result<ScheduledStatus> {
    let mut conn = services.db.read().await?;
    let planned = scheduled::get(&mut conn, viewer.account.id, id).await?;
    let mut shown = render(services, &mut conn, vec![planned]).await?;
    shown.pop().ok_or(Error::not_found("scheduled status"))
}

async fn render(services: &Services, conn: &mut Conn, page: Vec<Planned>) -> Result<Vec<ScheduledStatus>> {
    let ids: Vec<MediaId> = page.iter().flat_map(|planned| planned.words.media.clone()).collect();
    let media: HashMap<MediaId, Media> =
        media::store::list(conn, &ids).await?.into_iter().map(|media| (media.id, media)).collect();
    Ok(page.into_iter().map(|planned| ScheduledStatus::new(services, planned, &media)).collect())
}
