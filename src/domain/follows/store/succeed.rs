//! Rows to carry over from an account to the one that stands for it now.

use super::super::model::Follow;
use crate::base::Result;
use crate::base::id::AccountId;
use crate::platform::db::Conn;
use crate::{args, sql};

/// Follows and requests of people of this site towards `target`, the oldest first, at most `limit`.
pub async fn list_local_follows_of(conn: &mut Conn, target: AccountId, limit: i64) -> Result<Vec<Follow>> {
    conn.all(
        sql!(
            "SELECT f.account_id, f.target_id, f.accepted, f.uri, f.show_reblogs, f.notify, f.languages, f.created_at
             FROM follows f
             JOIN users u ON u.account_id = f.account_id
             WHERE f.target_id = $1
             ORDER BY f.created_at, f.account_id
             LIMIT $2"
        ),
        args![target, limit],
    )
    .await
}

/// People of this site who block `old` and neither block nor follow `new`, at most `limit`.
pub async fn list_blockers_to_carry(
    conn: &mut Conn,
    old: AccountId,
    new: AccountId,
    limit: i64,
) -> Result<Vec<AccountId>> {
    let rows: Vec<(AccountId,)> = conn
        .all(
            sql!(
                "SELECT b.account_id
                 FROM blocks b
                 JOIN users u ON u.account_id = b.account_id
                 WHERE b.target_id = $1 AND b.account_id <> $2
                   AND NOT EXISTS (SELECT 1 FROM blocks k WHERE k.account_id = b.account_id AND k.target_id = $2)
                   AND NOT EXISTS (SELECT 1 FROM follows f WHERE f.account_id = b.account_id AND f.target_id = $2)
                 ORDER BY b.account_id
                 LIMIT $3"
            ),
            args![old, new, limit],
        )
        .await?;
    Ok(rows.into_iter().map(|(id,)| id).collect())
}

/// Who muted `old` mutes `new` in the same way, except those who follow it.
pub async fn carry_mutes(conn: &mut Conn, old: AccountId, new: AccountId) -> Result<()> {
    conn.execute(
        sql!(
            "INSERT INTO mutes (account_id, target_id, notifications, expires_at, created_at)
             SELECT m.account_id, $2, m.notifications, m.expires_at, m.created_at
             FROM mutes m
             WHERE m.target_id = $1 AND m.account_id <> $2
               AND NOT EXISTS (SELECT 1 FROM follows f WHERE f.account_id = m.account_id AND f.target_id = $2)
             ON CONFLICT (account_id, target_id) DO NOTHING"
        ),
        args![old, new],
    )
    .await?;
    Ok(())
}

/// The person's lists that hold `old` hold `new` as well.
pub async fn carry_lists(conn: &mut Conn, person: AccountId, old: AccountId, new: AccountId) -> Result<()> {
    conn.execute(
        sql!(
            "INSERT INTO list_members (list_id, account_id, owner_id, created_at)
             SELECT m.list_id, f.target_id, m.owner_id, m.created_at
             FROM list_members m
             JOIN follows f ON f.account_id = m.owner_id AND f.target_id = $3
             WHERE m.account_id = $2 AND m.owner_id = $1
             ON CONFLICT (list_id, account_id) DO NOTHING"
        ),
        args![person, old, new],
    )
    .await?;
    Ok(())
}
