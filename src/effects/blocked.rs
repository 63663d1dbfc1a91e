//! Somebody here blocked somebody elsewhere, or took it back: the other site is told, so that it hides what it must.

use super::Run;
use crate::base::Result;
use crate::base::id::AccountId;
use crate::domain::accounts;
use crate::federation::outbound;

/// The block is there.
pub async fn blocked(run: &mut Run<'_>, account: AccountId, target: AccountId, uri: &str) -> Result<()> {
    let account = accounts::store::get(run.tx, account).await?;
    let target = accounts::store::get(run.tx, target).await?;
    if account.is_local() && !target.is_local() {
        let letter = outbound::block(account.id, &account.uri, &target.uri, uri)?;
        run.deliver(&letter, std::slice::from_ref(&target.inbox)).await?;
    }
    Ok(())
}

/// The block is gone.
pub async fn unblocked(run: &mut Run<'_>, account: AccountId, target: AccountId, uri: &str) -> Result<()> {
    let account = accounts::store::get(run.tx, account).await?;
    let target = accounts::store::get(run.tx, target).await?;
    if account.is_local() && !target.is_local() {
        let letter = outbound::undo_block(run.services, account.id, &account.uri, &target.uri, uri)?;
        run.deliver(&letter, std::slice::from_ref(&target.inbox)).await?;
    }
    Ok(())
}
