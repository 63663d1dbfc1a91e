//! A field of a profile.

use serde::{Deserialize, Serialize};

/// A name and a value, HTML, as Mastodon shows them in a table.
///
/// Spec: <https://docs.joinmastodon.org/spec/activitypub/#PropertyValue>
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(tag = "type", rename = "PropertyValue")]
pub struct PropertyValue {
    pub name: String,
    pub value: String,
}
