//! Somebody of this site left for good: every site that knew them hears of it, and what tied them to others ends.

use super::Run;
use crate::base::Result;
use crate::base::id::AccountId;
use crate::domain::event::Event;
use crate::domain::media::face;
use crate::domain::statuses::audience;
use crate::domain::{accounts, accounts::leave, data};
use crate::federation::{delivery, outbound};

/// Delivers the `Delete` instead of whatever still waits, ends the follows, and has the posts taken away.
pub async fn run(run: &mut Run<'_>, id: AccountId, files: &[String]) -> Result<()> {
    let account = accounts::store::get(run.tx, id).await?;
    let mut inboxes = audience::inboxes_of_person(run.tx, id).await?;
    inboxes.extend(leave::inboxes(run.tx, id).await?);
    inboxes.sort_unstable();
    inboxes.dedup();
    delivery::store::delete_of(run.tx, id).await?;
    let letter = outbound::delete(run.services, &account, &account.uri)?;
    run.deliver(&letter, &inboxes).await?;
    // What others were told of the person goes too, also what this batch still had to tell.
    run.write_messages().await?;
    leave::forget_ties_in(run.tx, id).await?;
    leave::forget_own_in(run.tx, id).await?;
    data::export::forget_in(run.services, run.tx, id).await?;
    face::forget(run.services, files.iter().cloned()).await;
    Event::AccountDeleted { account: id }.emit(run.services, run.tx).await
}
