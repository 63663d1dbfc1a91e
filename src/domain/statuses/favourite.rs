//! Favourites: a person marks a status.
//!
//! Telling others is not done here; see `effects::favourited`.

use super::model::{Reader, Status};
use super::{consent, read, store};
use crate::base::Result;
use crate::base::id::{AccountId, StatusId};
use crate::domain::accounts;
use crate::domain::event::Event;
use crate::platform::db::Tx;
use crate::platform::services::Services;

/// Marks `status` as a favourite of `account`, a person of this site.
///
/// Doing it twice is the same as doing it once: the second call changes nothing and tells nobody.
///
/// # Errors
/// [`crate::base::Error::NotFound`] if the status does not exist or `account` may not see it; the two cases look
/// alike on purpose.
///
/// Source: <https://docs.joinmastodon.org/methods/statuses/#favourite>
pub async fn favourite(services: &Services, account: AccountId, status: StatusId) -> Result<()> {
    let mut tx = services.db.begin().await?;
    accounts::store::get_present(&mut tx, account).await?;
    let status = read::get_visible(services, &mut tx, status, &Reader::Person(account)).await?;
    let status = original(&mut tx, status).await?;
    consent::policy::require(&mut tx, &status, account, consent::Act::Like).await?;
    let uri = services.origin.activity(services.ids.next());
    favourite_in(services, &mut tx, account, status.id, &uri).await?;
    tx.commit().await
}

/// The same inside a transaction, for whoever may; `uri` is the id of the Like.
pub async fn favourite_in(
    services: &Services,
    tx: &mut Tx,
    account: AccountId,
    status: StatusId,
    uri: &str,
) -> Result<()> {
    if store::insert_favourite(tx, account, status, uri, services.clock.now()).await? {
        store::update_favourites_count(tx, status, 1).await?;
        Event::StatusFavourited { status, by: account, uri: uri.to_owned() }.emit(services, tx).await?;
    }
    Ok(())
}

/// Takes the mark back. Doing it twice is the same as doing it once.
///
/// # Errors
/// As [`favourite`].
pub async fn unfavourite(services: &Services, account: AccountId, status: StatusId) -> Result<()> {
    let mut tx = services.db.begin().await?;
    let status = read::get_visible(services, &mut tx, status, &Reader::Person(account)).await?;
    let status = original(&mut tx, status).await?;
    unfavourite_in(services, &mut tx, account, status.id).await?;
    tx.commit().await
}

/// The same inside a transaction.
pub async fn unfavourite_in(
    services: &Services,
    tx: &mut Tx,
    account: AccountId,
    status: StatusId,
) -> Result<()> {
    if let Some(uri) = store::delete_favourite(tx, account, status).await? {
        store::update_favourites_count(tx, status, -1).await?;
        Event::StatusUnfavourited { status, by: account, uri }.emit(services, tx).await?;
    }
    Ok(())
}

/// Who marks a repost means the post.
pub(super) async fn original(tx: &mut Tx, status: Status) -> Result<Status> {
    match status.reblog_of_id {
        Some(of) => store::get(tx, of).await,
        None => Ok(status),
    }
}
