//! Posts that were written or changed can be found by their words. Those of a batch are written at once; what is deleted
//! goes with its post.

use crate::base::Result;
use crate::base::id::StatusId;
use crate::domain::event::Event;
use crate::domain::event::store::Due;
use crate::domain::search::document;
use crate::domain::statuses;
use crate::platform::db::Conn;

/// Writes the words of all posts that the events are about.
pub async fn index(conn: &mut Conn, due: &[Due]) -> Result<()> {
    let about = |due: &Due| match due.event {
        Some(
            Event::StatusCreated { status }
            | Event::StatusUpdated { status }
            | Event::ConsentChanged { status },
        ) => Some(status),
        _ => None,
    };
    let mut ids: Vec<StatusId> = due.iter().filter_map(about).collect();
    ids.sort_unstable();
    ids.dedup();
    let written = statuses::store::list(conn, &ids).await?;
    document::write(conn, &written).await
}
