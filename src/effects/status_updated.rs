//! A post was edited: those who liked or reposted it hear of it, and the edit of a post of ours goes where it went.

use std::collections::BTreeSet;

use super::{Run, told};
use crate::base::Result;
use crate::base::id::{AccountId, StatusId};
use crate::domain::accounts;
use crate::domain::notifications::Kind;
use crate::domain::notifications::notify::Message;
use crate::domain::statuses::{self, Reader, Visibility, audience, hydrate, threads};
use crate::federation::outbound;

/// At most so many of those who liked or reposted are told.
const TOLD: i64 = 500;

/// Tells and delivers.
pub async fn run(run: &mut Run<'_>, id: StatusId) -> Result<()> {
    told::changed(run, id);
    let Some(status) = statuses::store::list(run.tx, &[id]).await?.pop() else {
        return Ok(());
    };
    let mut interested: BTreeSet<AccountId> = BTreeSet::new();
    interested.extend(statuses::store::list_favourited_by(run.tx, id, TOLD).await?);
    interested.extend(statuses::store::list_reblogged_by(run.tx, id, TOLD).await?);
    let interested: Vec<AccountId> = interested.into_iter().collect();
    for person in accounts::store::list(run.tx, &interested).await?.iter().filter(|person| person.is_local())
    {
        let message = Message {
            to: person.id,
            kind: Kind::Update,
            from: status.account_id,
            status: Some(id),
            report: None,
        };
        run.notify(message);
    }
    if !status.local || status.visibility == Visibility::Site {
        return Ok(());
    }
    let inboxes = audience::inboxes(run.tx, &status).await?;
    let reader = Reader::Person(status.account_id);
    let mut views = hydrate(run.services, run.tx, &reader, &[id]).await?;
    threads::name_contexts(run.services, run.tx, &mut views).await?;
    if let Some(view) = views.pop() {
        let letter = outbound::update_note(run.services, &view)?;
        run.deliver(&letter, &inboxes).await?;
    }
    Ok(())
}
