//! Programs register. Source: <https://docs.joinmastodon.org/methods/apps/>

use axum::Json;
use axum::extract::State;
use serde::Deserialize;

use super::super::entities::{Application, CredentialApplication};
use super::super::error::ApiResult;
use super::super::params::Params;
use super::super::viewer::Program;
use crate::base::Error;
use crate::domain::auth::oauth::register_app;
use crate::domain::auth::{NewApp, OAuthApp, store};
use crate::platform::services::Services;

/// What a program says of itself.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Registration {
    client_name: String,
    /// One text with several lines, or a list.
    redirect_uris: Vec<String>,
    scopes: Option<String>,
    website: Option<String>,
}

/// `POST /api/v1/apps` · <https://docs.joinmastodon.org/methods/apps/#create>
pub async fn create(
    State(services): State<Services>,
    Params(said): Params<Registration>,
) -> ApiResult<Json<CredentialApplication>> {
    let new = NewApp {
        name: said.client_name,
        website: said.website.filter(|text| !text.is_empty()),
        redirect_uris: said.redirect_uris,
        scopes: said.scopes.unwrap_or_default(),
    };
    let made = register_app(&services, new).await?;
    Ok(Json(CredentialApplication {
        client_id: made.app.client_id.clone(),
        client_secret: made.client_secret,
        client_secret_expires_at: 0,
        application: application(&made.app),
    }))
}

/// `GET /api/v1/apps/verify_credentials` · <https://docs.joinmastodon.org/methods/apps/#verify_credentials>
pub async fn verify_credentials(
    State(services): State<Services>,
    Program(access): Program,
) -> ApiResult<Json<Application>> {
    let Some(id) = access.app else { return Err(Error::not_found("application").into()) };
    let mut conn = services.db.read().await?;
    let app = store::oauth::find_app(&mut conn, id).await?.ok_or(Error::not_found("application"))?;
    Ok(Json(application(&app)))
}

fn application(app: &OAuthApp) -> Application {
    Application {
        id: app.id,
        name: app.name.clone(),
        website: app.website.clone(),
        scopes: app.scopes.split_whitespace().map(str::to_owned).collect(),
        redirect_uri: app.redirect_uris.clone(),
        redirect_uris: app.redirect_uris().map(str::to_owned).collect(),
        vapid_key: String::new(),
    }
}
