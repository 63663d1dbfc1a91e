//! Somebody signs up by a link. The first administrator names the site too.

use super::create::{self, NewPerson};
use super::model::Purpose;
use super::{link, store};
use crate::base::{Error, Result};
use crate::domain::accounts::Account;
use crate::domain::instance;
use crate::platform::services::Services;

/// What somebody typed. The role comes from the link.
#[derive(Clone, Debug, Default)]
pub struct Registration {
    /// The short name.
    pub username: String,
    /// The e-mail address.
    pub email: String,
    /// The password.
    pub password: String,
    /// The name that others see; may be empty.
    pub display_name: String,
    /// What the site is called, at the first run.
    pub site_name: Option<String>,
    /// What it is for, at the first run.
    pub site_description: Option<String>,
}

/// Makes an account by a link for the first administrator or an invitation. The link is used up only if it works.
///
/// # Errors
/// [`Error::NotFound`] if the link does not work; [`Error::Invalid`] and [`Error::Conflict`] as `create`.
pub async fn register(services: &Services, code: &str, registration: Registration) -> Result<Account> {
    let link = link::get(services, code).await?;
    if !matches!(link.purpose, Purpose::FirstRun | Purpose::Invitation) {
        return Err(Error::not_found("link"));
    }
    let person = NewPerson {
        username: registration.username,
        email: registration.email,
        password: registration.password,
        display_name: registration.display_name,
        role: link.role,
    };
    let first = link.purpose == Purpose::FirstRun;
    if let Some(name) = registration.site_name.as_deref().filter(|_| first) {
        instance::about::check_name(name)?;
    }
    let prepared = create::prepare(services, person).await?;

    let now = services.clock.now();
    let mut tx = services.db.begin().await?;
    if !store::links::update_used(&mut tx, &link.code_hash, now).await? {
        return Err(Error::not_found("link"));
    }
    // Somebody became administrator in another way since: the first-run link has done its work.
    if first && store::has_admin(&mut tx).await? {
        return Err(Error::not_found("link"));
    }
    let account = create::create_in(services, &mut tx, prepared).await?;
    if let Some(address) = &link.address {
        // The invitation was sent there: only the address that they gave may be another one.
        store::update_confirmed(&mut tx, account.id, address, now).await?;
    }
    if first {
        let (name, description) = (registration.site_name, registration.site_description);
        instance::about::write(services, &mut tx, name.as_deref(), description.as_deref()).await?;
    }
    tx.commit().await?;
    Ok(account)
}
