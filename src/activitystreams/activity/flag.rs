//! Flag.

use serde::{Deserialize, Serialize};
use url::Url;

use crate::activitystreams::{one_or_many, reference};

/// A report. Its actor is the reporting site, never the person.
///
/// Spec: <https://www.w3.org/TR/activitystreams-vocabulary/#dfn-flag>
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(tag = "type", rename = "Flag", rename_all = "camelCase")]
pub struct Flag {
    pub id: Url,
    #[serde(deserialize_with = "reference::id")]
    pub actor: Url,
    /// The person and the posts that the report is about.
    #[serde(deserialize_with = "reference::ids")]
    pub object: Vec<Url>,
    #[serde(default, deserialize_with = "one_or_many::first", skip_serializing_if = "Option::is_none")]
    pub content: Option<String>,
    /// Ours: `spam`, `legal`, `violation` or `other`. Nobody else says what a report is about but in words.
    #[serde(default, deserialize_with = "one_or_many::first", skip_serializing_if = "Option::is_none")]
    pub category: Option<String>,
}
