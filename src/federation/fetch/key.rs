//! Public keys by their id: kept, or read from the site that they belong to.

use std::sync::Arc;

use serde_json::Value;
use url::Url;

use super::{Budget, FetchError, actor, fetcher};
use crate::base::Result;
use crate::domain::accounts;
use crate::federation::gate::{self, Purpose};
use crate::federation::origin::same_origin;
use crate::platform::caches::KnownKey;
use crate::platform::crypto::VerifyingKey;
use crate::platform::services::Services;

/// The key with this id and its owner.
pub async fn key(
    services: &Services,
    id: &Url,
    purpose: Purpose,
    budget: &Budget,
) -> Result<KnownKey, FetchError> {
    if let Some(known) = known(services, id.as_str()).await? {
        return Ok(known);
    }
    // Ten requests of somebody new ask once.
    let flight = services.caches.flight(id.as_str());
    let _turn = flight.lock().await;
    if let Some(known) = known(services, id.as_str()).await? {
        return Ok(known);
    }
    read_owner(services, id, purpose, budget).await?;
    let found = known(services, id.as_str()).await?;
    found.ok_or_else(|| FetchError::Mistaken {
        url: id.clone(),
        problem: "its owner has no such key".to_owned(),
    })
}

/// The key with this id, if its owner lists it among those that vouch for documents (`assertionMethod`).
pub async fn assertion_key(services: &Services, id: &Url, budget: &Budget) -> Result<KnownKey, FetchError> {
    let known = key(services, id, Purpose::Conversation, budget).await?;
    let row = accounts::store::find_key(&mut services.db.read().await?, id.as_str()).await?;
    if row.is_some_and(|row| row.kind == "ed25519") {
        return Ok(known);
    }
    let problem = "its owner does not vouch for documents with it".to_owned();
    Err(FetchError::Mistaken { url: id.clone(), problem })
}

/// The key with this id, read again from its site because a signature does not fit; none if that was
/// done less than five minutes ago.
pub async fn refetched_key(
    services: &Services,
    id: &Url,
    purpose: Purpose,
    budget: &Budget,
) -> Result<Option<KnownKey>, FetchError> {
    if !services.caches.may_refetch(id.as_str()) {
        return Ok(None);
    }
    read_owner(services, id, purpose, budget).await?;
    Ok(known(services, id.as_str()).await?)
}

async fn known(services: &Services, id: &str) -> Result<Option<KnownKey>> {
    if let Some(known) = services.caches.key(id) {
        return Ok(Some(known));
    }
    let mut conn = services.db.read().await?;
    let Some(row) = accounts::store::find_key(&mut conn, id).await? else { return Ok(None) };
    let parsed = match row.kind.as_str() {
        "rsa" => VerifyingKey::from_pem(&row.public_key),
        _ => VerifyingKey::from_multibase(&row.public_key),
    };
    let Ok(key) = parsed else { return Ok(None) };
    let owner = accounts::store::get(&mut conn, row.account_id).await?;
    let known = KnownKey {
        account: owner.id.0,
        hidden: owner.is_hidden(),
        followers_uri: owner.followers_uri,
        actor: owner.uri,
        key: Arc::new(key),
    };
    services.caches.put_key(id, known.clone());
    Ok(Some(known))
}

/// Reads the actor behind a key id: the document itself, or the owner that a key of its own names.
async fn read_owner(
    services: &Services,
    id: &Url,
    purpose: Purpose,
    budget: &Budget,
) -> Result<(), FetchError> {
    let host = actor::remote_host(services, id)?;
    gate::check(services, &host, purpose).await?;
    let mut address = id.clone();
    address.set_fragment(None);
    let document = fetcher(services).await?.document(&address, budget).await?;
    let owner = document.value.get("owner").or_else(|| document.value.get("controller"));
    match owner.and_then(Value::as_str).and_then(|owner| Url::parse(owner).ok()) {
        // GoToSocial serves its keys apart, at `/users/ann/main-key`.
        Some(owner) if same_origin(&owner, id) => {
            actor::refresh(services, &owner, purpose, budget).await.map(drop)
        }
        _ => actor::take(services, &document, purpose).await.map(drop),
    }
}
