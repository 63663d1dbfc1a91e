//! What another site says of itself, for the handshake.

use serde::Deserialize;
use url::Url;

use super::{Budget, FetchError, actor, fetcher};
use crate::activitystreams::actor::{Actor, ActorKind};
use crate::base::origin::host_of;
use crate::domain::organisation::PeerProfile;
use crate::federation::gate::{self, Purpose};
use crate::platform::services::Services;

/// Reads the profile of the site at `place`: a host as in `sales.example.org`, or any address on it.
///
/// # Errors
/// [`FetchError`] if there is no such site, it cannot be reached, or it is blocked here.
pub async fn site(services: &Services, place: &str) -> Result<PeerProfile, FetchError> {
    let place = place.trim();
    let host = match Url::parse(place) {
        Ok(url) if matches!(url.scheme(), "http" | "https") => host_of(&url),
        _ => place.trim_end_matches('/').to_lowercase(),
    };
    let account = actor::instance_actor(services, &host).await?;
    let id = Url::parse(&account.uri).map_err(crate::base::Error::internal)?;
    profile(services, &id).await
}

/// Reads the profile of the site whose own actor is `id`.
///
/// # Errors
/// As [`site`].
pub async fn profile(services: &Services, id: &Url) -> Result<PeerProfile, FetchError> {
    let host = actor::remote_host(services, id)?;
    gate::check(services, &host, Purpose::Handshake).await?;
    let document = fetcher(services).await?.document(id, &Budget::of(4)).await?;
    let read = Actor::deserialize(&document.value);
    let actor = read.map_err(|problem| FetchError::Mistaken {
        url: document.id.clone(),
        problem: format!("not an actor: {problem}"),
    })?;
    if !matches!(actor.kind, ActorKind::Application | ActorKind::Service) {
        // Else anybody at a site could shake hands in its name.
        return Err(FetchError::Mistaken {
            url: document.id.clone(),
            problem: "not the actor of a site".to_owned(),
        });
    }
    if actor.kind != ActorKind::Application {
        let problem = "not the actor of a site".to_owned();
        return Err(FetchError::Mistaken { url: document.id, problem });
    }
    let inbox = actor.shared_inbox().unwrap_or(&actor.inbox).to_string();
    Ok(PeerProfile {
        host,
        actor_uri: actor.id.to_string(),
        inbox,
        name: actor.site_name.or(actor.name).unwrap_or_default(),
        colour: actor.site_colour.unwrap_or_default(),
        organisation_uri: actor.organisation.map(|uri| uri.to_string()),
    })
}
