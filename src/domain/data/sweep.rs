//! Throws away files that nobody fetches any more, and what is known of files taken over long ago.

use std::time::Duration;

use super::{export, store};
use crate::base::Result;
use crate::platform::services::Services;

/// How long it is shown what became of a file that was taken over.
const SHOWN: Duration = Duration::from_hours(30 * 24);

/// Files thrown away in one go.
const BATCH: i64 = 50;

/// Throws away what is too old.
///
/// # Errors
/// As the database.
pub async fn sweep(services: &Services) -> Result<()> {
    let now = services.clock.now();
    loop {
        let mut tx = services.db.begin().await?;
        let old = store::exports::list_expired(&mut tx, now, BATCH).await?;
        for export in &old {
            store::exports::delete(&mut tx, export.account_id, export.id).await?;
        }
        tx.commit().await?;
        let last = old.len() < BATCH as usize;
        export::throw_away(services, old.into_iter().filter_map(|export| export.blob_key).collect()).await;
        if last {
            break;
        }
    }
    let mut tx = services.db.begin().await?;
    store::imports::delete_finished(&mut tx, now - SHOWN).await?;
    tx.commit().await
}
