//! A profile of this site changed: the sites that know the person hear of it.

use super::Run;
use crate::base::Result;
use crate::base::id::AccountId;
use crate::domain::accounts;
use crate::domain::statuses::audience;
use crate::federation::{keys, map, outbound};

/// Delivers the Update.
pub async fn run(run: &mut Run<'_>, account: AccountId) -> Result<()> {
    let account = accounts::store::get(run.tx, account).await?;
    if !account.is_local() || account.is_hidden() {
        return Ok(());
    }
    // Perhaps it is the keys that changed, by a command beside this process: they are needed here in any case.
    let keys = keys::read(run.services, run.tx, account.id, &account.uri).await?;
    let inboxes = audience::inboxes_of_person(run.tx, account.id).await?;
    if inboxes.is_empty() {
        return Ok(());
    }
    let ties = map::actor::ties(run.tx, &account).await?;
    let actor = map::actor::to_wire(run.services, &account, &keys, &ties)?;
    let letter = outbound::update_actor(run.services, &account, actor)?;
    run.deliver(&letter, &inboxes).await
}
