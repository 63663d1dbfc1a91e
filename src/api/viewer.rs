//! Who asks: the person behind the bearer token, and what the program may do for them.

use axum::extract::FromRequestParts;
use axum::http::header;
use axum::http::request::Parts;

use super::error::{ApiError, ApiResult};
use crate::base::id::OAuthAppId;
use crate::base::{Error, Result};
use crate::domain::accounts::Account;
use crate::domain::statuses::Reader;
use crate::platform::services::Services;

/// A signed-in person with the rights of their program.
#[derive(Clone, Debug)]
pub struct Viewer {
    /// The person.
    pub account: Account,
    /// The program; none for a token made on the command line.
    pub app: Option<OAuthAppId>,
    scopes: Vec<String>,
}

/// Whoever asks, perhaps nobody in particular.
#[derive(Clone, Debug)]
pub struct Guest(pub Option<Viewer>);

impl Viewer {
    /// Asks whether the program may do this.
    ///
    /// # Errors
    /// [`Error::Forbidden`] if the person did not allow it.
    pub fn require(&self, scope: &'static str) -> Result<()> {
        if self.scopes.iter().any(|granted| covers(granted, scope)) {
            return Ok(());
        }
        Err(Error::forbidden(format!("This action is outside the authorized scopes: it needs {scope}")))
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
    pub fn reader(&self, services: &Services, scope: &'static str) -> Result<Reader> {
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

/// `write` covers `write:statuses`; `follow` is the old word for follows, blocks and mutes.
fn covers(granted: &str, wanted: &str) -> bool {
    if granted == wanted {
        return true;
    }
    match (granted, wanted.split_once(':')) {
        ("follow", Some((_, part))) => matches!(part, "follows" | "blocks" | "mutes"),
        (_, Some((verb, _))) => granted == verb,
        _ => false,
    }
}

impl FromRequestParts<Services> for Viewer {
    type Rejection = ApiError;

    async fn from_request_parts(parts: &mut Parts, services: &Services) -> ApiResult<Self> {
        Guest::from_request_parts(parts, services).await?.0.ok_or(Error::Unauthenticated.into())
    }
}

impl FromRequestParts<Services> for Guest {
    type Rejection = ApiError;

    async fn from_request_parts(parts: &mut Parts, services: &Services) -> ApiResult<Self> {
        match bearer(parts) {
            Some(token) => Ok(Self(Some(viewer(services, token).await?))),
            None => Ok(Self(None)),
        }
    }
}

/// The token of the `Authorization` header.
pub fn bearer(parts: &Parts) -> Option<&str> {
    let value = parts.headers.get(header::AUTHORIZATION)?.to_str().ok()?;
    let (kind, token) = value.split_once(' ')?;
    kind.eq_ignore_ascii_case("bearer").then(|| token.trim())
}

async fn viewer(_services: &Services, _token: &str) -> Result<Viewer> {
    Err(Error::Unauthenticated)
}

#[cfg(test)]
mod tests {
    use super::covers;

    #[test]
    fn a_scope_covers_its_parts() {
        assert!(covers("write", "write:statuses"));
        assert!(covers("write:statuses", "write:statuses"));
        assert!(covers("follow", "write:blocks"));
        assert!(!covers("read", "write:statuses"));
        assert!(!covers("write:media", "write:statuses"));
        assert!(!covers("read:statuses", "read"));
    }
}
