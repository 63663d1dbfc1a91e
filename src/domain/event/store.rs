//! Rows of events that still have effects.

use serde_json::json;

use super::Event;
use crate::base::id::EventId;
use crate::base::{Millis, Result};
use crate::platform::db::{Conn, Tx};
use crate::{args, sql};

/// An event that is due.
#[derive(Clone, Debug)]
pub struct Due {
    /// Its row.
    pub id: EventId,
    /// What happened; `None` if the row cannot be read (written by a newer version).
    pub event: Option<Event>,
    /// How often its effects failed.
    pub attempts: i64,
}

/// Adds an event, together with all others of the transaction. It is due at once, whatever the clock says later: a
/// clock that is set back puts nothing off.
pub fn insert(tx: &mut Tx, id: EventId, event: &Event) -> Result<()> {
    let statement = if tx.is_sqlite() {
        sql!(
            "INSERT INTO events (id, payload, run_at) -- SQLite only
             SELECT json_extract(value, '$[0]'), json_extract(value, '$[1]'), 0
             FROM json_each($1)"
        )
    } else {
        sql!(
            "INSERT INTO events (id, payload, run_at) -- PostgreSQL only
             SELECT (value->>0)::bigint, value->>1, 0
             FROM jsonb_array_elements($1::jsonb)"
        )
    };
    tx.gather(statement, json!([id.0, serde_json::to_string(event)?]));
    Ok(())
}

/// The oldest due events, at most `limit`. On PostgreSQL they are locked until the transaction ends, so that
/// several nodes never run the same.
pub async fn list_due(conn: &mut Conn, now: Millis, limit: i64) -> Result<Vec<Due>> {
    let statement = if conn.is_sqlite() {
        sql!(
            "SELECT id, payload, attempts
             FROM events
             WHERE run_at <= $1
             ORDER BY run_at, id
             LIMIT $2"
        )
    } else {
        sql!(
            "SELECT id, payload, attempts
             FROM events
             WHERE run_at <= $1
             ORDER BY run_at, id
             LIMIT $2
             FOR UPDATE SKIP LOCKED" // postgres only
        )
    };
    let rows: Vec<(EventId, String, i64)> = conn.all(statement, args![now, limit]).await?;
    Ok(rows
        .into_iter()
        .map(|(id, payload, attempts)| Due { id, event: serde_json::from_str(&payload).ok(), attempts })
        .collect())
}

/// Whether anything is due.
pub async fn is_due(conn: &mut Conn, now: Millis) -> Result<bool> {
    let row: Option<(EventId,)> =
        conn.optional(sql!("SELECT id FROM events WHERE run_at <= $1 LIMIT 1"), args![now]).await?;
    Ok(row.is_some())
}

/// Forgets events whose effects are done.
pub async fn delete(conn: &mut Conn, ids: &[EventId]) -> Result<()> {
    conn.execute(sql!("DELETE FROM events WHERE id IN_LIST($1)"), args![ids]).await?;
    Ok(())
}

/// Puts an event off after its effects failed.
pub async fn update_failed(conn: &mut Conn, id: EventId, run_at: Millis, error: &str) -> Result<()> {
    conn.execute(
        sql!(
            "UPDATE events
             SET attempts = attempts + 1, run_at = $2, last_error = $3
             WHERE id = $1"
        ),
        args![id, run_at, error],
    )
    .await?;
    Ok(())
}

/// How many events wait.
pub async fn count(conn: &mut Conn) -> Result<i64> {
    let (count,): (i64,) = conn.one(sql!("SELECT COUNT(*) FROM events"), args![]).await?;
    Ok(count)
}
