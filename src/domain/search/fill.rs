//! Words of what was there before there was a search: filled in the background, newest first, from where it stopped.

use super::{document, store};
use crate::base::Result;
use crate::base::id::{AccountId, StatusId};
use crate::domain::accounts::index;
use crate::domain::instance;
use crate::domain::statuses;
use crate::platform::db::Tx;
use crate::platform::services::Services;

/// The value of the site that says from where down posts have no words yet; `0` when all have.
const POSTS: &str = "search_filled_down_to";
/// The value that says up to whom people have words; empty when all have.
const PEOPLE: &str = "search_people_up_to";
/// How many posts or people one transaction takes.
const TURN: i64 = 1_000;

/// Fills the next ones. `false` when nothing is left to do.
///
/// # Errors
/// As the database.
pub async fn fill(services: &Services) -> Result<bool> {
    {
        let mut conn = services.db.read().await?;
        let posts = instance::store::find(&mut conn, POSTS).await?;
        let people = instance::store::find(&mut conn, PEOPLE).await?;
        if posts.as_deref() == Some("0") && people.as_deref() == Some("") {
            return Ok(false);
        }
    }
    let mut tx = services.db.begin().await?;
    let is_more = people(services, &mut tx).await? | posts(services, &mut tx).await?;
    tx.commit().await?;
    Ok(is_more)
}

/// Fills all that is left.
///
/// # Errors
/// As the database.
pub async fn fill_all(services: &Services) -> Result<()> {
    while fill(services).await? {}
    Ok(())
}

async fn posts(services: &Services, tx: &mut Tx) -> Result<bool> {
    let mark = instance::store::find(tx, POSTS).await?;
    let before = mark.and_then(|mark| mark.parse().ok()).map_or(StatusId(i64::MAX), StatusId);
    if before.0 == 0 {
        return Ok(false);
    }
    let ids = store::list_older(tx, before, TURN).await?;
    let rows = statuses::store::list(tx, &ids).await?;
    document::write(tx, &rows).await?;
    let is_more = ids.len() as i64 == TURN;
    let next = ids.last().filter(|_| is_more).map_or(0, |last| last.0);
    instance::store::upsert(tx, POSTS, &next.to_string(), services.clock.now()).await?;
    Ok(is_more)
}

async fn people(services: &Services, tx: &mut Tx) -> Result<bool> {
    let mark = instance::store::find(tx, PEOPLE).await?;
    let after = match mark.as_deref() {
        Some("") => return Ok(false),
        mark => AccountId(mark.and_then(|mark| mark.parse().ok()).unwrap_or(0)),
    };
    let ids = index::store::list_without(tx, after, TURN).await?;
    for id in &ids {
        index::write(tx, *id).await?;
    }
    let is_more = ids.len() as i64 == TURN;
    let next = ids.last().filter(|_| is_more).map_or_else(String::new, ToString::to_string);
    instance::store::upsert(tx, PEOPLE, &next, services.clock.now()).await?;
    Ok(is_more)
}
