//! Mutes: a person does not want to read somebody for a while. Nobody else hears of it.

use std::time::Duration;

use super::follow::relationship;
use super::model::Relationship;
use super::store;
use crate::base::id::AccountId;
use crate::base::{Error, Result};
use crate::domain::accounts;
use crate::platform::services::Services;

/// Mutes somebody, with their notifications or without, for a while or until it is taken back. No event: nothing
/// follows from it for anybody else.
///
/// # Errors
/// [`Error::NotFound`] if there is no such account; [`Error::Forbidden`] for oneself.
///
/// Source: <https://docs.joinmastodon.org/methods/accounts/#mute>
pub async fn mute(
    services: &Services,
    account: AccountId,
    target: AccountId,
    notifications: bool,
    duration: Option<Duration>,
) -> Result<Relationship> {
    if account == target {
        return Err(Error::forbidden("nobody can mute themselves"));
    }
    let now = services.clock.now();
    let mut tx = services.db.begin().await?;
    accounts::store::get(&mut tx, target).await?;
    store::delete_expired_mutes(&mut tx, now).await?;
    let expires_at = duration.filter(|duration| !duration.is_zero()).map(|duration| now + duration);
    store::upsert_mute(&mut tx, account, target, notifications, expires_at, now).await?;
    let relationship = relationship(services, &mut tx, account, target).await?;
    tx.commit().await?;
    Ok(relationship)
}

/// Takes a mute back.
///
/// # Errors
/// [`Error::NotFound`] if there is no such account.
pub async fn unmute(services: &Services, account: AccountId, target: AccountId) -> Result<Relationship> {
    let mut tx = services.db.begin().await?;
    accounts::store::get(&mut tx, target).await?;
    store::delete_mute(&mut tx, account, target).await?;
    let relationship = relationship(services, &mut tx, account, target).await?;
    tx.commit().await?;
    Ok(relationship)
}
