//! Rows of values that a site keeps about itself, and its figures.

use crate::base::{Millis, Result};
use crate::platform::db::Conn;
use crate::{args, sql};

/// A value.
pub async fn find(conn: &mut Conn, name: &str) -> Result<Option<String>> {
    let row: Option<(String,)> =
        conn.optional(sql!("SELECT value FROM settings WHERE name = $1"), args![name]).await?;
    Ok(row.map(|(value,)| value))
}

/// Writes a value.
pub async fn upsert(conn: &mut Conn, name: &str, value: &str, now: Millis) -> Result<()> {
    conn.execute(
        sql!(
            "INSERT INTO settings (name, value, updated_at)
             VALUES ($1, $2, $3)
             ON CONFLICT (name) DO UPDATE SET value = excluded.value, updated_at = excluded.updated_at"
        ),
        args![name, value, now],
    )
    .await?;
    Ok(())
}

/// People here, of them seen since `since`, posts written here, other sites: the figures of NodeInfo.
pub async fn figures(conn: &mut Conn, since: Millis) -> Result<(i64, i64, i64, i64)> {
    conn.one(
        sql!(
            "SELECT (SELECT COUNT(*) FROM users WHERE disabled_at IS NULL),
                    (SELECT COUNT(*) FROM users WHERE disabled_at IS NULL AND last_seen_at >= $1),
                    (SELECT COALESCE(CAST(SUM(statuses_count) AS BIGINT), 0) FROM accounts WHERE host = ''),
                    (SELECT COUNT(*) FROM peers WHERE state = 'accepted' AND blocked_at IS NULL)"
        ),
        args![since],
    )
    .await
}

/// The highest number of any row that was numbered by this site; 0 if there is none.
pub async fn highest_id(conn: &mut Conn) -> Result<i64> {
    let (highest,): (Option<i64>,) = conn
        .one(
            sql!(
                "SELECT MAX(id)
                 FROM (SELECT MAX(id) AS id FROM accounts
                       UNION ALL SELECT MAX(id) FROM statuses
                       UNION ALL SELECT MAX(id) FROM notifications
                       UNION ALL SELECT MAX(id) FROM events
                       UNION ALL SELECT MAX(id) FROM activities
                       UNION ALL SELECT MAX(id) FROM deliveries) AS numbered"
            ),
            args![],
        )
        .await?;
    Ok(highest.unwrap_or_default().max(0))
}
