//! Somebody signs in with a password.
//!
//! An unknown name and a wrong password look alike, also in time. How often one may try is not decided here; see
//! `Services::limiter`, which the page asks first.

use super::session::{self, NewSession};
use super::{login, password, store};
use crate::base::{Error, Result};
use crate::domain::accounts;
use crate::platform::services::Services;

/// Signs in; the token of the session belongs into a cookie.
///
/// # Errors
/// [`Error::Forbidden`] if name and password do not fit, or the account was disabled.
pub async fn sign_in(
    services: &Services,
    login: &str,
    password: &str,
    user_agent: &str,
) -> Result<NewSession> {
    let mut conn = services.db.read().await?;
    let account = login::find(&mut conn, login).await?;
    let hash = match account {
        Some(account) => store::find_password_hash(&mut conn, account).await?,
        None => None,
    };
    drop(conn);
    let fits = password::fits(services, password, hash).await?;
    let Some(account) = account.filter(|_| fits) else {
        return Err(Error::forbidden("the name or the password is not right"));
    };
    let mut tx = services.db.begin().await?;
    let user = store::get(&mut tx, account).await?;
    if accounts::store::get(&mut tx, account).await?.suspended_at.is_some() {
        let reason = store::find_suspension_reason(&mut tx, account).await?.unwrap_or_default();
        return Err(Error::forbidden(format!("this account is suspended by the moderators: {reason}")));
    }
    if user.disabled_at.is_some() || accounts::store::get(&mut tx, account).await?.is_hidden() {
        return Err(Error::forbidden("this account is closed; ask the people who run this site"));
    }
    let new = session::open_in(services, &mut tx, account, user_agent).await?;
    tx.commit().await?;
    Ok(new)
}
