//! Making, changing and throwing away a filter. Nobody else hears of any of it, so there are no events.

use std::time::Duration;

use super::compiled::forget_after_commit;
use super::model::{Change, Context, Contexts, Filter, FilterView, NewFilter};
use super::{store, words};
use crate::base::id::{AccountId, FilterId};
use crate::base::text::clean_line;
use crate::base::{Error, Result};
use crate::platform::db::{Conn, Tx};
use crate::platform::services::Services;

/// The most filters of one person.
pub const MOST: i64 = 100;

/// How long a title can be, in characters.
pub const TITLE: usize = 100;

/// How long a filter that was thrown away can be taken back.
const KEPT: Duration = Duration::from_hours(24);

/// A person of this site makes a filter.
///
/// # Errors
/// [`Error::Invalid`] for a title or words that are none, for no place at all, and for more than [`MOST`] filters.
///
/// Source: <https://docs.joinmastodon.org/methods/filters/#create>
pub async fn create(services: &Services, account: AccountId, new: NewFilter) -> Result<FilterView> {
    let now = services.clock.now();
    let filter = Filter {
        id: services.ids.next(),
        account_id: account,
        title: title(&new.title)?,
        contexts: somewhere(new.contexts)?,
        action: new.action,
        expires_at: new.expires_in.map(|time| now + time),
        deleted_at: None,
    };
    let mut tx = services.db.begin().await?;
    require_room(&mut tx, account).await?;
    store::insert(&mut tx, &filter, now).await?;
    for (word, whole) in &new.words {
        words::add_in(services, &mut tx, &filter, word, *whole).await?;
    }
    finish(services, tx, filter).await
}

/// The filter with its words and posts, if it is the person's own.
///
/// # Errors
/// [`Error::NotFound`] for the filter of somebody else too.
pub async fn get(conn: &mut Conn, account: AccountId, id: FilterId) -> Result<FilterView> {
    let filter = own(conn, account, id).await?;
    view(conn, filter).await
}

/// The person's filters, by title, also those whose time is over.
///
/// # Errors
/// As the database.
pub async fn list(conn: &mut Conn, account: AccountId) -> Result<Vec<FilterView>> {
    let filters = store::list(conn, account).await?;
    if filters.is_empty() {
        return Ok(Vec::new());
    }
    let ids: Vec<FilterId> = filters.iter().map(|filter| filter.id).collect();
    let (words, statuses) = (store::list_words(conn, &ids).await?, store::list_statuses(conn, &ids).await?);
    let view = |filter: Filter| FilterView {
        words: words.iter().filter(|word| word.filter_id == filter.id).cloned().collect(),
        statuses: statuses.iter().filter(|named| named.filter_id == filter.id).copied().collect(),
        filter,
    };
    Ok(filters.into_iter().map(view).collect())
}

/// Changes a filter, and its words.
///
/// # Errors
/// As [`get`] and [`create`].
pub async fn change(
    services: &Services,
    account: AccountId,
    id: FilterId,
    change: Change,
) -> Result<FilterView> {
    let now = services.clock.now();
    let mut tx = services.db.begin().await?;
    let mut filter = own(&mut tx, account, id).await?;
    if let Some(typed) = &change.title {
        filter.title = title(typed)?;
    }
    if let Some(contexts) = change.contexts {
        filter.contexts = somewhere(contexts)?;
    }
    filter.action = change.action.unwrap_or(filter.action);
    if let Some(expires_in) = change.expires_in {
        filter.expires_at = expires_in.map(|time| now + time);
    }
    store::update(&mut tx, &filter, now).await?;
    for word in change.words {
        words::change_in(services, &mut tx, &filter, word).await?;
    }
    finish(services, tx, filter).await
}

/// Throws a filter away. For a day it can be taken back. Doing it twice is the same as doing it once.
///
/// # Errors
/// [`Error::NotFound`] if the person has no such filter.
pub async fn delete(services: &Services, account: AccountId, id: FilterId) -> Result<()> {
    set_deleted(services, account, id, true).await
}

/// Takes back that a filter was thrown away.
///
/// # Errors
/// [`Error::NotFound`] if it is gone for good; [`Error::Invalid`] if there are [`MOST`] others by now.
pub async fn restore(services: &Services, account: AccountId, id: FilterId) -> Result<()> {
    set_deleted(services, account, id, false).await
}

async fn set_deleted(services: &Services, account: AccountId, id: FilterId, deleted: bool) -> Result<()> {
    let mut tx = services.db.begin().await?;
    let filter = store::find(&mut tx, id).await?.filter(|filter| filter.account_id == account);
    let filter = filter.ok_or(Error::not_found("filter"))?;
    if filter.deleted_at.is_some() == deleted {
        return Ok(());
    }
    if !deleted {
        require_room(&mut tx, account).await?;
    }
    store::update_deleted(&mut tx, id, deleted.then(|| services.clock.now())).await?;
    forget_after_commit(services, &mut tx, account);
    tx.commit().await
}

/// The filter, if it is the person's own.
pub(super) async fn own(conn: &mut Conn, account: AccountId, id: FilterId) -> Result<Filter> {
    let filter = store::find(conn, id).await?;
    filter
        .filter(|filter| filter.account_id == account && filter.deleted_at.is_none())
        .ok_or(Error::not_found("filter"))
}

async fn view(conn: &mut Conn, filter: Filter) -> Result<FilterView> {
    let words = store::list_words(conn, &[filter.id]).await?;
    let statuses = store::list_statuses(conn, &[filter.id]).await?;
    Ok(FilterView { filter, words, statuses })
}

async fn finish(services: &Services, mut tx: Tx, filter: Filter) -> Result<FilterView> {
    forget_after_commit(services, &mut tx, filter.account_id);
    let view = view(&mut tx, filter).await?;
    tx.commit().await?;
    Ok(view)
}

async fn require_room(tx: &mut Tx, account: AccountId) -> Result<()> {
    if store::count(tx, account).await? >= MOST {
        return Err(Error::invalid("title", format!("cannot be added: there are {MOST} filters already")));
    }
    Ok(())
}

fn title(typed: &str) -> Result<String> {
    let title = clean_line(typed, TITLE + 1);
    match title.chars().count() {
        0 => Err(Error::invalid("title", "can't be blank")),
        1..=TITLE => Ok(title),
        _ => Err(Error::invalid("title", format!("must have at most {TITLE} characters"))),
    }
}

fn somewhere(contexts: Contexts) -> Result<Contexts> {
    if contexts.is_empty() {
        let words: Vec<&str> = Context::ALL.into_iter().map(Context::word).collect();
        return Err(Error::invalid("context", format!("must be one or more of {}", words.join(", "))));
    }
    Ok(contexts)
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
