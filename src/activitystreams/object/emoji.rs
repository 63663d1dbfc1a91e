//! A small picture that stands for a word in colons.

use serde::{Deserialize, Serialize};
use url::Url;

use super::Image;
use crate::activitystreams::{one_or_many, reference};

/// As in `:blobcat:`. Its id may be null (Akkoma).
///
/// Spec: <https://docs.joinmastodon.org/spec/activitypub/#Emoji>
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(tag = "type", rename = "Emoji")]
pub struct Emoji {
    #[serde(default, deserialize_with = "reference::optional_id", skip_serializing_if = "Option::is_none")]
    pub id: Option<Url>,
    /// With or without colons.
    pub name: String,
    #[serde(default, deserialize_with = "one_or_many::first", skip_serializing_if = "Option::is_none")]
    pub icon: Option<Image>,
}
