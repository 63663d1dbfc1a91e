//! Throws away uploads that never came to hang on a post, and pictures whose post is deleted.

use std::time::Duration;

use super::{face, store};
use crate::base::Result;
use crate::platform::services::Services;

/// How long an upload waits for its post.
const WAITS: Duration = Duration::from_hours(24);
/// Removed in one go.
const BATCH: i64 = 200;

/// Removes rows and files of uploads that waited for too long.
///
/// # Errors
/// As the database.
pub async fn sweep(services: &Services) -> Result<()> {
    let before = services.clock.now() - WAITS;
    loop {
        let mut tx = services.db.begin().await?;
        let stale = store::list_unattached(&mut tx, before, BATCH).await?;
        let ids: Vec<_> = stale.iter().map(|media| media.id).collect();
        if ids.is_empty() {
            return Ok(());
        }
        store::delete(&mut tx, &ids).await?;
        tx.commit().await?;
        face::forget(services, stale.into_iter().flat_map(super::Media::keys)).await;
    }
}
