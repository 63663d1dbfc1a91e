//! Rows of how people like the pages.

use crate::base::id::AccountId;
use crate::base::{Millis, Result};
use crate::platform::db::Conn;
use crate::{args, sql};

/// Writes what somebody likes.
pub async fn upsert(conn: &mut Conn, account: AccountId, settings: &str, now: Millis) -> Result<()> {
    conn.execute(
        sql!(
            "INSERT INTO user_settings (account_id, settings, updated_at)
             VALUES ($1, $2, $3)
             ON CONFLICT (account_id) DO UPDATE SET settings = excluded.settings, updated_at = excluded.updated_at"
        ),
        args![account, settings, now],
    )
    .await?;
    Ok(())
}
