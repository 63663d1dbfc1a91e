//! The collection that stands for everybody in the organisation.

use axum::extract::State;
use axum::response::Response;
use serde_json::Value;
use url::Url;

use super::answer::{Refusal, document};
use super::asker::Asker;
use crate::activitystreams::collection::Collection;
use crate::activitystreams::context;
use crate::base::{Error, Result};
use crate::domain::organisation::{self, Peer};
use crate::domain::statuses::Reader;
use crate::platform::services::Services;

/// `GET /organisation`: the sites that this one shook hands with, for them to see.
pub(super) async fn organisation(
    State(services): State<Services>,
    Asker(reader): Asker,
) -> Result<Response, Refusal> {
    let mut conn = services.db.read().await?;
    let items = if matches!(reader, Reader::Site { member: true, .. }) {
        let peers = organisation::store::list(&mut conn).await?;
        peers.into_iter().filter(Peer::is_member).filter_map(|peer| peer.actor_uri).map(Value::from).collect()
    } else {
        Vec::new()
    };
    let collection = Collection {
        id: Url::parse(&services.origin.organisation()).map_err(Error::internal)?,
        name: Some("Organisation".to_owned()),
        total_items: Some(items.len() as u64),
        items,
    };
    Ok(document(collection, context::plain())?)
}
