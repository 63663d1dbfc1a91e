//! Pages of a list that is sorted by identifier, newest first.

/// Which part of a list is asked for, in Mastodon's terms.
///
/// `max_id`: older than this. `since_id`: newer than this, the newest of them first to come. `min_id`: newer
/// than this, those next to it. Source: <https://docs.joinmastodon.org/api/guidelines/#pagination>
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Page {
    /// Only what is older than this.
    pub max_id: Option<i64>,
    /// Only what is newer than this, from the newest on.
    pub since_id: Option<i64>,
    /// Only what is newer than this, from this on.
    pub min_id: Option<i64>,
    /// At most so many.
    pub limit: i64,
}

impl Page {
    /// The first page.
    pub fn first(limit: i64) -> Self {
        Self { max_id: None, since_id: None, min_id: None, limit }
    }

    /// The page that is older than `max_id`.
    pub fn before(max_id: Option<i64>, limit: i64) -> Self {
        Self { max_id, ..Self::first(limit) }
    }

    /// Exclusive upper bound for the query.
    pub fn upper(&self) -> i64 {
        self.max_id.unwrap_or(i64::MAX)
    }

    /// Exclusive lower bound for the query.
    pub fn lower(&self) -> i64 {
        self.min_id.or(self.since_id).unwrap_or(-1)
    }

    /// Whether the query must go upwards from `min_id` (and be turned round afterwards).
    pub fn upwards(&self) -> bool {
        self.min_id.is_some()
    }
}
