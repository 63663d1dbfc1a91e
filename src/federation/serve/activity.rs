//! Activities by their own address: only reposts have something to read there.

use axum::extract::{Path, State};
use axum::response::Response;

use super::answer::{Refusal, document};
use super::asker::Asker;
use crate::activitystreams::context;
use crate::base::Error;
use crate::domain::statuses;
use crate::domain::statuses::hydrate::hydrate_one;
use crate::federation::map;
use crate::platform::services::Services;

/// `GET /activities/{number}`
pub(super) async fn announce(
    State(services): State<Services>,
    Path(number): Path<i64>,
    Asker(reader): Asker,
) -> Result<Response, Refusal> {
    let mut conn = services.db.read().await?;
    let uri = services.origin.activity(number);
    let reblog = statuses::store::find_by_uri(&mut conn, &uri).await?;
    let reblog = reblog.filter(|reblog| reblog.local).ok_or(Error::not_found("activity"))?;
    let view = hydrate_one(&services, &mut conn, &reader, reblog.id).await?;
    Ok(document(map::activity::announce(&services, &view)?, context::of_objects())?)
}
