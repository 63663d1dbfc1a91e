//! Block.

use serde::{Deserialize, Serialize};
use url::Url;

use crate::activitystreams::{audience, reference};

/// Somebody wants nothing to do with `object`.
///
/// Spec: <https://www.w3.org/TR/activitystreams-vocabulary/#dfn-block>
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(tag = "type", rename = "Block", rename_all = "camelCase")]
pub struct Block {
    pub id: Url,
    #[serde(deserialize_with = "reference::id")]
    pub actor: Url,
    #[serde(deserialize_with = "reference::id")]
    pub object: Url,
    #[serde(default, deserialize_with = "audience::deserialize", skip_serializing_if = "Vec::is_empty")]
    pub to: Vec<Url>,
}
