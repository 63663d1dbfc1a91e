//! Records of deliveries, and what they say together.

use serde::Serialize;

use super::store::HostRow;
use crate::base::Millis;
use crate::base::id::DeliveryId;
use crate::words;

/// Why a delivery was given up.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Cause {
    /// The site answered that it will not take it.
    Refused,
    /// The site did not answer for as long as we are patient. Sent as soon as it does.
    Unreachable,
    /// This site does not speak with that one any more.
    Stopped,
}

words!(Cause { Refused = "refused", Unreachable = "unreachable", Stopped = "stopped" });

/// How deliveries to a site stand.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct SiteQueue {
    /// With port, if it is not the scheme's own.
    pub host: String,
    /// How many wait.
    pub waiting: i64,
    /// Since when the oldest of them waits.
    pub oldest_at: Option<Millis>,
    /// How many were given up.
    pub dead: i64,
    /// In a row.
    pub failures: i64,
    /// Of the first failure of that row.
    pub failing_since: Option<Millis>,
    /// The next attempt, if the site is being left alone.
    pub retry_at: Option<Millis>,
    /// It did not answer for as long as we are patient.
    pub unavailable_since: Option<Millis>,
    /// When it last took something.
    pub last_success_at: Option<Millis>,
    /// What it last answered instead.
    pub last_error: Option<String>,
    /// And when.
    pub last_error_at: Option<Millis>,
    /// How many dead letters were thrown away so far.
    pub dropped: i64,
    /// How we sign towards it, as far as that is remembered.
    pub signature_style: Option<String>,
}

impl SiteQueue {
    /// Of a site that nothing was ever sent to.
    pub fn new(host: &str) -> Self {
        Self { host: host.to_owned(), ..Self::default() }
    }

    /// How long the oldest delivery has been waiting, in milliseconds; 0 if none waits.
    pub fn lag(&self, now: Millis) -> i64 {
        self.oldest_at.map_or(0, |at| (now.0 - at.0).max(0))
    }

    /// Whether it did not answer last.
    pub fn is_failing(&self) -> bool {
        self.failures > 0 || self.unavailable_since.is_some()
    }
}

impl From<HostRow> for SiteQueue {
    fn from(row: HostRow) -> Self {
        Self {
            host: row.host,
            failures: row.failures,
            failing_since: row.failing_since,
            retry_at: row.retry_at,
            unavailable_since: row.unavailable_since,
            last_success_at: row.last_success_at,
            last_error: row.last_error,
            last_error_at: row.last_error_at,
            dropped: row.dropped,
            signature_style: row.signature_style,
            ..Self::default()
        }
    }
}

/// A delivery that was given up and can be taken up again.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, sqlx::FromRow)]
pub struct DeadLetter {
    /// Ours.
    pub id: DeliveryId,
    /// For which site.
    pub host: String,
    /// Where to.
    pub inbox: String,
    /// As in `Create`; empty if it was written by an older version.
    pub kind: String,
    /// Id of the activity.
    pub activity: String,
    /// The post that it is about, if any.
    pub about: Option<String>,
    /// Written.
    pub created_at: Millis,
    /// Given up.
    pub dead_at: Millis,
    /// Why.
    #[sqlx(try_from = "String")]
    pub cause: Cause,
    /// What the other site said.
    pub error: String,
    /// How often it was tried.
    pub attempts: i64,
}

/// Where a post's activity is on its way to a site.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Passage {
    /// To which site.
    pub host: String,
    /// As in `Create`.
    pub kind: String,
    /// Id of the activity.
    pub activity: String,
    /// Written.
    pub created_at: Millis,
    /// How far it is.
    #[serde(flatten)]
    pub state: State,
}

/// How far an activity came.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(tag = "state", rename_all = "lowercase")]
pub enum State {
    /// The site took it.
    Arrived { at: Millis },
    /// It is on its way.
    Waiting {
        /// How often it was tried.
        attempts: i64,
        /// Why it is not there yet; none if it was not tried yet.
        error: Option<String>,
        /// The next attempt, if the site is being left alone.
        retry_at: Option<Millis>,
        /// The site did not answer for as long as we are patient.
        unavailable: bool,
    },
    /// It was given up, is kept, and can be taken up again.
    Dead { at: Millis, cause: Cause, error: String },
    /// It was given up and thrown away.
    Dropped { at: Millis, error: String },
}
