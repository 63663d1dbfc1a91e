//! Add.

use serde::{Deserialize, Serialize};
use url::Url;

use super::Collected;
use crate::activitystreams::{audience, one_or_many, reference};

/// Something joins a collection: a post is pinned to the profile. Mastodon sends it without an id.
///
/// Spec: <https://www.w3.org/TR/activitystreams-vocabulary/#dfn-add>
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(tag = "type", rename = "Add", rename_all = "camelCase")]
pub struct Add {
    #[serde(default, deserialize_with = "reference::optional_id", skip_serializing_if = "Option::is_none")]
    pub id: Option<Url>,
    #[serde(deserialize_with = "reference::id")]
    pub actor: Url,
    #[serde(deserialize_with = "one_or_many::lenient", serialize_with = "one_or_many::scalar_if_one")]
    pub object: Vec<Collected>,
    #[serde(deserialize_with = "reference::id")]
    pub target: Url,
    #[serde(default, deserialize_with = "audience::deserialize", skip_serializing_if = "Vec::is_empty")]
    pub to: Vec<Url>,
}
