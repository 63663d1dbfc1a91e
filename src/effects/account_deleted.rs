//! Somebody left: the sites that knew them hear of it, and what they wrote goes with them.

use super::Run;
use crate::base::Result;
use crate::base::id::AccountId;
use crate::domain::{accounts, statuses};
use crate::federation::outbound;

/// How many posts one run takes away; the rest waits for the next event.
const BATCH: i64 = 500;

/// Delivers the Delete of a person of this site, and takes the posts away.
pub async fn run(run: &mut Run<'_>, id: AccountId, inboxes: &[String]) -> Result<()> {
    let account = accounts::store::get(run.tx, id).await?;
    if account.is_local() && !inboxes.is_empty() {
        let letter = outbound::delete(run.services, &account, &account.uri)?;
        run.deliver(&letter, inboxes).await?;
    }
    let ids = statuses::store::list_ids_of(run.tx, id, BATCH).await?;
    for status in statuses::store::list(run.tx, &ids).await? {
        match status.reblog_of_id {
            Some(of) => statuses::reblog::unreblog_in(run.services, run.tx, id, of).await?,
            None => statuses::delete::delete_in(run.services, run.tx, &status).await?,
        }
    }
    if ids.len() == BATCH as usize {
        let rest = crate::domain::Event::AccountDeleted { account: id, inboxes: Vec::new() };
        rest.emit(run.services, run.tx).await?;
    }
    Ok(())
}
