//! Timelines, always by time.

use axum::Router;
use axum::extract::State;
use axum::routing::get;
use serde::Deserialize;

use super::entities::Status;
use super::error::ApiResult;
use super::paging::{Paging, STATUSES};
use super::params::Params;
use super::path::Id;
use super::render::{self, Listing};
use super::viewer::{Guest, Viewer};
use crate::base::text::hashtag_key;
use crate::domain::auth::Scope;
use crate::domain::timelines;
use crate::platform::services::Services;

/// Routes of this file.
pub fn routes() -> Router<Services> {
    Router::new()
        .route("/api/v1/timelines/home", get(home))
        .route("/api/v1/timelines/public", get(public))
        .route("/api/v1/timelines/tag/{hashtag}", get(tag))
}

/// `GET /api/v1/timelines/home` · <https://docs.joinmastodon.org/methods/timelines/#home>
async fn home(
    State(services): State<Services>,
    viewer: Viewer,
    paging: Paging,
) -> ApiResult<Listing<Status>> {
    viewer.require(Scope::ReadStatuses)?;
    let mut conn = services.db.read().await?;
    let timeline = timelines::home(&services, &mut conn, viewer.account.id, paging.page(STATUSES)).await?;
    Ok(render::timeline(&services, &paging, &timeline))
}

/// Which posts.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Public {
    /// Only those of this site.
    local: bool,
    /// Only those of other sites.
    remote: bool,
    /// Only with pictures.
    only_media: bool,
}

/// `GET /api/v1/timelines/public` · <https://docs.joinmastodon.org/methods/timelines/#public>
async fn public(
    State(services): State<Services>,
    guest: Guest,
    paging: Paging,
    Params(wanted): Params<Public>,
) -> ApiResult<Listing<Status>> {
    let reader = guest.reader(&services, Scope::ReadStatuses)?;
    let page = paging.page(STATUSES);
    let mut conn = services.db.read().await?;
    let mut timeline = if wanted.local {
        timelines::local(&services, &mut conn, &reader, page).await?
    } else {
        timelines::organisation(&services, &mut conn, &reader, page).await?
    };
    timeline
        .statuses
        .retain(|view| !(wanted.remote && view.status.local || wanted.only_media && view.media.is_empty()));
    Ok(render::timeline(&services, &paging, &timeline))
}

/// `GET /api/v1/timelines/tag/{hashtag}` · <https://docs.joinmastodon.org/methods/timelines/#tag>
async fn tag(
    State(services): State<Services>,
    guest: Guest,
    Id(name): Id<String>,
    paging: Paging,
    Params(wanted): Params<Public>,
) -> ApiResult<Listing<Status>> {
    let reader = guest.reader(&services, Scope::ReadStatuses)?;
    let key = hashtag_key(name.trim_start_matches('#'));
    let mut conn = services.db.read().await?;
    let mut timeline = timelines::tag(&services, &mut conn, &reader, &key, paging.page(STATUSES)).await?;
    timeline.statuses.retain(|view| {
        !(wanted.local && !view.status.local
            || wanted.remote && view.status.local
            || wanted.only_media && view.media.is_empty())
    });
    Ok(render::timeline(&services, &paging, &timeline))
}
