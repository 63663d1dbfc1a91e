//! Activities: what somebody did.

mod accept;
mod add;
mod announce;
mod block;
mod collected;
mod create;
mod delete;
mod emoji_react;
mod flag;
mod follow;
mod like;
mod r#move;
mod quote_request;
mod reject;
mod remove;
mod reply_request;
mod undo;
mod update;

use serde::{Deserialize, Deserializer, Serialize};
use serde_json::Value;
use url::Url;

use super::{Actor, Identified, Note};

pub use accept::Accept;
pub use add::Add;
pub use announce::Announce;
pub use block::Block;
pub use collected::Collected;
pub use create::Create;
pub use delete::Delete;
pub use emoji_react::EmojiReact;
pub use flag::Flag;
pub use follow::Follow;
pub use like::Like;
pub use r#move::Move;
pub use quote_request::QuoteRequest;
pub use reject::Reject;
pub use remove::Remove;
pub use reply_request::ReplyRequest;
pub use undo::Undo;
pub use update::Update;

/// Any activity that is understood.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(untagged)]
pub enum Activity {
    Accept(Accept),
    Add(Add),
    Announce(Announce),
    Block(Block),
    Create(Create),
    Delete(Delete),
    EmojiReact(EmojiReact),
    Flag(Flag),
    Follow(Follow),
    Like(Like),
    Move(Move),
    QuoteRequest(Box<QuoteRequest>),
    Reject(Reject),
    Remove(Remove),
    ReplyRequest(Box<ReplyRequest>),
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
            Self::Add(it) => return it.id.as_ref(),
            Self::Announce(it) => &it.id,
            Self::Block(it) => &it.id,
            Self::Create(it) => &it.id,
            Self::Delete(it) => &it.id,
            Self::EmojiReact(it) => &it.id,
            Self::Flag(it) => &it.id,
            Self::Follow(it) => &it.id,
            Self::Like(it) => &it.id,
            Self::Move(it) => &it.id,
            Self::QuoteRequest(it) => &it.id,
            Self::Reject(it) => &it.id,
            Self::Remove(it) => return it.id.as_ref(),
            Self::ReplyRequest(it) => &it.id,
            Self::Undo(it) => &it.id,
            Self::Update(it) => &it.id,
            Self::Unknown { .. } => return None,
        })
    }

    /// Who did it; none if the activity is not understood.
    pub fn actor(&self) -> Option<&Url> {
        Some(match self {
            Self::Accept(it) => &it.actor,
            Self::Add(it) => &it.actor,
            Self::Announce(it) => &it.actor,
            Self::Block(it) => &it.actor,
            Self::Create(it) => &it.actor,
            Self::Delete(it) => &it.actor,
            Self::EmojiReact(it) => &it.actor,
            Self::Flag(it) => &it.actor,
            Self::Follow(it) => &it.actor,
            Self::Like(it) => &it.actor,
            Self::Move(it) => &it.actor,
            Self::QuoteRequest(it) => &it.actor,
            Self::Reject(it) => &it.actor,
            Self::Remove(it) => &it.actor,
            Self::ReplyRequest(it) => &it.actor,
            Self::Undo(it) => &it.actor,
            Self::Update(it) => &it.actor,
            Self::Unknown { .. } => return None,
        })
    }

    /// The type, as in `Like`.
    pub fn kind(&self) -> &str {
        match self {
            Self::Accept(_) => "Accept",
            Self::Add(_) => "Add",
            Self::Announce(_) => "Announce",
            Self::Block(_) => "Block",
            Self::Create(_) => "Create",
            Self::Delete(_) => "Delete",
            Self::EmojiReact(_) => "EmojiReact",
            Self::Flag(_) => "Flag",
            Self::Follow(_) => "Follow",
            Self::Like(_) => "Like",
            Self::Move(_) => "Move",
            Self::QuoteRequest(_) => "QuoteRequest",
            Self::Reject(_) => "Reject",
            Self::Remove(_) => "Remove",
            Self::ReplyRequest(_) => "ReplyRequest",
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
        "Add" => Add::deserialize(value).map(Activity::Add),
        "Announce" => Announce::deserialize(value).map(Activity::Announce),
        "Block" => Block::deserialize(value).map(Activity::Block),
        "Create" => Create::deserialize(value).map(Activity::Create),
        "Delete" => Delete::deserialize(value).map(Activity::Delete),
        "EmojiReact" => EmojiReact::deserialize(value).map(Activity::EmojiReact),
        "Flag" => Flag::deserialize(value).map(Activity::Flag),
        "Follow" => Follow::deserialize(value).map(Activity::Follow),
        "Like" => Like::deserialize(value).map(Activity::Like),
        "Move" => Move::deserialize(value).map(Activity::Move),
        "QuoteRequest" => {
            QuoteRequest::deserialize(value).map(|request| Activity::QuoteRequest(Box::new(request)))
        }
        "Reject" => Reject::deserialize(value).map(Activity::Reject),
        "Remove" => Remove::deserialize(value).map(Activity::Remove),
        "ReplyRequest" => {
            ReplyRequest::deserialize(value).map(|request| Activity::ReplyRequest(Box::new(request)))
        }
        "Undo" => Undo::deserialize(value).map(Activity::Undo),
        "Update" => Update::deserialize(value).map(Activity::Update),
        _ => Ok(Activity::Unknown { kind }),
    }
}

/// What an `Accept` or a `Reject` answers.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(untagged)]
pub enum Answered {
    Follow(Follow),
    QuoteRequest(QuoteRequest),
    ReplyRequest(ReplyRequest),
    /// Something else, known by its id only: the reply or the `Like` of somebody who did not ask.
    #[serde(skip)]
    Other {
        id: Url,
    },
}

impl Answered {
    /// The follow, if it is one.
    pub fn follow(&self) -> Option<&Follow> {
        match self {
            Self::Follow(follow) => Some(follow),
            _ => None,
        }
    }
}

impl Identified for Answered {
    fn id(&self) -> &Url {
        match self {
            Self::Follow(it) => &it.id,
            Self::QuoteRequest(it) => &it.id,
            Self::ReplyRequest(it) => &it.id,
            Self::Other { id } => id,
        }
    }
}

/// A request that is not told whole is known by its id.
impl<'de> Deserialize<'de> for Answered {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        use serde::de::Error as _;
        let value = Value::deserialize(deserializer)?;
        let id = super::reference::id_of(&value);
        let whole = match value.get("type").and_then(Value::as_str) {
            Some("Follow") => {
                return Follow::deserialize(value).map(Self::Follow).map_err(D::Error::custom);
            }
            Some("QuoteRequest") => QuoteRequest::deserialize(value).ok().map(Self::QuoteRequest),
            Some("ReplyRequest") => ReplyRequest::deserialize(value).ok().map(Self::ReplyRequest),
            _ => None,
        };
        whole.or(id.map(|id| Self::Other { id })).ok_or_else(|| D::Error::custom("no id"))
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
    Accept(Accept),
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
            Self::Accept(it) => &it.id,
            Self::Other { id } => id,
        }
    }
}

impl<'de> Deserialize<'de> for Undone {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        use serde::de::Error as _;
        let mut value = Value::deserialize(deserializer)?;
        let id = super::reference::id_of(&value);
        super::reference::name_by_actor(&mut value);
        let undone = match value.get("type").and_then(Value::as_str) {
            Some("Follow") => Follow::deserialize(value).map(Self::Follow).ok(),
            Some("Like") => Like::deserialize(value).map(Self::Like).ok(),
            Some("EmojiReact") => EmojiReact::deserialize(value).map(Self::EmojiReact).ok(),
            Some("Announce") => Announce::deserialize(value).map(Self::Announce).ok(),
            Some("Block") => Block::deserialize(value).map(Self::Block).ok(),
            Some("Accept") => Accept::deserialize(value).map(Self::Accept).ok(),
            _ => None,
        };
        // Not whole, or not understood: the id must do.
        let undone = undone.or_else(|| id.map(|id| Self::Other { id }));
        undone.ok_or_else(|| D::Error::custom("neither an id nor what could stand for it"))
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
