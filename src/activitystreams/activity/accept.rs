//! Accept.

use serde::{Deserialize, Serialize};
use url::Url;

use super::Answered;
use crate::activitystreams::{Reference, audience, reference};

/// Consent: to a `Follow`, a quote, a reply.
///
/// Spec: <https://www.w3.org/TR/activitystreams-vocabulary/#dfn-accept>
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(tag = "type", rename = "Accept", rename_all = "camelCase")]
pub struct Accept {
    pub id: Url,
    #[serde(deserialize_with = "reference::id")]
    pub actor: Url,
    #[serde(deserialize_with = "reference::or_id")]
    pub object: Reference<Answered>,
    /// The stamp that proves the consent (FEP-044f).
    #[serde(default, deserialize_with = "reference::optional_id", skip_serializing_if = "Option::is_none")]
    pub result: Option<Url>,
    #[serde(default, deserialize_with = "audience::deserialize", skip_serializing_if = "Vec::is_empty")]
    pub to: Vec<Url>,
}
