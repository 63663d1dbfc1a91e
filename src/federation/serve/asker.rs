//! Who asks: a peer by its signature, or somebody unknown.
//!
//! Where the site is closed, only peers learn anything; a stranger is told that nothing is there. A
//! signature that cannot be checked is answered with 401 before anything is looked up, so that the peer
//! knows that it must sign differently, and learns nothing else.

use axum::extract::{FromRequestParts, OriginalUri};
use axum::http::request::Parts;

use super::answer::Refusal;
use crate::base::Error;
use crate::base::client::ClientIp;
use crate::base::config::FederationMode;
use crate::domain::statuses::{Reader, Ties};
use crate::federation::gate::Purpose;
use crate::federation::signatures::Received;
use crate::federation::signer::{SignerError, authenticate};
use crate::platform::services::Services;

/// Somebody who may ask. What they may read is still to be decided.
#[derive(Clone, Debug)]
pub(super) struct Asker(pub Reader);

impl FromRequestParts<Services> for Asker {
    type Rejection = Refusal;

    async fn from_request_parts(parts: &mut Parts, services: &Services) -> Result<Self, Refusal> {
        if !is_signed(parts) {
            let open =
                services.config.federation.mode == FederationMode::Open || services.config.site.open_to_web;
            return if open { Ok(Self(Reader::Anonymous)) } else { Err(Error::not_found("document").into()) };
        }
        let OriginalUri(uri) = OriginalUri::from_request_parts(parts, services)
            .await
            .unwrap_or_else(|infallible| match infallible {});
        let received = Received {
            method: &parts.method,
            site: &services.config.site.url,
            target: uri.path_and_query().map_or("/", http::uri::PathAndQuery::as_str),
            headers: &parts.headers,
            body: None,
            now: services.clock.now(),
            skew: services.config.federation.clock_skew,
        };
        let network = parts.extensions.get::<ClientIp>().map(|address| address.network()).unwrap_or_default();
        if !services.caches.may_try(&network) {
            return Err(Error::Unauthenticated.into());
        }
        match authenticate(services, &received, Purpose::Conversation).await {
            Ok(signer) if signer.hidden => Err(Error::not_found("document").into()),
            Ok(signer) => Ok(Self(Reader::Site { host: signer.host, member: signer.member })),
            Err(error) => {
                services.caches.note_unbelieved(&network);
                Err(refusal(uri.path(), &error).into())
            }
        }
    }
}

/// What ties an asker to everybody here, whoever wrote what is asked for.
pub(super) fn ties_of(services: &Services, reader: &Reader) -> Ties {
    let (member, is_site) = match reader {
        Reader::Site { member, .. } => (*member, true),
        _ => (false, false),
    };
    Ties { in_organisation: member, open: is_site || services.config.site.open_to_web, ..Ties::default() }
}

fn is_signed(parts: &Parts) -> bool {
    let scheme = parts.headers.get("authorization").and_then(|value| value.to_str().ok());
    parts.headers.contains_key("signature") || scheme.is_some_and(|text| text.starts_with("Signature "))
}

fn refusal(path: &str, error: &SignerError) -> Error {
    tracing::info!(path, %error, "A signed fetch of {path} was refused: {error}");
    if error.is_stranger() { Error::not_found("document") } else { Error::Unauthenticated }
}
