//! Pinned posts: what a person shows first on the profile.
//!
//! Telling other sites is not done here; see `effects::pinned`.

use super::hydrate::{StatusView, hydrate};
use super::model::{Reader, Status, Visibility};
use super::{read, store};
use crate::base::id::{AccountId, StatusId};
use crate::base::{Error, Result};
use crate::domain::event::Event;
use crate::platform::db::{Conn, Tx};
use crate::platform::services::Services;

/// Pins an own post to the profile. Doing it twice is the same as doing it once.
///
/// # Errors
/// [`Error::NotFound`] if the post does not exist or may not be seen; [`Error::Invalid`] for the post of somebody else, a
/// repost, a post for those mentioned only, and for more than `limits.pinned_posts`.
///
/// Source: <https://docs.joinmastodon.org/methods/statuses/#pin>
pub async fn pin(services: &Services, account: AccountId, id: StatusId) -> Result<()> {
    let mut tx = services.db.begin().await?;
    let status = read::get_visible(services, &mut tx, id, &Reader::Person(account)).await?;
    if let Some(problem) = problem_with(&status, account) {
        return Err(Error::invalid("status", problem));
    }
    let pinned = store::list_pins(&mut tx, account).await?;
    let most = services.config.limits.pinned_posts as usize;
    if pinned.len() >= most && !pinned.contains(&id) {
        return Err(Error::invalid("status", format!("cannot be pinned: {most} are pinned already")));
    }
    pin_in(services, &mut tx, &status).await?;
    tx.commit().await
}

/// Why this post cannot be pinned by that person.
pub fn problem_with(status: &Status, account: AccountId) -> Option<&'static str> {
    if status.account_id != account {
        return Some("is of somebody else; only own posts can be pinned");
    }
    if status.reblog_of_id.is_some() {
        return Some("is a repost; only own posts can be pinned");
    }
    (status.visibility == Visibility::Direct).then_some("is for those mentioned only and cannot be pinned")
}

/// The same inside a transaction, for whoever may. `false` if it was pinned.
pub async fn pin_in(services: &Services, tx: &mut Tx, status: &Status) -> Result<bool> {
    if !store::insert_pin(tx, status.account_id, status.id, services.clock.now()).await? {
        return Ok(false);
    }
    if status.local {
        let event = Event::StatusPinned { status: status.id, by: status.account_id };
        event.emit(services, tx).await?;
    }
    Ok(true)
}

/// Takes a post off the profile. Doing it twice is the same as doing it once.
///
/// # Errors
/// As [`pin`].
pub async fn unpin(services: &Services, account: AccountId, id: StatusId) -> Result<()> {
    let mut tx = services.db.begin().await?;
    let status = read::get_visible(services, &mut tx, id, &Reader::Person(account)).await?;
    if status.account_id != account {
        return Err(Error::invalid("status", "is of somebody else; only own posts can be pinned"));
    }
    unpin_in(services, &mut tx, &status).await?;
    tx.commit().await
}

/// The same inside a transaction. `false` if it was not pinned.
pub async fn unpin_in(services: &Services, tx: &mut Tx, status: &Status) -> Result<bool> {
    if !store::delete_pin(tx, status.account_id, status.id).await? {
        return Ok(false);
    }
    if status.local {
        let event = Event::StatusUnpinned { status: status.id, by: status.account_id };
        event.emit(services, tx).await?;
    }
    Ok(true)
}

/// What somebody pinned, as far as the reader may read it, the latest pin first.
pub async fn list_pinned(
    services: &Services,
    conn: &mut Conn,
    reader: &Reader,
    account: AccountId,
) -> Result<Vec<StatusView>> {
    let ids = store::list_pins(conn, account).await?;
    hydrate(services, conn, reader, &ids).await
}
