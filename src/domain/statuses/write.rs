//! Writing a post: what local `create` and the posts of other sites have in common, in one transaction.

use super::model::NewStatus;
use super::{store, threads};
use crate::base::Result;
use crate::base::id::{AccountId, StatusId};
use crate::domain::accounts;
use crate::domain::event::Event;
use crate::platform::db::Tx;
use crate::platform::services::Services;

/// Writes the post, its mentions and tags, counts it, puts it into the homes where it belongs and emits
/// [`Event::StatusCreated`]. `false`, and nothing changed, if the address is known already or was deleted before.
pub async fn insert(services: &Services, tx: &mut Tx, status: &NewStatus) -> Result<bool> {
    if !insert_found(services, tx, status).await? {
        return Ok(false);
    }
    fill_homes(tx, status).await?;
    Ok(true)
}

/// The same for a post that nobody sent us and that was found when we looked for it: it stands in its thread and
/// wherever its time puts it, but in nobody's home.
pub async fn insert_found(services: &Services, tx: &mut Tx, status: &NewStatus) -> Result<bool> {
    // Nobody can have answered or deleted what is written here just now.
    let (deleted, answered) =
        if status.local { (false, false) } else { store::find_traces(tx, &status.uri).await? };
    if deleted {
        return Ok(false);
    }
    if !store::insert(tx, status).await? {
        return Ok(false);
    }
    store::insert_mentions(tx, status.id, &status.mentions).await?;
    store::insert_tags(tx, status.id, &status.tags).await?;
    if answered && store::adopt_orphans(tx, status.id, status.account_id, &status.uri).await? > 0 {
        let conversation = status.parent.map_or(status.id, |parent| parent.conversation_id);
        threads::join_in(tx, status.id, conversation).await?;
    }
    if let Some(parent) = status.parent {
        store::update_replies_count(tx, parent.id, 1);
    }
    accounts::store::update_statuses_count(tx, status.account_id, 1, Some(status.created_at));
    Event::StatusCreated { status: status.id }.emit(services, tx).await?;
    Ok(true)
}

/// Puts a post that was found before it was sent into the homes where it belongs, now that it is sent.
pub async fn fill_homes_of_known(tx: &mut Tx, status: &NewStatus) -> Result<()> {
    match store::find_by_uri(tx, &status.uri).await? {
        Some(known) if known.account_id == status.account_id && known.reblog_of_id.is_none() => {
            fill_homes(tx, &NewStatus { id: known.id, ..status.clone() }).await
        }
        _ => Ok(()),
    }
}

async fn fill_homes(tx: &mut Tx, status: &NewStatus) -> Result<()> {
    // Whom it answers is not known if the post is not here: then it is for nobody else's home.
    let nobody = status.in_reply_to_uri.as_ref().map(|_| AccountId::default());
    let to = status.parent.map(|parent| parent.account_id).or(nobody);
    let direct = status.visibility == super::Visibility::Direct;
    store::insert_home_entries(tx, status.id, status.account_id, to, direct).await?;
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
    store::insert_home_entries_of_reblog(tx, reblog.id, reblog.account_id, reblog.of).await?;
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
pub fn id_for_remote(services: &Services, published: crate::base::Millis) -> StatusId {
    let day = std::time::Duration::from_hours(24);
    if published >= services.clock.now() - day {
        services.ids.next()
    } else {
        id_by_time(services, published)
    }
}

/// The number that a post of another site gets by its own time. Many sites say whole seconds only, so the rest is
/// drawn by lot.
pub fn id_by_time(services: &Services, published: crate::base::Millis) -> StatusId {
    services.ids.at(published, u64::from(u16::from_be_bytes(services.random.bytes())))
}

/// Which of `accounts` are named twice or are the author: mentions are a set.
pub fn unique(mut accounts: Vec<AccountId>) -> Vec<AccountId> {
    accounts.sort_unstable();
    accounts.dedup();
    accounts
}
