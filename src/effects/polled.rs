//! Polls: a vote goes to whoever asked; figures of a poll of ours go where it went; its end is told.

use std::collections::BTreeSet;

use super::{Run, told};
use crate::base::Result;
use crate::base::id::{AccountId, StatusId};
use crate::domain::notifications::Kind;
use crate::domain::notifications::notify::Message;
use crate::domain::statuses::{self, Reader, StatusView, Visibility, audience, hydrate};
use crate::domain::{accounts, follows};
use crate::federation::outbound;

/// Somebody of this site voted.
pub async fn voted(run: &mut Run<'_>, id: StatusId, by: AccountId) -> Result<()> {
    told::changed(run, id);
    let Some(poll) = statuses::store::list(run.tx, &[id]).await?.pop().filter(|poll| !poll.local) else {
        return Ok(());
    };
    let asker = accounts::store::get(run.tx, poll.account_id).await?;
    let voter = accounts::store::get(run.tx, by).await?;
    let inbox = [asker.delivery_inbox().to_owned()];
    for (choice, uri) in statuses::store::list_ballot(run.tx, id, by).await? {
        let letter = outbound::vote(&voter, (&asker, &poll), (&choice, &uri))?;
        run.deliver(&letter, &inbox).await?;
    }
    Ok(())
}

/// There are new figures.
pub async fn counted(run: &mut Run<'_>, id: StatusId) -> Result<()> {
    told::changed(run, id);
    match find(run, id).await? {
        Some(view) => deliver(run, &view).await,
        None => Ok(()),
    }
}

/// The voting has ended: whoever asked and the voters of this site hear of it.
pub async fn ended(run: &mut Run<'_>, id: StatusId) -> Result<()> {
    told::changed(run, id);
    let Some(view) = find(run, id).await? else {
        return Ok(());
    };
    let mut concerned: BTreeSet<AccountId> =
        statuses::store::list_voters(run.tx, id).await?.into_iter().collect();
    concerned.insert(view.account.id);
    let concerned: Vec<AccountId> = concerned.into_iter().collect();
    let people = accounts::store::list(run.tx, &concerned).await?;
    for person in people.iter().filter(|person| person.is_local()) {
        let message = Message {
            to: person.id,
            kind: Kind::Poll,
            from: view.account.id,
            status: Some(id),
            report: None,
        };
        run.notify(message);
    }
    deliver(run, &view).await
}

async fn find(run: &mut Run<'_>, id: StatusId) -> Result<Option<StatusView>> {
    let Some(status) = statuses::store::list(run.tx, &[id]).await?.pop() else {
        return Ok(None);
    };
    let reader = Reader::Person(status.account_id);
    Ok(hydrate(run.services, run.tx, &reader, &[id]).await?.pop())
}

/// To those who got the poll, and to those who voted, who may have it from elsewhere.
async fn deliver(run: &mut Run<'_>, view: &StatusView) -> Result<()> {
    if !view.status.local || view.status.visibility == Visibility::Site || view.poll.is_none() {
        return Ok(());
    }
    let mut inboxes: BTreeSet<String> = audience::inboxes(run.tx, &view.status).await?.into_iter().collect();
    let voters = statuses::store::list_voters(run.tx, view.status.id).await?;
    inboxes.extend(follows::store::list_inboxes_of(run.tx, &voters).await?);
    let inboxes: Vec<String> = inboxes.into_iter().collect();
    let letter = outbound::update_poll(run.services, view)?;
    run.deliver(&letter, &inboxes).await
}
