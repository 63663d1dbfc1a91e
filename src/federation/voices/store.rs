//! The style in which each host is addressed: a column of what is known about hosts.

use crate::base::Result;
use crate::platform::db::Conn;
use crate::{args, sql};

/// Hosts and the words for their styles.
pub async fn list(conn: &mut Conn) -> Result<Vec<(String, String)>> {
    conn.all(
        sql!(
            "SELECT host, signature_style
             FROM hosts
             WHERE signature_style IS NOT NULL"
        ),
        args![],
    )
    .await
}

/// Keeps the style of a host.
pub async fn upsert(conn: &mut Conn, host: &str, style: &str) -> Result<()> {
    conn.execute(
        sql!(
            "INSERT INTO hosts (host, signature_style)
             VALUES ($1, $2)
             ON CONFLICT (host) DO UPDATE SET signature_style = $2"
        ),
        args![host, style],
    )
    .await?;
    Ok(())
}
