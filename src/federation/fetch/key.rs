//! Public keys by their id: kept, or read from the site that they belong to.
//!
//! Nobody makes us read the same actor again and again: one that is known is read again for the sake of a key at most
//! once in five minutes, and a site that sends rubbish is asked so often and no more.

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
    let host = actor::remote_host(services, id)?;
    let address = address_of(id);
    if !services.caches.may_ask(&host) {
        // Somebody else may have asked in its name: whoever is honest comes again.
        let problem = "it was asked for keys in vain too often".to_owned();
        return Err(FetchError::FailedBefore { url: id.clone(), problem, temporary: true });
    }
    let known_actor = is_known_actor(services, &address).await?;
    if known_actor && !services.caches.may_refetch(address.as_str(), &host) {
        let problem = "its owner was read a moment ago and had no such key".to_owned();
        return Err(FetchError::Mistaken { url: id.clone(), problem });
    }
    let read = read_owner(services, id, purpose, budget).await;
    let found = match read {
        Ok(()) => known(services, id.as_str()).await?,
        Err(error) => {
            services.caches.note_rubbish(&host);
            return Err(error);
        }
    };
    found.ok_or_else(|| {
        services.caches.note_rubbish(&host);
        FetchError::Mistaken { url: id.clone(), problem: "its owner has no such key".to_owned() }
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

/// The key with this id, read again from its site because a signature does not fit; none if its owner was read
/// less than five minutes ago.
pub async fn refetched_key(
    services: &Services,
    id: &Url,
    purpose: Purpose,
    budget: &Budget,
) -> Result<Option<KnownKey>, FetchError> {
    let host = actor::remote_host(services, id)?;
    if !services.caches.may_refetch(address_of(id).as_str(), &host) {
        return Ok(None);
    }
    read_owner(services, id, purpose, budget).await?;
    Ok(known(services, id.as_str()).await?)
}

/// Where a key is read: its id without the fragment. Most are parts of their owner.
fn address_of(id: &Url) -> Url {
    let mut address = id.clone();
    address.set_fragment(None);
    address
}

async fn is_known_actor(services: &Services, address: &Url) -> Result<bool> {
    let mut conn = services.db.read().await?;
    Ok(accounts::store::find_id_by_uri(&mut conn, address.as_str()).await?.is_some())
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

/// Reads the actor behind a key id: the document itself, or the owner that a key with an address of its own names.
/// Whether the owner names the key too is seen from the owner's keys.
async fn read_owner(
    services: &Services,
    id: &Url,
    purpose: Purpose,
    budget: &Budget,
) -> Result<(), FetchError> {
    let host = actor::remote_host(services, id)?;
    gate::check(services, &host, purpose).await?;
    let document = fetcher(services).await?.document(&address_of(id), budget).await?;
    match owner_of(&document.value, id) {
        Some(owner) if same_origin(&owner, id) => {
            actor::refresh(services, &owner, purpose, budget).await.map(drop)
        }
        Some(owner) => {
            let problem = format!("its owner {owner} is of another site");
            Err(FetchError::Mistaken { url: id.clone(), problem })
        }
        None => actor::take(services, &document, purpose).await.map(drop),
    }
}

/// Whom a key names as its owner. GoToSocial serves its keys apart, at `/users/ann/main-key`, wrapped in an actor
/// that has nothing else. None for a whole actor.
fn owner_of(document: &Value, id: &Url) -> Option<Url> {
    if document.get("inbox").is_some() {
        return None;
    }
    let keys = match document.get("publicKey") {
        Some(Value::Array(keys)) => keys.as_slice(),
        Some(key) => std::slice::from_ref(key),
        None => &[],
    };
    let key = keys.iter().find(|key| key.get("id").and_then(Value::as_str) == Some(id.as_str()));
    let key = key.unwrap_or(document);
    let owner = key.get("owner").or_else(|| key.get("controller"))?;
    Url::parse(owner.as_str()?).ok()
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn a_key_names_its_owner_in_one_of_two_shapes() {
        let id = Url::parse("https://g.example/users/gus/main-key").unwrap();
        let gus = json!("https://g.example/users/gus");
        let key = json!({ "id": id, "owner": gus });
        let stub = json!({ "id": gus, "type": "Person", "publicKey": key });
        let list = json!({ "id": gus, "publicKey": [{ "id": "https://g.example/x", "owner": "https://e.example/" }, key] });
        let multikey = json!({ "id": id, "type": "Multikey", "controller": gus });
        let actor = json!({ "id": gus, "inbox": "https://g.example/inbox", "publicKey": key });

        for document in [&key, &stub, &list, &multikey] {
            assert_eq!(owner_of(document, &id).map(String::from).as_deref(), gus.as_str(), "{document}");
        }
        assert_eq!(owner_of(&actor, &id), None);
        assert_eq!(owner_of(&json!({}), &id), None);
    }
}
