//! Rows of client programs, codes and tokens.

use crate::base::id::{AccountId, OAuthAppId, OAuthTokenId};
use crate::base::{Millis, Result};
use crate::domain::auth::model::{Code, OAuthApp, Token};
use crate::platform::db::Conn;
use crate::{args, sql};

/// Adds a program.
pub async fn insert_app(conn: &mut Conn, app: &OAuthApp) -> Result<()> {
    conn.execute(
        sql!(
            "INSERT INTO oauth_apps (id, client_id, client_secret_hash, name, website, redirect_uris, scopes,
                                     created_at)
             VALUES ($1, $2, $3, $4, $5, $6, $7, $8)"
        ),
        args![
            app.id,
            app.client_id,
            app.client_secret_hash,
            app.name,
            app.website,
            app.redirect_uris,
            app.scopes,
            app.created_at
        ],
    )
    .await?;
    Ok(())
}

/// The program.
pub async fn find_app(conn: &mut Conn, id: OAuthAppId) -> Result<Option<OAuthApp>> {
    conn.optional(
        sql!(
            "SELECT id, client_id, client_secret_hash, name, website, redirect_uris, scopes, created_at
             FROM oauth_apps
             WHERE id = $1"
        ),
        args![id],
    )
    .await
}

/// By its name on the wire.
pub async fn find_app_by_client_id(conn: &mut Conn, client_id: &str) -> Result<Option<OAuthApp>> {
    conn.optional(
        sql!(
            "SELECT id, client_id, client_secret_hash, name, website, redirect_uris, scopes, created_at
             FROM oauth_apps
             WHERE client_id = $1"
        ),
        args![client_id],
    )
    .await
}

/// Those programs that exist.
pub async fn list_apps(conn: &mut Conn, ids: Vec<i64>) -> Result<Vec<OAuthApp>> {
    conn.all(
        sql!(
            "SELECT id, client_id, client_secret_hash, name, website, redirect_uris, scopes, created_at
             FROM oauth_apps
             WHERE id IN_LIST($1)"
        ),
        args![ids],
    )
    .await
}

/// Adds a code.
pub async fn insert_code(conn: &mut Conn, code: &Code) -> Result<()> {
    conn.execute(
        sql!(
            "INSERT INTO oauth_codes (code_hash, app_id, account_id, redirect_uri, scopes, code_challenge,
                                      created_at, expires_at)
             VALUES ($1, $2, $3, $4, $5, $6, $7, $8)"
        ),
        args![
            code.code_hash,
            code.app_id,
            code.account_id,
            code.redirect_uri,
            code.scopes,
            code.code_challenge,
            code.created_at,
            code.expires_at
        ],
    )
    .await?;
    Ok(())
}

/// A code, used or not.
pub async fn find_code(conn: &mut Conn, code_hash: &str) -> Result<Option<Code>> {
    conn.optional(
        sql!(
            "SELECT code_hash, app_id, account_id, redirect_uri, scopes, code_challenge, created_at, expires_at,
                    used_at
             FROM oauth_codes
             WHERE code_hash = $1"
        ),
        args![code_hash],
    )
    .await
}

/// Uses a code. `false` if somebody was faster.
pub async fn update_code_used(conn: &mut Conn, code_hash: &str, now: Millis) -> Result<bool> {
    let used = conn
        .execute(
            sql!("UPDATE oauth_codes SET used_at = $2 WHERE code_hash = $1 AND used_at IS NULL"),
            args![code_hash, now],
        )
        .await?;
    Ok(used == 1)
}

/// Adds a token.
pub async fn insert_token(conn: &mut Conn, token: &Token, token_hash: &str) -> Result<()> {
    conn.execute(
        sql!(
            "INSERT INTO oauth_tokens (id, token_hash, app_id, account_id, scopes, name, created_at)
             VALUES ($1, $2, $3, $4, $5, $6, $7)"
        ),
        args![
            token.id,
            token_hash,
            token.app_id,
            token.account_id,
            token.scopes,
            token.name,
            token.created_at
        ],
    )
    .await?;
    Ok(())
}

/// A token that works.
pub async fn find_token(conn: &mut Conn, token_hash: &str) -> Result<Option<Token>> {
    conn.optional(
        sql!(
            "SELECT id, app_id, account_id, scopes, name, created_at, last_used_at
             FROM oauth_tokens
             WHERE token_hash = $1 AND revoked_at IS NULL"
        ),
        args![token_hash],
    )
    .await
}

/// The tokens of a person that work, the latest first.
pub async fn list_tokens(conn: &mut Conn, account: AccountId) -> Result<Vec<Token>> {
    conn.all(
        sql!(
            "SELECT id, app_id, account_id, scopes, name, created_at, last_used_at
             FROM oauth_tokens
             WHERE account_id = $1 AND revoked_at IS NULL
             ORDER BY id DESC"
        ),
        args![account],
    )
    .await
}

/// A token was used.
pub async fn update_token_used(conn: &mut Conn, id: OAuthTokenId, now: Millis) -> Result<()> {
    conn.execute(sql!("UPDATE oauth_tokens SET last_used_at = $2 WHERE id = $1"), args![id, now]).await?;
    Ok(())
}

/// A program gives its token back.
pub async fn update_token_revoked(
    conn: &mut Conn,
    token_hash: &str,
    app: OAuthAppId,
    now: Millis,
) -> Result<bool> {
    let revoked = conn
        .execute(
            sql!(
                "UPDATE oauth_tokens
                 SET revoked_at = $3
                 WHERE token_hash = $1 AND app_id = $2 AND revoked_at IS NULL"
            ),
            args![token_hash, app, now],
        )
        .await?;
    Ok(revoked == 1)
}

/// A person takes a program's access back.
pub async fn update_token_revoked_by_id(
    conn: &mut Conn,
    account: AccountId,
    id: OAuthTokenId,
    now: Millis,
) -> Result<bool> {
    let revoked = conn
        .execute(
            sql!(
                "UPDATE oauth_tokens
                 SET revoked_at = $3
                 WHERE id = $1 AND account_id = $2 AND revoked_at IS NULL"
            ),
            args![id, account, now],
        )
        .await?;
    Ok(revoked == 1)
}

/// The tokens that came of a code no longer work.
pub async fn update_revoked_of_code(conn: &mut Conn, code: &Code, now: Millis) -> Result<()> {
    conn.execute(
        sql!(
            "UPDATE oauth_tokens
             SET revoked_at = $4
             -- A token bears the time at which its code was used.
             WHERE app_id = $1 AND account_id = $2 AND created_at = $3 AND revoked_at IS NULL"
        ),
        args![code.app_id, code.account_id, code.used_at, now],
    )
    .await?;
    Ok(())
}

/// No token of a person works any more, and no code becomes one.
pub async fn update_revoked_of(conn: &mut Conn, account: AccountId, now: Millis) -> Result<()> {
    conn.execute(
        sql!("UPDATE oauth_tokens SET revoked_at = $2 WHERE account_id = $1 AND revoked_at IS NULL"),
        args![account, now],
    )
    .await?;
    conn.execute(sql!("DELETE FROM oauth_codes WHERE account_id = $1"), args![account]).await?;
    Ok(())
}

/// Forgets the codes by which a program could still get a token of somebody.
pub async fn delete_codes_of(conn: &mut Conn, account: AccountId, app: OAuthAppId) -> Result<()> {
    conn.execute(sql!("DELETE FROM oauth_codes WHERE account_id = $1 AND app_id = $2"), args![account, app])
        .await?;
    Ok(())
}

/// Forgets the tokens and codes of somebody who left.
pub async fn delete_of(conn: &mut Conn, account: AccountId) -> Result<()> {
    conn.execute(sql!("DELETE FROM oauth_tokens WHERE account_id = $1"), args![account]).await?;
    conn.execute(sql!("DELETE FROM oauth_codes WHERE account_id = $1"), args![account]).await?;
    Ok(())
}

/// Forgets codes that expired, and tokens that were revoked, before this time.
pub async fn delete_expired(conn: &mut Conn, before: Millis) -> Result<()> {
    conn.execute(sql!("DELETE FROM oauth_codes WHERE expires_at < $1"), args![before]).await?;
    conn.execute(sql!("DELETE FROM oauth_tokens WHERE revoked_at < $1"), args![before]).await?;
    Ok(())
}
