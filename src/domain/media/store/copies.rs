//! Rows of copies of other sites' pictures.

use crate::base::{Millis, Result};
use crate::platform::db::Conn;
use crate::{args, sql};

/// A copy, as far as throwing it away asks.
#[derive(Clone, Debug, sqlx::FromRow)]
pub struct Copy {
    /// Its blob.
    pub key: String,
    /// Bytes.
    pub size: i64,
}

/// Notes that a copy is there and was looked at.
pub async fn upsert(conn: &mut Conn, copy: &Copy, host: &str, now: Millis) -> Result<()> {
    conn.execute(
        sql!(
            "INSERT INTO media_copies (key, host, size, used_at)
             VALUES ($1, $2, $3, $4)
             ON CONFLICT (key) DO UPDATE SET size = excluded.size, used_at = excluded.used_at"
        ),
        args![copy.key, host, copy.size, now],
    )
    .await?;
    Ok(())
}

/// Bytes of all copies.
pub async fn sum_sizes(conn: &mut Conn) -> Result<i64> {
    let sum: (i64,) =
        conn.one(sql!("SELECT CAST(COALESCE(SUM(size), 0) AS BIGINT) FROM media_copies"), args![]).await?;
    Ok(sum.0)
}

/// Those that nobody looked at for longest.
pub async fn list_oldest(conn: &mut Conn, limit: i64) -> Result<Vec<Copy>> {
    conn.all(sql!("SELECT key, size FROM media_copies ORDER BY used_at, key LIMIT $1"), args![limit]).await
}

/// Forgets copies.
pub async fn delete(conn: &mut Conn, keys: Vec<String>) -> Result<()> {
    conn.execute(sql!("DELETE FROM media_copies WHERE key IN_LIST($1)"), args![keys]).await?;
    Ok(())
}
