//! Rows of deliveries as administrators and authors look at them, and how they end.

use super::model::{Cause, DeadLetter, Passage, State};
use crate::base::id::{ActivityId, DeliveryId};
use crate::base::{Millis, Result};
use crate::platform::db::Conn;
use crate::{args, sql};

/// What is known about reaching a host.
#[derive(Clone, Debug, sqlx::FromRow)]
pub struct HostRow {
    pub host: String,
    pub failures: i64,
    pub failing_since: Option<Millis>,
    pub retry_at: Option<Millis>,
    pub unavailable_since: Option<Millis>,
    pub last_success_at: Option<Millis>,
    pub last_error: Option<String>,
    pub last_error_at: Option<Millis>,
    pub dropped: i64,
    pub signature_style: Option<String>,
}

/// All hosts that were ever tried.
pub async fn list_hosts(conn: &mut Conn) -> Result<Vec<HostRow>> {
    conn.all(
        sql!(
            "SELECT host, failures, failing_since, retry_at, unavailable_since, last_success_at, last_error,
                    last_error_at, dropped, signature_style
             FROM hosts"
        ),
        args![],
    )
    .await
}

/// One host, if it was ever tried.
pub async fn find_host(conn: &mut Conn, host: &str) -> Result<Option<HostRow>> {
    conn.optional(
        sql!(
            "SELECT host, failures, failing_since, retry_at, unavailable_since, last_success_at, last_error,
                    last_error_at, dropped, signature_style
             FROM hosts
             WHERE host = $1"
        ),
        args![host],
    )
    .await
}

/// How many deliveries there are for a host.
#[derive(Clone, Debug, sqlx::FromRow)]
pub struct Counts {
    pub host: String,
    pub waiting: i64,
    pub oldest_at: Option<Millis>,
    pub dead: i64,
}

/// For every host that something waits for or was given up for.
pub async fn list_counts(conn: &mut Conn) -> Result<Vec<Counts>> {
    conn.all(
        sql!(
            "SELECT host, COUNT(CASE WHEN dead_at IS NULL THEN 1 END) AS waiting,
                    MIN(CASE WHEN dead_at IS NULL THEN created_at END) AS oldest_at,
                    COUNT(dead_at) AS dead
             FROM deliveries
             GROUP BY host"
        ),
        args![],
    )
    .await
}

/// For one host.
pub async fn find_counts(conn: &mut Conn, host: &str) -> Result<Option<Counts>> {
    conn.optional(
        sql!(
            "SELECT host, COUNT(CASE WHEN dead_at IS NULL THEN 1 END) AS waiting,
                    MIN(CASE WHEN dead_at IS NULL THEN created_at END) AS oldest_at,
                    COUNT(dead_at) AS dead
             FROM deliveries
             WHERE host = $1
             GROUP BY host"
        ),
        args![host],
    )
    .await
}

/// Dead letters for one host, or for all if it is empty: the oldest first, those after `after`.
pub async fn list_dead(
    conn: &mut Conn,
    host: &str,
    after: DeliveryId,
    limit: i64,
) -> Result<Vec<DeadLetter>> {
    conn.all(
        sql!(
            "SELECT d.id, d.host, d.inbox, a.kind, a.uri AS activity, a.about, d.created_at, d.dead_at,
                    COALESCE(d.cause, 'refused') AS cause, COALESCE(d.last_error, '') AS error, d.attempts
             FROM deliveries d
             JOIN activities a ON a.id = d.activity_id
             WHERE d.dead_at IS NOT NULL AND ($1 = '' OR d.host = $1) AND d.id > $2
             ORDER BY d.id
             LIMIT $3"
        ),
        args![host, after, limit],
    )
    .await
}

/// A dead letter, without its words.
#[derive(Clone, Debug, sqlx::FromRow)]
pub struct Dead {
    pub id: DeliveryId,
    pub activity_id: ActivityId,
    pub host: String,
}

/// Those of `ids` that were given up.
pub async fn list_dead_by_ids(conn: &mut Conn, ids: &[DeliveryId]) -> Result<Vec<Dead>> {
    conn.all(
        sql!("SELECT id, activity_id, host FROM deliveries WHERE id IN_LIST($1) AND dead_at IS NOT NULL"),
        args![ids],
    )
    .await
}

/// All that were given up for a host.
pub async fn list_dead_ids(conn: &mut Conn, host: &str) -> Result<Vec<Dead>> {
    conn.all(
        sql!("SELECT id, activity_id, host FROM deliveries WHERE host = $1 AND dead_at IS NOT NULL"),
        args![host],
    )
    .await
}

/// All that were given up.
pub async fn list_all_dead_ids(conn: &mut Conn) -> Result<Vec<Dead>> {
    conn.all(sql!("SELECT id, activity_id, host FROM deliveries WHERE dead_at IS NOT NULL"), args![]).await
}

/// Those that were given up before `before`, at most `limit`.
pub async fn list_dead_before(conn: &mut Conn, before: Millis, limit: i64) -> Result<Vec<Dead>> {
    conn.all(
        sql!(
            "SELECT id, activity_id, host
             FROM deliveries
             WHERE dead_at IS NOT NULL AND dead_at < $1
             LIMIT $2"
        ),
        args![before, limit],
    )
    .await
}

/// Puts dead letters back into the queue.
pub async fn update_retried(conn: &mut Conn, ids: &[DeliveryId], now: Millis) -> Result<()> {
    conn.execute(
        sql!(
            "UPDATE deliveries
             SET dead_at = NULL, cause = NULL, attempts = 0, answered = 0, retried_at = $2
             WHERE id IN_LIST($1)"
        ),
        args![ids, now],
    )
    .await?;
    Ok(())
}

/// A host that came back gets what was given up because it did not answer, each in its old place in the queue.
/// Returns how many.
pub async fn update_revived(conn: &mut Conn, host: &str, now: Millis) -> Result<u64> {
    conn.execute(
        sql!(
            "UPDATE deliveries
             SET dead_at = NULL, cause = NULL, attempts = 0, answered = 0, retried_at = $2
             WHERE host = $1 AND dead_at IS NOT NULL AND cause = 'unreachable'"
        ),
        args![host, now],
    )
    .await
}

/// Hosts that are being left alone are tried at once.
pub async fn update_hosts_tried_now(conn: &mut Conn, hosts: &[String]) -> Result<()> {
    conn.execute(
        sql!("UPDATE hosts SET retry_at = NULL, not_before = NULL, failures = 0 WHERE host IN_LIST($1)"),
        args![hosts],
    )
    .await?;
    Ok(())
}

/// Counts dead letters that are thrown away.
pub async fn update_dropped(conn: &mut Conn, host: &str, count: i64) -> Result<()> {
    conn.execute(
        sql!(
            "INSERT INTO hosts (host, dropped)
             VALUES ($1, $2)
             ON CONFLICT (host)
             DO UPDATE SET dropped = hosts.dropped + $2"
        ),
        args![host, count],
    )
    .await?;
    Ok(())
}

/// Forgets deliveries that are done, and the bodies that nobody waits for any more. Of what is about a post, a narrow
/// row stays: with the reason if the delivery was given up, without one if it arrived.
pub async fn delete_done(
    conn: &mut Conn,
    ids: &[DeliveryId],
    activities: &[ActivityId],
    now: Millis,
) -> Result<()> {
    conn.execute(
        sql!(
            "INSERT INTO delivered (activity_id, host, at, error)
             SELECT d.activity_id, d.host, $2, CASE WHEN d.dead_at IS NULL THEN NULL ELSE COALESCE(d.last_error, '') END
             FROM deliveries d
             JOIN activities a ON a.id = d.activity_id
             WHERE d.id IN_LIST($1) AND a.about IS NOT NULL
             ON CONFLICT (activity_id, host) DO NOTHING"
        ),
        args![ids, now],
    )
    .await?;
    conn.execute(sql!("DELETE FROM deliveries WHERE id IN_LIST($1)"), args![ids]).await?;
    conn.execute(
        sql!(
            "DELETE FROM activities
             WHERE id IN_LIST($1) AND about IS NULL
               AND NOT EXISTS (SELECT 1 FROM deliveries d WHERE d.activity_id = activities.id)"
        ),
        args![activities],
    )
    .await?;
    conn.execute(
        sql!(
            "UPDATE activities
             SET body = ''
             WHERE id IN_LIST($1) AND about IS NOT NULL
               AND NOT EXISTS (SELECT 1 FROM deliveries d WHERE d.activity_id = activities.id)"
        ),
        args![activities],
    )
    .await?;
    Ok(())
}

/// Forgets the traces of activities written before `before` for which nothing waits.
pub async fn delete_traces(conn: &mut Conn, before: ActivityId) -> Result<u64> {
    conn.execute(
        sql!(
            "DELETE FROM activities
             WHERE id < $1 AND NOT EXISTS (SELECT 1 FROM deliveries d WHERE d.activity_id = activities.id)"
        ),
        args![before],
    )
    .await
}

/// A delivery about a post.
#[derive(Clone, Debug, sqlx::FromRow)]
pub struct OnTheWay {
    pub activity_id: ActivityId,
    host: String,
    kind: String,
    uri: String,
    created_at: Millis,
    attempts: i64,
    dead_at: Option<Millis>,
    cause: Option<String>,
    last_error: Option<String>,
    host_error: Option<String>,
    retry_at: Option<Millis>,
    unavailable_since: Option<Millis>,
}

/// Deliveries about the post with this id that did not arrive yet.
pub async fn list_on_the_way(conn: &mut Conn, about: &str) -> Result<Vec<OnTheWay>> {
    conn.all(
        sql!(
            "SELECT d.activity_id, d.host, a.kind, a.uri, a.created_at, d.attempts, d.dead_at, d.cause, d.last_error,
                    h.last_error AS host_error, h.retry_at, h.unavailable_since
             FROM activities a
             JOIN deliveries d ON d.activity_id = a.id
             LEFT JOIN hosts h ON h.host = d.host
             WHERE a.about = $1"
        ),
        args![about],
    )
    .await
}

impl From<OnTheWay> for Passage {
    fn from(row: OnTheWay) -> Self {
        let state = match row.dead_at {
            Some(at) => State::Dead {
                at,
                cause: row.cause.and_then(|cause| cause.try_into().ok()).unwrap_or(Cause::Refused),
                error: row.last_error.unwrap_or_default(),
            },
            None => State::Waiting {
                attempts: row.attempts,
                // Behind another one that failed it was not tried itself.
                error: row.last_error.or(row.host_error),
                retry_at: row.retry_at,
                unavailable: row.unavailable_since.is_some(),
            },
        };
        Self { host: row.host, kind: row.kind, activity: row.uri, created_at: row.created_at, state }
    }
}

/// A delivery about a post that is done.
#[derive(Clone, Debug, sqlx::FromRow)]
pub struct Done {
    pub activity_id: ActivityId,
    host: String,
    kind: String,
    uri: String,
    created_at: Millis,
    at: Millis,
    error: Option<String>,
}

/// Deliveries about the post with this id that are done.
pub async fn list_done(conn: &mut Conn, about: &str) -> Result<Vec<Done>> {
    conn.all(
        sql!(
            "SELECT r.activity_id, r.host, a.kind, a.uri, a.created_at, r.at, r.error
             FROM activities a
             JOIN delivered r ON r.activity_id = a.id
             WHERE a.about = $1"
        ),
        args![about],
    )
    .await
}

impl From<Done> for Passage {
    fn from(row: Done) -> Self {
        let state = match row.error {
            None => State::Arrived { at: row.at },
            Some(error) => State::Dropped { at: row.at, error },
        };
        Self { host: row.host, kind: row.kind, activity: row.uri, created_at: row.created_at, state }
    }
}
