//! Rows of links that work once.

use crate::base::id::AccountId;
use crate::base::{Millis, Result};
use crate::domain::auth::model::{Link, Purpose};
use crate::platform::db::Conn;
use crate::{args, sql};

/// Adds a link.
pub async fn insert(conn: &mut Conn, link: &Link) -> Result<()> {
    conn.execute(
        sql!(
            "INSERT INTO one_time_links (code_hash, purpose, account_id, role, created_by, created_at, expires_at,
                                         address)
             VALUES ($1, $2, $3, $4, $5, $6, $7, $8)"
        ),
        args![
            link.code_hash,
            link.purpose,
            link.account_id,
            link.role,
            link.created_by,
            link.created_at,
            link.expires_at,
            link.address
        ],
    )
    .await?;
    Ok(())
}

/// A link that still works.
pub async fn find(conn: &mut Conn, code_hash: &str, now: Millis) -> Result<Option<Link>> {
    conn.optional(
        sql!(
            "SELECT code_hash, purpose, account_id, role, created_by, created_at, expires_at, address
             FROM one_time_links
             WHERE code_hash = $1 AND used_at IS NULL AND expires_at > $2"
        ),
        args![code_hash, now],
    )
    .await
}

/// Uses a link. `false` if somebody was faster.
pub async fn update_used(conn: &mut Conn, code_hash: &str, now: Millis) -> Result<bool> {
    let used = conn
        .execute(
            sql!(
                "UPDATE one_time_links
                 SET used_at = $2
                 WHERE code_hash = $1 AND used_at IS NULL AND expires_at > $2"
            ),
            args![code_hash, now],
        )
        .await?;
    Ok(used == 1)
}

/// Links of this purpose that nobody used no longer work.
pub async fn delete_unused(conn: &mut Conn, purpose: Purpose) -> Result<()> {
    conn.execute(sql!("DELETE FROM one_time_links WHERE purpose = $1 AND used_at IS NULL"), args![purpose])
        .await?;
    Ok(())
}

/// Links for a new password of this person no longer work.
pub async fn delete_of(conn: &mut Conn, account: AccountId) -> Result<()> {
    conn.execute(
        sql!(
            "DELETE FROM one_time_links
             WHERE account_id = $1 AND purpose = 'reset_password' AND used_at IS NULL"
        ),
        args![account],
    )
    .await?;
    Ok(())
}

/// Links of this purpose that were sent to this address and that nobody used no longer work.
pub async fn delete_sent(conn: &mut Conn, purpose: Purpose, address: &str) -> Result<()> {
    conn.execute(
        sql!("DELETE FROM one_time_links WHERE purpose = $1 AND address = $2 AND used_at IS NULL"),
        args![purpose, address],
    )
    .await?;
    Ok(())
}

/// Links for or by this person no longer work: neither those for a new password of theirs, nor what they invited others
/// with.
pub async fn delete_for_and_by(conn: &mut Conn, account: AccountId) -> Result<()> {
    conn.execute(
        sql!("DELETE FROM one_time_links WHERE (account_id = $1 OR created_by = $1) AND used_at IS NULL"),
        args![account],
    )
    .await?;
    Ok(())
}

/// Forgets what expired long ago.
pub async fn delete_expired(conn: &mut Conn, before: Millis) -> Result<()> {
    conn.execute(sql!("DELETE FROM one_time_links WHERE expires_at < $1"), args![before]).await?;
    Ok(())
}
