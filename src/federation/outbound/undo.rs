//! Undo: a follow, like, repost or block is taken back. What is undone is sent whole, since ids get lost.

use super::{announce, block, follow, fresh_id, letter, like, url};
use crate::activitystreams::activity::{self, Undone};
use crate::activitystreams::context;
use crate::base::Result;
use crate::base::id::AccountId;
use crate::domain::accounts::Account;
use crate::federation::delivery::Letter;
use crate::platform::services::Services;

/// `from` (the actor `actor`) no longer follows `object`.
pub fn undo_follow(
    services: &Services,
    from: AccountId,
    actor: &str,
    object: &str,
    id: &str,
) -> Result<Letter> {
    undo(services, from, actor, Undone::Follow(follow::build(actor, object, id)?), Some(object))
}

/// The like is taken back.
pub fn undo_like(
    services: &Services,
    from: AccountId,
    actor: &str,
    object: &str,
    id: &str,
) -> Result<Letter> {
    undo(services, from, actor, Undone::Like(like::build(actor, object, id)?), None)
}

/// The block is taken back.
pub fn undo_block(
    services: &Services,
    from: AccountId,
    actor: &str,
    object: &str,
    id: &str,
) -> Result<Letter> {
    undo(services, from, actor, Undone::Block(block::build(actor, object, id)?), Some(object))
}

/// The repost is taken back; `id` is the one of the Announce, `of` the id of the post.
pub fn undo_announce(services: &Services, by: &Account, id: &str, of: &str) -> Result<Letter> {
    let announce = announce::undone(by, id, of)?;
    Ok(undo(services, by.id, &by.uri, Undone::Announce(announce), None)?.sealed())
}

fn undo(
    services: &Services,
    from: AccountId,
    actor: &str,
    undone: Undone,
    to: Option<&str>,
) -> Result<Letter> {
    let to = match to {
        Some(to) => vec![url(to)?],
        None => Vec::new(),
    };
    let undo = activity::Undo { id: fresh_id(services)?, actor: url(actor)?, object: undone.into(), to };
    letter(from, &undo.id.clone(), undo, context::plain())
}
