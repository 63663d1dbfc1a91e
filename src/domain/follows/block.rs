//! Blocks: two people neither see nor reach each other.

use super::follow::{reject_in, relationship, unfollow_in};
use super::model::Relationship;
use super::store;
use crate::base::id::AccountId;
use crate::base::{Error, Result};
use crate::domain::accounts;
use crate::domain::event::Event;
use crate::platform::db::Tx;
use crate::platform::services::Services;

/// A person of this site blocks somebody; follows in both directions end. Doing it twice is the same as doing it once.
///
/// # Errors
/// [`Error::NotFound`] if there is no such account; [`Error::Forbidden`] for oneself.
///
/// Source: <https://docs.joinmastodon.org/methods/accounts/#block>
pub async fn block(services: &Services, account: AccountId, target: AccountId) -> Result<Relationship> {
    if account == target {
        return Err(Error::forbidden("nobody can block themselves"));
    }
    let mut tx = services.db.begin().await?;
    accounts::store::get_present(&mut tx, account).await?;
    accounts::store::get(&mut tx, target).await?;
    let uri = services.origin.activity(services.ids.next());
    block_in(services, &mut tx, account, target, &uri).await?;
    let relationship = relationship(services, &mut tx, account, target).await?;
    tx.commit().await?;
    Ok(relationship)
}

/// The same inside a transaction; `uri` is the id of the Block.
pub async fn block_in(
    services: &Services,
    tx: &mut Tx,
    account: AccountId,
    target: AccountId,
    uri: &str,
) -> Result<()> {
    if store::insert_block(tx, account, target, uri, services.clock.now()).await? {
        unfollow_in(services, tx, account, target).await?;
        reject_in(services, tx, target, account).await?;
        store::clear_home(tx, account, target).await?;
        store::clear_home(tx, target, account).await?;
        Event::Blocked { account, target, uri: uri.to_owned() }.emit(services, tx).await?;
    }
    Ok(())
}

/// Takes a block back. Doing it twice is the same as doing it once.
///
/// # Errors
/// [`Error::NotFound`] if there is no such account.
pub async fn unblock(services: &Services, account: AccountId, target: AccountId) -> Result<Relationship> {
    let mut tx = services.db.begin().await?;
    accounts::store::get(&mut tx, target).await?;
    unblock_in(services, &mut tx, account, target).await?;
    let relationship = relationship(services, &mut tx, account, target).await?;
    tx.commit().await?;
    Ok(relationship)
}

/// The same inside a transaction.
pub async fn unblock_in(
    services: &Services,
    tx: &mut Tx,
    account: AccountId,
    target: AccountId,
) -> Result<()> {
    if let Some(uri) = store::delete_block(tx, account, target).await? {
        Event::Unblocked { account, target, uri }.emit(services, tx).await?;
    }
    Ok(())
}
