//! Rows of browsers that are signed in.

use crate::base::id::{AccountId, SessionId};
use crate::base::{Millis, Result};
use crate::domain::auth::model::Session;
use crate::platform::db::Conn;
use crate::{args, sql};

/// Adds a session.
pub async fn insert(conn: &mut Conn, session: &Session, token_hash: &str) -> Result<()> {
    conn.execute(
        sql!(
            "INSERT INTO sessions (id, token_hash, account_id, csrf_token, user_agent, created_at, last_seen_at,
                                   expires_at)
             VALUES ($1, $2, $3, $4, $5, $6, $7, $8)"
        ),
        args![
            session.id,
            token_hash,
            session.account_id,
            session.csrf_token,
            session.user_agent,
            session.created_at,
            session.last_seen_at,
            session.expires_at
        ],
    )
    .await?;
    Ok(())
}

/// The session of a token, if it has not ended.
pub async fn find(conn: &mut Conn, token_hash: &str, now: Millis) -> Result<Option<Session>> {
    conn.optional(
        sql!(
            "SELECT id, account_id, csrf_token, user_agent, created_at, last_seen_at, expires_at
             FROM sessions
             WHERE token_hash = $1 AND expires_at > $2"
        ),
        args![token_hash, now],
    )
    .await
}

/// The sessions of a person, the latest first.
pub async fn list(conn: &mut Conn, account: AccountId, now: Millis) -> Result<Vec<Session>> {
    conn.all(
        sql!(
            "SELECT id, account_id, csrf_token, user_agent, created_at, last_seen_at, expires_at
             FROM sessions
             WHERE account_id = $1 AND expires_at > $2
             ORDER BY last_seen_at DESC, id DESC"
        ),
        args![account, now],
    )
    .await
}

/// Somebody was here.
pub async fn update_seen(conn: &mut Conn, id: SessionId, now: Millis, expires_at: Millis) -> Result<()> {
    conn.execute(
        sql!("UPDATE sessions SET last_seen_at = $2, expires_at = $3 WHERE id = $1"),
        args![id, now, expires_at],
    )
    .await?;
    Ok(())
}

/// Ends a session of a person. `false` if there is none such.
pub async fn delete(conn: &mut Conn, account: AccountId, id: SessionId) -> Result<bool> {
    let deleted = conn
        .execute(sql!("DELETE FROM sessions WHERE id = $1 AND account_id = $2"), args![id, account])
        .await?;
    Ok(deleted == 1)
}

/// Ends all sessions of a person but `kept`.
pub async fn delete_others(conn: &mut Conn, account: AccountId, kept: Option<SessionId>) -> Result<()> {
    let kept = kept.unwrap_or_default();
    conn.execute(sql!("DELETE FROM sessions WHERE account_id = $1 AND id <> $2"), args![account, kept])
        .await?;
    Ok(())
}

/// Forgets what ended.
pub async fn delete_expired(conn: &mut Conn, now: Millis) -> Result<()> {
    conn.execute(sql!("DELETE FROM sessions WHERE expires_at <= $1"), args![now]).await?;
    Ok(())
}
