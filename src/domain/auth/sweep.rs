//! Forgets what expired: sessions, links, codes, tokens that were given back.

use std::time::Duration;

use super::store;
use crate::base::Result;
use crate::platform::services::Services;

/// How long what no longer works is kept: a code that comes a second time must be known.
const KEPT: Duration = Duration::from_hours(24);

/// Forgets what expired.
///
/// # Errors
/// As the database.
pub async fn sweep(services: &Services) -> Result<()> {
    let now = services.clock.now();
    let mut tx = services.db.begin().await?;
    store::sessions::delete_expired(&mut tx, now).await?;
    store::links::delete_expired(&mut tx, now - KEPT).await?;
    store::oauth::delete_expired(&mut tx, now - KEPT).await?;
    tx.commit().await
}
