//! A post was written or received: those it concerns hear of it, and a post of ours goes where it belongs.

use super::Run;
use crate::base::Result;
use crate::base::id::{AccountId, StatusId};
use crate::base::origin::INSTANCE_ACTOR;
use crate::domain::notifications::Kind;
use crate::domain::notifications::notify::Message;
use crate::domain::statuses::{self, Reader, Status, Visibility, audience, hydrate};
use crate::domain::{accounts, follows};
use crate::federation::outbound;
use crate::platform::hub::News;

/// Tells and delivers.
pub async fn run(run: &mut Run<'_>, id: StatusId) -> Result<()> {
    let Some(status) = statuses::store::list(run.tx, &[id]).await?.pop() else {
        return Ok(());
    };
    tell_people(run, &status).await?;
    if run.services.hub.is_heard() {
        for account in statuses::store::list_homes_of(run.tx, id).await? {
            run.tell(News::Home { account: account.0, status: id.0 });
        }
    }
    if status.local && status.visibility != Visibility::Site {
        deliver(run, &status).await?;
    }
    Ok(())
}

async fn tell_people(run: &mut Run<'_>, status: &Status) -> Result<()> {
    let mentioned: Vec<AccountId> = statuses::store::list_mentions(run.tx, &[status.id])
        .await?
        .into_iter()
        .map(|(_, account)| account)
        .collect();
    let mut told: Vec<AccountId> = mentioned;
    told.extend(status.in_reply_to_account_id);
    told.sort_unstable();
    told.dedup();
    let people = accounts::store::list(run.tx, &told).await?;
    for person in people.iter().filter(|person| person.is_local() && person.id != INSTANCE_ACTOR) {
        let message = Message {
            to: person.id,
            kind: Kind::Mention,
            from: status.account_id,
            status: Some(status.id),
            report: None,
        };
        let visible =
            statuses::read::get_visible(run.services, run.tx, status.id, &Reader::Person(person.id)).await;
        if visible.is_ok() {
            run.notify(message).await?;
        }
    }
    if status.in_reply_to_uri.is_some() || status.visibility == Visibility::Direct {
        return Ok(());
    }
    for to in follows::store::list_wanting_each_post(run.tx, status.account_id).await? {
        if !told.contains(&to) {
            let message = Message {
                to,
                kind: Kind::Status,
                from: status.account_id,
                status: Some(status.id),
                report: None,
            };
            run.notify(message).await?;
        }
    }
    Ok(())
}

async fn deliver(run: &mut Run<'_>, status: &Status) -> Result<()> {
    let inboxes = audience::inboxes(run.tx, status).await?;
    if inboxes.is_empty() {
        return Ok(());
    }
    let reader = Reader::Person(status.account_id);
    let Some(view) = hydrate(run.services, run.tx, &reader, &[status.id]).await?.pop() else {
        return Ok(());
    };
    let letter = outbound::create(run.services, &view)?;
    run.deliver(&letter, &inboxes).await
}
