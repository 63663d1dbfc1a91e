//! `EmojiReact`.

use serde::{Deserialize, Serialize};
use url::Url;

use crate::activitystreams::object::Tag;
use crate::activitystreams::{one_or_many, reference};

/// Somebody reacted to something with a sign. We read these and send none.
///
/// Spec: <https://codeberg.org/fediverse/fep/src/branch/main/fep/c0e0/fep-c0e0.md>
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(tag = "type", rename = "EmojiReact")]
pub struct EmojiReact {
    pub id: Url,
    #[serde(deserialize_with = "reference::id")]
    pub actor: Url,
    #[serde(deserialize_with = "reference::id")]
    pub object: Url,
    /// The sign, or the name of a small picture in colons.
    #[serde(default, deserialize_with = "one_or_many::first", skip_serializing_if = "Option::is_none")]
    pub content: Option<String>,
    /// The small picture.
    #[serde(default, deserialize_with = "one_or_many::lenient", skip_serializing_if = "Vec::is_empty")]
    pub tag: Vec<Tag>,
}
