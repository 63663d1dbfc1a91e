//! A program exchanges a code for a token, gets a token for itself, or gives one back.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;

use super::authorize::wanted;
use super::error::OAuthError;
use super::pkce;
use crate::base::Millis;
use crate::base::id::{AccountId, OAuthAppId};
use crate::domain::auth::link::hash_of;
use crate::domain::auth::model::{Code, OAuthApp, Token};
use crate::domain::auth::scopes::Scopes;
use crate::domain::auth::{store, token};
use crate::platform::crypto::constant_time_eq;
use crate::platform::db::{Conn, Tx};
use crate::platform::services::Services;

/// Who a program says it is.
#[derive(Clone, Debug, Default, serde::Deserialize)]
#[serde(default)]
pub struct Client {
    /// Its name on the wire.
    pub client_id: String,
    /// What only it knows.
    pub client_secret: String,
}

impl Client {
    /// From the header `Authorization: Basic …` (RFC 6749, 2.3.1); `None` if it is another one.
    pub fn from_basic(header: &str) -> Option<Self> {
        let (scheme, encoded) = header.split_once(' ')?;
        let bytes = STANDARD.decode(encoded.trim()).ok().filter(|_| scheme.eq_ignore_ascii_case("basic"))?;
        let text = String::from_utf8(bytes).ok()?;
        let (client_id, client_secret) = text.split_once(':')?;
        Some(Self { client_id: client_id.to_owned(), client_secret: client_secret.to_owned() })
    }
}

/// What a program asks for.
#[derive(Clone, Debug, Default, serde::Deserialize)]
#[serde(default)]
pub struct TokenRequest {
    /// `authorization_code` or `client_credentials`.
    pub grant_type: String,
    /// Who asks.
    #[serde(flatten)]
    pub client: Client,
    /// The code, for `authorization_code`.
    pub code: Option<String>,
    /// As it was when the code was asked for.
    pub redirect_uri: Option<String>,
    /// PKCE.
    pub code_verifier: Option<String>,
    /// For `client_credentials`.
    pub scope: Option<String>,
}

/// A token that was just made.
#[derive(Clone, Debug)]
pub struct Grant {
    /// The token; known only now.
    pub access_token: String,
    /// What it may do.
    pub scopes: Scopes,
    /// When it was made.
    pub created_at: Millis,
}

/// Makes a token.
///
/// # Errors
/// [`OAuthError`]. A code that comes a second time takes back the tokens of the first (RFC 6749, 4.1.2).
///
/// Source: <https://docs.joinmastodon.org/methods/oauth/#token>
pub async fn exchange(services: &Services, request: &TokenRequest) -> Result<Grant, OAuthError> {
    let mut tx = services.db.begin().await?;
    let app = authenticate(&mut tx, &request.client).await?;
    let grant = match request.grant_type.as_str() {
        "authorization_code" => {
            let code = find_code(&mut tx, request, &app).await?;
            if code.used_at.is_some() {
                store::oauth::update_revoked_of_code(&mut tx, &code, services.clock.now()).await?;
                tx.commit().await?;
                return Err(OAuthError::InvalidGrant);
            }
            from_code(services, &mut tx, request, &code).await?
        }
        "client_credentials" => {
            let scopes = wanted(request.scope.as_deref(), &app)?;
            let made = Made { app: app.id, account: None, at: services.clock.now() };
            issue(services, &mut tx, made, scopes).await?
        }
        "" => return Err(OAuthError::InvalidRequest("grant_type is missing".to_owned())),
        _ => return Err(OAuthError::UnsupportedGrantType),
    };
    tx.commit().await?;
    Ok(grant)
}

async fn authenticate(conn: &mut Conn, client: &Client) -> Result<OAuthApp, OAuthError> {
    let app = store::oauth::find_app_by_client_id(conn, &client.client_id).await?;
    let hash = hash_of(&client.client_secret);
    app.filter(|app| constant_time_eq(app.client_secret_hash.as_bytes(), hash.as_bytes()))
        .ok_or(OAuthError::InvalidClient)
}

async fn find_code(conn: &mut Conn, request: &TokenRequest, app: &OAuthApp) -> Result<Code, OAuthError> {
    let Some(code) = request.code.as_deref().filter(|code| !code.is_empty()) else {
        return Err(OAuthError::InvalidRequest("code is missing".to_owned()));
    };
    let row = store::oauth::find_code(conn, &hash_of(code)).await?;
    row.filter(|row| row.app_id == app.id).ok_or(OAuthError::InvalidGrant)
}

async fn from_code(
    services: &Services,
    tx: &mut Tx,
    request: &TokenRequest,
    code: &Code,
) -> Result<Grant, OAuthError> {
    let now = services.clock.now();
    if !fits(code, request, now) || !store::oauth::update_code_used(tx, &code.code_hash, now).await? {
        return Err(OAuthError::InvalidGrant);
    }
    // The token bears the time at which its code was used: by it a second use of the code finds the token.
    let made = Made { app: code.app_id, account: Some(code.account_id), at: now };
    issue(services, tx, made, Scopes::known(&code.scopes)).await
}

/// Whether a request fits the code that it brings.
fn fits(code: &Code, request: &TokenRequest, now: Millis) -> bool {
    let verifier = request.code_verifier.as_deref().filter(|verifier| !verifier.is_empty());
    let proven = match (&code.code_challenge, verifier) {
        (None, None) => true,
        (Some(challenge), Some(verifier)) => pkce::fits(verifier, challenge),
        // A verifier without a challenge: somebody took the challenge out of the question on its way.
        _ => false,
    };
    proven && code.expires_at > now && request.redirect_uri.as_deref() == Some(code.redirect_uri.as_str())
}

/// For whom a token is made, and when.
struct Made {
    app: OAuthAppId,
    account: Option<AccountId>,
    at: Millis,
}

async fn issue(services: &Services, tx: &mut Tx, made: Made, scopes: Scopes) -> Result<Grant, OAuthError> {
    let row = Token {
        id: services.ids.next(),
        app_id: Some(made.app),
        account_id: made.account,
        scopes: scopes.to_string(),
        name: String::new(),
        created_at: made.at,
        last_used_at: None,
    };
    let access_token = token::insert_in(services, tx, &row).await?;
    Ok(Grant { access_token, scopes, created_at: made.at })
}

/// A program gives a token back. A token that is not its own, or none at all, changes nothing (RFC 7009, 2.2).
///
/// # Errors
/// [`OAuthError::InvalidClient`] if it cannot show who it is.
///
/// Source: <https://docs.joinmastodon.org/methods/oauth/#revoke>
pub async fn revoke(services: &Services, client: &Client, token: &str) -> Result<(), OAuthError> {
    let mut tx = services.db.begin().await?;
    let app = authenticate(&mut tx, client).await?;
    store::oauth::update_token_revoked(&mut tx, &hash_of(token), app.id, services.clock.now()).await?;
    tx.commit().await?;
    Ok(())
}
