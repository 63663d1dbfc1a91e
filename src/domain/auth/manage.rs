//! Those who run the site give roles, and close the door to somebody.

use super::model::Role;
use super::store;
use crate::base::Result;
use crate::base::id::AccountId;
use crate::platform::services::Services;

/// Gives somebody a role.
///
/// # Errors
/// [`Error::NotFound`](crate::base::Error::NotFound) if nobody signs in with this account.
pub async fn promote(services: &Services, account: AccountId, role: Role) -> Result<()> {
    let mut tx = services.db.begin().await?;
    store::get(&mut tx, account).await?;
    store::update_role(&mut tx, account, role).await?;
    // Nobody keeps invitations to more than they may give.
    store::links::delete_for_and_by(&mut tx, account).await?;
    tx.commit().await
}

/// Somebody may no longer sign in: all sessions end, no token works. Their posts stay.
///
/// # Errors
/// [`Error::NotFound`](crate::base::Error::NotFound) if nobody signs in with this account.
pub async fn disable(services: &Services, account: AccountId) -> Result<()> {
    let now = services.clock.now();
    let mut tx = services.db.begin().await?;
    store::get(&mut tx, account).await?;
    store::update_disabled(&mut tx, account, Some(now)).await?;
    store::links::delete_for_and_by(&mut tx, account).await?;
    store::sessions::delete_others(&mut tx, account, None).await?;
    store::oauth::update_revoked_of(&mut tx, account, now).await?;
    tx.commit().await
}

/// Somebody may sign in again.
///
/// # Errors
/// [`Error::NotFound`](crate::base::Error::NotFound) if nobody signs in with this account.
pub async fn enable(services: &Services, account: AccountId) -> Result<()> {
    let mut tx = services.db.begin().await?;
    store::get(&mut tx, account).await?;
    store::update_disabled(&mut tx, account, None).await?;
    tx.commit().await
}
