//! Dead letters: taken up again, or thrown away.

use std::collections::BTreeMap;

use super::store;
use crate::base::id::{ActivityId, DeliveryId};
use crate::base::{Error, Millis, Result};
use crate::domain::organisation::By;
use crate::domain::organisation::known::require_admin;
use crate::platform::db::Tx;
use crate::platform::services::Services;

/// How many are thrown away in one transaction.
const AT_ONCE: i64 = 500;

/// Which dead letters.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Which {
    /// These.
    These(Vec<DeliveryId>),
    /// All for one site.
    Of(String),
    /// All.
    All,
}

/// Puts dead letters back into their places in the queue, where they count as never tried. Returns how many.
///
/// # Errors
/// [`Error::Forbidden`] if `by` does not run the site; [`Error::NotFound`] if a letter that was named is not there.
pub async fn retry(services: &Services, by: By, which: &Which) -> Result<usize> {
    let mut tx = services.db.begin().await?;
    require_admin(&mut tx, by).await?;
    let found = find(&mut tx, which).await?;
    let ids: Vec<DeliveryId> = found.iter().map(|row| row.id).collect();
    let mut hosts: Vec<String> = found.into_iter().map(|row| row.host).collect();
    hosts.sort_unstable();
    hosts.dedup();
    store::update_retried(&mut tx, &ids, services.clock.now()).await?;
    store::update_hosts_tried_now(&mut tx, &hosts).await?;
    tx.commit().await?;
    services.hub.wake_delivery();
    Ok(ids.len())
}

/// Throws dead letters away; the trace of a post goes on to say so. Returns how many.
///
/// # Errors
/// As [`retry`].
pub async fn discard(services: &Services, by: By, which: &Which) -> Result<usize> {
    let mut tx = services.db.begin().await?;
    require_admin(&mut tx, by).await?;
    let found = find(&mut tx, which).await?;
    let count = found.len();
    throw_away(services, &mut tx, found).await?;
    tx.commit().await?;
    Ok(count)
}

/// Tries a site that is being left alone at once.
///
/// # Errors
/// [`Error::Forbidden`] if `by` does not run the site.
pub async fn try_now(services: &Services, by: By, host: &str) -> Result<()> {
    let mut tx = services.db.begin().await?;
    require_admin(&mut tx, by).await?;
    store::update_hosts_tried_now(&mut tx, &[host.to_owned()]).await?;
    tx.commit().await?;
    services.hub.wake_delivery();
    Ok(())
}

/// Throws away the dead letters that were given up before `before`. Returns how many for which site.
///
/// # Errors
/// As the database.
pub async fn expire(services: &Services, before: Millis) -> Result<BTreeMap<String, i64>> {
    let mut all: BTreeMap<String, i64> = BTreeMap::new();
    loop {
        let mut tx = services.db.begin().await?;
        let found = store::list_dead_before(&mut tx, before, AT_ONCE).await?;
        if found.is_empty() {
            return Ok(all);
        }
        for (host, count) in throw_away(services, &mut tx, found).await? {
            *all.entry(host).or_default() += count;
        }
        tx.commit().await?;
    }
}

/// Removes rows of dead letters, and counts them for their sites.
async fn throw_away(
    services: &Services,
    tx: &mut Tx,
    found: Vec<store::Dead>,
) -> Result<BTreeMap<String, i64>> {
    let now = services.clock.now();
    let ids: Vec<DeliveryId> = found.iter().map(|row| row.id).collect();
    let activities: Vec<ActivityId> = found.iter().map(|row| row.activity_id).collect();
    let mut counts: BTreeMap<String, i64> = BTreeMap::new();
    for row in found {
        *counts.entry(row.host).or_default() += 1;
    }
    for (host, count) in &counts {
        store::update_dropped(tx, host, *count).await?;
    }
    store::delete_done(tx, &ids, &activities, now).await?;
    Ok(counts)
}

async fn find(tx: &mut Tx, which: &Which) -> Result<Vec<store::Dead>> {
    match which {
        Which::These(ids) => {
            let found = store::list_dead_by_ids(tx, ids).await?;
            if found.len() < ids.len() {
                return Err(Error::not_found("dead letter"));
            }
            Ok(found)
        }
        Which::Of(host) => store::list_dead_ids(tx, host).await,
        Which::All => store::list_all_dead_ids(tx).await,
    }
}
