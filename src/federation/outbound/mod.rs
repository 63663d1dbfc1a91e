//! Activities of this site's people and of the site itself, ready to be delivered. One file per kind of activity.
//!
//! Whom they go to is decided by `effects` from the domain's audience; see `domain::statuses::audience`.

mod accept;
mod add;
mod announce;
mod block;
mod consent;
mod create;
mod delete;
mod flag;
mod follow;
mod like;
mod relocate;
mod undo;
mod update;
mod vote;

pub use accept::{accept, reject};
pub use add::{PinNews, add, remove};
pub use announce::announce;
pub use block::block;
pub use consent::{allow, quote_request, refuse, reply_request, take_back, update_consent};
pub use create::create;
pub use delete::delete;
pub use flag::flag;
pub use follow::follow;
pub use like::like;
pub use relocate::relocate;
pub use undo::{undo_announce, undo_block, undo_follow, undo_like};
pub use update::{update_actor, update_note, update_poll};
pub use vote::vote;

use activitypub_federation::protocol::context::WithContext;
use serde::Serialize;
use serde_json::Value;
use url::Url;

use super::delivery::Letter;
use crate::base::id::AccountId;
use crate::base::{Error, Result};
use crate::domain::statuses::Visibility;
use crate::platform::services::Services;

/// Puts an activity into an envelope: its context, and who signs.
fn letter<T: Serialize>(from: AccountId, id: &Url, activity: T, context: Value) -> Result<Letter> {
    let body = serde_json::to_string(&WithContext::new(activity, context))?;
    Ok(Letter::new(from, id.to_string(), body))
}

/// What is for more than those named may be passed on by others, and carries a proof.
fn about_post(letter: Letter, visibility: Visibility) -> Letter {
    if visibility == Visibility::Direct { letter } else { letter.sealed() }
}

/// Text that is an address by construction.
fn url(text: &str) -> Result<Url> {
    Url::parse(text).map_err(Error::internal)
}

/// An id for an activity that none was kept for.
fn fresh_id(services: &Services) -> Result<Url> {
    url(&services.origin.activity(services.ids.next()))
}
