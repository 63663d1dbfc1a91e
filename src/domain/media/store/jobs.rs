//! Rows of what waits to be written anew.

use crate::base::id::MediaId;
use crate::base::{Millis, Result};
use crate::platform::db::Conn;
use crate::{args, sql};

/// A file that waits.
#[derive(Clone, Debug, sqlx::FromRow)]
pub struct Job {
    /// Whose file.
    pub media_id: MediaId,
    /// How often somebody began.
    pub attempts: i64,
    /// Not before.
    pub run_at: Millis,
}

/// Adds one.
pub async fn insert(conn: &mut Conn, media: MediaId, run_at: Millis) -> Result<()> {
    conn.execute(
        sql!("INSERT INTO media_jobs (media_id, attempts, run_at) VALUES ($1, 0, $2)"),
        args![media, run_at],
    )
    .await?;
    Ok(())
}

/// The one that is due for longest.
pub async fn find_due(conn: &mut Conn, now: Millis) -> Result<Option<Job>> {
    conn.optional(
        sql!(
            "SELECT media_id, attempts, run_at
             FROM media_jobs
             WHERE run_at <= $1
             ORDER BY run_at
             LIMIT 1"
        ),
        args![now],
    )
    .await
}

/// Puts a job off and counts the attempt. `false` if somebody else was quicker.
pub async fn update_claimed(conn: &mut Conn, job: &Job, until: Millis) -> Result<bool> {
    let touched = conn
        .execute(
            sql!(
                "UPDATE media_jobs
                 SET run_at = $3, attempts = attempts + 1
                 WHERE media_id = $1 AND run_at = $2"
            ),
            args![job.media_id, job.run_at, until],
        )
        .await?;
    Ok(touched == 1)
}

/// Sets when it comes again, and how many attempts count.
pub async fn update_again(conn: &mut Conn, job: &Job, run_at: Millis) -> Result<()> {
    conn.execute(
        sql!("UPDATE media_jobs SET run_at = $2, attempts = $3 WHERE media_id = $1"),
        args![job.media_id, run_at, job.attempts],
    )
    .await?;
    Ok(())
}

/// Removes one.
pub async fn delete(conn: &mut Conn, media: MediaId) -> Result<()> {
    conn.execute(sql!("DELETE FROM media_jobs WHERE media_id = $1"), args![media]).await?;
    Ok(())
}
