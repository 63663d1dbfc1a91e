//! Like.

use serde::{Deserialize, Serialize};
use url::Url;

use crate::activitystreams::{audience, reference};

/// A favourite, as other servers see it.
///
/// Spec: <https://www.w3.org/TR/activitystreams-vocabulary/#dfn-like>
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(tag = "type", rename = "Like", rename_all = "camelCase")]
pub struct Like {
    pub id: Url,
    #[serde(deserialize_with = "reference::id")]
    pub actor: Url,
    #[serde(deserialize_with = "reference::id")]
    pub object: Url,
    #[serde(default, deserialize_with = "audience::deserialize", skip_serializing_if = "Vec::is_empty")]
    pub to: Vec<Url>,
}
