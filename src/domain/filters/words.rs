//! The words and posts of a filter, one by one.

use super::compiled::forget_after_commit;
use super::manage::own;
use super::model::{Filter, Named, Word, WordChange};
use super::store;
use crate::base::id::{AccountId, FilterId, FilterStatusId, FilterWordId, StatusId};
use crate::base::text::{clean_line, fold};
use crate::base::{Error, Result};
use crate::platform::db::{Conn, Tx};
use crate::platform::services::Services;

/// The most words of one person, in all filters.
pub const MOST: i64 = 1_000;

/// The most posts of one filter.
const MOST_STATUSES: i64 = 200;

/// How long a word can be, in characters.
pub const LENGTH: usize = 100;

/// One of the person's words.
///
/// # Errors
/// [`Error::NotFound`] for the word of somebody else too.
pub async fn get(conn: &mut Conn, account: AccountId, id: FilterWordId) -> Result<Word> {
    let word = store::find_word(conn, id).await?.ok_or(Error::not_found("keyword"))?;
    own(conn, account, word.filter_id).await.map_err(|_| Error::not_found("keyword"))?;
    Ok(word)
}

/// Adds a word.
///
/// # Errors
/// [`Error::NotFound`] if the person has no such filter; [`Error::Invalid`] for a word that is none, and for more than
/// [`MOST`] words.
pub async fn add(
    services: &Services,
    account: AccountId,
    filter: FilterId,
    word: &str,
    whole: bool,
) -> Result<Word> {
    let mut tx = services.db.begin().await?;
    let filter = own(&mut tx, account, filter).await?;
    let word = add_in(services, &mut tx, &filter, word, whole).await?;
    forget_after_commit(services, &mut tx, account);
    tx.commit().await?;
    Ok(word)
}

/// Changes a word, or takes it away: then the answer is `None`. [`WordChange::Add`] is not meant here.
///
/// # Errors
/// As [`get`] and [`add`].
pub async fn change(services: &Services, account: AccountId, change: WordChange) -> Result<Option<Word>> {
    let mut tx = services.db.begin().await?;
    let (WordChange::Set(id, ..) | WordChange::Remove(id)) = &change else {
        return Err(Error::not_found("keyword"));
    };
    let id = *id;
    let word = get(&mut tx, account, id).await?;
    let filter = own(&mut tx, account, word.filter_id).await?;
    change_in(services, &mut tx, &filter, change).await?;
    forget_after_commit(services, &mut tx, account);
    let word = store::find_word(&mut tx, id).await?;
    tx.commit().await?;
    Ok(word)
}

/// The same inside a transaction, for a word of this filter.
pub(super) async fn change_in(
    services: &Services,
    tx: &mut Tx,
    filter: &Filter,
    change: WordChange,
) -> Result<()> {
    match change {
        WordChange::Add(word, whole) => add_in(services, tx, filter, &word, whole).await.map(drop),
        WordChange::Set(id, letters, whole) => {
            let known = store::find_word(tx, id).await?.filter(|word| word.filter_id == filter.id);
            let mut word = known.ok_or(Error::not_found("keyword"))?;
            if let Some(letters) = letters {
                word.word = checked(&letters)?;
            }
            word.whole = whole.unwrap_or(word.whole);
            store::update_word(tx, &word).await
        }
        WordChange::Remove(id) => store::delete_word(tx, filter.id, id).await,
    }
}

/// Adds a word to a filter inside a transaction.
pub(super) async fn add_in(
    services: &Services,
    tx: &mut Tx,
    filter: &Filter,
    word: &str,
    whole: bool,
) -> Result<Word> {
    let word = Word { id: services.ids.next(), filter_id: filter.id, word: checked(word)?, whole };
    if store::count_words(tx, filter.account_id).await? >= MOST {
        return Err(Error::invalid("keyword", format!("cannot be added: there are {MOST} already")));
    }
    store::insert_word(tx, &word).await?;
    Ok(word)
}

/// A word that can be found: of signs alone that folding takes away, nothing is left.
fn checked(typed: &str) -> Result<String> {
    let word = clean_line(typed, LENGTH + 1);
    if word.is_empty() || fold(&word).trim().is_empty() {
        return Err(Error::invalid("keyword", "can't be blank"));
    }
    if word.chars().count() > LENGTH {
        return Err(Error::invalid("keyword", format!("must have at most {LENGTH} characters")));
    }
    Ok(word)
}

/// One of the posts that the person's filters name.
///
/// # Errors
/// [`Error::NotFound`] for that of somebody else too.
pub async fn get_status(conn: &mut Conn, account: AccountId, id: FilterStatusId) -> Result<Named> {
    let named = store::find_status(conn, id).await?.ok_or(Error::not_found("filtered status"))?;
    own(conn, account, named.filter_id).await.map_err(|_| Error::not_found("filtered status"))?;
    Ok(named)
}

/// Has a filter name a post, which the person may read: the caller asked. Doing it twice is the same as doing it once.
///
/// # Errors
/// [`Error::NotFound`] if the person has no such filter; [`Error::Invalid`] for too many posts.
pub async fn add_status(
    services: &Services,
    account: AccountId,
    filter: FilterId,
    status: StatusId,
) -> Result<Named> {
    let mut tx = services.db.begin().await?;
    let filter = own(&mut tx, account, filter).await?;
    let named = Named { id: services.ids.next(), filter_id: filter.id, status_id: status };
    store::insert_status(&mut tx, &named).await?;
    let all = store::list_statuses(&mut tx, &[filter.id]).await?;
    if all.len() as i64 > MOST_STATUSES {
        return Err(Error::invalid(
            "status_id",
            format!("cannot be added: there are {MOST_STATUSES} already"),
        ));
    }
    forget_after_commit(services, &mut tx, account);
    tx.commit().await?;
    Ok(all.into_iter().find(|known| known.status_id == status).unwrap_or(named))
}

/// A filter names a post no longer.
///
/// # Errors
/// As [`get_status`].
pub async fn remove_status(services: &Services, account: AccountId, id: FilterStatusId) -> Result<Named> {
    let mut tx = services.db.begin().await?;
    let named = get_status(&mut tx, account, id).await?;
    store::delete_status(&mut tx, id).await?;
    forget_after_commit(services, &mut tx, account);
    tx.commit().await?;
    Ok(named)
}
