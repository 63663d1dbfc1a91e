//! Polls. Source: <https://docs.joinmastodon.org/methods/polls/>

use std::time::Duration;

use axum::extract::State;
use axum::routing::{get, post};
use axum::{Json, Router};
use serde::Deserialize;

use super::entities::Poll;
use super::error::ApiResult;
use super::params::Params;
use super::path::Id;
use super::viewer::{Guest, Viewer};
use crate::base::id::StatusId;
use crate::base::{Error, Result};
use crate::domain::auth::Scope;
use crate::domain::statuses::{self, NewPoll, Reader, hydrate::hydrate_one};
use crate::federation::fetch;
use crate::platform::services::Services;

/// How long a reader waits for the origin of a poll to tell its figures.
const PATIENCE: Duration = Duration::from_secs(3);

/// Routes of this file.
pub fn routes() -> Router<Services> {
    Router::new().route("/api/v1/polls/{id}", get(one)).route("/api/v1/polls/{id}/votes", post(vote))
}

/// What somebody wants to ask: a part of `POST /api/v1/statuses`.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Asked {
    options: Vec<String>,
    expires_in: Option<u64>,
    multiple: Option<bool>,
    hide_totals: Option<bool>,
}

impl From<Asked> for NewPoll {
    fn from(asked: Asked) -> Self {
        Self {
            options: asked.options,
            expires_in: Duration::from_secs(asked.expires_in.unwrap_or_default()),
            multiple: asked.multiple.unwrap_or_default(),
            hide_totals: asked.hide_totals.unwrap_or_default(),
        }
    }
}

/// `GET /api/v1/polls/{id}` · <https://docs.joinmastodon.org/methods/polls/#get>
async fn one(State(services): State<Services>, guest: Guest, Id(id): Id<StatusId>) -> ApiResult<Json<Poll>> {
    let reader = guest.reader(&services, Scope::ReadStatuses)?;
    let poll = find(&services, &reader, id).await?;
    if reader.person().is_none() {
        return Ok(Json(poll));
    }
    // Who does not answer in time is heard all the same, for whoever looks next.
    let refreshing = tokio::spawn({
        let services = services.clone();
        async move { fetch::refresh_poll(&services, id).await }
    });
    match tokio::time::timeout(PATIENCE, refreshing).await {
        Ok(Ok(true)) => Ok(Json(find(&services, &reader, id).await?)),
        _ => Ok(Json(poll)),
    }
}

/// Which options, by place.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Ballot {
    choices: Vec<i64>,
}

/// `POST /api/v1/polls/{id}/votes` · <https://docs.joinmastodon.org/methods/polls/#vote>
async fn vote(
    State(services): State<Services>,
    viewer: Viewer,
    Id(id): Id<StatusId>,
    Params(ballot): Params<Ballot>,
) -> ApiResult<Json<Poll>> {
    viewer.require(Scope::WriteStatuses)?;
    statuses::vote(&services, viewer.account.id, id, &ballot.choices).await?;
    Ok(Json(find(&services, &viewer.reader(), id).await?))
}

async fn find(services: &Services, reader: &Reader, id: StatusId) -> Result<Poll> {
    let mut conn = services.db.read().await?;
    let view = hydrate_one(services, &mut conn, reader, id).await?;
    view.shown().poll.as_ref().map(Poll::new).ok_or(Error::not_found("poll"))
}
