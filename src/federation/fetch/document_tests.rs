//! Fetching from a peer that says what it should not.

use std::sync::Arc;

use serde_json::json;

use super::*;
use crate::platform::caches::SigningKeys;
use crate::platform::crypto::KeyPair;
use crate::platform::net::{HttpOptions, NetPolicy};
use crate::testing::peer::Peer;

fn fetcher() -> Fetcher {
    let policy = NetPolicy {
        insecure_networks: vec!["127.0.0.0/8".parse().expect("a network")],
        ..NetPolicy::default()
    };
    let http = Http::new(HttpOptions { policy, ..HttpOptions::default() }).expect("a client");
    let keys = SigningKeys {
        rsa: KeyPair::generate_rsa().expect("a key"),
        ed25519: KeyPair::generate_ed25519().expect("a key"),
    };
    Fetcher {
        http,
        clock: Clock::system(),
        keys: ActorKeys::new("https://people.example/actor", Arc::new(keys)),
        caches: Caches::new(Voice::CavageRsa),
        may_wander: false,
    }
}

#[tokio::test]
async fn a_document_comes_with_the_id_of_its_own_site() {
    let peer = Peer::start(&["ann"]).await;

    let document = fetcher().document(&peer.person("ann"), &Budget::default()).await.expect("a document");

    assert_eq!(document.id, peer.person("ann"));
    assert_eq!(document.value["preferredUsername"], "ann");
}

#[tokio::test]
async fn an_id_of_another_site_is_refused() {
    let (peer, other) = (Peer::start(&[]).await, Peer::start(&["ann"]).await);
    let mut note = peer.note(&other.person("ann"), "not hers", &[]);
    let address = Url::parse(note["id"].as_str().expect("an id")).expect("a URL");
    let stolen = fetch_spoilt(&peer, &mut note, other.url("/notes/1").as_str(), &address).await;
    let without = fetch_spoilt(&peer, &mut note, "", &address).await;

    assert!(matches!(stolen, Err(FetchError::WrongId { .. })), "{stolen:?}");
    assert!(matches!(without, Err(FetchError::WrongId { .. })), "{without:?}");
}

/// Serves the document under `address` although it says that its id is `id`.
async fn fetch_spoilt(
    peer: &Peer,
    document: &mut serde_json::Value,
    id: &str,
    address: &Url,
) -> Result<Document, FetchError> {
    document["id"] = json!(id);
    peer.publish_at(address.path(), document);
    fetcher().document(address, &Budget::default()).await
}

#[tokio::test]
async fn what_is_not_there_is_asked_for_once() {
    let peer = Peer::start(&[]).await;
    let (fetcher, budget) = (fetcher(), Budget::default());

    let first = fetcher.document(&peer.person("nobody"), &budget).await;
    let again = fetcher.document(&peer.person("nobody"), &budget).await;

    assert!(matches!(first, Err(FetchError::Status { .. })), "{first:?}");
    assert!(matches!(again, Err(FetchError::FailedBefore { .. })), "{again:?}");
    assert_eq!(peer.fetched().len(), 1);
}

#[tokio::test]
async fn a_spent_budget_fetches_nothing() {
    let peer = Peer::start(&["ann"]).await;

    let outcome = fetcher().document(&peer.person("ann"), &Budget::of(0)).await;

    assert!(matches!(outcome, Err(FetchError::Budget)), "{outcome:?}");
    assert!(peer.fetched().is_empty());
}
