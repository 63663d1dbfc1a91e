//! Passwords: what a good one is, made hashes of, checked, changed.

use super::store;
use crate::base::id::{AccountId, SessionId};
use crate::base::{Error, Result};
use crate::platform::crypto;
use crate::platform::services::Services;

/// The fewest characters. Length is what counts; no digits or signs are asked for (NIST SP 800-63B, 3.1.1.2).
pub const MIN: usize = 10;

/// The most characters, so that hashing stays cheap.
pub const MAX: usize = 256;

/// Checks a password that somebody chose.
///
/// # Errors
/// [`Error::Invalid`] if it is too short or long, one letter again and again, or the own name or address.
pub fn check(password: &str, username: &str, email: &str) -> Result<()> {
    let length = password.chars().count();
    if length < MIN {
        return Err(Error::invalid("password", format!("must have at least {MIN} characters")));
    }
    if length > MAX {
        return Err(Error::invalid("password", format!("must have at most {MAX} characters")));
    }
    let lower = password.trim().to_lowercase();
    let (username, email) = (username.to_lowercase(), email.to_lowercase());
    let local = email.split('@').next().unwrap_or_default();
    if [username.as_str(), email.as_str(), local].contains(&lower.as_str()) {
        return Err(Error::invalid("password", "must not be your own name or address"));
    }
    if lower.chars().all(|letter| lower.starts_with(letter)) {
        return Err(Error::invalid("password", "must be more than one letter again and again"));
    }
    Ok(())
}

/// The hash of a password, on a thread where it hinders nobody.
pub async fn hash(services: &Services, password: &str) -> Result<String> {
    let (random, password) = (services.random.clone(), password.to_owned());
    let _turn = services.passwords.acquire().await.map_err(Error::internal)?;
    tokio::task::spawn_blocking(move || crypto::hash_password(&random, &password))
        .await
        .map_err(Error::internal)?
        .map_err(Error::internal)
}

/// Whether the password is the one behind the hash; takes as long if there is no hash.
pub async fn fits(services: &Services, password: &str, hash: Option<String>) -> Result<bool> {
    if password.chars().count() > MAX {
        return Ok(false);
    }
    let password = password.to_owned();
    let _turn = services.passwords.acquire().await.map_err(Error::internal)?;
    tokio::task::spawn_blocking(move || crypto::verify_password(&password, hash.as_deref()))
        .await
        .map_err(Error::internal)
}

/// Somebody says the own password once more, before something that cannot simply be taken back.
///
/// # Errors
/// [`Error::Invalid`] if it is wrong.
pub async fn confirm(services: &Services, account: AccountId, password: &str) -> Result<()> {
    let mut conn = services.db.read().await?;
    let hash = store::find_password_hash(&mut conn, account).await?;
    drop(conn);
    if fits(services, password, hash).await? {
        Ok(())
    } else {
        Err(Error::invalid("current_password", "is not right"))
    }
}

/// Somebody changes the own password. All other sessions end.
///
/// # Errors
/// [`Error::Invalid`] if the current one is wrong, or the new one is not good.
pub async fn change(
    services: &Services,
    account: AccountId,
    current: &str,
    new: &str,
    kept: Option<SessionId>,
) -> Result<()> {
    let mut conn = services.db.read().await?;
    let user = store::get(&mut conn, account).await?;
    let username = crate::domain::accounts::store::get(&mut conn, account).await?.username;
    drop(conn);
    confirm(services, account, current).await?;
    check(new, &username, &user.email)?;
    let hash = hash(services, new).await?;
    let mut tx = services.db.begin().await?;
    store::update_password(&mut tx, account, &hash).await?;
    store::links::delete_of(&mut tx, account).await?;
    store::sessions::delete_others(&mut tx, account, kept).await?;
    tx.commit().await
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_password_is_long_and_not_the_name() {
        let good = |password: &str| check(password, "annabellesmith", "ann.smith.long@example.org").is_ok();

        assert!(good("correct horse"));
        assert!(good("ein zwei drei"));
        assert!(good("пароль длинный"));
        assert!(!good("too short"));
        assert!(!good("annabellesmith"));
        assert!(!good("AnnabelleSmith"));
        assert!(!good("ann.smith.long"));
        assert!(!good("ann.smith.long@example.org"));
        assert!(!good("aaaaaaaaaaaaaaa"));
        assert!(!good(&"long ".repeat(60)));
    }
}
