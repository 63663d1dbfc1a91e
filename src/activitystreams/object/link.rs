//! A link from a text to an object.

use serde::{Deserialize, Serialize};
use url::Url;

use crate::activitystreams::{LD_JSON, is_activity_type};

/// What Misskey and others call a quote.
const QUOTE: &str = "https://misskey-hub.net/ns#_misskey_quote";

/// A link to an object, as it stands among the tags of a post.
///
/// Spec: <https://codeberg.org/fediverse/fep/src/branch/main/fep/e232/fep-e232.md>
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(tag = "type", rename = "Link", rename_all = "camelCase")]
pub struct Link {
    pub href: Url,
    #[serde(default)]
    pub media_type: String,
    #[serde(default, deserialize_with = "crate::activitystreams::one_or_many::lenient")]
    pub rel: Vec<String>,
}

impl Link {
    /// The link of a quote.
    pub fn to_quoted(href: Url) -> Self {
        Self { href, media_type: LD_JSON.to_owned(), rel: vec![QUOTE.to_owned()] }
    }

    /// Whether it names a quoted post: said so, or an object without anything said of it.
    pub fn is_quote(&self) -> bool {
        let named = self.rel.iter().any(|rel| rel == QUOTE || rel.ends_with("_misskey_quote"));
        named && (self.media_type.is_empty() || is_activity_type(&self.media_type))
    }
}
