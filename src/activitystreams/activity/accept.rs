//! Accept.

use serde::{Deserialize, Serialize};
use url::Url;

use super::Follow;
use crate::activitystreams::{Reference, audience, reference};

/// Consent to a `Follow`.
///
/// Spec: <https://www.w3.org/TR/activitystreams-vocabulary/#dfn-accept>
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(tag = "type", rename = "Accept", rename_all = "camelCase")]
pub struct Accept {
    pub id: Url,
    #[serde(deserialize_with = "reference::id")]
    pub actor: Url,
    #[serde(deserialize_with = "reference::or_id")]
    pub object: Reference<Follow>,
    #[serde(default, deserialize_with = "audience::deserialize", skip_serializing_if = "Vec::is_empty")]
    pub to: Vec<Url>,
}
