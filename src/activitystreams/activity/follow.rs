//! Follow.

use serde::{Deserialize, Serialize};
use url::Url;

use crate::activitystreams::{audience, reference};

/// Somebody wants to see what `object` writes, or one site wants to be the peer of another.
///
/// Spec: <https://www.w3.org/TR/activitystreams-vocabulary/#dfn-follow>
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(tag = "type", rename = "Follow", rename_all = "camelCase")]
pub struct Follow {
    pub id: Url,
    #[serde(deserialize_with = "reference::id")]
    pub actor: Url,
    #[serde(deserialize_with = "reference::id")]
    pub object: Url,
    #[serde(default, deserialize_with = "audience::deserialize", skip_serializing_if = "Vec::is_empty")]
    pub to: Vec<Url>,
}
