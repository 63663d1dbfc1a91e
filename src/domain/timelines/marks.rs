//! How far a person has read here: in the timelines, and in each thread. Nobody else is ever told.
//!
//! The marks of the client API are others: those move as a client says, also back; see `notifications::markers`.

use std::time::Duration;

use super::store::marks as store;
use crate::base::id::{AccountId, StatusId};
use crate::base::{Millis, Result};
use crate::platform::db::Conn;
use crate::platform::services::Services;
use crate::words;

/// A visit ends when so long no page was opened.
pub const VISIT: Duration = Duration::from_mins(30);
/// Whoever reads on in the same place is noted at most this often.
const NOTED_EVERY: Duration = Duration::from_mins(1);
/// Marks in threads are forgotten when nobody opened them for so long.
const REMEMBERED: Duration = Duration::from_hours(180 * 24);

/// What kind of list is read.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Kind {
    /// Posts of those whom one follows.
    Home,
    /// Posts of this site.
    Site,
    /// Posts of the organisation.
    Organisation,
    /// A conversation.
    Thread,
}

words!(Kind { Home = "home", Site = "site", Organisation = "organisation", Thread = "thread" });

/// Where one reads.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Place {
    /// Posts of those whom one follows.
    Home,
    /// Posts of this site.
    Site,
    /// Posts of the organisation.
    Organisation,
    /// The conversation that begins with this post.
    Thread(StatusId),
}

impl Place {
    fn key(self) -> (Kind, i64) {
        match self {
            Self::Home => (Kind::Home, 0),
            Self::Site => (Kind::Site, 0),
            Self::Organisation => (Kind::Organisation, 0),
            Self::Thread(first) => (Kind::Thread, first.0),
        }
    }
}

/// How far somebody has read in a place.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, sqlx::FromRow)]
pub struct Mark {
    /// The newest that they have seen: its place in the home, elsewhere its id.
    pub last_read: i64,
    /// When they were last here.
    pub seen_at: Millis,
    /// `last_read` at the end of the visit before this one.
    pub before_read: i64,
    /// `seen_at` at the end of the visit before this one; 0 on the first visit.
    pub before_at: Millis,
}

impl Mark {
    /// As it is for whoever comes at `now`: after half an hour without a page, that is a new visit.
    fn at(self, now: Millis) -> Self {
        if self.seen_at > now - VISIT {
            return self;
        }
        Self { before_read: self.last_read, before_at: self.seen_at, ..self }
    }

    /// Whether there was a visit before this one.
    pub fn was_here(&self) -> bool {
        self.before_at.0 > 0
    }
}

/// How far a person has read in a place, as of now; `None` if they never were there. Changes nothing.
///
/// # Errors
/// As the database.
pub async fn find(
    services: &Services,
    conn: &mut Conn,
    person: AccountId,
    place: Place,
) -> Result<Option<Mark>> {
    let (kind, about) = place.key();
    let mark = store::find(conn, person, kind, about).await?;
    Ok(mark.map(|mark| mark.at(services.clock.now())))
}

/// A person has seen a place up to `up_to`. Marks only go forward: what was seen once is not new again.
///
/// # Errors
/// As the database.
pub async fn mark(services: &Services, person: AccountId, place: Place, up_to: i64) -> Result<()> {
    let now = services.clock.now();
    let mut tx = services.db.begin().await?;
    store::upsert(&mut tx, person, place.key(), up_to, (now, now - VISIT)).await?;
    tx.commit().await
}

/// As [`mark`], beside the request that shows the place, which has a connection for reading only. `known` is what it
/// found; whoever reads on in what they have seen is noted once a minute.
pub fn note(services: &Services, person: AccountId, place: Place, up_to: i64, known: Option<Mark>) {
    let now = services.clock.now();
    let is_known = |mark: Mark| up_to <= mark.last_read && now < mark.seen_at + NOTED_EVERY;
    if known.is_some_and(is_known) {
        return;
    }
    let services = services.clone();
    tokio::spawn(async move {
        if let Err(error) = mark(&services, person, place, up_to).await {
            tracing::warn!("A reading mark could not be moved: {}", error.chain());
        }
    });
}

/// Forgets marks in threads that were not opened for half a year.
///
/// # Errors
/// As the database.
pub async fn sweep(services: &Services) -> Result<()> {
    let mut tx = services.db.begin().await?;
    store::delete_threads_before(&mut tx, services.clock.now() - REMEMBERED).await?;
    tx.commit().await
}
