//! Following a tag. Nobody else hears of it, so there is no event.

use super::store::{self, FollowedTag};
use crate::base::id::AccountId;
use crate::base::text::{hashtag_key, is_hashtag};
use crate::base::{Error, Result};
use crate::platform::services::Services;

/// The most tags that one person follows.
pub const MOST: i64 = 500;

/// How many posts with a tag newly followed come into the home at once.
const FIRST_POSTS: i64 = 20;

/// A person of this site follows a tag; `name` with or without `#`. Doing it twice is the same as doing it once.
///
/// # Errors
/// [`Error::Invalid`] for what is no hashtag, and for more than [`MOST`] tags.
///
/// Source: <https://docs.joinmastodon.org/methods/tags/#follow>
pub async fn follow(services: &Services, account: AccountId, name: &str) -> Result<FollowedTag> {
    let name = name.trim().trim_start_matches('#');
    if !is_hashtag(name) {
        return Err(Error::invalid("tag", "must be one word of letters and digits"));
    }
    let mut tx = services.db.begin().await?;
    let tag = FollowedTag { name: hashtag_key(name), display: name.to_owned() };
    if store::insert(&mut tx, account, &tag, services.clock.now()).await? {
        if store::count(&mut tx, account).await? > MOST {
            return Err(Error::invalid("tag", format!("cannot be followed: {MOST} are followed already")));
        }
        store::fill_home(&mut tx, account, &tag.name, FIRST_POSTS).await?;
    }
    let tag = store::find(&mut tx, account, &tag.name).await?.unwrap_or(tag);
    tx.commit().await?;
    Ok(tag)
}

/// No longer follows a tag: what stands in the home only for its sake goes. Doing it twice is the same as doing it
/// once.
///
/// # Errors
/// As the database.
///
/// Source: <https://docs.joinmastodon.org/methods/tags/#unfollow>
pub async fn unfollow(services: &Services, account: AccountId, name: &str) -> Result<()> {
    let key = hashtag_key(name.trim());
    let mut tx = services.db.begin().await?;
    if store::delete(&mut tx, account, &key).await? {
        store::clear_home(&mut tx, account, &key).await?;
    }
    tx.commit().await
}
