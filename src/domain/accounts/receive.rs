//! What another site says of its people: taken in, refreshed, forgotten.
//!
//! Reading it over the network is not done here; see `federation::fetch`.

use super::model::{Account, NewAccount};
use super::{leave, relocate, store};
use crate::base::id::AccountId;
use crate::base::{Error, Result};
use crate::domain::event::Event;
use crate::platform::db::Tx;
use crate::platform::services::Services;

/// Writes what an origin says of an actor, new or known. What our moderators decided stays.
///
/// # Errors
/// [`Error::Conflict`] if the handle belongs to another actor of that site.
pub async fn upsert(services: &Services, tx: &mut Tx, account: &NewAccount) -> Result<Account> {
    let now = services.clock.now();
    let id = if let Some(id) = store::find_id_by_uri(tx, &account.uri).await? {
        store::update_remote(tx, id, account, now).await?;
        id
    } else {
        let id: AccountId = services.ids.next();
        if !store::insert(tx, id, account, now).await? {
            return Err(Error::conflict(format!(
                "the handle {}@{} belongs to another actor",
                account.username, account.host
            )));
        }
        id
    };
    store::replace_keys(tx, id, &account.keys, now).await?;
    forget_after_commit(services, tx, &account.uri);
    let known = store::get(tx, id).await?;
    let target = successor(tx, account).await?;
    if known.moved_to_id == target {
        return Ok(known);
    }
    relocate::store::update_moved_to(tx, id, target).await?;
    Ok(Account { moved_to_id: target, ..known })
}

/// The account that stands for this one now, if it is known here and says so too.
async fn successor(tx: &mut Tx, account: &NewAccount) -> Result<Option<AccountId>> {
    let Some(uri) = &account.moved_to else { return Ok(None) };
    let Some(target) = store::find_id_by_uri(tx, uri).await? else { return Ok(None) };
    Ok(relocate::names(tx, target, &account.uri).await?.then_some(target))
}

/// An actor is gone, on the word of its origin: the profile is emptied, its posts, likes and follows are gone. What our moderators decided stays, so that it is not undone by coming back. Doing it twice is the same as
/// doing it once.
///
/// # Errors
/// [`Error::NotFound`] if there is no such account.
pub async fn delete(services: &Services, tx: &mut Tx, id: AccountId) -> Result<()> {
    let account = store::get(tx, id).await?;
    if account.is_local() || account.deleted_at.is_some() {
        return Ok(());
    }
    leave::forget_in(services, tx, id).await?;
    forget_after_commit(services, tx, &account.uri);
    Event::AccountDeleted { account: id }.emit(services, tx).await
}

/// After the commit the actor and its keys are read from the rows again.
pub fn forget_after_commit(services: &Services, tx: &mut Tx, uri: &str) {
    let (services, uri) = (services.clone(), uri.to_owned());
    tx.after_commit(move || services.caches.forget_actor(&uri));
}
