//! A mention.

use serde::{Deserialize, Serialize};
use url::Url;

/// Somebody named in a text. Whoever is mentioned must be addressed as well.
///
/// Spec: <https://www.w3.org/TR/activitystreams-vocabulary/#dfn-mention>
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(tag = "type", rename = "Mention")]
pub struct Mention {
    /// The actor's id; some send the address of the page for people.
    pub href: Url,
    /// As in `@ann@sales.example`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
}
