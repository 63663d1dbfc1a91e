//! Somebody reposted, or took it back.

use super::ahead::Reposted;
use super::{Run, told};
use crate::base::Result;
use crate::base::id::{AccountId, StatusId};
use crate::domain::accounts;
use crate::domain::notifications::Kind;
use crate::domain::notifications::notify::Message;
use crate::domain::statuses::{self, Reader, Visibility, audience, hydrate};
use crate::federation::outbound;

/// The repost is there.
pub async fn reblogged(run: &mut Run<'_>, id: StatusId) -> Result<()> {
    let Some(Reposted { reblog, of, is_ours }) = run.ahead.reposted(id) else {
        return Ok(());
    };
    if is_ours {
        let message = Message {
            to: of.account_id,
            kind: Kind::Reblog,
            from: reblog.account_id,
            status: Some(of.id),
            report: None,
        };
        run.notify(message);
    }
    told::came(run, &reblog).await?;
    told::counted(run, of.id);
    if reblog.local && reblog.visibility != Visibility::Site {
        let inboxes = audience::inboxes(run.tx, &reblog).await?;
        let reader = Reader::Person(reblog.account_id);
        if let Some(view) = hydrate(run.services, run.tx, &reader, &[id]).await?.pop() {
            let letter = outbound::announce(run.services, &view)?;
            run.deliver(&letter, &inboxes).await?;
        }
    }
    Ok(())
}

/// The repost is gone.
pub async fn unreblogged(
    run: &mut Run<'_>,
    uri: &str,
    status: StatusId,
    by: AccountId,
    inboxes: &[String],
) -> Result<()> {
    told::counted(run, status);
    let by = accounts::store::get(run.tx, by).await?;
    if !by.is_local() || inboxes.is_empty() {
        return Ok(());
    }
    if let Some(status) = statuses::store::list(run.tx, &[status]).await?.pop() {
        let letter = outbound::undo_announce(run.services, &by, uri, &status.uri)?;
        run.deliver(&letter, inboxes).await?;
    }
    Ok(())
}
