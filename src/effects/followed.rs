//! Somebody asked to follow, was let or refused, or ended it.

use super::Run;
use crate::base::Result;
use crate::base::id::AccountId;
use crate::domain::accounts::{self, Account};
use crate::domain::notifications::Kind;
use crate::domain::notifications::notify::Message;
use crate::federation::outbound;

/// Somebody asks: the other site hears it, or the person here.
pub async fn requested(run: &mut Run<'_>, account: AccountId, target: AccountId, uri: &str) -> Result<()> {
    let (follower, followed) = both(run, account, target).await?;
    if followed.is_local() {
        if followed.locked || follower.limited_at.is_some() {
            run.notify(message(&followed, Kind::FollowRequest, &follower));
        }
        return Ok(());
    }
    let letter = outbound::follow(follower.id, &follower.uri, &followed.uri, uri)?;
    run.deliver(&letter, std::slice::from_ref(&followed.inbox)).await
}

/// The follow holds: the person here hears of the follower, and the other site hears that it may.
pub async fn accepted(run: &mut Run<'_>, account: AccountId, target: AccountId, uri: &str) -> Result<()> {
    let (follower, followed) = both(run, account, target).await?;
    if !followed.is_local() {
        return Ok(());
    }
    run.notify(message(&followed, Kind::Follow, &follower));
    if !follower.is_local() {
        let letter = outbound::accept(run.services, followed.id, &followed.uri, &follower.uri, uri)?;
        run.deliver(&letter, std::slice::from_ref(&follower.inbox)).await?;
    }
    Ok(())
}

/// The one followed refused or ended it.
pub async fn rejected(run: &mut Run<'_>, account: AccountId, target: AccountId, uri: &str) -> Result<()> {
    let (follower, followed) = both(run, account, target).await?;
    if followed.is_local() && !follower.is_local() {
        let letter = outbound::reject(run.services, followed.id, &followed.uri, &follower.uri, uri)?;
        run.deliver(&letter, std::slice::from_ref(&follower.inbox)).await?;
    }
    Ok(())
}

/// The follower ended it.
pub async fn unfollowed(run: &mut Run<'_>, account: AccountId, target: AccountId, uri: &str) -> Result<()> {
    let (follower, followed) = both(run, account, target).await?;
    if follower.is_local() && !followed.is_local() {
        let letter = outbound::undo_follow(run.services, follower.id, &follower.uri, &followed.uri, uri)?;
        run.deliver(&letter, std::slice::from_ref(&followed.inbox)).await?;
    }
    Ok(())
}

async fn both(run: &mut Run<'_>, account: AccountId, target: AccountId) -> Result<(Account, Account)> {
    run.services.caches.forget_follower_digests(target.0);
    Ok((accounts::store::get(run.tx, account).await?, accounts::store::get(run.tx, target).await?))
}

fn message(to: &Account, kind: Kind, from: &Account) -> Message {
    Message { to: to.id, kind, from: from.id, status: None, report: None }
}
