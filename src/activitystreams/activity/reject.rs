//! Reject.

use serde::{Deserialize, Serialize};
use url::Url;

use super::Answered;
use crate::activitystreams::{Reference, audience, reference};

/// Refusal of a `Follow`, or an end to one that was accepted.
///
/// Spec: <https://www.w3.org/TR/activitystreams-vocabulary/#dfn-reject>
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(tag = "type", rename = "Reject", rename_all = "camelCase")]
pub struct Reject {
    pub id: Url,
    #[serde(deserialize_with = "reference::id")]
    pub actor: Url,
    #[serde(deserialize_with = "reference::or_id")]
    pub object: Reference<Answered>,
    #[serde(default, deserialize_with = "audience::deserialize", skip_serializing_if = "Vec::is_empty")]
    pub to: Vec<Url>,
}
