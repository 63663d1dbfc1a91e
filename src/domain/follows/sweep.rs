//! Forgets mutes that have run out.

use super::store;
use crate::base::Result;
use crate::platform::services::Services;

/// Forgets what no longer holds.
///
/// # Errors
/// As the database.
pub async fn sweep(services: &Services) -> Result<()> {
    let mut tx = services.db.begin().await?;
    store::delete_expired_mutes(&mut tx, services.clock.now()).await?;
    tx.commit().await
}
