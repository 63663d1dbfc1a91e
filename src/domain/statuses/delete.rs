//! Deleting a post: here, or because its origin says so.

use super::model::Status;
use super::{audience, consent, store};
use crate::base::id::{AccountId, StatusId};
use crate::base::{Error, Result};
use crate::domain::accounts;
use crate::domain::event::Event;
use crate::platform::db::Tx;
use crate::platform::hub::News;
use crate::platform::services::Services;

/// A person of this site deletes an own post. Returns what it was, so that it can be written anew.
///
/// # Errors
/// [`Error::NotFound`] if there is no such post of this person.
///
/// Source: <https://docs.joinmastodon.org/methods/statuses/#delete>
pub async fn delete(services: &Services, account: AccountId, id: StatusId) -> Result<Status> {
    let mut tx = services.db.begin().await?;
    let status = store::get(&mut tx, id).await?;
    if status.account_id != account {
        return Err(Error::not_found("status"));
    }
    match status.reblog_of_id {
        Some(of) => super::reblog::unreblog_in(services, &mut tx, account, of).await?,
        None => delete_in(services, &mut tx, &status).await?,
    }
    tx.commit().await?;
    Ok(status)
}

/// The same inside a transaction, for an own post or on the word of its origin. The address is remembered, so that
/// a late `Create` does not bring the post back. Pictures of this site that hang on it are kept for a day, as after an edit.
pub async fn delete_in(services: &Services, tx: &mut Tx, status: &Status) -> Result<()> {
    let counts = consent::reply::counts(tx, status).await?;
    let inboxes = if status.local { audience::inboxes(tx, status).await? } else { Vec::new() };
    if status.local {
        store::detach_media(tx, status.id, &[], services.clock.now()).await?;
    }
    let visibility = Some(status.visibility).filter(|_| status.local);
    store::insert_tombstone(tx, &status.uri, visibility, services.clock.now()).await?;
    store::delete(tx, status.id).await?;
    if let Some(parent) = status.in_reply_to_id.filter(|_| counts) {
        store::update_replies_count(tx, parent, -1);
        let hub = services.hub.clone();
        tx.after_commit(move || hub.tell(News::Counted { status: parent.0 }));
    }
    accounts::store::update_statuses_count(tx, status.account_id, -1, None);
    let event = Event::StatusDeleted {
        status: status.id,
        uri: status.uri.clone(),
        by: status.account_id,
        local: status.local,
        inboxes,
    };
    event.emit(services, tx).await
}
