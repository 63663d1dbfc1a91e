//! Writing a post: what local `create` and the posts of other sites have in common, in one transaction.

use std::time::Duration;

use super::model::{NewStatus, Parent};
use super::{store, threads};
use crate::base::id::{AccountId, StatusId};
use crate::base::{Millis, Result};
use crate::domain::accounts;
use crate::domain::event::Event;
use crate::platform::db::Tx;
use crate::platform::services::Services;

/// What is not older when it comes takes its place by arrival.
const BY_ARRIVAL: Duration = Duration::from_hours(24);

/// Writes the post, its mentions and tags, counts it, puts it into the homes where it belongs and emits
/// [`Event::StatusCreated`]. `false`, and nothing changed, if the address is known already or was deleted before.
pub async fn insert(services: &Services, tx: &mut Tx, status: &NewStatus) -> Result<bool> {
    if !insert_found(services, tx, status).await? {
        return Ok(false);
    }
    fill_homes(tx, status, status.id).await?;
    Ok(true)
}

/// The same for a post that nobody sent us and that was found when we looked for it: it stands in its thread and
/// wherever its time puts it, but in nobody's home.
pub async fn insert_found(services: &Services, tx: &mut Tx, status: &NewStatus) -> Result<bool> {
    let Some(traces) = store::insert(tx, status).await? else { return Ok(false) };
    if traces.deleted {
        store::delete(tx, status.id).await?;
        return Ok(false);
    }
    store::insert_mentions(tx, status.id, &status.mentions).await?;
    store::insert_tags(tx, status.id, &status.tags).await?;
    if traces.answered {
        let conversation = status.parent.map_or(status.id, |parent| parent.conversation_id);
        let as_parent = Parent {
            id: status.id,
            account_id: status.account_id,
            conversation_id: conversation,
            local: status.local,
            restricted: false,
        };
        adopt(services, tx, &as_parent, &status.uri).await?;
    }
    if let Some(parent) = status.parent {
        store::update_replies_count(tx, parent.id, 1);
    }
    accounts::store::update_statuses_count(tx, status.account_id, 1, Some(status.created_at));
    Event::StatusCreated { status: status.id }.emit(services, tx).await?;
    Ok(true)
}

/// How many replies that came before their post one transaction joins to it.
pub const ADOPTED_AT_ONCE: usize = 500;

/// Replies that came before this post stand from now on in the thread and in the homes where they belong: until now
/// nobody knew whom they answer. If there are more than a few, the rest follows from an event.
async fn adopt(services: &Services, tx: &mut Tx, parent: &Parent, uri: &str) -> Result<()> {
    let adopted = store::adopt_orphans(tx, parent, uri, ADOPTED_AT_ONCE as i64).await?;
    for orphan in &adopted {
        // It came in its author's order, so it stands there.
        let at = (orphan.id, orphan.id);
        store::insert_home_entries(tx, at, orphan.account_id, Some(parent.account_id), orphan.direct);
    }
    let ids: Vec<StatusId> = adopted.iter().map(|orphan| orphan.id).collect();
    // What others in this transaction answer may be of another thread from now on.
    tx.forget();
    threads::join_in(tx, &ids, parent.conversation_id).await?;
    if adopted.len() == ADOPTED_AT_ONCE {
        Event::ParentArrived { status: parent.id }.emit(services, tx).await?;
    }
    Ok(())
}

/// Joins the next replies that came before the post. Nothing, if there are none or the post is gone again.
pub async fn adopt_more(services: &Services, tx: &mut Tx, id: StatusId) -> Result<()> {
    match store::list(tx, &[id]).await?.pop() {
        Some(status) => adopt(services, tx, &Parent::from(&status), &status.uri).await,
        None => Ok(()),
    }
}

/// Where a post stands in homes that it is sent to after it was found: as if it came now, unless it is old.
fn late_place(services: &Services, id: StatusId, written: Millis) -> StatusId {
    if written >= services.clock.now() - BY_ARRIVAL { services.ids.next() } else { id }
}

/// Puts a post that was found before it was sent into the homes where it belongs, now that it is sent. Nothing happens
/// if it stands there: sent again, under whatever id, it is no news.
pub async fn fill_homes_of_known(services: &Services, tx: &mut Tx, status: &NewStatus) -> Result<()> {
    let Some(known) = store::find_by_uri(tx, &status.uri).await? else { return Ok(()) };
    if known.account_id != status.account_id || known.reblog_of_id.is_some() {
        return Ok(());
    }
    let (to, direct) = (answered(status), status.visibility == super::Visibility::Direct);
    if !store::is_missing_from_homes(tx, known.id, known.account_id, to, direct).await? {
        return Ok(());
    }
    let place = late_place(services, known.id, known.created_at);
    fill_homes(tx, &NewStatus { id: known.id, ..status.clone() }, place).await?;
    // Open homes hear of it now; who is named heard of it when it was found.
    Event::StatusCreated { status: known.id }.emit(services, tx).await
}

/// Whom it answers. If what it answers is not here, that is not known: then it is for nobody else's home.
fn answered(status: &NewStatus) -> Option<AccountId> {
    let nobody = status.in_reply_to_uri.as_ref().map(|_| AccountId::default());
    status.parent.map(|parent| parent.account_id).or(nobody)
}

async fn fill_homes(tx: &mut Tx, status: &NewStatus, place: StatusId) -> Result<()> {
    let direct = status.visibility == super::Visibility::Direct;
    store::insert_home_entries(tx, (status.id, place), status.account_id, answered(status), direct);
    if !status.tags.is_empty() {
        store::insert_home_entries_of_tags(tx, status.id, place);
    }
    if status.local {
        store::insert_home_entry(tx, status.account_id, status.id).await?;
    }
    Ok(())
}

/// Writes a repost's row, counts it and puts it into the homes of the reposter's followers. `None` if it was there.
pub async fn insert_reblog(
    services: &Services,
    tx: &mut Tx,
    reblog: &store::NewReblog<'_>,
) -> Result<Option<StatusId>> {
    if !store::insert_reblog(tx, reblog).await? {
        return Ok(None);
    }
    store::update_reblogs_count(tx, reblog.of, 1);
    store::insert_home_entries_of_reblog(tx, reblog.id, reblog.account_id, reblog.of);
    if reblog.local {
        store::insert_home_entry(tx, reblog.account_id, reblog.id).await?;
    }
    Event::StatusReblogged { reblog: reblog.id }.emit(services, tx).await?;
    Ok(Some(reblog.id))
}

/// The number of a post that another site wrote at `published`.
///
/// What comes within a day of being written takes its place by arrival, so that no page that somebody is
/// reading skips it; what is older (fetched later, or after a long outage) takes its place by its own time.
pub fn id_for_remote(services: &Services, published: Millis) -> StatusId {
    if published >= services.clock.now() - BY_ARRIVAL {
        services.ids.next()
    } else {
        id_by_time(services, published)
    }
}

/// The number that a post of another site gets by its own time. Many sites say whole seconds only, so the rest is
/// drawn by lot.
pub fn id_by_time(services: &Services, published: Millis) -> StatusId {
    services.ids.at(published, u64::from(u16::from_be_bytes(services.random.bytes())))
}

/// Which of `accounts` are named twice or are the author: mentions are a set.
pub fn unique(mut accounts: Vec<AccountId>) -> Vec<AccountId> {
    accounts.sort_unstable();
    accounts.dedup();
    accounts
}
