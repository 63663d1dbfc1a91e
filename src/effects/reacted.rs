//! Somebody elsewhere reacted to a post with a sign: its author hears of it.

use super::{Run, told};
use crate::base::Result;
use crate::base::id::{AccountId, StatusId};
use crate::domain::notifications::Kind;
use crate::domain::notifications::notify::Message;
use crate::domain::{accounts, statuses};

/// Tells the author, if of this site; once, however many signs.
pub async fn run(run: &mut Run<'_>, status: StatusId, by: AccountId) -> Result<()> {
    told::changed(run, status);
    let Some(status) = statuses::store::list(run.tx, &[status]).await?.pop() else {
        return Ok(());
    };
    let author = accounts::store::get(run.tx, status.account_id).await?;
    if !author.is_local() {
        return Ok(());
    }
    let message =
        Message { to: author.id, kind: Kind::Reaction, from: by, status: Some(status.id), report: None };
    run.notify(message);
    Ok(())
}
