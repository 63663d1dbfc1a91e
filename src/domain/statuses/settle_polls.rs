//! What the passing of time does to polls: they end, and their figures are told, not with every vote but now and then.

use super::store;
use crate::base::Result;
use crate::domain::event::Event;
use crate::platform::services::Services;

/// At most so many at a time.
const MOST: i64 = 100;

/// Ends the polls whose time has come, and has those told whose figures changed. Doing it twice is the same as once.
pub async fn settle_polls(services: &Services) -> Result<()> {
    let now = services.clock.now();
    let told_before = now - services.config.federation.poll_updates_every;
    let mut conn = services.db.read().await?;
    let ended = store::list_polls_to_end(&mut conn, now, MOST).await?;
    let changed = store::list_polls_to_tell(&mut conn, told_before, MOST).await?;
    drop(conn);
    if ended.is_empty() && changed.is_empty() {
        return Ok(());
    }
    let mut tx = services.db.begin().await?;
    for status in ended {
        if store::update_poll_ended(&mut tx, status, now).await? {
            Event::PollEnded { status }.emit(services, &mut tx).await?;
        }
    }
    for status in changed {
        if store::update_poll_told(&mut tx, status, now).await? {
            Event::PollCounted { status }.emit(services, &mut tx).await?;
        }
    }
    tx.commit().await
}
