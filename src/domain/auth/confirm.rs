//! Somebody shows that the e-mail address is theirs, by a link that was sent there.

use super::link::{NewLink, make};
use super::model::Purpose;
use super::{link, store};
use crate::base::id::AccountId;
use crate::base::{Error, Result};
use crate::platform::db::Conn;
use crate::platform::services::Services;

/// Whether the address of a person is known to be theirs.
///
/// # Errors
/// As the database.
pub async fn is_confirmed(conn: &mut Conn, account: AccountId) -> Result<bool> {
    Ok(store::find_confirmed(conn, account).await?.is_some())
}

/// Makes the link for a mail to the person's address. Earlier ones no longer work.
///
/// # Errors
/// [`Error::NotFound`] if nobody signs in with this account, or the address is confirmed.
pub async fn make_link(services: &Services, account: AccountId) -> Result<NewLink> {
    let mut tx = services.db.begin().await?;
    let user = store::get(&mut tx, account).await?;
    if is_confirmed(&mut tx, account).await? {
        return Err(Error::not_found("address to confirm"));
    }
    store::links::delete_sent(&mut tx, Purpose::ConfirmEmail, &user.email).await?;
    let (url, link) = make(services, Purpose::ConfirmEmail, link::RESET);
    let link = super::Link { account_id: Some(account), address: Some(user.email), ..link };
    store::links::insert(&mut tx, &link).await?;
    tx.commit().await?;
    Ok(NewLink { url, link })
}

/// Somebody uses the link. Whoever has it need not be signed in: it was sent to one address only.
///
/// # Errors
/// [`Error::NotFound`] if the link does not work, or the person has another address by now.
pub async fn confirm(services: &Services, code: &str) -> Result<AccountId> {
    let link = link::get(services, code).await?;
    let (Some(account), Some(address), Purpose::ConfirmEmail) =
        (link.account_id, link.address.as_deref(), link.purpose)
    else {
        return Err(Error::not_found("link"));
    };
    let now = services.clock.now();
    let mut tx = services.db.begin().await?;
    if !store::links::update_used(&mut tx, &link.code_hash, now).await?
        || !store::update_confirmed(&mut tx, account, address, now).await?
    {
        return Err(Error::not_found("link"));
    }
    tx.commit().await?;
    Ok(account)
}
