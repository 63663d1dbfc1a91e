//! Making, changing and throwing away a list. Nobody else hears of any of it, so there are no events.

use std::time::Duration;

use super::model::{Change, List, NewList, title};
use super::{pins, store};
use crate::base::id::{AccountId, ListId};
use crate::base::{Error, Result};
use crate::domain::follows;
use crate::platform::db::{Conn, Tx};
use crate::platform::services::Services;

/// The most lists of one person.
pub const MOST: i64 = 50;

/// How many posts of a member come back into the home when nothing keeps them apart any more.
const FIRST_POSTS: i64 = 20;

/// How long a list that was thrown away can be taken back.
const KEPT: Duration = Duration::from_hours(24);

/// A person of this site makes a list.
///
/// # Errors
/// [`Error::Invalid`] for a title that is none, and for more than [`MOST`] lists.
///
/// Source: <https://docs.joinmastodon.org/methods/lists/#create>
pub async fn create(services: &Services, account: AccountId, new: NewList) -> Result<List> {
    let list = List {
        id: services.ids.next(),
        account_id: account,
        title: title(&new.title)?,
        replies: new.replies,
        exclusive: new.exclusive,
        deleted_at: None,
    };
    let mut tx = services.db.begin().await?;
    if store::count(&mut tx, account).await? >= MOST {
        return Err(Error::invalid("title", format!("cannot be added: there are {MOST} lists already")));
    }
    store::insert(&mut tx, &list, services.clock.now()).await?;
    tx.commit().await?;
    Ok(list)
}

/// The list, if it is the person's own.
///
/// # Errors
/// [`Error::NotFound`] for the list of somebody else too.
pub async fn get(conn: &mut Conn, account: AccountId, id: ListId) -> Result<List> {
    let list = store::find(conn, id).await?;
    list.filter(|list| list.account_id == account && list.deleted_at.is_none())
        .ok_or(Error::not_found("list"))
}

/// Changes a list. From the moment it is exclusive, its members do not stand in the home any more.
///
/// # Errors
/// As [`get`] and [`create`].
pub async fn change(services: &Services, account: AccountId, id: ListId, change: Change) -> Result<List> {
    let mut tx = services.db.begin().await?;
    let before = get(&mut tx, account, id).await?;
    let mut list = before.clone();
    if let Some(typed) = &change.title {
        list.title = title(typed)?;
    }
    list.replies = change.replies.unwrap_or(list.replies);
    list.exclusive = change.exclusive.unwrap_or(list.exclusive);
    store::update(&mut tx, &list).await?;
    pins::forget_after_commit(services, &mut tx, account);
    if before.exclusive != list.exclusive {
        settle_home(&mut tx, &list).await?;
    }
    tx.commit().await?;
    Ok(list)
}

/// Throws a list away. For a day it can be taken back. Doing it twice is the same as doing it once.
///
/// # Errors
/// [`Error::NotFound`] if the person has no such list.
pub async fn delete(services: &Services, account: AccountId, id: ListId) -> Result<()> {
    set_deleted(services, account, id, true).await
}

/// Takes back that a list was thrown away.
///
/// # Errors
/// [`Error::NotFound`] if it is gone for good; [`Error::Invalid`] if there are [`MOST`] others by now.
pub async fn restore(services: &Services, account: AccountId, id: ListId) -> Result<()> {
    set_deleted(services, account, id, false).await
}

async fn set_deleted(services: &Services, account: AccountId, id: ListId, deleted: bool) -> Result<()> {
    let mut tx = services.db.begin().await?;
    let list = store::find(&mut tx, id).await?.filter(|list| list.account_id == account);
    let mut list = list.ok_or(Error::not_found("list"))?;
    if list.deleted_at.is_some() == deleted {
        return Ok(());
    }
    if !deleted && store::count(&mut tx, account).await? >= MOST {
        return Err(Error::invalid("title", format!("cannot be added: there are {MOST} lists already")));
    }
    list.deleted_at = deleted.then(|| services.clock.now());
    store::update_deleted(&mut tx, &list).await?;
    pins::forget_after_commit(services, &mut tx, account);
    if list.exclusive {
        settle_home(&mut tx, &list).await?;
    }
    tx.commit().await
}

/// After a list began or ceased to keep its members apart.
async fn settle_home(tx: &mut Tx, list: &List) -> Result<()> {
    let members = store::list_members(tx, list.id, i64::MAX, 0).await?;
    settle_home_of(tx, list, &members).await
}

/// The same for some members only.
pub(super) async fn settle_home_of(tx: &mut Tx, list: &List, members: &[AccountId]) -> Result<()> {
    for member in members {
        if list.exclusive && list.deleted_at.is_none() {
            follows::store::clear_home(tx, list.account_id, *member).await?;
        } else {
            refill_home(tx, list.account_id, *member).await?;
        }
    }
    Ok(())
}

/// Somebody is read in the home again, if they are followed and no other list keeps them apart.
pub(super) async fn refill_home(tx: &mut Tx, owner: AccountId, member: AccountId) -> Result<()> {
    match follows::store::find(tx, owner, member).await? {
        Some(follow) if follow.accepted => follows::store::fill_home(tx, owner, member, FIRST_POSTS).await,
        _ => Ok(()),
    }
}

/// Forgets for good what was thrown away a day ago.
///
/// # Errors
/// As the database.
pub async fn sweep(services: &Services) -> Result<()> {
    let mut tx = services.db.begin().await?;
    store::delete_old(&mut tx, services.clock.now() - KEPT).await?;
    tx.commit().await
}
