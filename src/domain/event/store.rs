//! Rows of events that still have effects.

use super::Event;
use crate::base::id::EventId;
use crate::base::{Millis, Result};
use crate::platform::db::Conn;
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

/// Adds an event.
pub async fn insert(conn: &mut Conn, id: EventId, event: &Event, now: Millis) -> Result<()> {
    let payload = serde_json::to_string(event)?;
    conn.execute(
        sql!(
            "INSERT INTO events (id, payload, run_at)
             VALUES ($1, $2, $3)"
        ),
        args![id, payload, now],
    )
    .await?;
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
