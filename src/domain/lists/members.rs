//! Who is on a list.

use super::manage::{get, refill_home, settle_home_of};
use super::store;
use crate::base::id::{AccountId, ListId};
use crate::base::{Error, Result};
use crate::platform::services::Services;

/// The most members of one list.
pub const MOST: i64 = 1_000;

/// Puts people on a list whom its owner follows, or asks to follow. Doing it twice is the same as doing it once.
///
/// # Errors
/// [`Error::NotFound`] for a list or a person that is none, or whom the owner does not follow; then nobody is added.
/// [`Error::Invalid`] for more than [`MOST`] members.
///
/// Source: <https://docs.joinmastodon.org/methods/lists/#accounts-add>
pub async fn add(services: &Services, account: AccountId, id: ListId, people: &[AccountId]) -> Result<()> {
    let mut tx = services.db.begin().await?;
    let list = get(&mut tx, account, id).await?;
    let mut people = people.to_vec();
    people.sort_unstable();
    people.dedup();
    let followed = store::list_addable(&mut tx, account, &people).await?;
    if followed.len() < people.len() {
        return Err(Error::not_found("followed account"));
    }
    store::insert_members(&mut tx, &list, &people, services.clock.now()).await?;
    if store::count_members(&mut tx, id).await? > MOST {
        return Err(Error::invalid(
            "account_ids",
            format!("are too many: a list has at most {MOST} members"),
        ));
    }
    if list.exclusive {
        settle_home_of(&mut tx, &list, &people).await?;
    }
    tx.commit().await
}

/// Takes people off a list. Doing it twice is the same as doing it once.
///
/// # Errors
/// [`Error::NotFound`] for a list that is none.
///
/// Source: <https://docs.joinmastodon.org/methods/lists/#accounts-remove>
pub async fn remove(services: &Services, account: AccountId, id: ListId, people: &[AccountId]) -> Result<()> {
    let mut tx = services.db.begin().await?;
    let list = get(&mut tx, account, id).await?;
    store::delete_members(&mut tx, id, people).await?;
    if list.exclusive {
        for person in people {
            refill_home(&mut tx, account, *person).await?;
        }
    }
    tx.commit().await
}
