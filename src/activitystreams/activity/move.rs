//! Move.

use serde::{Deserialize, Serialize};
use url::Url;

use crate::activitystreams::{audience, reference};

/// Somebody stands elsewhere from now on: followers shall follow `target`, which must name `object` among its
/// `alsoKnownAs`.
///
/// Spec: <https://www.w3.org/TR/activitystreams-vocabulary/#dfn-move> and
/// <https://codeberg.org/fediverse/fep/src/branch/main/fep/7628/fep-7628.md>
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(tag = "type", rename = "Move", rename_all = "camelCase")]
pub struct Move {
    pub id: Url,
    #[serde(deserialize_with = "reference::id")]
    pub actor: Url,
    #[serde(deserialize_with = "reference::id")]
    pub object: Url,
    #[serde(deserialize_with = "reference::id")]
    pub target: Url,
    #[serde(default, deserialize_with = "audience::deserialize", skip_serializing_if = "Vec::is_empty")]
    pub to: Vec<Url>,
}
