//! Muted conversations: a person does not want to be told of a thread any more, and still can read it. Nobody else
//! hears of it, so there is no event.

use super::model::Reader;
use super::{read, store};
use crate::base::Result;
use crate::base::id::{AccountId, StatusId};
use crate::platform::services::Services;

/// Mutes the thread of a post. Doing it twice is the same as doing it once.
///
/// # Errors
/// [`crate::base::Error::NotFound`] if the post does not exist or `account` may not see it.
///
/// Source: <https://docs.joinmastodon.org/methods/statuses/#mute>
pub async fn mute_thread(services: &Services, account: AccountId, status: StatusId) -> Result<()> {
    let mut tx = services.db.begin().await?;
    let status = read::get_visible(services, &mut tx, status, &Reader::Person(account)).await?;
    let status = super::favourite::original(&mut tx, status).await?;
    store::insert_muted_conversation(&mut tx, account, status.conversation_id, services.clock.now()).await?;
    tx.commit().await
}

/// Wants to be told of it again. Doing it twice is the same as doing it once.
///
/// # Errors
/// As [`mute_thread`].
pub async fn unmute_thread(services: &Services, account: AccountId, status: StatusId) -> Result<()> {
    let mut tx = services.db.begin().await?;
    let status = read::get_visible(services, &mut tx, status, &Reader::Person(account)).await?;
    let status = super::favourite::original(&mut tx, status).await?;
    store::delete_muted_conversation(&mut tx, account, status.conversation_id).await?;
    tx.commit().await
}
