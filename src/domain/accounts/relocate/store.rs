//! Where people went: aliases and the last move, beside the profile.

use crate::base::id::AccountId;
use crate::base::{Millis, Result};
use crate::platform::db::Conn;
use crate::{args, sql};

/// The ids of the same person elsewhere, as they say.
pub async fn find_aliases(conn: &mut Conn, id: AccountId) -> Result<Vec<String>> {
    let row: Option<(String,)> =
        conn.optional(sql!("SELECT also_known_as FROM accounts WHERE id = $1"), args![id]).await?;
    Ok(row.and_then(|(aliases,)| serde_json::from_str(&aliases).ok()).unwrap_or_default())
}

/// Writes the ids of the same person elsewhere.
pub async fn update_aliases(conn: &mut Conn, id: AccountId, aliases: &[String], now: Millis) -> Result<()> {
    conn.execute(
        sql!(
            "UPDATE accounts
             SET also_known_as = $2, updated_at = $3
             WHERE id = $1"
        ),
        args![id, serde_json::to_string(aliases)?, now],
    )
    .await?;
    Ok(())
}

/// When the account last moved, also if that was taken back.
pub async fn find_moved_at(conn: &mut Conn, id: AccountId) -> Result<Option<Millis>> {
    let row: Option<(Option<Millis>,)> =
        conn.optional(sql!("SELECT moved_at FROM accounts WHERE id = $1"), args![id]).await?;
    Ok(row.and_then(|(at,)| at))
}

/// The account moves.
pub async fn update_moved(conn: &mut Conn, id: AccountId, target: AccountId, now: Millis) -> Result<()> {
    conn.execute(
        sql!(
            "UPDATE accounts
             SET moved_to_id = $2, moved_at = $3, updated_at = CASE WHEN host = '' THEN $3 ELSE updated_at END
             WHERE id = $1"
        ),
        args![id, target, now],
    )
    .await?;
    Ok(())
}

/// What a profile says of where its owner is now. When that was is not touched.
pub async fn update_moved_to(conn: &mut Conn, id: AccountId, target: Option<AccountId>) -> Result<()> {
    conn.execute(
        sql!(
            "UPDATE accounts
             SET moved_to_id = $2
             WHERE id = $1"
        ),
        args![id, target],
    )
    .await?;
    Ok(())
}
