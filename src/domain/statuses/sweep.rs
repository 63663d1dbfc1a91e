//! Forgets what other sites left here and nobody needs any more: addresses of what is gone, likes that were refused.

use std::time::Duration;

use super::{consent, store};
use crate::base::Result;
use crate::base::id::{IdMaker, InteractionId};
use crate::platform::services::Services;

/// How long it is remembered that something of another site is gone: longer than anybody sends it late, and than a
/// proof holds with which it is passed on. What is gone of this site is remembered for ever, to say so.
pub const GONE: Duration = Duration::from_hours(90 * 24);

/// How long a refused like or repost is remembered: longer than its refusal is delivered.
pub const REFUSED: Duration = Duration::from_hours(14 * 24);

/// How many rows one transaction takes.
const BATCH: i64 = 1_000;

/// Forgets what was kept long enough, in small transactions.
///
/// # Errors
/// As the database.
pub async fn sweep(services: &Services) -> Result<()> {
    let now = services.clock.now();
    loop {
        // Looked for without the turn of the writer.
        let gone = store::list_old_tombstones(&mut services.db.read().await?, now - GONE, BATCH).await?;
        let last = gone.len() < BATCH as usize;
        if !gone.is_empty() {
            let mut tx = services.db.begin().await?;
            store::delete_tombstones(&mut tx, gone).await?;
            tx.commit().await?;
        }
        if last {
            break;
        }
    }
    let before: InteractionId = IdMaker::floor(now - REFUSED);
    loop {
        let mut conn = services.db.read().await?;
        let refused = consent::store::list_refused_marks(&mut conn, before, BATCH).await?;
        drop(conn);
        let last = refused.len() < BATCH as usize;
        if !refused.is_empty() {
            let mut tx = services.db.begin().await?;
            consent::store::delete_interactions(&mut tx, &refused).await?;
            tx.commit().await?;
        }
        if last {
            return Ok(());
        }
    }
}
