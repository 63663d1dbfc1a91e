//! How far a person has read, the same on all their devices.

use super::store;
use crate::base::id::{AccountId, NotificationId};
use crate::base::{Millis, Result};
use crate::platform::hub::News;
use crate::platform::services::Services;
use crate::words;

/// What one reads on in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Timeline {
    /// Posts of those whom one follows.
    Home,
    /// What concerns oneself.
    Notifications,
}

words!(Timeline { Home = "home", Notifications = "notifications" });

/// A mark in a timeline.
#[derive(Clone, Debug, sqlx::FromRow)]
pub struct Marker {
    /// In which.
    #[sqlx(try_from = "String")]
    pub timeline: Timeline,
    /// Id of a post, or of a notification.
    pub last_read: i64,
    /// Counts the changes.
    pub version: i64,
    /// Last change.
    pub updated_at: Millis,
}

/// Moves marks, also backwards, as clients may. Notifications that were read once are not new again.
///
/// Source: <https://docs.joinmastodon.org/methods/markers/#create>
pub async fn mark(services: &Services, person: AccountId, marks: &[(Timeline, i64)]) -> Result<Vec<Marker>> {
    let now = services.clock.now();
    let mut tx = services.db.begin().await?;
    for (timeline, last_read) in marks {
        store::upsert_marker(&mut tx, person, *timeline, *last_read, now).await?;
        if *timeline == Timeline::Notifications {
            store::update_read(&mut tx, person, NotificationId(*last_read)).await?;
        }
    }
    let markers = store::list_markers(&mut tx, person).await?;
    tx.commit().await?;
    if marks.iter().any(|(timeline, _)| *timeline == Timeline::Notifications) {
        services.hub.tell(News::Seen { account: person.0 });
    }
    Ok(markers)
}
