//! The site about itself, also for programs that nobody signed in to.

use std::time::Duration;

use axum::extract::State;
use axum::routing::get;
use axum::{Json, Router};
use serde::Serialize;
use serde_json::json;

use super::entities::{Instance, InstanceFacts, InstanceV1, Rule};
use super::error::ApiResult;
use crate::base::text::{self, Format};
use crate::domain::instance::about;
use crate::domain::{instance, organisation, push};
use crate::platform::services::Services;

/// Who was seen within this time counts as active.
const MONTH: Duration = Duration::from_hours(30 * 24);

/// Routes of this file.
pub fn routes() -> Router<Services> {
    Router::new()
        .route("/api/v1/instance", get(v1))
        .route("/api/v2/instance", get(v2))
        .route("/api/v1/instance/peers", get(peers))
        .route("/api/v1/instance/rules", get(rules))
        .route("/api/v1/instance/extended_description", get(extended_description))
        .route("/api/v1/instance/translation_languages", get(|| async { Json(json!({})) }))
}

/// `GET /api/v1/instance` · <https://docs.joinmastodon.org/methods/instance/#v1>
async fn v1(State(services): State<Services>) -> ApiResult<Json<InstanceV1>> {
    let facts = facts(&services).await?;
    Ok(Json(InstanceV1::new(&services, facts)))
}

/// `GET /api/v2/instance` · <https://docs.joinmastodon.org/methods/instance/#v2>
async fn v2(State(services): State<Services>) -> ApiResult<Json<Instance>> {
    let facts = facts(&services).await?;
    let mut instance = Instance::new(&services, facts);
    instance.configuration["vapid"] =
        json!({ "public_key": push::public_key(&services).await?.unwrap_or_default() });
    Ok(Json(instance))
}

async fn facts(services: &Services) -> ApiResult<InstanceFacts> {
    let mut conn = services.db.read().await?;
    let since = services.clock.now() - MONTH;
    let (users, active_month, statuses, peers) = instance::store::figures(&mut conn, since).await?;
    let about = about::about(services, &mut conn).await?;
    Ok(InstanceFacts { about, users, active_month, statuses, peers, contact: None })
}

/// `GET /api/v1/instance/peers` · <https://docs.joinmastodon.org/methods/instance/#peers>
///
/// Only the sites of the organisation: with whom else one talks is nobody's business.
async fn peers(State(services): State<Services>) -> ApiResult<Json<Vec<String>>> {
    let mut conn = services.db.read().await?;
    let peers = organisation::store::list(&mut conn).await?;
    Ok(Json(peers.into_iter().filter(organisation::Peer::is_member).map(|peer| peer.host).collect()))
}

/// `GET /api/v1/instance/rules` · <https://docs.joinmastodon.org/methods/instance/#rules>
async fn rules() -> Json<Vec<Rule>> {
    Json(Vec::new())
}

/// Source: <https://docs.joinmastodon.org/entities/ExtendedDescription/>
#[derive(Serialize)]
struct ExtendedDescription {
    updated_at: String,
    content: String,
}

/// `GET /api/v1/instance/extended_description` · <https://docs.joinmastodon.org/methods/instance/#extended_description>
async fn extended_description(State(services): State<Services>) -> ApiResult<Json<ExtendedDescription>> {
    let mut conn = services.db.read().await?;
    let about = about::about(&services, &mut conn).await?;
    let html = text::render(&about.description, Format::Plain, &[], services.origin.base());
    let updated_at = services.clock.now().to_rfc3339();
    Ok(Json(ExtendedDescription { updated_at, content: html.into_string() }))
}
