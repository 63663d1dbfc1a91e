//! Votes: a person chooses in a poll, once.

use super::extras::Extras;
use super::model::{Reader, Status};
use super::poll::{Poll, check_choices};
use super::{favourite, read, store};
use crate::base::id::{AccountId, StatusId};
use crate::base::{Error, Result};
use crate::domain::accounts;
use crate::domain::event::Event;
use crate::platform::db::Tx;
use crate::platform::services::Services;

/// A person of this site votes. Who has voted cannot vote again, nor change the vote.
///
/// # Errors
/// [`Error::NotFound`] if there is no such poll or the person may not see it; [`Error::Invalid`] for an own poll, one
/// that has ended, a second ballot, or choices that the poll does not allow.
///
/// Source: <https://docs.joinmastodon.org/methods/polls/#vote>
pub async fn vote(services: &Services, person: AccountId, id: StatusId, choices: &[i64]) -> Result<()> {
    let mut tx = services.db.begin().await?;
    let reader = Reader::Person(person);
    let status = read::get_visible(services, &mut tx, id, &reader).await?;
    let status = favourite::original(&mut tx, status).await?;
    let status = read::get_visible(services, &mut tx, status.id, &reader).await?;
    let poll = locked(&mut tx, &status).await?.ok_or(Error::not_found("poll"))?;
    if status.account_id == person {
        return Err(Error::invalid("poll", "is your own: whoever asks does not vote"));
    }
    if poll.is_over(services.clock.now()) {
        return Err(Error::invalid("poll", "has already ended"));
    }
    if store::has_voted(&mut tx, status.id, person).await? {
        return Err(Error::invalid("poll", "has your vote already"));
    }
    let options = store::list_poll_options(&mut tx, &[status.id]).await?;
    let actor = accounts::store::get_present(&mut tx, person).await?.uri;
    for choice in check_choices(choices, options.len(), poll.multiple)? {
        let uri = format!("{actor}#votes/{}", services.ids.next::<StatusId>());
        count(services, &mut tx, &status, (person, choice), &uri).await?;
    }
    Event::PollVoted { status: status.id, by: person }.emit(services, &mut tx).await?;
    tx.commit().await
}

/// Somebody elsewhere votes in a poll of this site; `choice` is what the option says. `Some` says why it does not count.
///
/// That they may see the poll, as their site, was made sure of; here, that they may as a person.
pub async fn vote_in(
    services: &Services,
    tx: &mut Tx,
    voter: AccountId,
    status: &Status,
    (choice, uri): (&str, &str),
) -> Result<Option<&'static str>> {
    let Some(poll) = locked(tx, status).await?.filter(|_| status.local) else {
        return Ok(Some("no poll of this site"));
    };
    if status.account_id == voter || poll.is_over(services.clock.now()) {
        return Ok(Some("the poll has ended"));
    }
    if read::get_visible(services, tx, status.id, &Reader::Person(voter)).await.is_err() {
        return Ok(Some("the poll is not for them"));
    }
    let options = store::list_poll_options(tx, &[status.id]).await?;
    let Some(option) = options.iter().find(|option| option.title == choice.trim()) else {
        return Ok(Some("the poll has no such option"));
    };
    if !poll.multiple && store::has_voted(tx, status.id, voter).await? {
        return Ok(Some("they have voted already"));
    }
    let counted = count(services, tx, status, (voter, option.position), uri).await?;
    Ok((!counted).then_some("they have voted already"))
}

/// The poll of a post, locked until the transaction ends: two ballots of one person never run beside one another.
async fn locked(tx: &mut Tx, status: &Status) -> Result<Option<Poll>> {
    if !status.extras.has(Extras::POLL) {
        return Ok(None);
    }
    store::lock_poll(tx, status.id).await?;
    Ok(store::list_polls(tx, &[status.id]).await?.pop())
}

/// Counts a choice, once. `false` if it was counted before.
async fn count(
    services: &Services,
    tx: &mut Tx,
    status: &Status,
    (voter, choice): (AccountId, i64),
    uri: &str,
) -> Result<bool> {
    let now = services.clock.now();
    let first = !store::has_voted(tx, status.id, voter).await?;
    if !store::insert_vote(tx, status.id, (voter, choice), uri, now).await? {
        return Ok(false);
    }
    store::update_option_votes(tx, status.id, choice, 1).await?;
    store::update_voters(tx, status.id, i64::from(first), status.local.then_some(now)).await?;
    Ok(true)
}
