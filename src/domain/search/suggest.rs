//! What somebody may mean who has typed a few letters: people, hashtags, sites, posts. For the command palette.

use super::find::{Wanted, find};
use super::query::Query;
use crate::base::Result;
use crate::base::id::AccountId;
use crate::base::text::{fold, hashtag_key, words_of};
use crate::domain::accounts::{self, Account, PeopleQuery};
use crate::domain::organisation::{self, Peer};
use crate::domain::statuses::Status;
use crate::domain::timelines;
use crate::platform::services::Services;

/// The most of each kind.
const EACH: i64 = 5;
/// Posts are looked for from so many letters on.
const LETTERS: usize = 3;

/// What may be meant.
#[derive(Clone, Debug, Default)]
pub struct Suggestions {
    /// By name or handle.
    pub people: Vec<Account>,
    /// Hashtags: key, and as written.
    pub tags: Vec<(String, String)>,
    /// Sites of the organisation.
    pub sites: Vec<Peer>,
    /// The newest with all the words.
    pub posts: Vec<Status>,
}

/// What `reader` may mean by `text`. Of nothing, nothing.
///
/// # Errors
/// As the database.
pub async fn suggest(services: &Services, reader: AccountId, text: &str) -> Result<Suggestions> {
    let text: String = text.trim().chars().take(100).collect();
    let mut suggestions = Suggestions::default();
    if words_of(&text).is_empty() {
        return Ok(suggestions);
    }
    let mut conn = services.db.read().await?;
    if !text.starts_with('#') {
        let query = PeopleQuery { text: text.clone(), ..PeopleQuery::default() };
        let ids = accounts::search::find(&mut conn, Some(reader), &query, (EACH, 0)).await?;
        let known = accounts::store::list(&mut conn, &ids).await?;
        let by_id = |id: &AccountId| known.iter().find(|account| account.id == *id && !account.is_hidden());
        suggestions.people = ids.iter().filter_map(by_id).cloned().collect();
    }
    if text.starts_with('@') {
        return Ok(suggestions);
    }
    let key = hashtag_key(text.trim_start_matches('#'));
    suggestions.tags = timelines::find_tags(&mut conn, &key, EACH, 0).await?;
    if text.starts_with('#') {
        return Ok(suggestions);
    }
    let begun = fold(&text);
    let peers = organisation::store::list(&mut conn).await?;
    let named = peers.into_iter().filter(|peer| peer.is_member() && fold(peer.label()).starts_with(&begun));
    suggestions.sites = named.take(EACH as usize).collect();
    if text.chars().count() >= LETTERS {
        let query = Query::parse(&text);
        suggestions.posts = find(services, &mut conn, reader, &query, Wanted::newest(3)).await?.statuses;
    }
    Ok(suggestions)
}
