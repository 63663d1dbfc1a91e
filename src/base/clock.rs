//! Time: milliseconds in UTC, and a clock that can be handed in.

use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};
use std::time::Duration;

use jiff::Timestamp;

/// Milliseconds since 1970, UTC.
#[derive(
    Clone,
    Copy,
    Debug,
    Default,
    PartialEq,
    Eq,
    PartialOrd,
    Ord,
    Hash,
    sqlx::Type,
    serde::Serialize,
    serde::Deserialize,
)]
#[sqlx(transparent)]
#[serde(transparent)]
pub struct Millis(pub i64);

impl Millis {
    /// As in `2026-01-02T03:04:05.678Z`, the form of Mastodon's API and of ActivityPub.
    pub fn to_rfc3339(self) -> String {
        format!("{:.3}", self.timestamp())
    }

    /// Reads any RFC 3339 time; `None` if the text is none.
    pub fn from_rfc3339(text: &str) -> Option<Self> {
        text.parse::<Timestamp>().ok().map(|at| Self(at.as_millisecond()))
    }

    /// The same moment for `jiff`; a time beyond its range counts as the epoch.
    pub fn timestamp(self) -> Timestamp {
        Timestamp::from_millisecond(self.0).unwrap_or(Timestamp::UNIX_EPOCH)
    }

    /// Only the day, as in `2026-01-02`.
    pub fn to_date(self) -> String {
        self.timestamp().strftime("%Y-%m-%d").to_string()
    }

    /// Seconds since 1970.
    pub fn seconds(self) -> i64 {
        self.0.div_euclid(1000)
    }
}

impl std::ops::Add<Duration> for Millis {
    type Output = Self;
    fn add(self, duration: Duration) -> Self {
        Self(self.0.saturating_add(i64::try_from(duration.as_millis()).unwrap_or(i64::MAX)))
    }
}

impl std::ops::Sub<Duration> for Millis {
    type Output = Self;
    fn sub(self, duration: Duration) -> Self {
        Self(self.0.saturating_sub(i64::try_from(duration.as_millis()).unwrap_or(i64::MAX)))
    }
}

/// Where the time comes from: the machine, or the hand of a test.
#[derive(Clone, Debug, Default)]
pub struct Clock(Option<Arc<AtomicI64>>);

/// Sets a manual clock.
#[derive(Clone, Debug)]
pub struct Hand(Arc<AtomicI64>);

impl Clock {
    /// The machine's clock.
    pub fn system() -> Self {
        Self(None)
    }

    /// A clock that moves only by its [`Hand`].
    pub fn manual(start: Millis) -> (Self, Hand) {
        let at = Arc::new(AtomicI64::new(start.0));
        (Self(Some(Arc::clone(&at))), Hand(at))
    }

    /// The time now.
    #[expect(clippy::disallowed_methods, reason = "the one place that reads the machine's clock")]
    pub fn now(&self) -> Millis {
        if let Some(at) = &self.0 {
            return Millis(at.load(Ordering::SeqCst));
        }
        let since = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH).unwrap_or_default();
        Millis(i64::try_from(since.as_millis()).unwrap_or(i64::MAX))
    }
}

impl Hand {
    /// Moves the clock forward.
    pub fn advance(&self, by: Duration) {
        self.0.fetch_add(i64::try_from(by.as_millis()).unwrap_or(0), Ordering::SeqCst);
    }

    /// Sets the clock.
    pub fn set(&self, at: Millis) {
        self.0.store(at.0, Ordering::SeqCst);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_time_is_written_and_read_with_milliseconds() {
        let at = Millis(1_767_323_045_678);
        assert_eq!(at.to_rfc3339(), "2026-01-02T03:04:05.678Z");
        assert_eq!(Millis::from_rfc3339("2026-01-02T04:04:05.678+01:00"), Some(at));
        assert_eq!(Millis::from_rfc3339("yesterday"), None);
    }
}
