//! What became of what was sent to other sites: queues, dead letters, and the way of one post.
//!
//! Sending is not done here; see `federation::delivery`, which keeps the same rows.

mod letters;
mod model;
pub mod store;
mod trace;

pub use letters::{Which, discard, expire, retry, try_now};
pub use model::{Cause, DeadLetter, Passage, SiteQueue, State};
pub use trace::{Trace, trace};

use crate::base::Result;
use crate::platform::db::Conn;

/// How deliveries to each site stand: those that were ever tried or for which something waits, by host.
///
/// # Errors
/// As the database.
pub async fn queues(conn: &mut Conn) -> Result<Vec<SiteQueue>> {
    let mut queues: std::collections::BTreeMap<String, SiteQueue> = std::collections::BTreeMap::new();
    for site in store::list_hosts(conn).await? {
        queues.insert(site.host.clone(), site.into());
    }
    for count in store::list_counts(conn).await? {
        let queue = queues.entry(count.host.clone()).or_insert_with(|| SiteQueue::new(&count.host));
        (queue.waiting, queue.oldest_at, queue.dead) = (count.waiting, count.oldest_at, count.dead);
    }
    Ok(queues.into_values().collect())
}

/// How deliveries to one site stand.
///
/// # Errors
/// As the database.
pub async fn queue(conn: &mut Conn, host: &str) -> Result<SiteQueue> {
    let mut queue = store::find_host(conn, host).await?.map_or_else(|| SiteQueue::new(host), SiteQueue::from);
    if let Some(count) = store::find_counts(conn, host).await? {
        (queue.waiting, queue.oldest_at, queue.dead) = (count.waiting, count.oldest_at, count.dead);
    }
    Ok(queue)
}
