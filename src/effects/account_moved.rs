//! Somebody moved to another account: if it was somebody of this site, the other sites hear of it; whoever here followed
//! the old account follows the new one.

use super::Run;
use crate::base::Result;
use crate::base::id::AccountId;
use crate::domain::accounts;
use crate::domain::event::Event;
use crate::domain::follows::succeed::succeed_in;
use crate::domain::statuses::audience;
use crate::federation::outbound;

/// Delivers the Move, and lets the first followers here go along.
pub async fn run(run: &mut Run<'_>, account: AccountId, target: AccountId) -> Result<()> {
    let old = accounts::store::get(run.tx, account).await?;
    if old.moved_to_id != Some(target) {
        // Taken back meanwhile.
        return Ok(());
    }
    if old.is_local() {
        super::account_updated::run(run, account).await?;
        let new = accounts::store::get(run.tx, target).await?;
        let inboxes = audience::inboxes_of_person(run.tx, account).await?;
        if !inboxes.is_empty() {
            let letter = outbound::relocate(run.services, &old, &new.uri)?;
            run.deliver(&letter, &inboxes).await?;
        }
    }
    followers(run, account, target).await
}

/// Lets the next followers here go along, in a transaction for each batch.
pub async fn followers(run: &mut Run<'_>, account: AccountId, target: AccountId) -> Result<()> {
    let old = accounts::store::get(run.tx, account).await?;
    let new = accounts::store::get(run.tx, target).await?;
    if old.moved_to_id != Some(target) || old.is_hidden() || new.is_hidden() {
        return Ok(());
    }
    if succeed_in(run.services, run.tx, account, target).await? {
        Event::FollowersMoved { account, target }.emit(run.services, run.tx).await?;
    }
    Ok(())
}
