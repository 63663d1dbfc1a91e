//! Copies of pictures of other sites: which were looked at when, so that they do not fill the disk.

use std::time::Duration;

use super::face;
use super::store::copies::{self as store, Copy};
use crate::base::Result;
use crate::platform::blobs::BlobKey;
use crate::platform::services::Services;

/// Looking again within that time is not written down.
const TO_WITHIN: Duration = Duration::from_hours(24);
/// Thrown away in one go.
const BATCH: i64 = 100;

/// Notes that a copy of something at `host` was looked at, once a day for each.
///
/// # Errors
/// As the database.
pub async fn used(services: &Services, key: &BlobKey, host: &str, size: usize) -> Result<()> {
    let now = services.clock.now();
    let noted = services.caches.copies.get(key.as_str());
    if noted.is_some_and(|at| now - TO_WITHIN < at) {
        return Ok(());
    }
    let copy = Copy { key: key.to_string(), size: size as i64 };
    let mut tx = services.db.begin().await?;
    store::upsert(&mut tx, &copy, host, now).await?;
    tx.commit().await?;
    services.caches.copies.insert(key.to_string(), now);
    Ok(())
}

/// Throws away the copies that nobody looked at for longest, until the rest is no more than the configuration allows.
///
/// Files go before their rows: what is broken off is done again.
///
/// # Errors
/// As the database.
pub async fn evict(services: &Services) -> Result<()> {
    let most = services.config.media.copies_max.bytes() as i64;
    let mut sum = store::sum_sizes(&mut services.db.read().await?).await?;
    while sum > most {
        let oldest = store::list_oldest(&mut services.db.read().await?, BATCH).await?;
        let mut keys = Vec::new();
        for copy in oldest {
            if sum <= most {
                break;
            }
            sum -= copy.size;
            services.caches.copies.invalidate(&copy.key);
            keys.push(copy.key);
        }
        if keys.is_empty() {
            return Ok(());
        }
        face::forget(services, keys.clone()).await;
        let mut tx = services.db.begin().await?;
        store::delete(&mut tx, keys).await?;
        tx.commit().await?;
    }
    Ok(())
}
