//! Bookmarks: a person keeps a post for coming back. Nobody else hears of it, so there is no event.

use super::favourite::original;
use super::hydrate::{StatusView, hydrate};
use super::model::Reader;
use super::{filtered, read, store};
use crate::base::Result;
use crate::base::id::{AccountId, StatusId};
use crate::platform::db::Conn;
use crate::platform::services::Services;

/// Keeps a post. Doing it twice is the same as doing it once.
///
/// # Errors
/// [`crate::base::Error::NotFound`] if the post does not exist or `account` may not see it.
///
/// Source: <https://docs.joinmastodon.org/methods/statuses/#bookmark>
pub async fn bookmark(services: &Services, account: AccountId, status: StatusId) -> Result<()> {
    let mut tx = services.db.begin().await?;
    let status = read::get_visible(services, &mut tx, status, &Reader::Person(account)).await?;
    let status = original(&mut tx, status).await?;
    store::insert_bookmark(&mut tx, account, status.id, services.clock.now()).await?;
    tx.commit().await
}

/// Keeps a post no longer; also one that may not be read any more. Doing it twice is the same as doing it once.
///
/// # Errors
/// [`crate::base::Error::NotFound`] if the post does not exist.
///
/// Source: <https://docs.joinmastodon.org/methods/statuses/#unbookmark>
pub async fn unbookmark(services: &Services, account: AccountId, status: StatusId) -> Result<()> {
    let mut tx = services.db.begin().await?;
    let known = store::get(&mut tx, status).await?;
    let known = original(&mut tx, known).await?;
    if !store::delete_bookmark(&mut tx, account, known.id).await? {
        // Whether there is such a post is told only to those who may read it.
        read::get_visible(services, &mut tx, status, &Reader::Person(account)).await?;
    }
    tx.commit().await
}

/// A page of what a person keeps, or likes.
#[derive(Clone, Debug)]
pub struct Kept {
    /// Those that may still be read, the latest mark first.
    pub statuses: Vec<StatusView>,
    /// How many there were to look at, for the link to the next page.
    pub looked_at: usize,
}

/// What the person keeps, the latest first. What may not be read any more is kept, but not shown.
///
/// Source: <https://docs.joinmastodon.org/methods/bookmarks/#get>
pub async fn list_bookmarks(
    services: &Services,
    conn: &mut Conn,
    person: AccountId,
    limit: i64,
    offset: i64,
) -> Result<Kept> {
    let ids = store::list_bookmarks(conn, person, limit, offset).await?;
    kept(services, conn, person, &ids).await
}

/// What the person likes, the latest like first.
///
/// Source: <https://docs.joinmastodon.org/methods/favourites/#get>
pub async fn list_favourites(
    services: &Services,
    conn: &mut Conn,
    person: AccountId,
    limit: i64,
    offset: i64,
) -> Result<Kept> {
    let ids = store::list_favourites(conn, person, limit, offset).await?;
    kept(services, conn, person, &ids).await
}

async fn kept(services: &Services, conn: &mut Conn, person: AccountId, ids: &[StatusId]) -> Result<Kept> {
    let reader = Reader::Person(person);
    let mut statuses = hydrate(services, conn, &reader, ids).await?;
    filtered::apply(services, conn, &reader, None, &mut statuses).await?;
    Ok(Kept { statuses, looked_at: ids.len() })
}
