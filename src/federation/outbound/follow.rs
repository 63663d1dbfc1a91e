//! Follow: a person follows a person elsewhere, or this site wants another to be its peer.

use super::{letter, url};
use crate::activitystreams::{activity, context};
use crate::base::Result;
use crate::base::id::AccountId;
use crate::federation::delivery::Letter;

/// `id` is the one that was kept with the follow.
pub fn follow(from: AccountId, actor: &str, object: &str, id: &str) -> Result<Letter> {
    let follow = build(actor, object, id)?;
    letter(from, &follow.id.clone(), follow, context::plain())
}

pub(super) fn build(actor: &str, object: &str, id: &str) -> Result<activity::Follow> {
    Ok(activity::Follow { id: url(id)?, actor: url(actor)?, object: url(object)?, to: vec![url(object)?] })
}
