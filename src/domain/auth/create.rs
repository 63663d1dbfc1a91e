//! A new person of this site: account, keys and the means to sign in.

use super::model::{Role, User};
use super::{password, store};
use crate::base::id::AccountId;
use crate::base::{Error, Result};
use crate::domain::accounts::keys::NewKeys;
use crate::domain::accounts::model::check_username;
use crate::domain::accounts::{self, Account, Kind, NewAccount};
use crate::platform::db::Tx;
use crate::platform::services::Services;

/// The longest e-mail address, in bytes (RFC 5321, 4.5.3.1.3).
const EMAIL_MAX: usize = 254;

/// Somebody who gets an account.
#[derive(Clone, Debug, Default)]
pub struct NewPerson {
    /// The short name.
    pub username: String,
    /// The e-mail address.
    pub email: String,
    /// The password.
    pub password: String,
    /// The name that others see; may be empty.
    pub display_name: String,
    /// What they may do.
    pub role: Role,
}

/// What takes time, done before the transaction: the hash of the password and the keys.
#[derive(Debug)]
pub struct Prepared {
    person: NewPerson,
    password_hash: String,
    keys: NewKeys,
}

/// Makes an account, without asking for a link; for the command line, the demo and tests.
///
/// # Errors
/// [`Error::Invalid`] for a name, address or password that cannot be taken; [`Error::Conflict`] if one is taken.
pub async fn create(services: &Services, person: NewPerson) -> Result<Account> {
    let prepared = prepare(services, person).await?;
    let mut tx = services.db.begin().await?;
    let account = create_in(services, &mut tx, prepared).await?;
    tx.commit().await?;
    Ok(account)
}

/// Checks what was typed, hashes the password and makes the keys.
///
/// # Errors
/// [`Error::Invalid`] for a name, address or password that cannot be taken.
pub async fn prepare(services: &Services, mut person: NewPerson) -> Result<Prepared> {
    person.username = person.username.trim().to_owned();
    person.email = person.email.trim().to_owned();
    person.display_name = person.display_name.trim().to_owned();
    check_username(&person.username)?;
    check_email(&person.email)?;
    password::check(&person.password, &person.username, &person.email)?;
    let most = services.config.limits.name_characters as usize;
    if person.display_name.chars().count() > most {
        return Err(Error::invalid("display_name", format!("must have at most {most} characters")));
    }
    let (password_hash, keys) =
        tokio::try_join!(password::hash(services, &person.password), NewKeys::generate())?;
    Ok(Prepared { person, password_hash, keys })
}

/// Writes the account inside a transaction.
///
/// # Errors
/// [`Error::Conflict`] if the name or the address is taken.
pub async fn create_in(services: &Services, tx: &mut Tx, prepared: Prepared) -> Result<Account> {
    let Prepared { person, password_hash, keys } = prepared;
    let now = services.clock.now();
    let id: AccountId = services.ids.next();
    let account = new_account(services, &person);
    if !accounts::store::insert(tx, id, &account, now).await? {
        return Err(Error::conflict(format!("the name {} is taken, choose another one", person.username)));
    }
    keys.insert(tx, id, &account.uri, now).await?;
    let user = User {
        account_id: id,
        email: person.email,
        role: person.role,
        default_visibility: String::new(),
        default_sensitive: false,
        default_language: None,
        read_notification: 0,
        disabled_at: None,
        created_at: now,
        last_seen_at: None,
        settings: super::Settings::default(),
    };
    if !store::insert(tx, &user, &password_hash).await? {
        return Err(Error::conflict("somebody uses this e-mail address here already; sign in instead"));
    }
    accounts::store::get(tx, id).await
}

fn new_account(services: &Services, person: &NewPerson) -> NewAccount {
    let (origin, username) = (&services.origin, person.username.as_str());
    NewAccount {
        username: username.to_owned(),
        host: String::new(),
        kind: Kind::Person,
        uri: origin.actor(username),
        url: origin.profile(username),
        display_name: person.display_name.clone(),
        note: String::new(),
        fields: Vec::new(),
        avatar_url: None,
        header_url: None,
        locked: false,
        discoverable: true,
        inbox: origin.collection(username, "inbox"),
        shared_inbox: Some(origin.shared_inbox()),
        outbox: Some(origin.collection(username, "outbox")),
        followers_uri: Some(origin.collection(username, "followers")),
        following_uri: Some(origin.collection(username, "following")),
        featured_uri: Some(origin.collection(username, "featured")),
        also_known_as: Vec::new(),
        moved_to: None,
        indexable: true,
        created_at: services.clock.now(),
        keys: Vec::new(),
    }
}

/// Only what no address can be without; whether it works shows when a mail is sent.
pub fn check_email(email: &str) -> Result<()> {
    let shaped = email
        .split_once('@')
        .is_some_and(|(local, host)| !local.is_empty() && !host.is_empty() && !host.contains('@'));
    if !shaped || email.len() > EMAIL_MAX || email.contains(|c: char| c.is_whitespace() || c.is_control()) {
        return Err(Error::invalid("email", "must be an e-mail address, as in ann@example.org"));
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_has_two_halves() {
        for good in ["ann@example.org", "ann+desk@localhost", "ännchen@bücher.example"] {
            assert!(check_email(good).is_ok(), "{good}");
        }
        for bad in ["", "ann", "@example.org", "ann@", "ann@@example.org", "an n@example.org"] {
            assert!(check_email(bad).is_err(), "{bad}");
        }
    }
}
