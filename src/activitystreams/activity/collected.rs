//! What joins or leaves a collection.

use serde::{Deserialize, Deserializer, Serialize};
use serde_json::Value;
use url::Url;

use crate::activitystreams::{Note, reference};

/// A post, or only its id. Mastodon also sends hashtags, which are neither.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(untagged)]
pub enum Collected {
    Iri(Url),
    Note(Box<Note>),
    /// Something without an id.
    #[serde(skip)]
    Other,
}

impl Collected {
    pub fn id(&self) -> Option<&Url> {
        match self {
            Self::Iri(id) => Some(id),
            Self::Note(note) => Some(&note.id),
            Self::Other => None,
        }
    }
}

/// What has an id but is no post counts as its id.
impl<'de> Deserialize<'de> for Collected {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        use serde::de::Error as _;
        let value = Value::deserialize(deserializer)?;
        if let Ok(note) = Note::deserialize(&value) {
            return Ok(Self::Note(Box::new(note)));
        }
        match reference::id_of(&value) {
            Some(id) => Ok(Self::Iri(id)),
            None if value.is_object() => Ok(Self::Other),
            None => Err(D::Error::custom("neither an object nor an id")),
        }
    }
}
