//! Writing what only some posts have: a poll, a title. In the transaction of the post or of its edit.

use super::extras::Extras;
use super::model::Status;
use super::poll::{NewPoll, Poll, PollView, ReceivedPoll};
use super::store;
use super::title::Title;
use crate::base::id::StatusId;
use crate::base::{Millis, Result};
use crate::platform::db::{Conn, Tx};

/// Writes the poll of a new post of this site.
pub async fn ask(tx: &mut Tx, status: StatusId, new: &NewPoll, now: Millis) -> Result<()> {
    let poll = Poll {
        status_id: status,
        multiple: new.multiple,
        hide_totals: new.hide_totals,
        expires_at: Some(now + new.expires_in),
        voters_count: Some(0),
        ended_at: None,
        fetched_at: None,
    };
    let options: Vec<(String, i64)> = new.options.iter().map(|title| (title.clone(), 0)).collect();
    insert(tx, &poll, &options).await
}

/// Writes the poll of a post of another site.
pub async fn take(tx: &mut Tx, status: StatusId, received: &ReceivedPoll, now: Millis) -> Result<()> {
    let poll = Poll {
        status_id: status,
        multiple: received.multiple,
        hide_totals: received.hide_totals,
        expires_at: received.expires_at,
        voters_count: received.voters_count,
        // Nobody here waits for the end of what was over before it came.
        ended_at: received.expires_at.filter(|end| *end <= now),
        fetched_at: Some(now),
    };
    insert(tx, &poll, &received.options).await
}

async fn insert(tx: &mut Tx, poll: &Poll, options: &[(String, i64)]) -> Result<()> {
    store::insert_poll(tx, poll).await?;
    store::insert_poll_options(tx, poll.status_id, options).await?;
    store::add_extras(tx, poll.status_id, Extras::POLL).await
}

/// What an edit makes of the poll of a post of this site: who asks something else starts counting anew.
pub async fn ask_again(tx: &mut Tx, before: &Status, new: &NewPoll, now: Millis) -> Result<()> {
    match find_poll(tx, before, now).await? {
        Some(poll)
            if poll.poll.multiple == new.multiple && poll.offers(new.options.iter().map(String::as_str)) =>
        {
            let end = Some(now + new.expires_in);
            store::update_poll_terms(tx, before.id, new.hide_totals, end).await
        }
        _ => {
            store::delete_poll(tx, before.id).await?;
            ask(tx, before.id, new, now).await
        }
    }
}

/// The same for what the origin of a post says.
pub async fn take_again(tx: &mut Tx, before: &Status, received: &ReceivedPoll, now: Millis) -> Result<()> {
    match find_poll(tx, before, now).await? {
        Some(poll) if poll.poll.multiple == received.multiple && poll.offers(received.titles()) => {
            refresh(tx, &poll, received, now).await
        }
        _ => {
            store::delete_poll(tx, before.id).await?;
            take(tx, before.id, received, now).await
        }
    }
}

/// Takes the figures of a poll over as its origin tells them. What is final stays.
pub async fn refresh(tx: &mut Tx, known: &PollView, received: &ReceivedPoll, now: Millis) -> Result<()> {
    let id = known.poll.status_id;
    let late = known.over && received.expires_at.is_none_or(|end| end > now);
    if late {
        return store::update_poll_fetched(tx, id, now).await;
    }
    for (position, (_, votes)) in received.options.iter().enumerate() {
        store::update_option_total(tx, id, position as i64, *votes).await?;
    }
    store::update_poll_figures(tx, id, received, now).await
}

/// The poll of a post, as nobody in particular sees it.
pub async fn find_poll(conn: &mut Conn, status: &Status, now: Millis) -> Result<Option<PollView>> {
    if !status.extras.has(Extras::POLL) {
        return Ok(None);
    }
    let Some(poll) = store::list_polls(conn, &[status.id]).await?.pop() else { return Ok(None) };
    let options = store::list_poll_options(conn, &[status.id]).await?;
    Ok(Some(PollView { over: poll.is_over(now), poll, options, mine: false, own_votes: Vec::new() }))
}

/// Gives a post a title, another one, or none.
pub async fn entitle(tx: &mut Tx, status: StatusId, title: Option<&Title>) -> Result<()> {
    match title {
        Some(title) => {
            store::upsert_title(tx, status, title).await?;
            store::add_extras(tx, status, Extras::TITLE).await
        }
        None => store::delete_title(tx, status).await,
    }
}

/// The title of a post.
pub async fn find_title(conn: &mut Conn, status: &Status) -> Result<Option<Title>> {
    if !status.extras.has(Extras::TITLE) {
        return Ok(None);
    }
    Ok(store::list_titles(conn, &[status.id]).await?.pop().map(|(_, title)| title))
}
