//! Delete.

use serde::{Deserialize, Serialize};
use url::Url;

use crate::activitystreams::object::Tombstone;
use crate::activitystreams::{Reference, audience, reference, time};
use crate::base::Millis;

/// Something that was written, or an actor, is gone.
///
/// Spec: <https://www.w3.org/TR/activitystreams-vocabulary/#dfn-delete>
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(tag = "type", rename = "Delete", rename_all = "camelCase")]
pub struct Delete {
    pub id: Url,
    #[serde(deserialize_with = "reference::id")]
    pub actor: Url,
    pub object: Reference<Tombstone>,
    #[serde(default, deserialize_with = "audience::deserialize")]
    pub to: Vec<Url>,
    #[serde(default, deserialize_with = "audience::deserialize")]
    pub cc: Vec<Url>,
    #[serde(with = "time", default, skip_serializing_if = "Option::is_none")]
    pub published: Option<Millis>,
}
