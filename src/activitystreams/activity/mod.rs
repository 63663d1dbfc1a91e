//! Activities: what somebody did.

mod accept;
mod announce;
mod block;
mod create;
mod delete;
mod emoji_react;
mod flag;
mod follow;
mod like;
mod reject;
mod undo;
mod update;

use serde::{Deserialize, Deserializer, Serialize};
use serde_json::Value;
use url::Url;

use super::{Actor, Identified, Note};

pub use accept::Accept;
pub use announce::Announce;
pub use block::Block;
pub use create::Create;
pub use delete::Delete;
pub use emoji_react::EmojiReact;
pub use flag::Flag;
pub use follow::Follow;
pub use like::Like;
pub use reject::Reject;
pub use undo::Undo;
pub use update::Update;

/// Any activity that is understood.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(untagged)]
pub enum Activity {
    Accept(Accept),
    Announce(Announce),
    Block(Block),
    Create(Create),
    Delete(Delete),
    EmojiReact(EmojiReact),
    Flag(Flag),
    Follow(Follow),
    Like(Like),
    Reject(Reject),
    Undo(Undo),
    Update(Update),
    /// One of a kind that is not understood.
    #[serde(skip)]
    Unknown {
        kind: String,
    },
}

impl Activity {
    /// The id; none if the activity is not understood.
    pub fn id(&self) -> Option<&Url> {
        Some(match self {
            Self::Accept(it) => &it.id,
            Self::Announce(it) => &it.id,
            Self::Block(it) => &it.id,
            Self::Create(it) => &it.id,
            Self::Delete(it) => &it.id,
            Self::EmojiReact(it) => &it.id,
            Self::Flag(it) => &it.id,
            Self::Follow(it) => &it.id,
            Self::Like(it) => &it.id,
            Self::Reject(it) => &it.id,
            Self::Undo(it) => &it.id,
            Self::Update(it) => &it.id,
            Self::Unknown { .. } => return None,
        })
    }

    /// Who did it; none if the activity is not understood.
    pub fn actor(&self) -> Option<&Url> {
        Some(match self {
            Self::Accept(it) => &it.actor,
            Self::Announce(it) => &it.actor,
            Self::Block(it) => &it.actor,
            Self::Create(it) => &it.actor,
            Self::Delete(it) => &it.actor,
            Self::EmojiReact(it) => &it.actor,
            Self::Flag(it) => &it.actor,
            Self::Follow(it) => &it.actor,
            Self::Like(it) => &it.actor,
            Self::Reject(it) => &it.actor,
            Self::Undo(it) => &it.actor,
            Self::Update(it) => &it.actor,
            Self::Unknown { .. } => return None,
        })
    }

    /// The type, as in `Like`.
    pub fn kind(&self) -> &str {
        match self {
            Self::Accept(_) => "Accept",
            Self::Announce(_) => "Announce",
            Self::Block(_) => "Block",
            Self::Create(_) => "Create",
            Self::Delete(_) => "Delete",
            Self::EmojiReact(_) => "EmojiReact",
            Self::Flag(_) => "Flag",
            Self::Follow(_) => "Follow",
            Self::Like(_) => "Like",
            Self::Reject(_) => "Reject",
            Self::Undo(_) => "Undo",
            Self::Update(_) => "Update",
            Self::Unknown { kind } => kind,
        }
    }
}

impl<'de> Deserialize<'de> for Activity {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let value = Value::deserialize(deserializer)?;
        by_type(value).map_err(serde::de::Error::custom)
    }
}

fn by_type(value: Value) -> serde_json::Result<Activity> {
    let Some(kind) = value.get("type").and_then(Value::as_str).map(str::to_owned) else {
        return Err(serde::de::Error::custom("type"));
    };
    match kind.as_str() {
        "Accept" => Accept::deserialize(value).map(Activity::Accept),
        "Announce" => Announce::deserialize(value).map(Activity::Announce),
        "Block" => Block::deserialize(value).map(Activity::Block),
        "Create" => Create::deserialize(value).map(Activity::Create),
        "Delete" => Delete::deserialize(value).map(Activity::Delete),
        "EmojiReact" => EmojiReact::deserialize(value).map(Activity::EmojiReact),
        "Flag" => Flag::deserialize(value).map(Activity::Flag),
        "Follow" => Follow::deserialize(value).map(Activity::Follow),
        "Like" => Like::deserialize(value).map(Activity::Like),
        "Reject" => Reject::deserialize(value).map(Activity::Reject),
        "Undo" => Undo::deserialize(value).map(Activity::Undo),
        "Update" => Update::deserialize(value).map(Activity::Update),
        _ => Ok(Activity::Unknown { kind }),
    }
}

/// What is taken back by an `Undo`.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(untagged)]
pub enum Undone {
    Follow(Follow),
    Like(Like),
    EmojiReact(EmojiReact),
    Announce(Announce),
    Block(Block),
    /// Something else, known by its id only.
    #[serde(skip)]
    Other {
        id: Url,
    },
}

impl Identified for Undone {
    fn id(&self) -> &Url {
        match self {
            Self::Follow(it) => &it.id,
            Self::Like(it) => &it.id,
            Self::EmojiReact(it) => &it.id,
            Self::Announce(it) => &it.id,
            Self::Block(it) => &it.id,
            Self::Other { id } => id,
        }
    }
}

impl<'de> Deserialize<'de> for Undone {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        use serde::de::Error as _;
        let value = Value::deserialize(deserializer)?;
        let undone = match value.get("type").and_then(Value::as_str) {
            Some("Follow") => Follow::deserialize(value).map(Self::Follow),
            Some("Like") => Like::deserialize(value).map(Self::Like),
            // Some send no more than its id.
            Some("EmojiReact") if value.get("actor").is_some() => {
                EmojiReact::deserialize(value).map(Self::EmojiReact)
            }
            Some("Announce") => Announce::deserialize(value).map(Self::Announce),
            Some("Block") => Block::deserialize(value).map(Self::Block),
            _ => {
                let id = super::reference::id_of(&value);
                return id.map(|id| Self::Other { id }).ok_or_else(|| D::Error::custom("no id"));
            }
        };
        undone.map_err(D::Error::custom)
    }
}

/// What is different after an `Update`.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(untagged)]
pub enum Updated {
    Note(Box<Note>),
    Actor(Box<Actor>),
}

impl Identified for Updated {
    fn id(&self) -> &Url {
        match self {
            Self::Note(note) => &note.id,
            Self::Actor(actor) => &actor.id,
        }
    }
}

impl<'de> Deserialize<'de> for Updated {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        use serde::de::Error as _;
        let value = Value::deserialize(deserializer)?;
        match value.get("type").and_then(Value::as_str) {
            Some("Person" | "Service" | "Application" | "Group" | "Organization") => {
                Actor::deserialize(value).map(|actor| Self::Actor(Box::new(actor)))
            }
            _ => Note::deserialize(value).map(|note| Self::Note(Box::new(note))),
        }
        .map_err(D::Error::custom)
    }
}

impl Identified for Follow {
    fn id(&self) -> &Url {
        &self.id
    }
}
