//! A hashtag.

use serde::{Deserialize, Serialize};
use url::Url;

/// A word to find related posts by. `href` is a page, not an id.
///
/// Spec: <https://docs.joinmastodon.org/spec/activitypub/#Hashtag>
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(tag = "type", rename = "Hashtag")]
pub struct Hashtag {
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub href: Option<Url>,
    /// With the sign, as in `#Lunch`.
    pub name: String,
}
