//! Stamps: whether who wrote a post has allowed another to quote or answer it, as their site says.

use std::time::Duration;

use http::StatusCode;
use serde::Deserialize as _;
use url::Url;

use super::{Budget, FetchError, actor, fetcher, status};
use crate::activitystreams::object::{Authorization, AuthorizationKind};
use crate::base::id::StatusId;
use crate::base::{Millis, Result};
use crate::domain::statuses::StatusView;
use crate::domain::statuses::consent::{self, QuoteState};
use crate::domain::{accounts, statuses};
use crate::federation::gate::{self, Purpose};
use crate::federation::origin::same_origin;
use crate::platform::services::Services;

/// What a stamp must say.
#[derive(Clone, Debug)]
pub struct Claim {
    pub kind: AuthorizationKind,
    /// Who wrote the post that is quoted or answered.
    pub author: String,
    /// The post that quotes or answers.
    pub object: String,
    /// The post that is quoted or answered.
    pub target: String,
}

/// Whether the stamp is there and says what it must. It counts only on the site of the author.
///
/// # Errors
/// Where their site does not answer just now.
pub async fn stamp(
    services: &Services,
    id: &Url,
    claim: &Claim,
    budget: &Budget,
) -> Result<bool, FetchError> {
    let at_home = Url::parse(&claim.author).is_ok_and(|author| same_origin(&author, id));
    if !at_home {
        return Ok(false);
    }
    let host = actor::remote_host(services, id)?;
    gate::check(services, &host, Purpose::Conversation).await?;
    let document = match fetcher(services).await?.document_now(id, budget).await {
        Ok(document) => document,
        Err(FetchError::Gone(_)) => return Ok(false),
        Err(FetchError::Status { status, .. }) if status == StatusCode::NOT_FOUND => return Ok(false),
        Err(error) => {
            // Also a page about maintenance, or a refusal: nobody has said that it was taken back.
            tracing::info!(%id, %error, "A stamp cannot be read: {error}");
            return Err(error);
        }
    };
    let Ok(said) = Authorization::deserialize(&document.value) else { return Ok(false) };
    Ok(said.id == *id
        && said.kind == claim.kind
        && said.attributed_to.as_str() == claim.author
        && said.interacting_object.as_str() == claim.object
        && said.interaction_target.as_str() == claim.target)
}

/// Verifies the stamp of a quote by a post of another site, reading the quoted post if it is not here, and writes
/// what came of it. Gives up quietly; the quote is then not shown, and looked at again when somebody reads it.
pub async fn verify_quote(services: &Services, id: StatusId) {
    if let Err(error) = verify(services, id).await {
        tracing::info!(status = %id, %error, "The stamp of a quote cannot be verified now: {error}");
    }
}

/// The same beside whatever brought the quote. Not kept across a restart: it is looked at again when somebody reads it.
pub fn verify_quote_soon(services: Services, id: StatusId) {
    tokio::spawn(async move { verify_quote(&services, id).await });
}

/// Somebody reads a post of another site that quotes: a stamp that could not be verified is looked at again after a
/// minute, and one that held after a day, since it may have been taken back.
///
/// Source: <https://codeberg.org/fediverse/fep/src/branch/main/fep/044f/fep-044f.md>, "opportunistic re-verification"
pub fn look_at_quote_again(services: &Services, view: &StatusView) {
    let Some(quote) = view.consent.quote.as_ref().filter(|_| !view.status.local) else { return };
    let theirs = quote.stamp_uri.as_deref().is_some_and(|stamp| !services.origin.owns(stamp));
    let wait = match quote.state {
        QuoteState::Pending => Duration::from_mins(1),
        QuoteState::Accepted => Duration::from_hours(24),
        QuoteState::Rejected | QuoteState::Revoked | QuoteState::Unauthorized => return,
    };
    let before = services.clock.now() - wait;
    if theirs && quote.updated_at <= before {
        let (services, id) = (services.clone(), view.status.id);
        // Of many readers at once, one looks.
        tokio::spawn(async move {
            match claim_look(&services, id, before).await {
                Ok(true) => verify_quote(&services, id).await,
                Ok(false) => {}
                Err(error) => tracing::warn!(status = %id, %error, "A stamp is not looked at again: {error}"),
            }
        });
    }
}

async fn claim_look(services: &Services, id: StatusId, before: Millis) -> Result<bool> {
    let mut tx = services.db.begin().await?;
    let mine = consent::store::claim_look(&mut tx, id, before, services.clock.now()).await?;
    tx.commit().await?;
    Ok(mine)
}

async fn verify(services: &Services, id: StatusId) -> Result<(), FetchError> {
    let budget = Budget::default();
    let (quoting, quote) = {
        let mut conn = services.db.read().await?;
        let quoting = statuses::store::get(&mut conn, id).await?;
        (quoting, consent::store::find_quote(&mut conn, id).await?)
    };
    let Some((quote, at)) = quote.and_then(|quote| {
        let at = quote.stamp_uri.as_deref().and_then(|stamp| Url::parse(stamp).ok())?;
        Some((quote, at))
    }) else {
        return Ok(());
    };
    let Ok(uri) = Url::parse(&quote.quoted_uri) else { return Ok(()) };
    let quoted = status::status(services, &uri, &budget).await?;
    let author = accounts::store::get(&mut services.db.read().await?, quoted.account_id).await?;
    let claim = Claim {
        kind: AuthorizationKind::Quote,
        author: author.uri,
        object: quoting.uri.clone(),
        target: quoted.uri,
    };
    let state = match stamp(services, &at, &claim, &budget).await? {
        true => QuoteState::Accepted,
        false if quote.state == QuoteState::Accepted => QuoteState::Revoked,
        false => QuoteState::Unauthorized,
    };
    let mut tx = services.db.begin().await?;
    let unchanged = consent::store::find_quote(&mut tx, id)
        .await?
        .is_some_and(|now| now.stamp_uri == quote.stamp_uri && now.state == quote.state);
    if unchanged {
        consent::quote::settle_in(services, &mut tx, &quoting, state, Some(at.as_str())).await?;
        tx.commit().await?;
    }
    Ok(())
}
