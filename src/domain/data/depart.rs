//! Leaving for good, with seven days to think it over.
//!
//! Until then nothing changes: one signs in, reads and posts, and can stay. What leaving does is not done here; see
//! `auth::leave`.

use std::time::Duration;

use super::model::Departure;
use super::store::departures as store;
use crate::base::id::AccountId;
use crate::base::{Error, Result};
use crate::domain::auth;
use crate::platform::db::Conn;
use crate::platform::services::Services;

/// How long one can think it over.
pub const THINK: Duration = Duration::from_hours(7 * 24);

/// Accounts that are closed in one go.
const BATCH: i64 = 20;

/// Somebody wants to leave. Saying it twice does not make the time longer.
///
/// # Errors
/// [`Error::NotFound`] if nobody signs in with this account; [`Error::Forbidden`] for the last administrator.
pub async fn depart(services: &Services, account: AccountId) -> Result<Departure> {
    let now = services.clock.now();
    let mut tx = services.db.begin().await?;
    auth::leave::require_may_leave(&mut tx, account).await?;
    store::insert(&mut tx, &Departure { account_id: account, asked_at: now, run_at: now + THINK }).await?;
    let departure = store::find(&mut tx, account).await?.ok_or(Error::not_found("user"))?;
    tx.commit().await?;
    Ok(departure)
}

/// They stay after all. Saying it twice is the same as saying it once.
///
/// # Errors
/// As the database.
pub async fn stay(services: &Services, account: AccountId) -> Result<()> {
    let mut tx = services.db.begin().await?;
    store::delete(&mut tx, account).await?;
    tx.commit().await
}

/// Whether somebody is about to leave, and when.
///
/// # Errors
/// As the database.
pub async fn find(conn: &mut Conn, account: AccountId) -> Result<Option<Departure>> {
    store::find(conn, account).await
}

/// Closes the accounts of those whose time has come. Whoever became the last administrator meanwhile stays.
///
/// # Errors
/// As the database.
pub async fn run_due(services: &Services) -> Result<()> {
    let now = services.clock.now();
    let due = store::list_due(&mut services.db.read().await?, now, BATCH).await?;
    for departure in due {
        // They may have changed their mind a moment ago.
        let still = store::find(&mut services.db.read().await?, departure.account_id).await?;
        if still.is_none_or(|still| still.run_at > now) {
            continue;
        }
        match auth::leave(services, departure.account_id).await {
            Ok(()) => {}
            Err(Error::Forbidden { reason }) => {
                let account = departure.account_id;
                tracing::warn!(%account, "Account {account} is not deleted as its owner wished: {reason}");
                stay(services, account).await?;
            }
            Err(Error::NotFound { .. }) => stay(services, departure.account_id).await?,
            Err(other) => return Err(other),
        }
    }
    Ok(())
}
