//! Mails that somebody asks for: an invitation, a new password, a confirmation of an address.

use std::time::Duration;

use super::model::About;
use super::queue::{NewMail, post_in};
use crate::base::config::Registrations;
use crate::base::id::AccountId;
use crate::base::{Error, Result};
use crate::domain::auth::link::{INVITATION, RESET, may_invite};
use crate::domain::auth::{self, Role, User, create};
use crate::platform::crypto::sha256;
use crate::platform::services::Services;

/// Asked for again within this time, it is the same mail.
const ONCE_IN: Duration = Duration::from_mins(2);

/// Somebody forgot the password. Nobody learns by this whether there is such a person: it does the same for everybody.
///
/// # Errors
/// [`Error::Invalid`] if nothing was typed; [`Error::RateLimited`] if it was asked for too often.
pub async fn ask_reset(services: &Services, login: &str) -> Result<()> {
    let login = login.trim().trim_start_matches('@').to_lowercase();
    if login.is_empty() || login.chars().count() > 250 {
        return Err(Error::invalid("login", "must be a name or an e-mail address"));
    }
    let key = sha256(login.as_bytes()).to_hex();
    let mail = NewMail {
        account: None,
        address: String::new(),
        about: About::Reset { login },
        source: format!("reset:{key}:{}", turn(services, ONCE_IN)),
        run_at: services.clock.now(),
        lasts: RESET / 2,
    };
    post(services, mail).await.map(|_| ())
}

/// A person is asked to confirm their address. `false` if it is confirmed, or mails do not leave.
///
/// # Errors
/// [`Error::NotFound`] if nobody signs in with this account.
pub async fn ask_confirmation(services: &Services, person: AccountId) -> Result<bool> {
    let mut conn = services.db.read().await?;
    let user = auth::store::get(&mut conn, person).await?;
    let confirmed = auth::confirm::is_confirmed(&mut conn, person).await?;
    drop(conn);
    if confirmed || !services.mail.is_on() {
        return Ok(false);
    }
    let key = sha256(user.email.as_bytes()).to_hex();
    let mail = NewMail {
        account: Some(person),
        address: user.email,
        about: About::Confirmation,
        source: format!("confirm:{person}:{key}:{}", turn(services, ONCE_IN)),
        run_at: services.clock.now(),
        lasts: RESET,
    };
    post(services, mail).await?;
    Ok(true)
}

/// Somebody invites a colleague by mail. Moderators invite members; administrators anybody.
///
/// # Errors
/// [`Error::Forbidden`] if they may not; [`Error::Invalid`] if it is no address; [`Error::Conflict`] if somebody of the
/// site has it.
pub async fn invite(services: &Services, by: &User, role: Role, address: &str) -> Result<()> {
    if services.config.site.registrations == Registrations::Closed {
        return Err(Error::forbidden("on this site only the command line makes accounts"));
    }
    if !may_invite(by.role, role) {
        return Err(Error::forbidden("only those who run this site can invite"));
    }
    invite_as(services, role, Some(by.account_id), address).await
}

/// Invites without asking who may; for the command line.
///
/// # Errors
/// As [`invite`], but for who may.
pub async fn invite_as(services: &Services, role: Role, by: Option<AccountId>, address: &str) -> Result<()> {
    let address = address.trim();
    create::check_email(address)?;
    let mut conn = services.db.read().await?;
    let taken = auth::store::find_id_by_email(&mut conn, address).await?.is_some();
    drop(conn);
    if taken {
        return Err(Error::conflict("somebody uses this e-mail address here already"));
    }
    let key = sha256(address.to_lowercase().as_bytes()).to_hex();
    let mail = NewMail {
        account: None,
        address: address.to_owned(),
        about: About::Invitation { role: role.word().to_owned(), by },
        source: format!("invitation:{key}:{}", turn(services, ONCE_IN)),
        run_at: services.clock.now(),
        lasts: INVITATION / 2,
    };
    post(services, mail).await.map(|_| ())
}

async fn post(services: &Services, mail: NewMail) -> Result<bool> {
    let mut tx = services.db.begin().await?;
    let new = post_in(services, &mut tx, mail).await?;
    tx.commit().await?;
    Ok(new)
}

/// The number of the span of time that runs now.
fn turn(services: &Services, span: Duration) -> i64 {
    services.clock.now().0.div_euclid(i64::try_from(span.as_millis()).unwrap_or(1))
}
