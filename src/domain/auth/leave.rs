//! Somebody of this site leaves for good: by an own decision, or by that of whoever runs the site.
//!
//! From the moment of the commit nobody signs in, no token works and nobody finds the account. The posts and ties go
//! afterwards, and other sites are told; see `effects::account_left`.

use super::model::Role;
use super::store;
use crate::base::id::AccountId;
use crate::base::{Error, Result};
use crate::domain::accounts::{self, leave::close_in};
use crate::domain::event::Event;
use crate::platform::db::Tx;
use crate::platform::services::Services;

/// Deletes an account of this site. Doing it twice is the same as doing it once.
///
/// # Errors
/// [`Error::NotFound`] if nobody signs in with this account; [`Error::Forbidden`] for the last administrator.
pub async fn leave(services: &Services, id: AccountId) -> Result<()> {
    let mut tx = services.db.begin().await?;
    // What they are posting at this moment is written before, and taken away with the rest.
    tx.keep_order().await?;
    let account = accounts::store::get(&mut tx, id).await?;
    if account.is_local() && account.deleted_at.is_some() {
        return Ok(());
    }
    require_may_leave(&mut tx, id).await?;
    store::delete(&mut tx, id).await?;
    store::links::delete_for_and_by(&mut tx, id).await?;
    store::sessions::delete_others(&mut tx, id, None).await?;
    store::oauth::delete_of(&mut tx, id).await?;
    let files = close_in(services, &mut tx, &account).await?;
    Event::AccountLeft { account: id, files }.emit(services, &mut tx).await?;
    tx.commit().await
}

/// Whether somebody may leave this site.
///
/// # Errors
/// [`Error::NotFound`] if nobody signs in with this account; [`Error::Forbidden`] for the last administrator.
pub async fn require_may_leave(tx: &mut Tx, id: AccountId) -> Result<()> {
    let user = store::get(tx, id).await?;
    if user.role == Role::Admin && user.disabled_at.is_none() {
        require_another_admin(tx, id).await?;
    }
    Ok(())
}

/// Two administrators who leave at the same moment do so one after the other.
async fn require_another_admin(tx: &mut Tx, id: AccountId) -> Result<()> {
    store::lock_admins(tx).await?;
    if store::count_other_admins(tx, id).await? == 0 {
        return Err(Error::forbidden(
            "nobody else runs this site; make somebody else an administrator first",
        ));
    }
    Ok(())
}
