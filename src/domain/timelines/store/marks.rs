//! Rows of reading marks.

use crate::base::id::AccountId;
use crate::base::{Millis, Result};
use crate::domain::timelines::marks::{Kind, Mark};
use crate::platform::db::Conn;
use crate::{args, sql};

/// A mark, if there is one.
pub async fn find(conn: &mut Conn, person: AccountId, kind: Kind, about: i64) -> Result<Option<Mark>> {
    conn.optional(
        sql!(
            "SELECT last_read, seen_at, before_read, before_at
             FROM reading_marks
             WHERE account_id = $1 AND kind = $2 AND about = $3"
        ),
        args![person, kind, about],
    )
    .await
}

/// Moves a mark on, never back. Who was not here since `visit` begins a new visit.
pub async fn upsert(
    conn: &mut Conn,
    person: AccountId,
    (kind, about): (Kind, i64),
    up_to: i64,
    (now, visit): (Millis, Millis),
) -> Result<()> {
    conn.execute(
        sql!(
            "INSERT INTO reading_marks (account_id, kind, about, last_read, seen_at, before_read, before_at)
             VALUES ($1, $2, $3, $4, $5, 0, 0)
             ON CONFLICT (account_id, kind, about) DO UPDATE
             SET before_read = CASE WHEN reading_marks.seen_at <= $6
                                    THEN reading_marks.last_read ELSE reading_marks.before_read END,
                 before_at = CASE WHEN reading_marks.seen_at <= $6
                                  THEN reading_marks.seen_at ELSE reading_marks.before_at END,
                 last_read = CASE WHEN excluded.last_read > reading_marks.last_read
                                  THEN excluded.last_read ELSE reading_marks.last_read END,
                 seen_at = CASE WHEN excluded.seen_at > reading_marks.seen_at
                                THEN excluded.seen_at ELSE reading_marks.seen_at END"
        ),
        args![person, kind, about, up_to, now, visit],
    )
    .await?;
    Ok(())
}

/// Forgets marks in threads that nobody opened since.
pub async fn delete_threads_before(conn: &mut Conn, before: Millis) -> Result<()> {
    conn.execute(sql!("DELETE FROM reading_marks WHERE kind = 'thread' AND seen_at < $1"), args![before])
        .await?;
    Ok(())
}
