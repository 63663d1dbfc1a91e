//! The own account: shown, and changed.

use axum::Json;
use axum::extract::State;
use serde::Deserialize;

use super::super::entities::CredentialAccount;
use super::super::error::ApiResult;
use super::super::params::{ParamsAndFiles, SentFile};
use super::super::render;
use super::super::viewer::Viewer;
use crate::base::{Error, Result};
use crate::domain::accounts::Account;
use crate::domain::accounts::update_profile::{Change, update_profile};
use crate::domain::auth::{Preferences, Scope, User, prefer};
use crate::domain::follows;
use crate::domain::media::face;
use crate::domain::statuses::Visibility;
use crate::platform::services::Services;

/// Requests are counted up to here.
const MOST_REQUESTS: i64 = 200;

/// `GET /api/v1/accounts/verify_credentials` · <https://docs.joinmastodon.org/methods/accounts/#verify_credentials>
pub async fn verify(State(services): State<Services>, viewer: Viewer) -> ApiResult<Json<CredentialAccount>> {
    viewer.require(Scope::Profile).or_else(|_| viewer.require(Scope::ReadAccounts))?;
    Ok(Json(own(&services, &viewer.account, &viewer.user).await?))
}

async fn own(services: &Services, account: &Account, user: &User) -> Result<CredentialAccount> {
    let mut conn = services.db.read().await?;
    let requests = follows::store::list_requests(&mut conn, account.id, MOST_REQUESTS).await?.len();
    let mut own = CredentialAccount::new(services, account, user, requests as i64);
    own.account = render::account(services, &mut conn, account).await?;
    Ok(own)
}

/// What to change; what is not said stays.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Changes {
    display_name: Option<String>,
    note: Option<String>,
    locked: Option<bool>,
    bot: Option<bool>,
    discoverable: Option<bool>,
    indexable: Option<bool>,
    fields_attributes: Option<Vec<FieldChange>>,
    source: Defaults,
}

/// A line of the profile.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct FieldChange {
    name: String,
    value: String,
}

/// How the person usually posts.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Defaults {
    privacy: Option<String>,
    sensitive: Option<bool>,
    language: Option<String>,
}

impl Defaults {
    fn preferences(self) -> Result<Preferences> {
        let known = |word: &String| word.is_empty() || Visibility::from_word(word).is_some();
        if self.privacy.as_ref().is_some_and(|word| !known(word)) {
            return Err(Error::invalid("source[privacy]", "must be public, unlisted, private or direct"));
        }
        Ok(Preferences { visibility: self.privacy, sensitive: self.sensitive, language: self.language })
    }
}

/// `PATCH /api/v1/accounts/update_credentials` · <https://docs.joinmastodon.org/methods/accounts/#update_credentials>
pub async fn update(
    State(services): State<Services>,
    viewer: Viewer,
    ParamsAndFiles(changes, mut files): ParamsAndFiles<Changes>,
) -> ApiResult<Json<CredentialAccount>> {
    viewer.require(Scope::WriteAccounts)?;
    let id = viewer.account.id;
    let preferences = changes.source.preferences()?;
    let fields = changes
        .fields_attributes
        .map(|fields| fields.into_iter().map(|field| (field.name, field.value)).collect());
    let mut change = Change {
        display_name: changes.display_name,
        note: changes.note,
        fields,
        locked: changes.locked,
        bot: changes.bot,
        discoverable: changes.discoverable,
        indexable: changes.indexable,
        ..Change::default()
    };
    if let Some(SentFile { bytes, .. }) = files.remove("avatar") {
        change.avatar_key = Some(Some(face::keep_avatar(&services, bytes).await?));
    }
    if let Some(SentFile { bytes, .. }) = files.remove("header") {
        change.header_key = Some(Some(face::keep_header(&services, bytes).await?));
    }
    let account = update_profile(&services, id, change).await?;
    let user = prefer(&services, id, preferences).await?;
    Ok(Json(own(&services, &account, &user).await?))
}

/// `DELETE /api/v1/profile/avatar` · <https://docs.joinmastodon.org/methods/profile/#delete-profile-avatar>
pub async fn delete_avatar(
    State(services): State<Services>,
    viewer: Viewer,
) -> ApiResult<Json<CredentialAccount>> {
    take_away(&services, &viewer, Change { avatar_key: Some(None), ..Change::default() }).await
}

/// `DELETE /api/v1/profile/header` · <https://docs.joinmastodon.org/methods/profile/#delete-profile-header>
pub async fn delete_header(
    State(services): State<Services>,
    viewer: Viewer,
) -> ApiResult<Json<CredentialAccount>> {
    take_away(&services, &viewer, Change { header_key: Some(None), ..Change::default() }).await
}

async fn take_away(
    services: &Services,
    viewer: &Viewer,
    change: Change,
) -> ApiResult<Json<CredentialAccount>> {
    viewer.require(Scope::WriteAccounts)?;
    let account = update_profile(services, viewer.account.id, change).await?;
    Ok(Json(own(services, &account, &viewer.user).await?))
}
