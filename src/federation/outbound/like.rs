//! Like: a person of this site marks a post of another.

use super::{letter, url};
use crate::activitystreams::{activity, context};
use crate::base::Result;
use crate::base::id::AccountId;
use crate::federation::delivery::Letter;

/// `id` is the one that was kept with the favourite.
pub fn like(from: AccountId, actor: &str, object: &str, id: &str) -> Result<Letter> {
    let like = build(actor, object, id)?;
    letter(from, &like.id.clone(), like, context::plain())
}

pub(super) fn build(actor: &str, object: &str, id: &str) -> Result<activity::Like> {
    Ok(activity::Like {
        id: url(id)?,
        actor: url(actor)?,
        object: url(object)?,
        to: Vec::new(),
        content: None,
        misskey_reaction: None,
        tag: Vec::new(),
    })
}
