//! A post is gone: a post of ours is taken back wherever it had gone.

use super::Run;
use crate::base::Result;
use crate::base::id::AccountId;
use crate::domain::accounts;
use crate::federation::outbound;

/// Delivers the Delete.
pub async fn run(run: &mut Run<'_>, uri: &str, by: AccountId, local: bool, inboxes: &[String]) -> Result<()> {
    if !local || inboxes.is_empty() {
        return Ok(());
    }
    let by = accounts::store::get(run.tx, by).await?;
    let letter = outbound::delete(run.services, &by, uri)?;
    run.deliver(&letter, inboxes).await
}
