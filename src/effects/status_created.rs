//! A post was written or received: those it concerns hear of it, and a post of ours goes where it belongs.

use std::time::Duration;

use super::ahead::Written;
use super::{Run, told};
use crate::base::Result;
use crate::base::id::{AccountId, StatusId};
use crate::domain::notifications::Kind;
use crate::domain::notifications::notify::Message;
use crate::domain::statuses::consent::store::find_quote;
use crate::domain::statuses::{Reader, Status, Visibility, audience, hydrate, threads};
use crate::federation::outbound;

/// How long a post counts as new for those who want to hear of each.
const NEWS_FOR: Duration = Duration::from_hours(24);

/// Tells and delivers.
pub async fn run(run: &mut Run<'_>, id: StatusId) -> Result<()> {
    let Some(Written { status, told, wanting }) = run.ahead.written(id) else {
        return Ok(());
    };
    tell_people(run, &status, &told, wanting);
    told::came(run, &status).await?;
    if status.local && status.visibility != Visibility::Site {
        deliver(run, &status).await?;
    }
    Ok(())
}

/// `told` are those of this site who are named or answered, `wanting` those who want to hear of each post.
fn tell_people(run: &mut Run<'_>, status: &Status, told: &[AccountId], wanting: Vec<AccountId>) {
    for person in told {
        let message = Message {
            to: *person,
            kind: Kind::Mention,
            from: status.account_id,
            status: Some(status.id),
            report: None,
        };
        run.notify(message);
    }
    // What was found long after it was written is no news.
    let is_old = status.created_at < run.services.clock.now() - NEWS_FOR;
    if status.in_reply_to_uri.is_some() || status.visibility == Visibility::Direct || is_old {
        return;
    }
    for to in wanting {
        if !told.contains(&to) {
            let message = Message {
                to,
                kind: Kind::Status,
                from: status.account_id,
                status: Some(status.id),
                report: None,
            };
            run.notify(message);
        }
    }
}

async fn deliver(run: &mut Run<'_>, status: &Status) -> Result<()> {
    let inboxes = audience::inboxes(run.tx, status).await?;
    if inboxes.is_empty() && find_quote(run.tx, status.id).await?.is_none() {
        return Ok(());
    }
    let reader = Reader::Person(status.account_id);
    let mut views = hydrate(run.services, run.tx, &reader, &[status.id]).await?;
    threads::name_contexts(run.services, run.tx, &mut views).await?;
    let Some(view) = views.pop() else {
        return Ok(());
    };
    if !inboxes.is_empty() {
        let letter = outbound::create(run.services, &view)?;
        run.deliver(&letter, &inboxes).await?;
    }
    super::consent::ask_to_quote(run, &view).await
}
