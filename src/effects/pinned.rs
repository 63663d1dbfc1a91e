//! Somebody here pinned a post to the profile, or took it off: the sites that know the person hear of it.

use super::Run;
use crate::base::Result;
use crate::base::id::{AccountId, StatusId};
use crate::domain::accounts;
use crate::domain::statuses::{self, audience};
use crate::federation::outbound;

/// Delivers the Add.
pub async fn pinned(run: &mut Run<'_>, status: StatusId, by: AccountId) -> Result<()> {
    deliver(run, status, by, outbound::add).await
}

/// Delivers the Remove. If the post itself is gone, its Delete says so.
pub async fn unpinned(run: &mut Run<'_>, status: StatusId, by: AccountId) -> Result<()> {
    deliver(run, status, by, outbound::remove).await
}

async fn deliver(run: &mut Run<'_>, status: StatusId, by: AccountId, news: outbound::PinNews) -> Result<()> {
    let Some(status) = statuses::store::list(run.tx, &[status]).await?.pop() else {
        return Ok(());
    };
    let by = accounts::store::get(run.tx, by).await?;
    let inboxes = audience::inboxes_of_pin(run.tx, &status).await?;
    if !by.is_local() || by.is_hidden() || inboxes.is_empty() {
        return Ok(());
    }
    let letter = news(run.services, &by, &status.uri)?;
    run.deliver(&letter, &inboxes).await
}
