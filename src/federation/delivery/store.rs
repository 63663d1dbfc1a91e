//! Rows of deliveries, of the bodies they carry, and of what is known about the hosts they go to.

use std::collections::HashSet;

use super::enqueue::{Letter, Subject};
use crate::base::id::{AccountId, ActivityId, DeliveryId};
use crate::base::{Millis, Result};
use crate::domain::organisation::deliveries::Cause;
use crate::platform::db::Conn;
use crate::{args, sql};

/// Keeps a body, signed later by its account.
pub async fn insert_activity(
    conn: &mut Conn,
    id: ActivityId,
    letter: &Letter,
    subject: &Subject,
    now: Millis,
) -> Result<()> {
    conn.execute(
        sql!(
            "INSERT INTO activities (id, uri, account_id, body, created_at, kind, about, comparing)
             VALUES ($1, $2, $3, $4, $5, $6, $7, $8)"
        ),
        args![
            id,
            letter.uri,
            letter.from,
            letter.body,
            now,
            subject.kind,
            subject.about,
            letter.comparing.word()
        ],
    )
    .await?;
    Ok(())
}

/// Adds a delivery; a second one of the same body to the same inbox changes nothing.
pub async fn insert(
    conn: &mut Conn,
    id: DeliveryId,
    activity: ActivityId,
    inbox: &str,
    host: &str,
    now: Millis,
) -> Result<()> {
    conn.execute(
        sql!(
            "INSERT INTO deliveries (id, activity_id, inbox, host, created_at)
             VALUES ($1, $2, $3, $4, $5)
             ON CONFLICT (activity_id, inbox) DO NOTHING"
        ),
        args![id, activity, inbox, host, now],
    )
    .await?;
    Ok(())
}

/// Hosts for which something waits, or that are to be asked whether they are back, and that need not be left alone
/// any longer. Steps from host to host through the index, however much waits for each.
pub async fn list_due_hosts(conn: &mut Conn, now: Millis) -> Result<Vec<String>> {
    let rows: Vec<(String,)> = conn
        .all(
            sql!(
                "WITH RECURSIVE waiting (host) AS (
                     SELECT MIN(host) FROM deliveries WHERE dead_at IS NULL
                     UNION ALL
                     SELECT (SELECT MIN(d.host) FROM deliveries d WHERE d.dead_at IS NULL AND d.host > waiting.host)
                     FROM waiting
                     WHERE waiting.host IS NOT NULL
                 )
                 SELECT w.host
                 FROM waiting w
                 LEFT JOIN hosts h ON h.host = w.host
                 WHERE w.host IS NOT NULL AND (h.retry_at IS NULL OR h.retry_at <= $1)
                 UNION
                 SELECT host
                 FROM hosts
                 WHERE unavailable_since IS NOT NULL AND (retry_at IS NULL OR retry_at <= $1)"
            ),
            args![now],
        )
        .await?;
    Ok(rows.into_iter().map(|(host,)| host).collect())
}

/// A delivery with what it carries.
#[derive(Clone, Debug, sqlx::FromRow)]
pub struct Waiting {
    /// The delivery.
    pub id: DeliveryId,
    /// Its body's row.
    pub activity_id: ActivityId,
    /// Where to.
    pub inbox: String,
    /// How often it was answered, but not taken.
    pub answered: i64,
    /// Id of the activity.
    pub uri: String,
    /// JSON.
    pub body: String,
    /// Who signs.
    pub account_id: AccountId,
    /// ActivityPub id of who signs.
    pub actor: String,
    /// Whether followers are compared on the way, a word of `federation::followers`.
    pub comparing: String,
}

/// The oldest deliveries that wait for a host, in order, at most `limit`.
pub async fn list_waiting(conn: &mut Conn, host: &str, limit: i64) -> Result<Vec<Waiting>> {
    conn.all(
        sql!(
            "SELECT d.id, d.activity_id, d.inbox, d.answered, a.uri, a.body, a.account_id,
                    w.uri AS actor, a.comparing
             FROM deliveries d
             JOIN activities a ON a.id = d.activity_id
             JOIN accounts w ON w.id = a.account_id
             WHERE d.host = $1 AND d.dead_at IS NULL
             ORDER BY d.id
             LIMIT $2"
        ),
        args![host, limit],
    )
    .await
}

/// Notes that an attempt failed, and whether it was at least answered.
pub async fn update_failed(conn: &mut Conn, id: DeliveryId, error: &str, answered: bool) -> Result<()> {
    conn.execute(
        sql!(
            "UPDATE deliveries
             SET attempts = attempts + 1, last_error = $2, answered = answered + $3
             WHERE id = $1"
        ),
        args![id, error, i64::from(answered)],
    )
    .await?;
    Ok(())
}

/// Gives a delivery up and keeps it with its reason.
pub async fn update_dead(
    conn: &mut Conn,
    id: DeliveryId,
    cause: Cause,
    error: &str,
    now: Millis,
) -> Result<()> {
    conn.execute(
        sql!(
            "UPDATE deliveries
             SET attempts = attempts + 1, last_error = $2, dead_at = $3, cause = $4
             WHERE id = $1"
        ),
        args![id, error, now, cause],
    )
    .await?;
    Ok(())
}

/// Gives up what has been waiting for a host since before `before`, because it does not answer. Returns how many.
pub async fn update_all_dead(
    conn: &mut Conn,
    host: &str,
    before: Millis,
    error: &str,
    now: Millis,
) -> Result<u64> {
    conn.execute(
        sql!(
            "UPDATE deliveries
             SET last_error = COALESCE(last_error, $3), dead_at = $4, cause = 'unreachable'
             WHERE host = $1 AND dead_at IS NULL AND COALESCE(retried_at, created_at) <= $2"
        ),
        args![host, before, error, now],
    )
    .await
}

/// What is known about reaching a host.
#[derive(Clone, Debug, Default, sqlx::FromRow)]
pub struct HostState {
    /// In a row.
    pub failures: i64,
    /// Of the first failure of that row.
    pub failing_since: Option<Millis>,
    /// It did not answer for as long as we are patient.
    pub unavailable_since: Option<Millis>,
}

/// What is known about reaching a host.
pub async fn find_host(conn: &mut Conn, host: &str) -> Result<Option<HostState>> {
    conn.optional(
        sql!("SELECT failures, failing_since, unavailable_since FROM hosts WHERE host = $1"),
        args![host],
    )
    .await
}

/// A host took something.
pub async fn update_host_reached(conn: &mut Conn, host: &str, now: Millis) -> Result<()> {
    conn.execute(
        sql!(
            "INSERT INTO hosts (host, failures, last_success_at)
             VALUES ($1, 0, $2)
             ON CONFLICT (host)
             DO UPDATE SET failures = 0, failing_since = NULL, retry_at = NULL, not_before = NULL,
                           unavailable_since = NULL, last_success_at = $2"
        ),
        args![host, now],
    )
    .await?;
    Ok(())
}

/// What a host did instead of taking something.
#[derive(Clone, Debug)]
pub struct HostFailure<'a> {
    /// Which.
    pub host: &'a str,
    /// How often in a row by now.
    pub failures: i64,
    /// When to try again.
    pub retry_at: Millis,
    /// If it asked for patience itself: until when.
    pub not_before: Option<Millis>,
    /// What it said.
    pub error: &'a str,
}

/// A host did not answer, or asked for patience.
pub async fn update_host_failed(conn: &mut Conn, failure: &HostFailure<'_>, now: Millis) -> Result<()> {
    conn.execute(
        sql!(
            "INSERT INTO hosts (host, failures, failing_since, retry_at, not_before, last_error, last_error_at)
             VALUES ($1, $2, $6, $3, $4, $5, $6)
             ON CONFLICT (host)
             DO UPDATE SET failures = $2, retry_at = $3, not_before = $4, last_error = $5, last_error_at = $6,
                           failing_since = COALESCE(hosts.failing_since, $6)"
        ),
        args![failure.host, failure.failures, failure.retry_at, failure.not_before, failure.error, now],
    )
    .await?;
    Ok(())
}

/// A host will not take something, but takes others.
pub async fn update_host_error(conn: &mut Conn, host: &str, error: &str, now: Millis) -> Result<()> {
    conn.execute(
        sql!(
            "INSERT INTO hosts (host, last_error, last_error_at)
             VALUES ($1, $2, $3)
             ON CONFLICT (host)
             DO UPDATE SET last_error = $2, last_error_at = $3"
        ),
        args![host, error, now],
    )
    .await?;
    Ok(())
}

/// A host did not answer for as long as we are patient.
pub async fn update_host_unavailable(conn: &mut Conn, host: &str, now: Millis) -> Result<()> {
    conn.execute(
        sql!("UPDATE hosts SET unavailable_since = COALESCE(unavailable_since, $2) WHERE host = $1"),
        args![host, now],
    )
    .await?;
    Ok(())
}

/// A host that did not answer for long is there again.
pub async fn update_host_back(conn: &mut Conn, host: &str) -> Result<()> {
    conn.execute(
        sql!(
            "UPDATE hosts
             SET failures = 0, failing_since = NULL, retry_at = NULL, not_before = NULL, unavailable_since = NULL
             WHERE host = $1"
        ),
        args![host],
    )
    .await?;
    Ok(())
}

/// Where something of a host is to be sent, waiting or given up: any address that tells scheme and port.
pub async fn find_inbox(conn: &mut Conn, host: &str) -> Result<Option<String>> {
    let row: Option<(String,)> =
        conn.optional(sql!("SELECT inbox FROM deliveries WHERE host = $1 LIMIT 1"), args![host]).await?;
    Ok(row.map(|(inbox,)| inbox))
}

/// A host that failed was heard from: it need not be left alone any longer, unless it asked for that. `false` if it
/// was not left alone.
pub async fn update_host_heard(conn: &mut Conn, host: &str, now: Millis) -> Result<bool> {
    let touched = conn
        .execute(
            sql!(
                "UPDATE hosts
                 SET failures = 0, retry_at = CASE WHEN not_before > $2 THEN not_before ELSE NULL END
                 WHERE host = $1 AND retry_at IS NOT NULL"
            ),
            args![host, now],
        )
        .await?;
    Ok(touched > 0)
}

/// Hosts that are being left alone.
pub async fn list_failing_hosts(conn: &mut Conn) -> Result<Vec<String>> {
    let rows: Vec<(String,)> =
        conn.all(sql!("SELECT host FROM hosts WHERE retry_at IS NOT NULL"), args![]).await?;
    Ok(rows.into_iter().map(|(host,)| host).collect())
}

/// Forgets what waits of somebody who left, with the traces of what arrived. That they moved, or took something back, is
/// still told.
pub async fn delete_of(conn: &mut Conn, account: AccountId) -> Result<()> {
    conn.execute(
        sql!(
            "DELETE FROM deliveries
             WHERE activity_id IN (SELECT id FROM activities WHERE account_id = $1 AND kind NOT IN ('Delete', 'Move'))"
        ),
        args![account],
    )
    .await?;
    conn.execute(
        sql!(
            "DELETE FROM activities
             WHERE account_id = $1
               AND NOT EXISTS (SELECT 1 FROM deliveries d WHERE d.activity_id = activities.id)"
        ),
        args![account],
    )
    .await?;
    Ok(())
}

/// Forgets the private keys of those who left and for whom nothing is to be signed any more. Returns whose they were.
///
/// The public halves go when the `Delete` is written, so whoever still has them has it before them.
pub async fn delete_spent_keys(conn: &mut Conn) -> Result<Vec<AccountId>> {
    let rows: Vec<(AccountId,)> = conn
        .all(
            sql!(
                "DELETE FROM private_keys
                 WHERE account_id IN (SELECT id FROM accounts WHERE host = '' AND deleted_at IS NOT NULL)
                   AND NOT EXISTS (SELECT 1 FROM actor_keys k WHERE k.account_id = private_keys.account_id)
                   AND NOT EXISTS (SELECT 1
                                   FROM activities a
                                   JOIN deliveries d ON d.activity_id = a.id
                                   WHERE a.account_id = private_keys.account_id)
                 RETURNING account_id"
            ),
            args![],
        )
        .await?;
    Ok(rows.into_iter().map(|(id,)| id).collect())
}

/// How many deliveries wait, and how many were given up.
pub async fn count(conn: &mut Conn) -> Result<(i64, i64)> {
    conn.one(
        sql!(
            "SELECT (SELECT COUNT(*) FROM deliveries WHERE dead_at IS NULL),
                    (SELECT COUNT(*) FROM deliveries WHERE dead_at IS NOT NULL)"
        ),
        args![],
    )
    .await
}

/// Remembers that activities were taken in; returns those that were not taken in before.
pub async fn insert_received(conn: &mut Conn, uris: &[&str], now: Millis) -> Result<HashSet<String>> {
    let statement = if conn.is_sqlite() {
        sql!(
            "INSERT INTO received_activities (uri, received_at) -- SQLite only
             SELECT DISTINCT value, $2
             FROM json_each($1)
             WHERE TRUE
             ON CONFLICT (uri) DO NOTHING
             RETURNING uri"
        )
    } else {
        sql!(
            "INSERT INTO received_activities (uri, received_at) -- PostgreSQL only
             SELECT DISTINCT value, CAST($2 AS BIGINT)
             FROM jsonb_array_elements_text($1::jsonb) AS value
             ON CONFLICT (uri) DO NOTHING
             RETURNING uri"
        )
    };
    let rows: Vec<(String,)> = conn.all(statement, args![serde_json::to_string(uris)?, now]).await?;
    Ok(rows.into_iter().map(|(uri,)| uri).collect())
}

/// Which of these activities were taken in.
pub async fn list_received(conn: &mut Conn, uris: &[&str]) -> Result<HashSet<String>> {
    let uris: Vec<String> = uris.iter().map(|uri| (*uri).to_owned()).collect();
    let rows: Vec<(String,)> =
        conn.all(sql!("SELECT uri FROM received_activities WHERE uri IN_LIST($1)"), args![uris]).await?;
    Ok(rows.into_iter().map(|(uri,)| uri).collect())
}

/// Forgets that these were taken in: they were refused.
pub async fn delete_received_of(conn: &mut Conn, uris: Vec<String>) -> Result<()> {
    conn.execute(sql!("DELETE FROM received_activities WHERE uri IN_LIST($1)"), args![uris]).await?;
    Ok(())
}

/// Forgets activities that were taken in before `before`.
pub async fn delete_received(conn: &mut Conn, before: Millis) -> Result<()> {
    conn.execute(sql!("DELETE FROM received_activities WHERE received_at < $1"), args![before]).await?;
    Ok(())
}
