//! Who asks: the person behind the bearer token, and what the program may do for them.

use axum::extract::FromRequestParts;
use axum::http::header;
use axum::http::request::Parts;

use super::error::{ApiError, ApiResult};
use crate::base::id::OAuthAppId;
use crate::base::{Error, Result};
use crate::domain::accounts::Account;
use crate::domain::auth::token::{self, Access};
use crate::domain::auth::{Scope, Scopes, User};
use crate::domain::statuses::Reader;
use crate::platform::services::Services;

/// A signed-in person with the rights of their program.
#[derive(Clone, Debug)]
pub struct Viewer {
    /// The person.
    pub account: Account,
    /// What they may do here, and how they like to write.
    pub user: User,
    /// The program; none for a token made on the command line.
    pub app: Option<OAuthAppId>,
    scopes: Scopes,
}

/// Whoever asks, perhaps nobody in particular.
#[derive(Clone, Debug)]
pub struct Guest(pub Option<Viewer>);

/// A program, with a person behind it or none.
#[derive(Clone, Debug)]
pub struct Program(pub Access);

impl Viewer {
    /// Asks whether the program may do this.
    ///
    /// # Errors
    /// [`Error::Forbidden`] if the person did not allow it.
    pub fn require(&self, scope: Scope) -> Result<()> {
        if self.scopes.cover(scope) {
            return Ok(());
        }
        let word = scope.word();
        Err(Error::forbidden(format!("This action is outside the authorized scopes: it needs {word}")))
    }

    /// The person as a reader of posts.
    pub fn reader(&self) -> Reader {
        Reader::Person(self.account.id)
    }
}

impl Guest {
    /// The reader of posts and profiles. A site that is closed to the web shows them to its people only.
    ///
    /// # Errors
    /// [`Error::Unauthenticated`] without a token on a closed site; [`Error::Forbidden`] without the scope.
    pub fn reader(&self, services: &Services, scope: Scope) -> Result<Reader> {
        match &self.0 {
            Some(viewer) => {
                viewer.require(scope)?;
                Ok(viewer.reader())
            }
            None if services.config.site.open_to_web => Ok(Reader::Anonymous),
            None => Err(Error::Unauthenticated),
        }
    }
}

impl FromRequestParts<Services> for Viewer {
    type Rejection = ApiError;

    async fn from_request_parts(parts: &mut Parts, services: &Services) -> ApiResult<Self> {
        let access = access(parts, services).await?.ok_or(Error::Unauthenticated)?;
        match viewer(access) {
            Some(viewer) => Ok(viewer),
            None => Err(Error::forbidden("This method requires an authenticated user").into()),
        }
    }
}

impl FromRequestParts<Services> for Guest {
    type Rejection = ApiError;

    async fn from_request_parts(parts: &mut Parts, services: &Services) -> ApiResult<Self> {
        Ok(Self(access(parts, services).await?.and_then(viewer)))
    }
}

impl FromRequestParts<Services> for Program {
    type Rejection = ApiError;

    async fn from_request_parts(parts: &mut Parts, services: &Services) -> ApiResult<Self> {
        Ok(Self(access(parts, services).await?.ok_or(Error::Unauthenticated)?))
    }
}

/// What the shown token lets do; nothing if none is shown.
async fn access(parts: &Parts, services: &Services) -> Result<Option<Access>> {
    let Some(token) = bearer(&parts.headers) else { return Ok(None) };
    let mut conn = services.db.read().await?;
    let access = token::find(services, &mut conn, token).await?;
    access.map(Some).ok_or(Error::Unauthenticated)
}

fn viewer(access: Access) -> Option<Viewer> {
    let person = access.person?;
    Some(Viewer { account: person.account, user: person.user, app: access.app, scopes: access.scopes })
}

/// The token of the `Authorization` header.
pub fn bearer(headers: &axum::http::HeaderMap) -> Option<&str> {
    let value = headers.get(header::AUTHORIZATION)?.to_str().ok()?;
    let (kind, token) = value.split_once(' ')?;
    kind.eq_ignore_ascii_case("bearer").then(|| token.trim())
}
