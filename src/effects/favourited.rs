//! Somebody liked a post, or took it back: the author hears of it, here or at another site.

use super::{Run, told};
use crate::base::Result;
use crate::base::id::{AccountId, StatusId};
use crate::domain::notifications::Kind;
use crate::domain::notifications::notify::Message;
use crate::domain::{accounts, statuses};
use crate::federation::outbound;

/// The mark is there.
pub async fn favourited(run: &mut Run<'_>, status: StatusId, by: AccountId, uri: &str) -> Result<()> {
    told::counted(run, status);
    let Some(status) = statuses::store::list(run.tx, &[status]).await?.pop() else {
        return Ok(());
    };
    let author = accounts::store::get(run.tx, status.account_id).await?;
    if author.is_local() {
        let message =
            Message { to: author.id, kind: Kind::Favourite, from: by, status: Some(status.id), report: None };
        run.notify(message);
        return Ok(());
    }
    let by = accounts::store::get(run.tx, by).await?;
    if by.is_local() {
        let letter = outbound::like(by.id, &by.uri, &status.uri, uri)?;
        run.deliver(&letter, &[author.delivery_inbox().to_owned()]).await?;
    }
    Ok(())
}

/// The mark is gone.
pub async fn unfavourited(run: &mut Run<'_>, status: StatusId, by: AccountId, uri: &str) -> Result<()> {
    told::counted(run, status);
    let Some(status) = statuses::store::list(run.tx, &[status]).await?.pop() else {
        return Ok(());
    };
    let author = accounts::store::get(run.tx, status.account_id).await?;
    let by = accounts::store::get(run.tx, by).await?;
    if by.is_local() && !author.is_local() {
        let letter = outbound::undo_like(run.services, by.id, &by.uri, &status.uri, uri)?;
        run.deliver(&letter, &[author.delivery_inbox().to_owned()]).await?;
    }
    Ok(())
}
