//! Rows of activities that wait for a third site.

use crate::base::{Millis, Result};
use crate::platform::db::Conn;
use crate::{args, sql};

/// An activity that waits.
#[derive(Clone, Debug, sqlx::FromRow)]
pub struct Postponed {
    /// Its id.
    pub uri: String,
    /// Whose it is; verified when it came.
    pub actor: String,
    /// JSON, as it came.
    pub body: String,
    /// How often it was tried again.
    pub attempts: i64,
}

/// Keeps one, if it is not kept yet.
pub async fn insert(conn: &mut Conn, row: &Postponed, host: &str, due_at: Millis) -> Result<()> {
    conn.execute(
        sql!(
            "INSERT INTO postponed_activities (uri, host, actor, body, attempts, due_at)
             VALUES ($1, $2, $3, $4, $5, $6)
             ON CONFLICT (uri) DO NOTHING"
        ),
        args![row.uri, host, row.actor, row.body, row.attempts, due_at],
    )
    .await?;
    Ok(())
}

/// How many of a host wait.
pub async fn count_of(conn: &mut Conn, host: &str) -> Result<i64> {
    let (count,): (i64,) =
        conn.one(sql!("SELECT COUNT(*) FROM postponed_activities WHERE host = $1"), args![host]).await?;
    Ok(count)
}

/// Those that are due, the longest waiting first.
pub async fn list_due(conn: &mut Conn, now: Millis, limit: i64) -> Result<Vec<Postponed>> {
    conn.all(
        sql!(
            "SELECT uri, actor, body, attempts
             FROM postponed_activities
             WHERE due_at <= $1
             ORDER BY due_at
             LIMIT $2"
        ),
        args![now, limit],
    )
    .await
}

/// Puts one off.
pub async fn update_due(conn: &mut Conn, uri: &str, attempts: i64, due_at: Millis) -> Result<()> {
    conn.execute(
        sql!("UPDATE postponed_activities SET attempts = $2, due_at = $3 WHERE uri = $1"),
        args![uri, attempts, due_at],
    )
    .await?;
    Ok(())
}

/// Forgets one: it is done, or never will be.
pub async fn delete(conn: &mut Conn, uri: &str) -> Result<()> {
    conn.execute(sql!("DELETE FROM postponed_activities WHERE uri = $1"), args![uri]).await?;
    Ok(())
}
