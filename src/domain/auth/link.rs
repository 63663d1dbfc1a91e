//! Links that work once: the first administrator, an invitation, a new password.
//!
//! Only the hash of the code is kept, so a link that was lost cannot be shown again; a new one is made.

use std::time::Duration;

use super::model::{Link, Purpose, Role, User};
use super::{password, store};
use crate::base::config::Registrations;
use crate::base::id::AccountId;
use crate::base::{Error, Result};
use crate::domain::accounts;
use crate::platform::crypto::sha256;
use crate::platform::services::Services;

/// How long the link of the first administrator works.
const FIRST_RUN: Duration = Duration::from_hours(30 * 24);

/// How long an invitation works.
pub const INVITATION: Duration = Duration::from_hours(7 * 24);

/// How long a link for a new password works.
pub const RESET: Duration = Duration::from_hours(24);

/// A link that was just made: the only time that its code is known.
#[derive(Clone, Debug)]
pub struct NewLink {
    /// The address to hand on.
    pub url: String,
    /// The row.
    pub link: Link,
}

/// The link for the first administrator, if the site has none yet. Earlier such links no longer work.
pub async fn first_run(services: &Services) -> Result<Option<NewLink>> {
    let mut tx = services.db.begin().await?;
    if store::has_admin(&mut tx).await? {
        return Ok(None);
    }
    store::links::delete_unused(&mut tx, Purpose::FirstRun).await?;
    let (url, link) = make(services, Purpose::FirstRun, FIRST_RUN);
    let link = Link { role: Role::Admin, ..link };
    store::links::insert(&mut tx, &link).await?;
    tx.commit().await?;
    Ok(Some(NewLink { url, link }))
}

/// Somebody invites a colleague. Moderators invite members; administrators anybody.
///
/// # Errors
/// [`Error::Forbidden`] if they may not, or nobody may on this site.
pub async fn invite(services: &Services, by: &User, role: Role) -> Result<NewLink> {
    if services.config.site.registrations == Registrations::Closed {
        return Err(Error::forbidden("on this site only the command line makes accounts"));
    }
    if !may_invite(by.role, role) {
        return Err(Error::forbidden("only those who run this site can invite"));
    }
    invite_as(services, role, Some(by.account_id)).await
}

/// Makes an invitation without asking who may; for the command line.
pub async fn invite_as(services: &Services, role: Role, by: Option<AccountId>) -> Result<NewLink> {
    let (url, link) = make(services, Purpose::Invitation, INVITATION);
    let link = Link { role, created_by: by, ..link };
    insert(services, url, link).await
}

/// Makes an invitation for a mail to this address. Earlier ones to it no longer work.
///
/// # Errors
/// As the database.
pub async fn invite_to(
    services: &Services,
    role: Role,
    by: Option<AccountId>,
    address: &str,
) -> Result<NewLink> {
    let mut tx = services.db.begin().await?;
    store::links::delete_sent(&mut tx, Purpose::Invitation, address).await?;
    let (url, link) = make(services, Purpose::Invitation, INVITATION);
    let link = Link { role, created_by: by, address: Some(address.to_owned()), ..link };
    store::links::insert(&mut tx, &link).await?;
    tx.commit().await?;
    Ok(NewLink { url, link })
}

/// Makes a link for a new password that is sent to the person's own address: using it shows that the address is theirs.
///
/// # Errors
/// [`Error::NotFound`] if nobody signs in with this account.
pub async fn reset_by_mail(services: &Services, account: AccountId) -> Result<NewLink> {
    let mut tx = services.db.begin().await?;
    let user = store::get(&mut tx, account).await?;
    store::links::delete_of(&mut tx, account).await?;
    let (url, link) = make(services, Purpose::ResetPassword, RESET);
    let link = Link { account_id: Some(account), address: Some(user.email), ..link };
    store::links::insert(&mut tx, &link).await?;
    tx.commit().await?;
    Ok(NewLink { url, link })
}

/// Makes a link by which somebody chooses a new password. Earlier ones no longer work.
///
/// # Errors
/// [`Error::NotFound`] if nobody signs in with this account.
pub async fn reset_password(
    services: &Services,
    account: AccountId,
    by: Option<AccountId>,
) -> Result<NewLink> {
    let mut tx = services.db.begin().await?;
    store::get(&mut tx, account).await?;
    store::links::delete_of(&mut tx, account).await?;
    let (url, link) = make(services, Purpose::ResetPassword, RESET);
    let link = Link { account_id: Some(account), created_by: by, ..link };
    store::links::insert(&mut tx, &link).await?;
    tx.commit().await?;
    Ok(NewLink { url, link })
}

/// The link behind a code, if it still works.
///
/// # Errors
/// [`Error::NotFound`] if it was used, expired, or never was.
pub async fn get(services: &Services, code: &str) -> Result<Link> {
    let mut conn = services.db.read().await?;
    let link = store::links::find(&mut conn, &hash_of(code), services.clock.now()).await?;
    link.ok_or(Error::not_found("link"))
}

/// Somebody chooses a new password by a link. All sessions end, and no program's token works any more.
///
/// # Errors
/// [`Error::NotFound`] if the link does not work; [`Error::Invalid`] if the password is not good.
pub async fn use_for_password(services: &Services, code: &str, new: &str) -> Result<AccountId> {
    let link = get(services, code).await?;
    let Some(account) = link.account_id.filter(|_| link.purpose == Purpose::ResetPassword) else {
        return Err(Error::not_found("link"));
    };
    let mut conn = services.db.read().await?;
    let user = store::get(&mut conn, account).await?;
    let username = accounts::store::get(&mut conn, account).await?.username;
    drop(conn);
    password::check(new, &username, &user.email)?;
    let hash = password::hash(services, new).await?;
    let now = services.clock.now();
    let mut tx = services.db.begin().await?;
    if !store::links::update_used(&mut tx, &link.code_hash, now).await? {
        return Err(Error::not_found("link"));
    }
    store::update_password(&mut tx, account, &hash).await?;
    if let Some(address) = &link.address {
        store::update_confirmed(&mut tx, account, address, now).await?;
    }
    store::sessions::delete_others(&mut tx, account, None).await?;
    store::oauth::update_revoked_of(&mut tx, account, now).await?;
    tx.commit().await?;
    Ok(account)
}

/// Whether somebody with the role `by` may invite somebody to be `role`.
pub fn may_invite(by: Role, role: Role) -> bool {
    by.is_admin() || (by.is_moderator() && role == Role::Member)
}

async fn insert(services: &Services, url: String, link: Link) -> Result<NewLink> {
    let mut tx = services.db.begin().await?;
    store::links::insert(&mut tx, &link).await?;
    tx.commit().await?;
    Ok(NewLink { url, link })
}

pub(super) fn make(services: &Services, purpose: Purpose, lasts: Duration) -> (String, Link) {
    let (code, now) = (services.random.token(), services.clock.now());
    let path = match purpose {
        Purpose::FirstRun => "first-run",
        Purpose::Invitation => "join",
        Purpose::ResetPassword => "new-password",
        Purpose::ConfirmEmail => "confirm",
    };
    let link = Link {
        code_hash: hash_of(&code),
        purpose,
        account_id: None,
        role: Role::Member,
        created_by: None,
        created_at: now,
        expires_at: now + lasts,
        address: None,
    };
    (services.origin.at(&format!("/{path}/{code}")), link)
}

pub(super) fn hash_of(code: &str) -> String {
    sha256(code.as_bytes()).to_hex()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nobody_makes_others_more_than_they_are() {
        assert!(may_invite(Role::Admin, Role::Admin));
        assert!(may_invite(Role::Moderator, Role::Member));
        assert!(!may_invite(Role::Moderator, Role::Moderator));
        assert!(!may_invite(Role::Member, Role::Member));
    }
}
