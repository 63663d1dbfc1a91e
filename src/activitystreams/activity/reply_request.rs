//! ReplyRequest.

use serde::{Deserialize, Serialize};
use url::Url;

use crate::activitystreams::{Identified, Note, Reference, audience, reference};

/// Somebody asks to reply, because the post says that it takes consent.
///
/// Spec: <https://docs.gotosocial.org/en/latest/federation/interaction_controls/>
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(tag = "type", rename = "ReplyRequest", rename_all = "camelCase")]
pub struct ReplyRequest {
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

impl Identified for ReplyRequest {
    fn id(&self) -> &Url {
        &self.id
    }
}
