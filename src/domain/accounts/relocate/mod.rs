//! People change department: the account of before names the one of now, and followers go along.
//!
//! Both sides must say so: the new account names the old one among its aliases, the old one moves. Nothing is fetched
//! here; who calls has read the target afresh. Telling others and moving the followers is not done here; see
//! `effects::account_moved`.
//!
//! Source: <https://codeberg.org/fediverse/fep/src/branch/main/fep/7628/fep-7628.md>

pub mod store;

use std::time::Duration;

use super::model::{Account, Kind};
use super::store as rows;
use crate::base::id::AccountId;
use crate::base::origin::host_of_uri;
use crate::base::{Error, Result};
use crate::domain::event::Event;
use crate::platform::db::{Conn, Tx};
use crate::platform::services::Services;

/// How long after a move nobody moves again, as Mastodon: followers are not to be sent around.
pub const COOL_DOWN: Duration = Duration::from_hours(30 * 24);

/// The most aliases that a person of this site has.
pub const MOST_ALIASES: usize = 10;

/// A person of this site says which other accounts are theirs; this replaces what they said before.
///
/// # Errors
/// [`Error::Invalid`] for what is no address of an account, the own one, and for too many; [`Error::NotFound`] if the
/// person is not of this site.
pub async fn set_aliases(services: &Services, id: AccountId, aliases: Vec<String>) -> Result<()> {
    let mut tx = services.db.begin().await?;
    let account = rows::get(&mut tx, id).await?;
    if !account.is_local() || account.id.0 <= 0 {
        return Err(Error::not_found("account"));
    }
    let mut unique: Vec<String> = Vec::new();
    for alias in aliases {
        if host_of_uri(&alias).is_none() || alias.len() > 2_000 {
            return Err(Error::invalid("alias", "must be an account, as in ann@sales.example.org"));
        }
        if alias == account.uri {
            return Err(Error::invalid("alias", "must be another account than this one"));
        }
        if !unique.contains(&alias) {
            unique.push(alias);
        }
    }
    if unique.len() > MOST_ALIASES {
        return Err(Error::invalid("alias", format!("must be at most {MOST_ALIASES}")));
    }
    if store::find_aliases(&mut tx, id).await? != unique {
        store::update_aliases(&mut tx, id, &unique, services.clock.now()).await?;
        Event::AccountUpdated { account: id }.emit(services, &mut tx).await?;
    }
    tx.commit().await
}

/// Whether the account names `uri` as the same person.
pub async fn names(conn: &mut Conn, account: AccountId, uri: &str) -> Result<bool> {
    Ok(store::find_aliases(conn, account).await?.iter().any(|alias| alias == uri))
}

/// A person of this site moves to `target`, whose profile was just read. Moving there again is the same as doing it once.
///
/// # Errors
/// [`Error::Invalid`] if the target does not name this account, has moved itself, or is this one; [`Error::Forbidden`]
/// within 30 days of the last move; [`Error::NotFound`] if one of the two is not there.
pub async fn relocate(services: &Services, id: AccountId, target: AccountId) -> Result<()> {
    let mut tx = services.db.begin().await?;
    let account = rows::get(&mut tx, id).await?;
    if !account.is_local() || account.id.0 <= 0 || account.is_hidden() {
        return Err(Error::not_found("account"));
    }
    relocate_in(services, &mut tx, &account, target).await?;
    tx.commit().await
}

/// The same inside a transaction, for an account of any site whose origin said so. `false` if it had moved there.
///
/// That the profile names the target already is no sign that the followers went along: an `Update` may come first.
///
/// # Errors
/// As [`relocate`].
pub async fn relocate_in(
    services: &Services,
    tx: &mut Tx,
    account: &Account,
    target: AccountId,
) -> Result<bool> {
    let now = services.clock.now();
    let last = store::find_moved_at(tx, account.id).await?.filter(|at| *at + COOL_DOWN > now);
    if last.is_some() && account.moved_to_id == Some(target) {
        return Ok(false);
    }
    let target = rows::get(tx, target).await?;
    check_target(tx, account, &target).await?;
    if let Some(at) = last {
        let day = (at + COOL_DOWN).to_date();
        return Err(Error::forbidden(format!(
            "this account moved less than 30 days ago; again from {day} on"
        )));
    }
    store::update_moved(tx, account.id, target.id, now).await?;
    super::receive::forget_after_commit(services, tx, &account.uri);
    Event::AccountMoved { account: account.id, target: target.id }.emit(services, tx).await?;
    Ok(true)
}

async fn check_target(tx: &mut Tx, account: &Account, target: &Account) -> Result<()> {
    if target.id == account.id {
        return Err(Error::invalid("target", "must be another account than this one"));
    }
    if target.is_hidden() || target.id.0 <= 0 || target.kind == Kind::Application {
        return Err(Error::not_found("account"));
    }
    if target.moved_to_id.is_some() {
        return Err(Error::invalid("target", "has moved itself; name the account where it is now"));
    }
    if !names(tx, target.id, &account.uri).await? {
        let problem = "must name the old account as its own first, under Settings there";
        return Err(Error::invalid("target", problem));
    }
    Ok(())
}

/// A person of this site takes the redirect back: the account can be used again. Followers who went along stay where
/// they are, and the next move waits as if this one still held. Doing it twice is the same as doing it once.
///
/// # Errors
/// [`Error::NotFound`] if the person is not of this site.
pub async fn stay(services: &Services, id: AccountId) -> Result<()> {
    let mut tx = services.db.begin().await?;
    let account = rows::get(&mut tx, id).await?;
    if !account.is_local() || account.id.0 <= 0 {
        return Err(Error::not_found("account"));
    }
    if account.moved_to_id.is_some() {
        store::update_moved_to(&mut tx, id, None).await?;
        super::receive::forget_after_commit(services, &mut tx, &account.uri);
        Event::AccountUpdated { account: id }.emit(services, &mut tx).await?;
    }
    tx.commit().await
}

/// What somebody who moved away, or left for good, can no longer do with the old account.
///
/// # Errors
/// [`Error::Forbidden`] if they moved or left.
pub fn require_here(account: &Account) -> Result<()> {
    if account.deleted_at.is_some() {
        return Err(Error::forbidden("this account is deleted"));
    }
    match account.moved_to_id {
        None => Ok(()),
        Some(_) => Err(Error::forbidden("this account has moved; use the new one, or take the move back")),
    }
}
