//! Throwing away what was kept long enough: ids that were taken in, dead letters, traces, and keys
//! of those who left.

use std::time::Duration;

use tracing::warn;

use super::store;
use crate::base::Result;
use crate::base::id::{ActivityId, IdMaker};
use crate::domain::organisation::deliveries;
use crate::platform::services::Services;

/// How long ids of activities are remembered: longer than anybody sends again.
const REMEMBERED: Duration = Duration::from_hours(60 * 24);

/// Throws away what was kept long enough.
///
/// # Errors
/// As the database.
pub async fn sweep(services: &Services) -> Result<()> {
    let now = services.clock.now();
    let settings = &services.config.federation;
    let mut tx = services.db.begin().await?;
    store::delete_received(&mut tx, now - REMEMBERED).await?;
    tx.commit().await?;
    let dropped = deliveries::expire(services, now - settings.keep_dead_letters).await?;
    for (host, count) in dropped {
        warn!(host, count, "{count} dead letters for {host} were kept long enough and are thrown away");
    }
    let mut tx = services.db.begin().await?;
    let oldest: ActivityId = IdMaker::floor(now - settings.keep_traces);
    deliveries::store::delete_traces(&mut tx, oldest).await?;
    let spent = store::delete_spent_keys(&mut tx).await?;
    tx.commit().await?;
    for account in spent {
        services.caches.forget_signing_keys(account.0);
    }
    Ok(())
}
