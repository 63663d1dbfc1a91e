//! Collections: followers, outboxes, the organisation.

use serde::{Deserialize, Serialize};
use serde_json::Value;
use url::Url;

use super::{one_or_many, reference};

/// A collection in which order matters, newest first.
///
/// Spec: <https://www.w3.org/TR/activitystreams-vocabulary/#dfn-orderedcollection>
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(tag = "type", rename = "OrderedCollection", rename_all = "camelCase")]
pub struct OrderedCollection {
    pub id: Url,
    #[serde(default)]
    pub total_items: u64,
    #[serde(default, deserialize_with = "reference::optional_id", skip_serializing_if = "Option::is_none")]
    pub first: Option<Url>,
    #[serde(default, deserialize_with = "one_or_many::lenient", skip_serializing_if = "Vec::is_empty")]
    pub ordered_items: Vec<Value>,
}

/// A page of it.
///
/// Spec: <https://www.w3.org/TR/activitystreams-vocabulary/#dfn-orderedcollectionpage>
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(tag = "type", rename = "OrderedCollectionPage", rename_all = "camelCase")]
pub struct OrderedCollectionPage {
    pub id: Url,
    #[serde(deserialize_with = "reference::id")]
    pub part_of: Url,
    #[serde(default, deserialize_with = "reference::optional_id", skip_serializing_if = "Option::is_none")]
    pub next: Option<Url>,
    #[serde(default, deserialize_with = "reference::optional_id", skip_serializing_if = "Option::is_none")]
    pub prev: Option<Url>,
    #[serde(default, deserialize_with = "one_or_many::lenient")]
    pub ordered_items: Vec<Value>,
}

/// A collection in which order does not matter.
///
/// Spec: <https://www.w3.org/TR/activitystreams-vocabulary/#dfn-collection>
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(tag = "type", rename = "Collection", rename_all = "camelCase")]
pub struct Collection {
    pub id: Url,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub total_items: Option<u64>,
    #[serde(default, deserialize_with = "one_or_many::lenient", skip_serializing_if = "Vec::is_empty")]
    pub items: Vec<Value>,
}
