//! What a poll has beside its words.

use serde::{Deserialize, Deserializer, Serialize, Serializer};
use serde_json::Value;

use crate::activitystreams::one_or_many;
use crate::base::Millis;

/// What can be chosen: a note with a name, whose replies are the votes.
///
/// Spec: <https://www.w3.org/TR/activitystreams-vocabulary/#dfn-oneof>, and
/// <https://docs.joinmastodon.org/spec/activitypub/#Question>
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Choice {
    #[serde(rename = "type")]
    kind: ChoiceKind,
    pub name: String,
    /// How many chose it; left out where that is not for everybody to see.
    #[serde(rename = "replies", skip_serializing_if = "Option::is_none")]
    votes: Option<Tally>,
}

#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
enum ChoiceKind {
    Note,
}

#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(tag = "type", rename = "Collection", rename_all = "camelCase")]
struct Tally {
    total_items: u64,
}

impl Choice {
    pub fn new(name: String, votes: Option<u64>) -> Self {
        Self { kind: ChoiceKind::Note, name, votes: votes.map(|total_items| Tally { total_items }) }
    }

    /// How many chose it, if that is said.
    pub fn votes(&self) -> Option<u64> {
        self.votes.as_ref().map(|tally| tally.total_items)
    }
}

/// The type does not matter; the name must be there.
impl<'de> Deserialize<'de> for Choice {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        use serde::de::Error as _;
        let value = Value::deserialize(deserializer)?;
        let name =
            value.get("name").map(one_or_many::first::<_, String>).transpose().ok().flatten().flatten();
        let name = name.ok_or_else(|| D::Error::custom("an option without a name"))?;
        let replies = match value.get("replies") {
            Some(Value::Array(all)) => all.first(),
            other => other,
        };
        let votes = replies.and_then(|replies| replies.get("totalItems")).and_then(Value::as_u64);
        Ok(Self::new(name, votes))
    }
}

/// That a poll has ended, and when if that is said.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Closed {
    At(Millis),
    /// Some say only that.
    Already,
}

impl Serialize for Closed {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::At(time) => serializer.serialize_str(&time.to_rfc3339()),
            Self::Already => serializer.serialize_bool(true),
        }
    }
}

/// Reads a time or a truth; anything else is no end.
pub(super) fn closed<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<Closed>, D::Error> {
    Ok(match Value::deserialize(deserializer)? {
        Value::Bool(true) => Some(Closed::Already),
        Value::String(text) => Millis::from_rfc3339(&text).map(Closed::At),
        _ => None,
    })
}
