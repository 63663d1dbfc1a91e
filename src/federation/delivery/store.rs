//! Rows of deliveries, of the bodies they carry, and of what is known about the hosts they go to.

use crate::base::id::{AccountId, ActivityId, DeliveryId};
use crate::base::{Millis, Result};
use crate::platform::db::Conn;
use crate::{args, sql};

/// Keeps a body, signed later by `account`.
pub async fn insert_activity(
    conn: &mut Conn,
    id: ActivityId,
    account: AccountId,
    uri: &str,
    body: &str,
    now: Millis,
) -> Result<()> {
    conn.execute(
        sql!(
            "INSERT INTO activities (id, uri, account_id, body, created_at)
             VALUES ($1, $2, $3, $4, $5)"
        ),
        args![id, uri, account, body, now],
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

/// Hosts for which something waits and that need not be left alone any longer.
pub async fn list_due_hosts(conn: &mut Conn, now: Millis) -> Result<Vec<String>> {
    let rows: Vec<(String,)> = conn
        .all(
            sql!(
                "SELECT DISTINCT d.host
                 FROM deliveries d
                 LEFT JOIN hosts h ON h.host = d.host
                 WHERE d.dead_at IS NULL AND (h.retry_at IS NULL OR h.retry_at <= $1)"
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
    /// Since when.
    pub created_at: Millis,
    /// JSON.
    pub body: String,
    /// Who signs.
    pub account_id: AccountId,
    /// ActivityPub id of who signs.
    pub actor: String,
}

/// The oldest deliveries that wait for a host, in order, at most `limit`.
pub async fn list_waiting(conn: &mut Conn, host: &str, limit: i64) -> Result<Vec<Waiting>> {
    conn.all(
        sql!(
            "SELECT d.id, d.activity_id, d.inbox, d.created_at, a.body, a.account_id, w.uri AS actor
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

/// Forgets deliveries that arrived, and bodies that nobody waits for any more.
pub async fn delete_done(conn: &mut Conn, ids: &[DeliveryId], activities: &[ActivityId]) -> Result<()> {
    conn.execute(sql!("DELETE FROM deliveries WHERE id IN_LIST($1)"), args![ids]).await?;
    conn.execute(
        sql!(
            "DELETE FROM activities
             WHERE id IN_LIST($1) AND NOT EXISTS (SELECT 1 FROM deliveries d WHERE d.activity_id = activities.id)"
        ),
        args![activities],
    )
    .await?;
    Ok(())
}

/// Notes that an attempt failed.
pub async fn update_failed(conn: &mut Conn, id: DeliveryId, error: &str) -> Result<()> {
    conn.execute(
        sql!("UPDATE deliveries SET attempts = attempts + 1, last_error = $2 WHERE id = $1"),
        args![id, error],
    )
    .await?;
    Ok(())
}

/// Gives a delivery up and keeps it with its reason.
pub async fn update_dead(conn: &mut Conn, id: DeliveryId, error: &str, now: Millis) -> Result<()> {
    conn.execute(
        sql!(
            "UPDATE deliveries
             SET attempts = attempts + 1, last_error = $2, dead_at = $3
             WHERE id = $1"
        ),
        args![id, error, now],
    )
    .await?;
    Ok(())
}

/// What is known about reaching a host.
#[derive(Clone, Debug, Default, sqlx::FromRow)]
pub struct HostState {
    /// In a row.
    pub failures: i64,
    /// Nothing is sent before.
    pub retry_at: Option<Millis>,
}

/// What is known about reaching a host.
pub async fn find_host(conn: &mut Conn, host: &str) -> Result<Option<HostState>> {
    conn.optional(sql!("SELECT failures, retry_at FROM hosts WHERE host = $1"), args![host]).await
}

/// A host answered.
pub async fn update_host_reached(conn: &mut Conn, host: &str, now: Millis) -> Result<()> {
    conn.execute(
        sql!(
            "INSERT INTO hosts (host, failures, last_success_at)
             VALUES ($1, 0, $2)
             ON CONFLICT (host)
             DO UPDATE SET failures = 0, failing_since = NULL, retry_at = NULL, last_success_at = $2,
                           last_error = NULL"
        ),
        args![host, now],
    )
    .await?;
    Ok(())
}

/// A host did not answer, or asked for patience.
pub async fn update_host_failed(
    conn: &mut Conn,
    host: &str,
    failures: i64,
    retry_at: Millis,
    error: &str,
    now: Millis,
) -> Result<()> {
    conn.execute(
        sql!(
            "INSERT INTO hosts (host, failures, failing_since, retry_at, last_error)
             VALUES ($1, $2, $5, $3, $4)
             ON CONFLICT (host)
             DO UPDATE SET failures = $2, retry_at = $3, last_error = $4,
                           failing_since = COALESCE(hosts.failing_since, $5)"
        ),
        args![host, failures, retry_at, error, now],
    )
    .await?;
    Ok(())
}

/// A host that failed was heard from: it need not be left alone any longer. `false` if it was not.
pub async fn update_host_heard(conn: &mut Conn, host: &str) -> Result<bool> {
    let touched = conn
        .execute(
            sql!("UPDATE hosts SET retry_at = NULL WHERE host = $1 AND retry_at IS NOT NULL"),
            args![host],
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

/// Remembers that an activity was taken in. `false` if it was before.
pub async fn insert_received(conn: &mut Conn, uri: &str, now: Millis) -> Result<bool> {
    let inserted = conn
        .execute(
            sql!(
                "INSERT INTO received_activities (uri, received_at)
                 VALUES ($1, $2)
                 ON CONFLICT (uri) DO NOTHING"
            ),
            args![uri, now],
        )
        .await?;
    Ok(inserted == 1)
}

/// Forgets activities that were taken in before `before`.
pub async fn delete_received(conn: &mut Conn, before: Millis) -> Result<()> {
    conn.execute(sql!("DELETE FROM received_activities WHERE received_at < $1"), args![before]).await?;
    Ok(())
}
