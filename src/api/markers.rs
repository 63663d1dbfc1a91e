//! How far one has read. Source: <https://docs.joinmastodon.org/methods/markers/>

use std::collections::BTreeMap;

use axum::extract::State;
use axum::routing::get;
use axum::{Json, Router};
use serde::Deserialize;

use super::entities::Marker;
use super::error::ApiResult;
use super::params::{Params, blank_is_none};
use super::viewer::Viewer;
use crate::domain::auth::Scope;
use crate::domain::notifications::markers::{self, Timeline};
use crate::domain::notifications::store;
use crate::platform::services::Services;

/// Marks by timeline.
type Marks = BTreeMap<&'static str, Marker>;

/// Routes of this file.
pub fn routes() -> Router<Services> {
    Router::new().route("/api/v1/markers", get(list).post(mark))
}

/// Which timelines.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Wanted {
    timeline: Vec<String>,
}

/// `GET /api/v1/markers` · <https://docs.joinmastodon.org/methods/markers/#get>
async fn list(
    State(services): State<Services>,
    viewer: Viewer,
    Params(wanted): Params<Wanted>,
) -> ApiResult<Json<Marks>> {
    viewer.require(Scope::ReadStatuses)?;
    let mut conn = services.db.read().await?;
    let all = store::list_markers(&mut conn, viewer.account.id).await?;
    let is_wanted =
        |marker: &markers::Marker| wanted.timeline.iter().any(|name| name == marker.timeline.word());
    Ok(Json(render(all.into_iter().filter(is_wanted))))
}

/// New marks.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Marked {
    home: Mark,
    notifications: Mark,
}

/// A new mark.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Mark {
    #[serde(deserialize_with = "blank_is_none")]
    last_read_id: Option<i64>,
}

/// `POST /api/v1/markers` · <https://docs.joinmastodon.org/methods/markers/#create>
async fn mark(
    State(services): State<Services>,
    viewer: Viewer,
    Params(marked): Params<Marked>,
) -> ApiResult<Json<Marks>> {
    viewer.require(Scope::WriteStatuses)?;
    let marks: Vec<(Timeline, i64)> =
        [(Timeline::Home, marked.home), (Timeline::Notifications, marked.notifications)]
            .into_iter()
            .filter_map(|(timeline, mark)| Some((timeline, mark.last_read_id?)))
            .collect();
    let all = markers::mark(&services, viewer.account.id, &marks).await?;
    Ok(Json(render(all.into_iter().filter(|marker| marks.iter().any(|(name, _)| *name == marker.timeline)))))
}

fn render(markers: impl Iterator<Item = markers::Marker>) -> Marks {
    markers
        .map(|marker| {
            let entity = Marker {
                last_read_id: marker.last_read.to_string(),
                version: marker.version,
                updated_at: marker.updated_at.to_rfc3339(),
            };
            (marker.timeline.word(), entity)
        })
        .collect()
}
