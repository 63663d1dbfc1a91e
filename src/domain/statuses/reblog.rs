//! Reposts: a person hands a post on. A repost never widens an audience.

use super::favourite::original;
use super::model::{Reader, Status, Visibility};
use super::store::{self, NewReblog};
use super::{audience, consent, read, write};
use crate::base::id::{AccountId, StatusId};
use crate::base::{Error, Millis, Result};
use crate::domain::accounts;
use crate::domain::event::Event;
use crate::platform::db::Tx;
use crate::platform::services::Services;

/// Reposts a post for a person of this site; returns the repost. Doing it twice is the same as doing it once.
///
/// # Errors
/// [`Error::NotFound`] if the post may not be seen; [`Error::Forbidden`] if it is for followers or those mentioned only.
///
/// Source: <https://docs.joinmastodon.org/methods/statuses/#boost>
pub async fn reblog(services: &Services, account: AccountId, status: StatusId) -> Result<StatusId> {
    let mut tx = services.db.begin().await?;
    tx.keep_order().await?;
    let status = read::get_visible(services, &mut tx, status, &Reader::Person(account)).await?;
    let status = original(&mut tx, status).await?;
    accounts::relocate::require_here(&accounts::store::get(&mut tx, account).await?)?;
    consent::policy::require(&mut tx, &status, account, consent::Act::Announce).await?;
    let uri = services.origin.activity(services.ids.next());
    let id = reblog_in(services, &mut tx, account, &status, &uri, services.clock.now()).await?;
    tx.commit().await?;
    Ok(id)
}

/// The same inside a transaction, for whoever may see the post; `uri` is the id of the Announce.
pub async fn reblog_in(
    services: &Services,
    tx: &mut Tx,
    account: AccountId,
    status: &Status,
    uri: &str,
    at: Millis,
) -> Result<StatusId> {
    let own = status.account_id == account && status.visibility == Visibility::Private;
    if !status.visibility.may_be_reblogged() && !own {
        return Err(Error::forbidden("this post is not for everybody, so it cannot be reposted"));
    }
    let local = services.origin.owns(uri);
    let reblog = NewReblog {
        id: if local { services.ids.next() } else { write::id_for_remote(services, at) },
        uri,
        account_id: account,
        local,
        of: status.id,
        visibility: status.visibility,
        created_at: at,
    };
    if let Some(id) = write::insert_reblog(services, tx, &reblog).await? {
        Ok(id)
    } else {
        let known = store::find_reblog(tx, account, status.id).await?;
        known.map(|(id, _)| id).ok_or(Error::not_found("status"))
    }
}

/// Takes a repost back. Doing it twice is the same as doing it once.
///
/// # Errors
/// [`Error::NotFound`] if the post may not be seen.
pub async fn unreblog(services: &Services, account: AccountId, status: StatusId) -> Result<StatusId> {
    let mut tx = services.db.begin().await?;
    let status = read::get_visible(services, &mut tx, status, &Reader::Person(account)).await?;
    let status = original(&mut tx, status).await?;
    unreblog_in(services, &mut tx, account, status.id).await?;
    tx.commit().await?;
    Ok(status.id)
}

/// The same inside a transaction.
pub async fn unreblog_in(
    services: &Services,
    tx: &mut Tx,
    account: AccountId,
    status: StatusId,
) -> Result<()> {
    let Some((reblog, uri)) = store::find_reblog(tx, account, status).await? else {
        return Ok(());
    };
    let row = store::get(tx, reblog).await?;
    let inboxes = if row.local { audience::inboxes(tx, &row).await? } else { Vec::new() };
    store::delete(tx, reblog).await?;
    store::update_reblogs_count(tx, status, -1);
    Event::StatusUnreblogged { uri, status, by: account, inboxes }.emit(services, tx).await
}
