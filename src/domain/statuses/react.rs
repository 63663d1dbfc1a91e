//! Reactions: people of other sites answer a post with a sign. They are kept and shown; nobody here sends one.

use super::extras::Extras;
use super::store;
use crate::base::id::{AccountId, EmojiId, StatusId};
use crate::base::{Millis, Result};
use crate::domain::event::Event;
use crate::platform::db::Tx;
use crate::platform::services::Services;

/// Different signs under one post; more are ignored.
pub const SIGNS: i64 = 50;
/// Signs of one person under one post; more are ignored (some servers allow one, others any number).
pub const SIGNS_OF_ONE: i64 = 5;

/// How often a sign stands under a post.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reaction {
    /// The sign itself, or `name@host` of a small picture.
    pub name: String,
    /// The small picture.
    pub emoji: Option<EmojiId>,
    /// How many people.
    pub count: i64,
}

/// Where a small picture is at this site.
pub fn emoji_path(id: EmojiId) -> String {
    format!("/emojis/{id}")
}

/// A sign that somebody sent.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Sign {
    /// Written with the letters that all have.
    Unicode(String),
    /// A small picture of another site.
    Picture {
        /// Without colons.
        name: String,
        /// Where it is from.
        host: String,
        /// The picture there.
        url: String,
    },
}

impl Sign {
    /// As it is kept.
    pub fn key(&self) -> String {
        match self {
            Self::Unicode(sign) => sign.clone(),
            Self::Picture { name, host, .. } => format!("{name}@{host}"),
        }
    }
}

/// Somebody reacts; `uri` is the id of the activity. `Some` says why it is not kept.
pub async fn react_in(
    services: &Services,
    tx: &mut Tx,
    (by, status): (AccountId, StatusId),
    sign: &Sign,
    uri: &str,
) -> Result<Option<&'static str>> {
    let now = services.clock.now();
    let key = sign.key();
    if store::count_reactions_of(tx, status, by).await? >= SIGNS_OF_ONE {
        return Ok(Some("they have reacted often enough"));
    }
    if !store::has_reaction(tx, status, &key).await? && store::count_signs(tx, status).await? >= SIGNS {
        return Ok(Some("the post has enough different reactions"));
    }
    let emoji = match sign {
        Sign::Unicode(_) => None,
        Sign::Picture { name, host, url } => Some(emoji(services, tx, (host, name), url, now).await?),
    };
    if store::insert_reaction(tx, (status, by), (&key, emoji), uri, now).await? {
        store::add_extras(tx, status, Extras::REACTIONS).await?;
        Event::StatusReacted { status, by }.emit(services, tx).await?;
    }
    Ok(None)
}

async fn emoji(
    services: &Services,
    tx: &mut Tx,
    (host, name): (&str, &str),
    url: &str,
    now: Millis,
) -> Result<EmojiId> {
    store::upsert_emoji(tx, services.ids.next(), (host, name), url, now).await
}

/// They take a sign back.
pub async fn unreact_in(tx: &mut Tx, by: AccountId, status: StatusId, key: &str) -> Result<bool> {
    store::delete_reaction(tx, status, by, key).await
}

/// The same, by the id of the activity.
pub async fn unreact_by_uri_in(tx: &mut Tx, by: AccountId, uri: &str) -> Result<bool> {
    store::delete_reaction_by_uri(tx, by, uri).await
}
