//! What a program must know before it asks. Source: <https://docs.joinmastodon.org/methods/oauth/#authorization-server-metadata>

use axum::Json;
use axum::extract::State;
use serde_json::{Value, json};

use super::super::entities::Account;
use super::super::error::ApiResult;
use super::super::viewer::Viewer;
use crate::domain::auth::Scope;
use crate::platform::services::Services;

/// `GET /.well-known/oauth-authorization-server` · RFC 8414
pub async fn metadata(State(services): State<Services>) -> Json<Value> {
    let origin = &services.origin;
    let scopes: Vec<_> = Scope::ALL.iter().map(|scope| scope.word()).collect();
    Json(json!({
        "issuer": format!("{}/", origin.base()),
        "service_documentation": "https://docs.joinmastodon.org/",
        "authorization_endpoint": origin.at("/oauth/authorize"),
        "token_endpoint": origin.at("/oauth/token"),
        "app_registration_endpoint": origin.at("/api/v1/apps"),
        "revocation_endpoint": origin.at("/oauth/revoke"),
        "userinfo_endpoint": origin.at("/oauth/userinfo"),
        "scopes_supported": scopes,
        "response_types_supported": ["code"],
        "response_modes_supported": ["query"],
        "grant_types_supported": ["authorization_code", "client_credentials"],
        "token_endpoint_auth_methods_supported": ["client_secret_basic", "client_secret_post"],
        "code_challenge_methods_supported": ["S256"],
    }))
}

/// `GET /oauth/userinfo` · <https://docs.joinmastodon.org/methods/oauth/#userinfo>
pub async fn user_info(State(services): State<Services>, viewer: Viewer) -> ApiResult<Json<Value>> {
    viewer.require(Scope::Profile)?;
    let account = Account::new(&services, &viewer.account);
    Ok(Json(json!({
        "iss": format!("{}/", services.origin.base()),
        "sub": account.uri,
        "name": account.display_name,
        "preferred_username": account.username,
        "profile": account.url,
        "picture": account.avatar,
    })))
}
