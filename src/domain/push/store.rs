//! Rows of subscriptions, and of messages that wait for them.

use serde_json::json;

use super::model::{Job, Owner, Subscription};
use crate::base::id::{AccountId, PushId};
use crate::base::{Millis, Result};
use crate::platform::db::Conn;
use crate::{args, sql};

/// Adds a subscription.
pub async fn insert(conn: &mut Conn, it: &Subscription, endpoint_key: &str) -> Result<()> {
    conn.execute(
        sql!(
            "INSERT INTO push_subscriptions (id, account_id, session_id, token_id, endpoint, endpoint_key, p256dh, auth,
                                             alerts, policy, failures, created_at)
             VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)"
        ),
        args![
            it.id,
            it.account_id,
            it.session_id,
            it.token_id,
            it.endpoint,
            endpoint_key,
            it.p256dh,
            it.auth,
            it.alerts,
            it.policy,
            it.failures,
            it.created_at
        ],
    )
    .await?;
    Ok(())
}

/// A subscription.
pub async fn find(conn: &mut Conn, id: PushId) -> Result<Option<Subscription>> {
    conn.optional(
        sql!(
            "SELECT id, account_id, session_id, token_id, endpoint, p256dh, auth, alerts, policy, failures, created_at
             FROM push_subscriptions
             WHERE id = $1"
        ),
        args![id],
    )
    .await
}

/// The subscription of a browser or a program.
pub async fn find_of(conn: &mut Conn, owner: Owner) -> Result<Option<Subscription>> {
    let (session, token) = ids_of(owner);
    conn.optional(
        sql!(
            "SELECT id, account_id, session_id, token_id, endpoint, p256dh, auth, alerts, policy, failures, created_at
             FROM push_subscriptions
             WHERE session_id = $1 OR token_id = $2"
        ),
        args![session, token],
    )
    .await
}

fn ids_of(owner: Owner) -> (Option<i64>, Option<i64>) {
    match owner {
        Owner::Session(id) => (Some(id.0), None),
        Owner::Token(id) => (None, Some(id.0)),
    }
}

/// The subscriptions of these people whose browser is signed in or whose program may still come in.
pub async fn list_of_people(conn: &mut Conn, people: &[AccountId]) -> Result<Vec<Subscription>> {
    conn.all(
        sql!(
            "SELECT s.id, s.account_id, s.session_id, s.token_id, s.endpoint, s.p256dh, s.auth, s.alerts, s.policy,
                    s.failures, s.created_at
             FROM push_subscriptions s
             LEFT JOIN oauth_tokens t ON t.id = s.token_id
             WHERE s.account_id IN_LIST($1) AND (s.session_id IS NOT NULL OR t.revoked_at IS NULL)
             ORDER BY s.id"
        ),
        args![people],
    )
    .await
}

/// Whom a program wakes for, and for what.
pub async fn update_alerts(conn: &mut Conn, it: &Subscription) -> Result<()> {
    conn.execute(
        sql!("UPDATE push_subscriptions SET alerts = $2, policy = $3 WHERE id = $1"),
        args![it.id, it.alerts, it.policy],
    )
    .await?;
    Ok(())
}

/// How many messages in a row were not taken.
pub async fn update_failures(conn: &mut Conn, id: PushId, failures: i64) -> Result<()> {
    conn.execute(
        sql!("UPDATE push_subscriptions SET failures = $2 WHERE id = $1 AND failures <> $2"),
        args![id, failures],
    )
    .await?;
    Ok(())
}

/// Ends a subscription.
pub async fn delete(conn: &mut Conn, id: PushId) -> Result<()> {
    conn.execute(sql!("DELETE FROM push_subscriptions WHERE id = $1"), args![id]).await?;
    Ok(())
}

/// Ends the subscription of a browser or a program.
pub async fn delete_of(conn: &mut Conn, owner: Owner) -> Result<()> {
    let (session, token) = ids_of(owner);
    conn.execute(
        sql!("DELETE FROM push_subscriptions WHERE session_id = $1 OR token_id = $2"),
        args![session, token],
    )
    .await?;
    Ok(())
}

/// Ends the subscription of a place: whoever signs in at the same browser takes it over.
pub async fn delete_by_endpoint(conn: &mut Conn, endpoint_key: &str) -> Result<()> {
    conn.execute(sql!("DELETE FROM push_subscriptions WHERE endpoint_key = $1"), args![endpoint_key]).await?;
    Ok(())
}

/// Ends the oldest subscriptions of a person, but for the newest `kept`.
pub async fn delete_beyond(conn: &mut Conn, person: AccountId, kept: i64) -> Result<()> {
    conn.execute(
        sql!(
            "DELETE FROM push_subscriptions
             WHERE account_id = $1
               AND id NOT IN (SELECT id FROM push_subscriptions WHERE account_id = $1 ORDER BY id DESC LIMIT $2)"
        ),
        args![person, kept],
    )
    .await?;
    Ok(())
}

/// Adds messages.
pub async fn insert_jobs(conn: &mut Conn, jobs: &[Job]) -> Result<()> {
    if jobs.is_empty() {
        return Ok(());
    }
    let rows: Vec<serde_json::Value> =
        jobs.iter().map(|job| json!([job.subscription_id.0, job.notification_id.0, job.run_at.0])).collect();
    let statement = if conn.is_sqlite() {
        sql!(
            "INSERT INTO push_jobs (subscription_id, notification_id, run_at) -- SQLite only
             SELECT json_extract(value, '$[0]'), json_extract(value, '$[1]'), json_extract(value, '$[2]')
             FROM json_each($1)
             WHERE TRUE
             ON CONFLICT (subscription_id, notification_id) DO NOTHING"
        )
    } else {
        sql!(
            "INSERT INTO push_jobs (subscription_id, notification_id, run_at) -- PostgreSQL only
             SELECT (value->>0)::bigint, (value->>1)::bigint, (value->>2)::bigint
             FROM jsonb_array_elements($1::jsonb)
             ON CONFLICT (subscription_id, notification_id) DO NOTHING"
        )
    };
    conn.execute(statement, args![serde_json::Value::Array(rows).to_string()]).await?;
    Ok(())
}

/// The messages that are due.
pub async fn list_jobs_due(conn: &mut Conn, now: Millis, limit: i64) -> Result<Vec<Job>> {
    conn.all(
        sql!(
            "SELECT subscription_id, notification_id, attempts, run_at
             FROM push_jobs
             WHERE run_at <= $1
             ORDER BY run_at
             LIMIT $2"
        ),
        args![now, limit],
    )
    .await
}

/// Takes a message as it was read. `false` if somebody was faster.
pub async fn update_job_taken(conn: &mut Conn, job: &Job, until: Millis) -> Result<bool> {
    let taken = conn
        .execute(
            sql!(
                "UPDATE push_jobs
                 SET run_at = $4, attempts = attempts + 1
                 WHERE subscription_id = $1 AND notification_id = $2 AND run_at = $3"
            ),
            args![job.subscription_id, job.notification_id, job.run_at, until],
        )
        .await?;
    Ok(taken == 1)
}

/// Puts a message off.
pub async fn update_job_failed(conn: &mut Conn, job: &Job, run_at: Millis) -> Result<()> {
    conn.execute(
        sql!("UPDATE push_jobs SET run_at = $3 WHERE subscription_id = $1 AND notification_id = $2"),
        args![job.subscription_id, job.notification_id, run_at],
    )
    .await?;
    Ok(())
}

/// Forgets a message.
pub async fn delete_job(conn: &mut Conn, job: &Job) -> Result<()> {
    conn.execute(
        sql!("DELETE FROM push_jobs WHERE subscription_id = $1 AND notification_id = $2"),
        args![job.subscription_id, job.notification_id],
    )
    .await?;
    Ok(())
}
