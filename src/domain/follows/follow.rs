//! Follows: asked for, accepted, refused, ended.

use super::model::{Follow, Relationship};
use super::store;
use crate::base::id::AccountId;
use crate::base::{Error, Result};
use crate::domain::accounts;
use crate::domain::event::Event;
use crate::platform::db::Tx;
use crate::platform::services::Services;

/// How many posts of somebody newly followed come into the home at once.
const FIRST_POSTS: i64 = 20;

/// What a follower wants; `None` leaves it as it is (at first: reposts yes, each post no).
#[derive(Clone, Debug, Default)]
pub struct Wishes {
    /// Reposts too.
    pub reblogs: Option<bool>,
    /// Tell about each post.
    pub notify: Option<bool>,
    /// Only posts in these languages, and those of which the language is not known; empty: all.
    pub languages: Option<Vec<String>>,
}

/// How many languages somebody can wish for.
const MOST_LANGUAGES: usize = 20;

impl Wishes {
    /// The languages as they are kept; `None` for all.
    fn languages(wanted: &[String]) -> Result<Option<String>> {
        let is_code = |code: &String| {
            (2..=12).contains(&code.len())
                && code.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-')
        };
        if wanted.len() > MOST_LANGUAGES || !wanted.iter().all(is_code) {
            return Err(Error::invalid("languages", "must be codes such as \"en\", at most twenty"));
        }
        Ok(Some(wanted).filter(|wanted| !wanted.is_empty()).map(serde_json::to_string).transpose()?)
    }
}

/// A person of this site follows somebody, or asks to. Doing it twice changes the wishes only.
///
/// # Errors
/// [`Error::NotFound`] if there is no such account to see; [`Error::Forbidden`] for oneself, or across a block;
/// [`Error::Invalid`] for languages that are none.
///
/// Source: <https://docs.joinmastodon.org/methods/accounts/#follow>
pub async fn follow(
    services: &Services,
    account: AccountId,
    target: AccountId,
    wishes: Wishes,
) -> Result<Relationship> {
    let languages = wishes.languages.as_deref().map(Wishes::languages).transpose()?;
    let mut tx = services.db.begin().await?;
    if account == target {
        return Err(Error::forbidden("nobody can follow themselves"));
    }
    let target_account = accounts::store::get(&mut tx, target).await?;
    if target_account.is_hidden() || target.0 <= 0 || target_account.kind == accounts::Kind::Application {
        return Err(Error::not_found("account"));
    }
    accounts::relocate::require_here(&accounts::store::get(&mut tx, account).await?)?;
    if target_account.moved_to_id.is_some() {
        return Err(Error::forbidden("this person has moved; follow the new account"));
    }
    if !store::list_blocked_either_way(&mut tx, account, &[target]).await?.is_empty() {
        return Err(Error::forbidden("this person cannot be followed"));
    }
    if let Some(mut known) = store::find(&mut tx, account, target).await? {
        known.show_reblogs = wishes.reblogs.unwrap_or(known.show_reblogs);
        known.notify = wishes.notify.unwrap_or(known.notify);
        known.languages = languages.unwrap_or(known.languages);
        store::update_wishes(&mut tx, &known).await?;
    } else {
        let follow = Follow {
            account_id: account,
            target_id: target,
            accepted: false,
            uri: services.origin.activity(services.ids.next()),
            show_reblogs: wishes.reblogs.unwrap_or(true),
            notify: wishes.notify.unwrap_or(false),
            languages: languages.flatten(),
            created_at: services.clock.now(),
        };
        request_in(services, &mut tx, follow).await?;
    }
    let relationship = relationship(services, &mut tx, account, target).await?;
    tx.commit().await?;
    Ok(relationship)
}

/// Writes a request inside a transaction. Somebody of this site who does not confirm follows is followed at once.
pub async fn request_in(services: &Services, tx: &mut Tx, follow: Follow) -> Result<()> {
    let (account, target, uri) = (follow.account_id, follow.target_id, follow.uri.clone());
    if !store::insert(tx, &follow).await? {
        return Ok(());
    }
    let event = Event::FollowRequested { account, target, uri: uri.clone() };
    event.emit(services, tx).await?;
    let follower = accounts::store::get(tx, account).await?;
    let followed = accounts::store::get(tx, target).await?;
    if followed.is_local() && !followed.locked && follower.limited_at.is_none() {
        accept_in(services, tx, account, target).await?;
    }
    Ok(())
}

/// A person of this site lets `follower` follow.
///
/// # Errors
/// [`Error::NotFound`] if nobody asked.
pub async fn accept(services: &Services, person: AccountId, follower: AccountId) -> Result<Relationship> {
    let mut tx = services.db.begin().await?;
    accounts::store::get_present(&mut tx, person).await?;
    if store::find(&mut tx, follower, person).await?.is_none() {
        return Err(Error::not_found("follow request"));
    }
    accept_in(services, &mut tx, follower, person).await?;
    let relationship = relationship(services, &mut tx, person, follower).await?;
    tx.commit().await?;
    Ok(relationship)
}

/// Makes a request a follow inside a transaction. Doing it twice is the same as doing it once.
pub async fn accept_in(
    services: &Services,
    tx: &mut Tx,
    account: AccountId,
    target: AccountId,
) -> Result<()> {
    let Some(follow) = store::find(tx, account, target).await? else {
        return Ok(());
    };
    if store::update_accepted(tx, account, target).await? {
        accounts::store::update_follow_counts(tx, account, target).await?;
        if accounts::store::get(tx, account).await?.is_local() {
            store::fill_home(tx, account, target, FIRST_POSTS).await?;
        }
        Event::FollowAccepted { account, target, uri: follow.uri }.emit(services, tx).await?;
    }
    Ok(())
}

/// A person of this site refuses `follower`, or ends what was accepted.
///
/// # Errors
/// [`Error::NotFound`] if there is neither.
pub async fn reject(services: &Services, person: AccountId, follower: AccountId) -> Result<Relationship> {
    let mut tx = services.db.begin().await?;
    if store::find(&mut tx, follower, person).await?.is_none() {
        return Err(Error::not_found("follow request"));
    }
    reject_in(services, &mut tx, follower, person).await?;
    let relationship = relationship(services, &mut tx, person, follower).await?;
    tx.commit().await?;
    Ok(relationship)
}

/// Refuses or ends a follow inside a transaction, on the word of the one followed.
pub async fn reject_in(
    services: &Services,
    tx: &mut Tx,
    account: AccountId,
    target: AccountId,
) -> Result<()> {
    if let Some(follow) = end(tx, account, target).await? {
        Event::FollowRejected { account, target, uri: follow.uri }.emit(services, tx).await?;
    }
    Ok(())
}

/// A person of this site no longer follows. Doing it twice is the same as doing it once.
///
/// # Errors
/// [`Error::NotFound`] if there is no such account.
pub async fn unfollow(services: &Services, account: AccountId, target: AccountId) -> Result<Relationship> {
    let mut tx = services.db.begin().await?;
    accounts::store::get(&mut tx, target).await?;
    unfollow_in(services, &mut tx, account, target).await?;
    let relationship = relationship(services, &mut tx, account, target).await?;
    tx.commit().await?;
    Ok(relationship)
}

/// Ends a follow inside a transaction, on the word of the follower.
pub async fn unfollow_in(
    services: &Services,
    tx: &mut Tx,
    account: AccountId,
    target: AccountId,
) -> Result<()> {
    if let Some(follow) = end(tx, account, target).await? {
        Event::Unfollowed { account, target, uri: follow.uri }.emit(services, tx).await?;
    }
    Ok(())
}

async fn end(tx: &mut Tx, account: AccountId, target: AccountId) -> Result<Option<Follow>> {
    let Some(follow) = store::find(tx, account, target).await? else {
        return Ok(None);
    };
    store::delete(tx, account, target).await?;
    store::clear_home(tx, account, target).await?;
    accounts::store::update_follow_counts(tx, account, target).await?;
    Ok(Some(follow))
}

/// How `account` stands to `target`.
pub async fn relationship(
    services: &Services,
    tx: &mut Tx,
    account: AccountId,
    target: AccountId,
) -> Result<Relationship> {
    Ok(store::list_relationships(tx, account, &[target], services.clock.now())
        .await?
        .pop()
        .unwrap_or_default())
}
