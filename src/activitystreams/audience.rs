//! Who an object is for: lists of actors and collections, one of which is everybody.

use std::sync::LazyLock;

use serde::Deserializer;
use serde_json::Value;
use url::Url;

use super::limits;
use super::one_or_many::values;
use super::reference::id_of;

/// Everybody, in the one spelling that all understand.
pub const PUBLIC: &str = "https://www.w3.org/ns/activitystreams#Public";

static PUBLIC_URL: LazyLock<Url> =
    LazyLock::new(|| Url::parse(PUBLIC).expect("invariant: a constant that is a URL"));

/// [`PUBLIC`] as a URL.
pub fn public() -> Url {
    PUBLIC_URL.clone()
}

pub fn is_public(id: &Url) -> bool {
    id.as_str() == PUBLIC
}

/// Reads `to` or `cc`: one or several, IRIs or objects, with Public in any of its three spellings.
pub fn deserialize<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Vec<Url>, D::Error> {
    let values = values(deserializer)?;
    Ok(values.iter().take(limits::RECIPIENTS).filter_map(recipient).collect())
}

fn recipient(value: &Value) -> Option<Url> {
    match value.as_str().or_else(|| value.get("id")?.as_str()) {
        Some("as:Public" | "Public" | PUBLIC) => Some(public()),
        _ => id_of(value),
    }
}
