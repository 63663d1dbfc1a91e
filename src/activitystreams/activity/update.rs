//! Update.

use serde::{Deserialize, Serialize};
use url::Url;

use super::Updated;
use crate::activitystreams::{Reference, audience, reference, time};
use crate::base::Millis;

/// Something that was written, or an actor, is different now.
///
/// Spec: <https://www.w3.org/TR/activitystreams-vocabulary/#dfn-update>
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(tag = "type", rename = "Update", rename_all = "camelCase")]
pub struct Update {
    pub id: Url,
    #[serde(deserialize_with = "reference::id")]
    pub actor: Url,
    pub object: Reference<Updated>,
    #[serde(default, deserialize_with = "audience::deserialize")]
    pub to: Vec<Url>,
    #[serde(default, deserialize_with = "audience::deserialize")]
    pub cc: Vec<Url>,
    #[serde(with = "time", default, skip_serializing_if = "Option::is_none")]
    pub published: Option<Millis>,
}
