//! Keys that an actor only names: they are read and put where they are named, so that all that follows sees them whole.

use serde_json::Value;
use url::Url;

use super::{Budget, Document, FetchError, Fetcher, fetcher};
use crate::federation::origin::same_origin;
use crate::platform::services::Services;

/// Keys read for one actor at most.
const MOST: usize = 3;

/// Where keys stand on an actor.
const PROPERTIES: [&str; 2] = ["publicKey", "assertionMethod"];

/// The actor with its keys. One that cannot be had stays a name, which counts for nothing.
pub(super) async fn with_keys(services: &Services, document: &Document) -> Result<Value, FetchError> {
    let mut actor = document.value.clone();
    if PROPERTIES.iter().all(|property| names(&actor, property).is_empty()) {
        return Ok(actor);
    }
    let fetcher = fetcher(services).await?;
    let budget = Budget::of(MOST as u32);
    for property in PROPERTIES {
        for name in names(&actor, property).into_iter().take(MOST) {
            if let Some(key) = find(&fetcher, document, &name, &budget).await {
                put(&mut actor, property, &name, key);
            }
        }
    }
    Ok(actor)
}

/// The entries that are only names.
fn names(actor: &Value, property: &str) -> Vec<String> {
    match actor.get(property) {
        Some(Value::String(name)) => vec![name.clone()],
        Some(Value::Array(entries)) => entries.iter().filter_map(Value::as_str).map(str::to_owned).collect(),
        _ => Vec::new(),
    }
}

/// The key of that name: elsewhere in the same document, or at an address of its own on the same site.
async fn find(fetcher: &Fetcher, document: &Document, name: &str, budget: &Budget) -> Option<Value> {
    let is_it = |value: &&Value| value.get("id").and_then(Value::as_str) == Some(name);
    let entries = |property: &str| match document.value.get(property) {
        Some(Value::Array(entries)) => entries.clone(),
        Some(value @ Value::Object(_)) => vec![value.clone()],
        _ => Vec::new(),
    };
    let here = ["verificationMethod", "publicKey", "assertionMethod", "authentication"];
    if let Some(key) = here.iter().flat_map(|property| entries(property)).find(|value| is_it(&value)) {
        return Some(key);
    }
    let mut address = Url::parse(name).ok().filter(|url| same_origin(url, &document.id))?;
    address.set_fragment(None);
    let mut own = document.id.clone();
    own.set_fragment(None);
    if address == own {
        return None;
    }
    match fetcher.document(&address, budget).await {
        Ok(key) => match key.value.get("publicKey") {
            Some(inner) if is_it(&inner) => Some(inner.clone()),
            _ => Some(key.value).filter(|value| is_it(&value)),
        },
        Err(error) => {
            tracing::info!(key = name, %error, "The key {name} cannot be had: {error}");
            None
        }
    }
}

fn put(actor: &mut Value, property: &str, name: &str, key: Value) {
    match actor.get_mut(property) {
        Some(Value::Array(entries)) => {
            for entry in entries.iter_mut().filter(|entry| entry.as_str() == Some(name)) {
                *entry = key.clone();
            }
        }
        Some(entry) => *entry = key,
        None => {}
    }
}
