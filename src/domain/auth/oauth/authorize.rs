//! A person is asked whether a program may act for them, and agrees.

use std::time::Duration;

use super::error::OAuthError;
use super::pkce;
use crate::base::id::AccountId;
use crate::domain::auth::link::hash_of;
use crate::domain::auth::model::{Code, OAuthApp};
use crate::domain::auth::scopes::{Scope, Scopes};
use crate::domain::auth::store;
use crate::platform::services::Services;

/// How long a code works (RFC 6749, 4.1.2: ten minutes at most).
const LASTS: Duration = Duration::from_mins(10);

/// What a program asks, as it came.
#[derive(Clone, Debug, Default, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[serde(default)]
pub struct AuthorizeRequest {
    /// Must be `code`.
    pub response_type: String,
    /// The program.
    pub client_id: String,
    /// Where to send the person afterwards.
    pub redirect_uri: String,
    /// Separated by spaces; none: `read`.
    pub scope: Option<String>,
    /// Goes back as it came.
    pub state: Option<String>,
    /// PKCE.
    pub code_challenge: Option<String>,
    /// PKCE; must be `S256`.
    pub code_challenge_method: Option<String>,
}

/// A question that may be put to a person.
#[derive(Clone, Debug)]
pub struct Asked {
    /// The program.
    pub app: OAuthApp,
    /// Where to send the person afterwards; `urn:ietf:wg:oauth:2.0:oob`: nowhere.
    pub redirect_uri: String,
    /// What for.
    pub scopes: Scopes,
    challenge: Option<String>,
}

/// Checks a question before it is put to a person.
///
/// # Errors
/// [`OAuthError`]. After [`OAuthError::InvalidClient`] and [`OAuthError::InvalidRedirectUri`] nobody may be sent to
/// the redirect URI.
pub async fn check(services: &Services, request: &AuthorizeRequest) -> Result<Asked, OAuthError> {
    let mut conn = services.db.read().await?;
    let app = store::oauth::find_app_by_client_id(&mut conn, &request.client_id).await?;
    let app = app.ok_or(OAuthError::InvalidClient)?;
    if !app.redirect_uris().any(|uri| uri == request.redirect_uri) {
        return Err(OAuthError::InvalidRedirectUri);
    }
    if request.response_type != "code" {
        return Err(OAuthError::UnsupportedResponseType);
    }
    let scopes = wanted(request.scope.as_deref(), &app)?;
    let challenge = challenge(request)?;
    Ok(Asked { app, redirect_uri: request.redirect_uri.clone(), scopes, challenge })
}

/// What is asked for; what is not more than the program registered for.
pub(super) fn wanted(scope: Option<&str>, app: &OAuthApp) -> Result<Scopes, OAuthError> {
    let scopes = Scopes::parse(scope.unwrap_or_default()).map_err(|_| OAuthError::InvalidScope)?;
    let scopes = if scopes.is_empty() { Scopes::from(Scope::Read) } else { scopes };
    if Scopes::known(&app.scopes).cover_all(&scopes) { Ok(scopes) } else { Err(OAuthError::InvalidScope) }
}

fn challenge(request: &AuthorizeRequest) -> Result<Option<String>, OAuthError> {
    let given = |text: &Option<String>| text.clone().filter(|text| !text.is_empty());
    match (given(&request.code_challenge), given(&request.code_challenge_method).as_deref()) {
        (None, None) => Ok(None),
        (Some(challenge), Some("S256")) if pkce::is_challenge(&challenge) => Ok(Some(challenge)),
        _ => Err(OAuthError::InvalidRequest(
            "code_challenge must be a SHA-256 in base64url, and code_challenge_method S256".to_owned(),
        )),
    }
}

/// The person agreed: makes the code that goes to the program.
///
/// # Errors
/// As the database.
pub async fn authorize(
    services: &Services,
    account: AccountId,
    asked: &Asked,
) -> crate::base::Result<String> {
    let (code, now) = (services.random.token(), services.clock.now());
    let row = Code {
        code_hash: hash_of(&code),
        app_id: asked.app.id,
        account_id: account,
        redirect_uri: asked.redirect_uri.clone(),
        scopes: asked.scopes.to_string(),
        code_challenge: asked.challenge.clone(),
        created_at: now,
        expires_at: now + LASTS,
        used_at: None,
    };
    let mut tx = services.db.begin().await?;
    store::oauth::insert_code(&mut tx, &row).await?;
    tx.commit().await?;
    Ok(code)
}
