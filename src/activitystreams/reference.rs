//! A property that names a thing or contains it.

use serde::de::{DeserializeOwned, Error as _};
use serde::{Deserialize, Deserializer, Serialize};
use serde_json::Value;
use url::Url;

use super::one_or_many::values;

/// A thing with an ActivityPub id.
pub trait Identified {
    fn id(&self) -> &Url;
}

/// A thing, or only its id.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(untagged)]
pub enum Reference<T> {
    Iri(Url),
    Object(Box<T>),
}

impl<T: Identified> Reference<T> {
    pub fn id(&self) -> &Url {
        match self {
            Self::Iri(id) => id,
            Self::Object(object) => object.id(),
        }
    }
}

impl<T> Reference<T> {
    pub fn object(&self) -> Option<&T> {
        match self {
            Self::Iri(_) => None,
            Self::Object(object) => Some(object),
        }
    }
}

impl<T> From<T> for Reference<T> {
    fn from(object: T) -> Self {
        Self::Object(Box::new(object))
    }
}

/// A list of one counts as that one.
impl<'de, T: DeserializeOwned> Deserialize<'de> for Reference<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let mut values = values(deserializer)?;
        match (values.pop(), values.is_empty()) {
            (Some(Value::String(id)), true) => Url::parse(&id).map(Self::Iri).map_err(D::Error::custom),
            (Some(value @ Value::Object(_)), true) => {
                T::deserialize(value).map(|object| Self::Object(Box::new(object))).map_err(D::Error::custom)
            }
            _ => Err(D::Error::custom("expected an IRI or an object")),
        }
    }
}

/// As [`Reference`] reads it; but what is contained and not whole counts as its id, and what has no id is named after its
/// actor, so that type, actor and object say what is meant.
pub fn or_id<'de, D: Deserializer<'de>, T: DeserializeOwned>(
    deserializer: D,
) -> Result<Reference<T>, D::Error> {
    let mut value = match values(deserializer)?.as_mut_slice() {
        [only] => only.take(),
        _ => return Err(D::Error::custom("expected an IRI or an object")),
    };
    let id = id_of(&value);
    name_by_actor(&mut value);
    let whole = if value.is_object() { T::deserialize(value).ok() } else { None };
    let read = whole.map(Reference::from).or_else(|| id.map(Reference::Iri));
    read.ok_or_else(|| D::Error::custom("expected an IRI or an object"))
}

/// Ids get lost: an activity without one is named after its actor, by a name that nothing else has.
pub(super) fn name_by_actor(activity: &mut Value) {
    if !activity.is_object() || id_of(activity).is_some() {
        return;
    }
    if let Some(actor) = activity.get("actor").and_then(id_of) {
        activity["id"] = Value::from(format!("{actor}{NAMELESS}"));
    }
}

/// The fragment that [`name_by_actor`] gives.
pub const NAMELESS: &str = "#nameless";

/// Reads the id of what is named or contained; of several, the first. Being without is an error.
pub fn id<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Url, D::Error> {
    optional_id(deserializer)?.ok_or_else(|| D::Error::custom("expected an IRI or an object with an id"))
}

/// Reads the id of what is named or contained, if there is one; of several, the first.
pub fn optional_id<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<Url>, D::Error> {
    Ok(values(deserializer)?.iter().find_map(id_of))
}

/// Reads the ids of all that is named or contained; entries without are left out.
pub fn ids<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Vec<Url>, D::Error> {
    Ok(values(deserializer)?.iter().filter_map(id_of).collect())
}

/// Reads a `url`: text, a `Link`, or several of them, of which the page for people is preferred.
pub fn link<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<Url>, D::Error> {
    let values = values(deserializer)?;
    let is_page = |value: &&Value| value.get("mediaType").and_then(Value::as_str) == Some("text/html");
    let page = values.iter().find(is_page).and_then(href_of);
    Ok(page.or_else(|| values.iter().find_map(href_of)))
}

pub(crate) fn id_of(value: &Value) -> Option<Url> {
    let text = value.as_str().or_else(|| value.get("id")?.as_str())?;
    Url::parse(text).ok()
}

fn href_of(value: &Value) -> Option<Url> {
    let text =
        value.as_str().or_else(|| value.get("href")?.as_str()).or_else(|| value.get("url")?.as_str())?;
    Url::parse(text).ok().filter(|url| matches!(url.scheme(), "https" | "http"))
}
