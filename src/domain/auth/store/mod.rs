//! Rows of those who can sign in.

pub mod links;
pub mod oauth;
pub mod sessions;
pub mod settings;

use super::model::{Role, User};
use crate::base::id::AccountId;
use crate::base::{Error, Millis, Result};
use crate::platform::db::Conn;
use crate::{args, sql};

/// Adds somebody. `false` if the e-mail address is taken.
pub async fn insert(conn: &mut Conn, user: &User, password_hash: &str) -> Result<bool> {
    let inserted = conn
        .execute(
            sql!(
                "INSERT INTO users (account_id, email, email_key, password_hash, role, created_at)
                 VALUES ($1, $2, $3, $4, $5, $6)
                 ON CONFLICT DO NOTHING"
            ),
            args![
                user.account_id,
                user.email,
                user.email.to_lowercase(),
                password_hash,
                user.role,
                user.created_at
            ],
        )
        .await?;
    Ok(inserted == 1)
}

/// The user of an account of this site.
pub async fn find(conn: &mut Conn, account: AccountId) -> Result<Option<User>> {
    conn.optional(
        sql!(
            "SELECT u.account_id, u.email, u.role, u.default_visibility, u.default_sensitive, u.default_language,
                    u.read_notification, u.disabled_at, u.created_at, u.last_seen_at,
                    COALESCE(s.settings, '') AS settings
             FROM users u
             LEFT JOIN user_settings s ON s.account_id = u.account_id
             WHERE u.account_id = $1"
        ),
        args![account],
    )
    .await
}

/// As [`find`], or [`Error::NotFound`].
pub async fn get(conn: &mut Conn, account: AccountId) -> Result<User> {
    find(conn, account).await?.ok_or(Error::not_found("user"))
}

/// Who signs in with this e-mail address.
pub async fn find_id_by_email(conn: &mut Conn, email: &str) -> Result<Option<AccountId>> {
    let row: Option<(AccountId,)> = conn
        .optional(sql!("SELECT account_id FROM users WHERE email_key = $1"), args![email.to_lowercase()])
        .await?;
    Ok(row.map(|(id,)| id))
}

/// Who signs in with this short name.
pub async fn find_id_by_username(conn: &mut Conn, username: &str) -> Result<Option<AccountId>> {
    let row: Option<(AccountId,)> = conn
        .optional(
            sql!(
                "SELECT users.account_id
                 FROM users
                 JOIN accounts ON accounts.id = users.account_id
                 WHERE accounts.username_key = $1 AND accounts.host = ''"
            ),
            args![username.to_lowercase()],
        )
        .await?;
    Ok(row.map(|(id,)| id))
}

/// The hash of a password, argon2id.
pub async fn find_password_hash(conn: &mut Conn, account: AccountId) -> Result<Option<String>> {
    let row: Option<(String,)> =
        conn.optional(sql!("SELECT password_hash FROM users WHERE account_id = $1"), args![account]).await?;
    Ok(row.map(|(hash,)| hash))
}

/// Those who work at the desk, administrators included.
pub async fn list_moderators(conn: &mut Conn) -> Result<Vec<AccountId>> {
    let rows: Vec<(AccountId,)> = conn
        .all(
            sql!(
                "SELECT account_id
                 FROM users
                 WHERE role IN ('moderator', 'admin') AND disabled_at IS NULL
                 ORDER BY account_id"
            ),
            args![],
        )
        .await?;
    Ok(rows.into_iter().map(|(id,)| id).collect())
}

/// Whether somebody runs the site.
pub async fn has_admin(conn: &mut Conn) -> Result<bool> {
    let (count,): (i64,) = conn
        .one(
            sql!(
                "SELECT COUNT(*)
                 FROM users u
                 JOIN accounts a ON a.id = u.account_id
                 WHERE u.role = 'admin' AND u.disabled_at IS NULL AND a.suspended_at IS NULL"
            ),
            args![],
        )
        .await?;
    Ok(count > 0)
}

/// Nobody else changes who runs the site before this transaction ends.
pub async fn lock_admins(conn: &mut Conn) -> Result<()> {
    conn.execute(sql!("UPDATE users SET role = role WHERE role = 'admin'"), args![]).await?;
    Ok(())
}

/// How many run the site beside this one.
pub async fn count_other_admins(conn: &mut Conn, account: AccountId) -> Result<i64> {
    let (count,): (i64,) = conn
        .one(
            sql!(
                "SELECT COUNT(*)
                 FROM users u
                 JOIN accounts a ON a.id = u.account_id
                 WHERE u.role = 'admin' AND u.disabled_at IS NULL AND a.suspended_at IS NULL
                   AND u.account_id <> $1"
            ),
            args![account],
        )
        .await?;
    Ok(count)
}

/// Forgets somebody's e-mail address, password and role.
pub async fn delete(conn: &mut Conn, account: AccountId) -> Result<()> {
    conn.execute(sql!("DELETE FROM users WHERE account_id = $1"), args![account]).await?;
    Ok(())
}

/// The short names of all who can sign in, for "did you mean".
pub async fn list_usernames(conn: &mut Conn) -> Result<Vec<String>> {
    let rows: Vec<(String,)> = conn
        .all(
            sql!(
                "SELECT accounts.username
                 FROM users
                 JOIN accounts ON accounts.id = users.account_id
                 ORDER BY accounts.username_key
                 LIMIT 5000"
            ),
            args![],
        )
        .await?;
    Ok(rows.into_iter().map(|(name,)| name).collect())
}

/// A new password.
pub async fn update_password(conn: &mut Conn, account: AccountId, hash: &str) -> Result<()> {
    conn.execute(sql!("UPDATE users SET password_hash = $2 WHERE account_id = $1"), args![account, hash])
        .await?;
    Ok(())
}

/// The address is known to be theirs, if it is still this one. `false` if it is another by now.
pub async fn update_confirmed(conn: &mut Conn, account: AccountId, email: &str, now: Millis) -> Result<bool> {
    let confirmed = conn
        .execute(
            sql!("UPDATE users SET email_confirmed_at = $3 WHERE account_id = $1 AND email_key = $2"),
            args![account, email.to_lowercase(), now],
        )
        .await?;
    Ok(confirmed == 1)
}

/// Since when the address is known to be theirs.
pub async fn find_confirmed(conn: &mut Conn, account: AccountId) -> Result<Option<Millis>> {
    let row: Option<(Option<Millis>,)> = conn
        .optional(sql!("SELECT email_confirmed_at FROM users WHERE account_id = $1"), args![account])
        .await?;
    Ok(row.and_then(|(at,)| at))
}

/// What somebody may do from now on.
pub async fn update_role(conn: &mut Conn, account: AccountId, role: Role) -> Result<()> {
    conn.execute(sql!("UPDATE users SET role = $2 WHERE account_id = $1"), args![account, role]).await?;
    Ok(())
}

/// May not (or again may) sign in.
pub async fn update_disabled(conn: &mut Conn, account: AccountId, at: Option<Millis>) -> Result<()> {
    conn.execute(sql!("UPDATE users SET disabled_at = $2 WHERE account_id = $1"), args![account, at]).await?;
    Ok(())
}

/// Was here.
pub async fn update_seen(conn: &mut Conn, account: AccountId, now: Millis) -> Result<()> {
    conn.execute(sql!("UPDATE users SET last_seen_at = $2 WHERE account_id = $1"), args![account, now])
        .await?;
    Ok(())
}

/// How new posts begin.
pub async fn update_defaults(conn: &mut Conn, user: &User) -> Result<()> {
    conn.execute(
        sql!(
            "UPDATE users
             SET default_visibility = $2, default_sensitive = $3, default_language = $4
             WHERE account_id = $1"
        ),
        args![user.account_id, user.default_visibility, user.default_sensitive, user.default_language],
    )
    .await?;
    Ok(())
}

/// The newest notification that was seen. Never goes back.
pub async fn update_read_notification(conn: &mut Conn, account: AccountId, newest: i64) -> Result<()> {
    conn.execute(
        sql!(
            "UPDATE users
             SET read_notification = $2
             WHERE account_id = $1 AND read_notification < $2"
        ),
        args![account, newest],
    )
    .await?;
    Ok(())
}

/// Why the moderators suspended somebody last. The log stands in another room, which is younger; this row concerns
/// whoever tries to come in.
pub async fn find_suspension_reason(conn: &mut Conn, account: AccountId) -> Result<Option<String>> {
    let row: Option<(String,)> = conn
        .optional(
            sql!(
                "SELECT reason
                 FROM moderation_log
                 WHERE account_id = $1 AND kind = 'suspend_person'
                 ORDER BY id DESC
                 LIMIT 1"
            ),
            args![account],
        )
        .await?;
    Ok(row.map(|(reason,)| reason))
}
