//! Block: a person of this site wants nothing to do with somebody elsewhere.

use super::{letter, url};
use crate::activitystreams::{activity, context};
use crate::base::Result;
use crate::base::id::AccountId;
use crate::federation::delivery::Letter;

/// `id` is the one that was kept with the block.
pub fn block(from: AccountId, actor: &str, object: &str, id: &str) -> Result<Letter> {
    let block = build(actor, object, id)?;
    letter(from, &block.id.clone(), block, context::plain())
}

pub(super) fn build(actor: &str, object: &str, id: &str) -> Result<activity::Block> {
    Ok(activity::Block { id: url(id)?, actor: url(actor)?, object: url(object)?, to: vec![url(object)?] })
}
