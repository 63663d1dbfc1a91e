//! Rows of blocks and mutes.

use std::collections::HashSet;

use crate::base::id::AccountId;
use crate::base::{Millis, Result};
use crate::platform::db::Conn;
use crate::{args, sql};

/// Accounts that were asked about ahead and have to do with no block at all.
struct Unblocked(HashSet<AccountId>);

/// Reads for all of `accounts` at once what [`list_blocked_either_way`] will be asked on this connection.
pub async fn look_ahead_for_blocks(conn: &mut Conn, accounts: &[AccountId]) -> Result<()> {
    let rows: Vec<(AccountId,)> = conn
        .all(
            sql!(
                "SELECT account_id
                 FROM blocks
                 WHERE account_id IN_LIST($1)
                 UNION
                 SELECT target_id
                 FROM blocks
                 WHERE target_id IN_LIST($1)"
            ),
            args![accounts],
        )
        .await?;
    let blocked: HashSet<AccountId> = rows.into_iter().map(|(id,)| id).collect();
    conn.remember(Unblocked(accounts.iter().copied().filter(|id| !blocked.contains(id)).collect()));
    Ok(())
}

/// Which of `among` block the person or are blocked by them.
pub async fn list_blocked_either_way(
    conn: &mut Conn,
    account: AccountId,
    among: &[AccountId],
) -> Result<HashSet<AccountId>> {
    let is_clear = |Unblocked(clear): &Unblocked| among.iter().all(|id| clear.contains(id));
    if among.is_empty() || conn.remembered().is_some_and(is_clear) {
        return Ok(HashSet::new());
    }
    let rows: Vec<(AccountId,)> = conn
        .all(
            sql!(
                "SELECT target_id
                 FROM blocks
                 WHERE account_id = $1 AND target_id IN_LIST($2)
                 UNION
                 SELECT account_id
                 FROM blocks
                 WHERE target_id = $1 AND account_id IN_LIST($2)"
            ),
            args![account, among],
        )
        .await?;
    Ok(rows.into_iter().map(|(id,)| id).collect())
}

/// Which of `among` the person muted, and `now` still mutes.
pub async fn list_muted_among(
    conn: &mut Conn,
    account: AccountId,
    among: &[AccountId],
    now: Millis,
) -> Result<HashSet<AccountId>> {
    let rows: Vec<(AccountId,)> = conn
        .all(
            sql!(
                "SELECT target_id
                 FROM mutes
                 WHERE account_id = $1 AND target_id IN_LIST($2) AND (expires_at IS NULL OR expires_at > $3)"
            ),
            args![account, among, now],
        )
        .await?;
    Ok(rows.into_iter().map(|(id,)| id).collect())
}

/// Adds a block. `false` if there is one.
pub async fn insert_block(
    conn: &mut Conn,
    account: AccountId,
    target: AccountId,
    uri: &str,
    now: Millis,
) -> Result<bool> {
    let inserted = conn
        .execute(
            sql!(
                "INSERT INTO blocks (account_id, target_id, uri, created_at)
                 VALUES ($1, $2, $3, $4)
                 ON CONFLICT (account_id, target_id) DO NOTHING"
            ),
            args![account, target, uri, now],
        )
        .await?;
    Ok(inserted == 1)
}

/// Takes a block back; its id, if there was one.
pub async fn delete_block(conn: &mut Conn, account: AccountId, target: AccountId) -> Result<Option<String>> {
    let row: Option<(String,)> = conn
        .optional(
            sql!(
                "DELETE FROM blocks
                 WHERE account_id = $1 AND target_id = $2
                 RETURNING uri"
            ),
            args![account, target],
        )
        .await?;
    Ok(row.map(|(uri,)| uri))
}

/// Whom somebody blocks by the Block with this id.
pub async fn find_blocked_by_uri(
    conn: &mut Conn,
    account: AccountId,
    uri: &str,
) -> Result<Option<AccountId>> {
    let row: Option<(AccountId,)> = conn
        .optional(
            sql!(
                "SELECT target_id
                 FROM blocks
                 WHERE account_id = $1 AND uri = $2"
            ),
            args![account, uri],
        )
        .await?;
    Ok(row.map(|(id,)| id))
}

/// Whom the person blocks, the newest first.
pub async fn list_blocks(
    conn: &mut Conn,
    account: AccountId,
    limit: i64,
    offset: i64,
) -> Result<Vec<AccountId>> {
    let rows: Vec<(AccountId,)> = conn
        .all(
            sql!(
                "SELECT target_id
                 FROM blocks
                 WHERE account_id = $1
                 ORDER BY created_at DESC, target_id
                 LIMIT $2 OFFSET $3"
            ),
            args![account, limit, offset],
        )
        .await?;
    Ok(rows.into_iter().map(|(id,)| id).collect())
}

/// Adds or changes a mute.
pub async fn upsert_mute(
    conn: &mut Conn,
    account: AccountId,
    target: AccountId,
    notifications: bool,
    expires_at: Option<Millis>,
    now: Millis,
) -> Result<()> {
    conn.execute(
        sql!(
            "INSERT INTO mutes (account_id, target_id, notifications, expires_at, created_at)
             VALUES ($1, $2, $3, $4, $5)
             ON CONFLICT (account_id, target_id)
             DO UPDATE SET notifications = excluded.notifications, expires_at = excluded.expires_at"
        ),
        args![account, target, notifications, expires_at, now],
    )
    .await?;
    Ok(())
}

/// Takes a mute back.
pub async fn delete_mute(conn: &mut Conn, account: AccountId, target: AccountId) -> Result<()> {
    conn.execute(sql!("DELETE FROM mutes WHERE account_id = $1 AND target_id = $2"), args![account, target])
        .await?;
    Ok(())
}

/// Forgets mutes that have run out.
pub async fn delete_expired_mutes(conn: &mut Conn, now: Millis) -> Result<()> {
    conn.execute(sql!("DELETE FROM mutes WHERE expires_at IS NOT NULL AND expires_at <= $1"), args![now])
        .await?;
    Ok(())
}

/// Whom the person mutes `now`, the newest first, and until when.
pub async fn list_mutes(
    conn: &mut Conn,
    account: AccountId,
    now: Millis,
    limit: i64,
    offset: i64,
) -> Result<Vec<(AccountId, Option<Millis>)>> {
    conn.all(
        sql!(
            "SELECT target_id, expires_at
             FROM mutes
             WHERE account_id = $1 AND (expires_at IS NULL OR expires_at > $2)
             ORDER BY created_at DESC, target_id
             LIMIT $3 OFFSET $4"
        ),
        args![account, now, limit, offset],
    )
    .await
}
