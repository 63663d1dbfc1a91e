//! Rows of those who are about to leave.

use crate::base::id::AccountId;
use crate::base::{Millis, Result};
use crate::domain::data::model::Departure;
use crate::platform::db::Conn;
use crate::{args, sql};

/// Adds a departure, unless there is one.
pub async fn insert(conn: &mut Conn, departure: &Departure) -> Result<()> {
    conn.execute(
        sql!(
            "INSERT INTO departures (account_id, asked_at, run_at)
             VALUES ($1, $2, $3)
             ON CONFLICT (account_id) DO NOTHING"
        ),
        args![departure.account_id, departure.asked_at, departure.run_at],
    )
    .await?;
    Ok(())
}

/// The departure of somebody.
pub async fn find(conn: &mut Conn, account: AccountId) -> Result<Option<Departure>> {
    conn.optional(
        sql!(
            "SELECT account_id, asked_at, run_at
             FROM departures
             WHERE account_id = $1"
        ),
        args![account],
    )
    .await
}

/// Those whose time has come, the first first.
pub async fn list_due(conn: &mut Conn, now: Millis, limit: i64) -> Result<Vec<Departure>> {
    conn.all(
        sql!(
            "SELECT account_id, asked_at, run_at
             FROM departures
             WHERE run_at <= $1
             ORDER BY run_at, account_id
             LIMIT $2"
        ),
        args![now, limit],
    )
    .await
}

/// Takes a departure back.
pub async fn delete(conn: &mut Conn, account: AccountId) -> Result<()> {
    conn.execute(sql!("DELETE FROM departures WHERE account_id = $1"), args![account]).await?;
    Ok(())
}
