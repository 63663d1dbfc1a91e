//! Looks for what is missing of threads: what stands above a reply that came in, and, when somebody opens a thread,
//! whatever other sites have of it.
//!
//! What to look for stands in rows (`domain::statuses::threads`), so that a restart forgets nothing. A site that
//! cannot be reached is tried again, less and less often.

mod collection;
mod walk;

use std::collections::HashSet;
use std::time::Duration;

use tokio::task::JoinSet;
use tokio::time::timeout;
use tokio_util::sync::CancellationToken;
use tracing::{debug, error, warn};

use crate::base::id::StatusId;
use crate::base::{Millis, Result};
use crate::domain::statuses;
use crate::domain::statuses::threads::store::Outcome;
use crate::domain::statuses::threads::{LookUp, Unreached, store};
use crate::federation::delivery::delay_before;
use crate::platform::hub::News;
use crate::platform::services::Services;
use walk::Walk;

/// How often to look for threads whose pause is over, if nothing else happens.
const TICK: Duration = Duration::from_secs(2);

/// Threads that are looked at at once.
const AT_ONCE: usize = 8;

/// How long looking at one thread may take; what was found by then is kept.
const LONGEST: Duration = Duration::from_mins(1);

/// After this, somebody else may take the thread up: whoever was at it is gone.
const LEASE: Duration = Duration::from_mins(3);

/// The longest pause before a site that could not be reached is tried again.
const LONGEST_PAUSE: Duration = Duration::from_hours(6);

/// How often a site is tried that cannot be reached: about three days, with the usual pauses.
const MOST_ATTEMPTS: i64 = 20;

/// Hosts, and posts of each, that are remembered as not reached.
const REMEMBERED: (usize, usize) = (20, 50);

/// Looks until `stop`. What is under way then is taken up at the next start.
pub async fn run(services: Services, stop: CancellationToken) {
    let mut work: JoinSet<StatusId> = JoinSet::new();
    let mut busy: HashSet<StatusId> = HashSet::new();
    loop {
        if let Err(problem) = begin(&services, &mut work, &mut busy).await {
            error!("What is to be looked for cannot be read: {}", problem.chain());
        }
        tokio::select! {
            () = stop.cancelled() => break,
            () = services.hub.thread_waits() => {}
            Some(Ok(done)) = work.join_next(), if !work.is_empty() => { busy.remove(&done); }
            () = tokio::time::sleep(TICK) => {}
        }
        while let Some(Ok(done)) = work.try_join_next() {
            busy.remove(&done);
        }
    }
    work.shutdown().await;
    if let Err(problem) = give_back(&services, &busy).await {
        warn!("What was being looked for waits for a while: {}", problem.chain());
    }
}

async fn begin(
    services: &Services,
    work: &mut JoinSet<StatusId>,
    busy: &mut HashSet<StatusId>,
) -> Result<()> {
    let free = AT_ONCE.saturating_sub(work.len());
    let now = services.clock.now();
    if free == 0 || !store::is_due(&mut services.db.read().await?, now).await? {
        return Ok(());
    }
    let mut tx = services.db.begin().await?;
    let mut due = store::list_due(&mut tx, now, free as i64).await?;
    due.retain(|look| !busy.contains(&look.conversation_id));
    for look in &due {
        store::update_due(&mut tx, look.conversation_id, now + LEASE).await?;
    }
    tx.commit().await?;
    for row in due {
        let (services, id) = (services.clone(), row.conversation_id);
        busy.insert(id);
        work.spawn(async move {
            if let Err(problem) = Box::pin(look(&services, &row)).await {
                warn!(thread = %id, "The thread {id} could not be looked at: {}", problem.chain());
            }
            id
        });
    }
    Ok(())
}

async fn give_back(services: &Services, busy: &HashSet<StatusId>) -> Result<()> {
    let now = services.clock.now();
    let mut tx = services.db.begin().await?;
    for id in busy {
        store::update_due(&mut tx, *id, now).await?;
    }
    tx.commit().await
}

/// Looks at one thread and writes down what came of it.
async fn look(services: &Services, row: &LookUp) -> Result<()> {
    let mut walk = Walk::new(services, row).await?;
    if let Ok(outcome) = timeout(LONGEST, walk.run(row)).await {
        outcome?;
    } else {
        debug!(thread = %row.conversation_id, "Looking at a thread took too long and ended");
    }
    let seen = walk.into_seen();
    let found = [row.found(), seen.found].concat();
    let unreachable = remembered(seen.unreached);
    let whole = unreachable.is_empty() && !seen.awaited;
    let now = services.clock.now();
    let mut tx = services.db.begin().await?;
    // What was found above may have shown that it is part of another thread.
    let first = statuses::store::list(&mut tx, &[row.conversation_id]).await?.pop();
    let conversation = first.map_or(row.conversation_id, |first| first.conversation_id);
    let due_at = if whole { None } else { retry_at(services, row.attempts + 1, now) };
    let outcome = Outcome { found: &found, unreachable: &unreachable, whole, due_at, at: now };
    store::update_looked(&mut tx, conversation, row.viewed_at, &outcome).await?;
    tx.commit().await?;
    services.hub.tell(News::LookedUp { conversation: conversation.0 });
    Ok(())
}

fn retry_at(services: &Services, attempts: i64, now: Millis) -> Option<Millis> {
    let settings = &services.config.federation;
    let longest = settings.retry_max_delay.min(LONGEST_PAUSE);
    (attempts < MOST_ATTEMPTS).then(|| now + delay_before(attempts, settings.retry_first_delay, longest))
}

fn remembered(unreached: Vec<Unreached>) -> Vec<Unreached> {
    let (hosts, posts) = REMEMBERED;
    let mut unreached = unreached;
    unreached.truncate(hosts);
    for one in &mut unreached {
        one.posts.truncate(posts);
    }
    unreached
}
