//! Programs and their tokens. Source: <https://docs.joinmastodon.org/entities/Application/>

use serde::Serialize;

use crate::base::id::OAuthAppId;

/// A program.
#[derive(Clone, Debug, Serialize)]
pub struct Application {
    pub id: OAuthAppId,
    pub name: String,
    pub website: Option<String>,
    pub scopes: Vec<String>,
    pub redirect_uri: String,
    pub redirect_uris: Vec<String>,
    pub vapid_key: String,
}

/// A program, with its secret, told once. Source: <https://docs.joinmastodon.org/entities/Application/#CredentialApplication>
#[derive(Clone, Debug, Serialize)]
pub struct CredentialApplication {
    #[serde(flatten)]
    pub application: Application,
    pub client_id: String,
    pub client_secret: String,
    pub client_secret_expires_at: i64,
}

/// A token. Source: <https://docs.joinmastodon.org/entities/Token/>
#[derive(Clone, Debug, Serialize)]
#[expect(clippy::struct_field_names, reason = "named as on the wire")]
pub struct Token {
    pub access_token: String,
    pub token_type: &'static str,
    pub scope: String,
    pub created_at: i64,
}
