//! Actors of other sites, by id.

use http::Uri;
use serde::Deserialize as _;
use url::Url;

use super::{Budget, Document, FetchError, fetcher, handle, named_keys};
use crate::activitystreams::Actor;
use crate::activitystreams::actor::Capability;
use crate::domain::accounts::{self, Account, Kind};
use crate::federation::gate::{self, Purpose};
use crate::federation::map;
use crate::federation::origin::host_of;
use crate::platform::net::Voice;
use crate::platform::services::Services;

/// The actor with this id, as it is known here; read from its site if it is not.
pub async fn actor(
    services: &Services,
    id: &Url,
    purpose: Purpose,
    budget: &Budget,
) -> Result<Account, FetchError> {
    if let Some(known) = known(services, id).await? {
        return Ok(known);
    }
    // Ten activities of somebody new ask once.
    let flight = services.caches.flight(id.as_str());
    let _turn = flight.lock().await;
    match known(services, id).await? {
        Some(known) => Ok(known),
        None => refresh(services, id, purpose, budget).await,
    }
}

async fn known(services: &Services, id: &Url) -> Result<Option<Account>, FetchError> {
    match accounts::store::find_by_uri(&mut services.db.read().await?, id.as_str()).await? {
        Some(account) if account.deleted_at.is_some() => Err(FetchError::Gone(id.clone())),
        known => Ok(known),
    }
}

/// Reads the actor with this id from its site, known or not.
pub async fn refresh(
    services: &Services,
    id: &Url,
    purpose: Purpose,
    budget: &Budget,
) -> Result<Account, FetchError> {
    let host = remote_host(services, id)?;
    gate::check(services, &host, purpose).await?;
    let document = fetcher(services).await?.document(id, budget).await?;
    take(services, &document, purpose).await
}

/// The actor of a whole site, by the site's host; as it is found by WebFinger under the host's own name.
///
/// Source: <https://codeberg.org/fediverse/fep/src/branch/main/fep/d556/fep-d556.md> and Mastodon.
pub async fn instance_actor(services: &Services, host: &str) -> Result<Account, FetchError> {
    let budget = Budget::of(8);
    let site = handle::base_url(services, host)?;
    let mut problem = None;
    for resource in [format!("acct:{host}@{host}"), site.to_string()] {
        let found = match handle::finger(services, host, &resource, Purpose::Handshake, &budget).await {
            Ok(jrd) => jrd.actor(),
            Err(error) => {
                problem.get_or_insert(error);
                continue;
            }
        };
        if let Some(id) = found {
            let account = refresh(services, &id, Purpose::Handshake, &budget).await?;
            if account.kind == Kind::Application && account.host == host {
                return Ok(account);
            }
        }
    }
    let nothing = FetchError::Mistaken { url: site, problem: "it names no actor for the site".to_owned() };
    Err(problem.unwrap_or(nothing))
}

/// Takes in what was fetched, if it is an actor.
pub(super) async fn take(
    services: &Services,
    document: &Document,
    purpose: Purpose,
) -> Result<Account, FetchError> {
    let actor = Actor::deserialize(named_keys::with_keys(services, document).await?).map_err(|problem| {
        FetchError::Mistaken { url: document.id.clone(), problem: format!("not an actor: {problem}") }
    })?;
    let account = map::actor::from_wire(&actor, services.clock.now())?;
    // Redirects may have led to another site than the one that was asked about.
    gate::check(services, &account.host, purpose).await?;
    // For a handshake the own actor of a stranger may be read, and nobody else of that site.
    if account.kind != Kind::Application {
        gate::check(services, &account.host, Purpose::Conversation).await?;
    }
    learn(services, &actor, &account.host);
    let mut tx = services.db.begin().await?;
    let account = accounts::receive::upsert(services, &mut tx, &account).await?;
    tx.commit().await?;
    Ok(account)
}

/// Who says that it reads RFC 9421 is addressed so.
fn learn(services: &Services, actor: &Actor, host: &str) {
    if actor.implements(Capability::RFC_9421_ED25519) {
        services.caches.voices.hear(host, Voice::Rfc9421Ed25519);
    } else if actor.implements(Capability::RFC_9421) {
        services.caches.voices.hear(host, Voice::Rfc9421Rsa);
    }
}

/// The host of an id of another site. Nobody makes us fetch from ourselves.
pub(super) fn remote_host(services: &Services, id: &Url) -> Result<String, FetchError> {
    let sound = id.as_str().parse::<Uri>().is_ok();
    match host_of(id).filter(|_| sound) {
        Some(host) if host != services.origin.host() => Ok(host),
        _ => Err(FetchError::NotASite(id.clone())),
    }
}
