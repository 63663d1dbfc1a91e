//! Undo.

use serde::{Deserialize, Serialize};
use url::Url;

use super::Undone;
use crate::activitystreams::{Reference, audience, reference};

/// Somebody takes something back. Ids get lost: type, actor and object of what is undone must do.
///
/// Spec: <https://www.w3.org/TR/activitystreams-vocabulary/#dfn-undo>
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(tag = "type", rename = "Undo", rename_all = "camelCase")]
pub struct Undo {
    pub id: Url,
    #[serde(deserialize_with = "reference::id")]
    pub actor: Url,
    pub object: Reference<Undone>,
    #[serde(default, deserialize_with = "audience::deserialize", skip_serializing_if = "Vec::is_empty")]
    pub to: Vec<Url>,
}
