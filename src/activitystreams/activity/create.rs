//! Create.

use serde::{Deserialize, Serialize};
use url::Url;

use crate::activitystreams::Note;
use crate::activitystreams::{Reference, audience, reference, time};
use crate::base::Millis;

/// Something new was written.
///
/// Spec: <https://www.w3.org/TR/activitystreams-vocabulary/#dfn-create>
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(tag = "type", rename = "Create", rename_all = "camelCase")]
pub struct Create {
    pub id: Url,
    #[serde(deserialize_with = "reference::id")]
    pub actor: Url,
    pub object: Reference<Note>,
    #[serde(default, deserialize_with = "audience::deserialize")]
    pub to: Vec<Url>,
    #[serde(default, deserialize_with = "audience::deserialize")]
    pub cc: Vec<Url>,
    #[serde(with = "time", default, skip_serializing_if = "Option::is_none")]
    pub published: Option<Millis>,
}
