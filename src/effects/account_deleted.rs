//! Somebody is gone: what they wrote goes too, a batch in each transaction. A crash in between loses no step.

use super::Run;
use crate::base::Result;
use crate::base::id::AccountId;
use crate::domain::event::Event;
use crate::domain::statuses::leave;

/// How many posts one transaction takes away.
const BATCH: i64 = 100;

/// Takes the next posts away.
pub async fn run(run: &mut Run<'_>, id: AccountId) -> Result<()> {
    if leave::forget_in(run.services, run.tx, id, BATCH).await? {
        Event::AccountDeleted { account: id }.emit(run.services, run.tx).await?;
    }
    Ok(())
}
