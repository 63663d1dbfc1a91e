//! Like.

use serde::{Deserialize, Serialize};
use url::Url;

use crate::activitystreams::object::Tag;
use crate::activitystreams::{audience, one_or_many, reference};

/// A favourite, as other servers see it.
///
/// Spec: <https://www.w3.org/TR/activitystreams-vocabulary/#dfn-like>
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(tag = "type", rename = "Like", rename_all = "camelCase")]
pub struct Like {
    pub id: Url,
    #[serde(deserialize_with = "reference::id")]
    pub actor: Url,
    #[serde(deserialize_with = "reference::id")]
    pub object: Url,
    #[serde(default, deserialize_with = "audience::deserialize", skip_serializing_if = "Vec::is_empty")]
    pub to: Vec<Url>,
    /// A sign that makes it a reaction; we read that and send none.
    #[serde(default, deserialize_with = "one_or_many::first", skip_serializing_if = "Option::is_none")]
    pub content: Option<String>,
    /// The same, as Misskey and its kin write it.
    #[serde(
        default,
        rename = "_misskey_reaction",
        deserialize_with = "one_or_many::first",
        skip_serializing_if = "Option::is_none"
    )]
    pub misskey_reaction: Option<String>,
    /// The small picture that the sign names.
    #[serde(default, deserialize_with = "one_or_many::lenient", skip_serializing_if = "Vec::is_empty")]
    pub tag: Vec<Tag>,
}

impl Like {
    /// The sign that came with it.
    pub fn sign(&self) -> Option<&str> {
        self.content.as_deref().or(self.misskey_reaction.as_deref())
    }
}
