//! QuoteRequest.

use serde::{Deserialize, Serialize};
use url::Url;

use crate::activitystreams::{Identified, Note, Reference, audience, reference};

/// Somebody asks to quote.
///
/// Spec: <https://codeberg.org/fediverse/fep/src/branch/main/fep/044f/fep-044f.md#QuoteRequest>
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(tag = "type", rename = "QuoteRequest", rename_all = "camelCase")]
pub struct QuoteRequest {
    pub id: Url,
    #[serde(deserialize_with = "reference::id")]
    pub actor: Url,
    /// The post of the one who is asked.
    #[serde(deserialize_with = "reference::id")]
    pub object: Url,
    /// The post of the one who asks.
    pub instrument: Reference<Note>,
    #[serde(default, deserialize_with = "audience::deserialize", skip_serializing_if = "Vec::is_empty")]
    pub to: Vec<Url>,
}

impl Identified for QuoteRequest {
    fn id(&self) -> &Url {
        &self.id
    }
}
