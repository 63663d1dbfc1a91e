//! Somebody of this site left: the sites that knew them hear of it.

use super::Run;
use crate::base::Result;
use crate::base::id::AccountId;
use crate::domain::accounts;
use crate::federation::outbound;

/// Delivers the Delete.
pub async fn run(run: &mut Run<'_>, account: AccountId, inboxes: &[String]) -> Result<()> {
    let account = accounts::store::get(run.tx, account).await?;
    if !account.is_local() || inboxes.is_empty() {
        return Ok(());
    }
    let letter = outbound::delete(run.services, &account, &account.uri)?;
    run.deliver(&letter, inboxes).await
}
