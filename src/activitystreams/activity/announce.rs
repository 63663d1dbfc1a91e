//! Announce.

use serde::{Deserialize, Serialize};
use url::Url;

use crate::activitystreams::{audience, reference, time};
use crate::base::Millis;

/// A repost. What is announced is fetched from its own site, never taken from here.
///
/// Spec: <https://www.w3.org/TR/activitystreams-vocabulary/#dfn-announce>
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(tag = "type", rename = "Announce", rename_all = "camelCase")]
pub struct Announce {
    pub id: Url,
    #[serde(deserialize_with = "reference::id")]
    pub actor: Url,
    #[serde(deserialize_with = "reference::id")]
    pub object: Url,
    #[serde(default, deserialize_with = "audience::deserialize")]
    pub to: Vec<Url>,
    #[serde(default, deserialize_with = "audience::deserialize")]
    pub cc: Vec<Url>,
    #[serde(with = "time", default, skip_serializing_if = "Option::is_none")]
    pub published: Option<Millis>,
}
