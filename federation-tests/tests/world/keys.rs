//! Keys: where they may stand, when they are read again, and what becomes of them when their owner is gone.

use breezeway::platform::crypto::KeyPair;
use breezeway::testing::http::Answer;
use breezeway::testing::person::text_of;
use breezeway::testing::{Peer, Person, TestApp, eventually};
use federation_tests::World;
use serde_json::{Value, json};
use url::Url;

/// An open site with Ann on it, and a peer with Mallory, whom nobody knows yet.
struct Scene {
    app: TestApp,
    ann: Person,
    peer: Peer,
    mallory: Url,
}

impl Scene {
    async fn set() -> Self {
        let app = TestApp::build().open().start().await;
        let ann = app.person("ann").await;
        let peer = Peer::start(&["mallory"]).await;
        let mallory = peer.person("mallory");
        Self { app, ann, peer, mallory }
    }

    /// Something harmless that Mallory may say.
    fn words(&self) -> Value {
        self.peer.activity("Like", &self.mallory, self.app.url("/nothing").as_str())
    }

    /// How often the actor document was read.
    fn reads(&self) -> usize {
        self.peer.fetched().iter().filter(|path| *path == self.mallory.path()).count()
    }

    /// Says it with this key under this name.
    async fn says(&self, pair: &KeyPair, key: &str) -> u16 {
        let letter = self.peer.letter(&self.words()).with_key(pair).naming_key(key);
        letter.to(&self.app.shared_inbox()).await.status.as_u16()
    }

    async fn says_with_multikey(&self, pair: &KeyPair, key: &str) -> u16 {
        let letter = self.peer.letter(&self.words()).rfc9421().with_key(pair).naming_key(key);
        letter.to(&self.app.shared_inbox()).await.status.as_u16()
    }

    fn key(&self, name: &str) -> String {
        format!("{}{name}", self.mallory)
    }

    fn public_key(&self, pair: &KeyPair, name: &str) -> Value {
        json!({ "id": self.key(name), "owner": self.mallory, "publicKeyPem": pair.public_pem().unwrap() })
    }

    fn multikey(&self, pair: &KeyPair, name: &str) -> Value {
        json!({ "id": self.key(name), "type": "Multikey", "controller": self.mallory,
                "publicKeyMultibase": pair.public_multibase().unwrap() })
    }

    /// Mallory's document with other properties.
    fn publishes(&self, changes: &[(&str, Value)]) -> Value {
        let mut actor = self.peer.document(self.mallory.path()).unwrap();
        for (name, value) in changes {
            actor[*name] = value.clone();
        }
        self.peer.publish(&actor);
        actor
    }

    /// Mallory as Ann's site knows them.
    async fn known(&self) -> Option<Value> {
        let path = format!("/api/v1/accounts/lookup?acct={}", self.peer.handle("mallory"));
        let answer = self.ann.get(&path).await;
        answer.status.is_success().then(|| answer.json())
    }

    async fn meets(&self) {
        assert_eq!(self.peer.letter(&self.words()).to(&self.app.shared_inbox()).await.status, 202);
        assert!(self.known().await.is_some());
    }

    /// Mallory's farewell, signed with a key that nobody can check.
    async fn farewell(&self) -> Answer {
        let other = KeyPair::generate_rsa().unwrap();
        let mut delete = self.peer.activity("Delete", &self.mallory, self.mallory.as_str());
        delete["to"] = json!([breezeway::testing::peer::PUBLIC]);
        self.peer.letter(&delete).with_key(&other).to(&self.app.shared_inbox()).await
    }
}

#[tokio::test]
async fn a_replaced_key_is_read_again_once() {
    let scene = Scene::set().await;
    scene.meets().await;
    assert_eq!(scene.reads(), 1);
    let new = KeyPair::generate_rsa().unwrap();
    scene.publishes(&[("publicKey", scene.public_key(&new, "#main-key"))]);

    for _ in 0..5 {
        assert_eq!(scene.says(&new, &scene.key("#main-key")).await, 202);
    }

    assert_eq!(scene.reads(), 2, "once to meet, once since the key did not fit");
}

#[tokio::test]
async fn rubbish_does_not_make_us_read_again_and_again() {
    let scene = Scene::set().await;
    scene.meets().await;
    let other = KeyPair::generate_rsa().unwrap();

    for _ in 0..20 {
        assert_eq!(scene.says(&other, &scene.key("#main-key")).await, 401);
    }
    for number in 0..20 {
        let status = scene.says(&other, &scene.key(&format!("#key-{number}"))).await;
        assert!(matches!(status, 401 | 503), "{status}");
    }

    assert_eq!(scene.reads(), 2, "{:?}", scene.peer.fetched());
    assert_eq!(scene.peer.letter(&scene.words()).to(&scene.app.shared_inbox()).await.status, 202);
}

#[tokio::test]
async fn a_key_with_an_address_of_its_own_is_found() {
    let scene = Scene::set().await;
    let pair = KeyPair::generate_rsa().unwrap();
    let key = scene.public_key(&pair, "/main-key");
    scene.publishes(&[("publicKey", key.clone())]);
    // As GoToSocial answers: the actor, but only its key.
    let stub =
        json!({ "id": scene.mallory, "type": "Person", "preferredUsername": "mallory", "publicKey": key });
    scene.peer.publish_at("/users/mallory/main-key", &stub);

    assert_eq!(scene.says(&pair, &scene.key("/main-key")).await, 202);
    assert_eq!(scene.says(&pair, &scene.key("/main-key")).await, 202);

    assert_eq!(scene.reads(), 1);
}

#[tokio::test]
async fn a_key_whose_owner_does_not_name_it_is_not_believed() {
    let scene = Scene::set().await;
    let pair = KeyPair::generate_rsa().unwrap();
    scene.peer.publish_at("/users/mallory/other-key", &scene.public_key(&pair, "/other-key"));

    assert_eq!(scene.says(&pair, &scene.key("/other-key")).await, 401);
}

#[tokio::test]
async fn a_key_of_its_own_address_with_an_owner_elsewhere_is_not_believed() {
    let scene = Scene::set().await;
    let other = Peer::start(&["trent"]).await;
    let pair = KeyPair::generate_rsa().unwrap();
    let mut key = scene.public_key(&pair, "/main-key");
    key["owner"] = json!(other.person("trent"));
    scene.peer.publish_at("/users/mallory/main-key", &key);

    assert_eq!(scene.says(&pair, &scene.key("/main-key")).await, 401);

    assert!(other.fetched().is_empty(), "nobody is asked because somebody else named them");
}

#[tokio::test]
async fn an_actor_has_ten_keys_at_most() {
    let scene = Scene::set().await;
    let pairs: Vec<KeyPair> = (0..11).map(|_| KeyPair::generate_rsa().unwrap()).collect();
    let keys: Vec<Value> = pairs
        .iter()
        .enumerate()
        .map(|(number, pair)| scene.public_key(pair, &format!("#key-{number}")))
        .collect();
    scene.publishes(&[("publicKey", json!(keys))]);

    for number in [0, 9] {
        assert_eq!(scene.says(&pairs[number], &scene.key(&format!("#key-{number}"))).await, 202);
    }
    assert!(scene.says(&pairs[10], &scene.key("#key-10")).await >= 400, "the eleventh counts for nothing");
}

#[tokio::test]
async fn a_multikey_stands_alone_in_a_list_or_at_an_address_of_its_own() {
    for shape in ["alone", "in a list", "named", "named and embedded elsewhere"] {
        let scene = Scene::set().await;
        let pair = KeyPair::generate_ed25519().unwrap();
        let name = if shape == "named" { "/keys/ed" } else { "#ed" };
        let key = scene.multikey(&pair, name);
        let method = match shape {
            "alone" => key.clone(),
            "in a list" => json!([{ "type": "Odd" }, key]),
            _ => json!([scene.key(name)]),
        };
        scene.peer.publish_at("/users/mallory/keys/ed", &key);
        scene.publishes(&[("assertionMethod", method), ("verificationMethod", json!([key]))]);

        assert_eq!(scene.says_with_multikey(&pair, &scene.key(name)).await, 202, "{shape}");
    }
}

#[tokio::test]
async fn a_multikey_of_somebody_else_is_not_believed() {
    let scene = Scene::set().await;
    let pair = KeyPair::generate_ed25519().unwrap();
    let mut key = scene.multikey(&pair, "#ed");
    key["controller"] = json!(scene.peer.person("eve"));
    scene.publishes(&[("assertionMethod", key)]);

    assert_eq!(scene.says_with_multikey(&pair, &scene.key("#ed")).await, 401);
}

#[tokio::test]
async fn an_update_brings_new_keys_and_takes_old_ones_away() {
    let scene = Scene::set().await;
    scene.meets().await;
    let new = KeyPair::generate_rsa().unwrap();
    let key = scene.public_key(&new, "#second-key");
    let actor = scene.publishes(&[("publicKey", key), ("assertionMethod", json!([]))]);

    let update = scene.peer.activity("Update", &scene.mallory, actor);
    assert_eq!(scene.peer.letter(&update).to(&scene.app.shared_inbox()).await.status, 202);

    assert_eq!(scene.says(&new, &scene.key("#second-key")).await, 202);
    let old = scene.peer.letter(&scene.words()).to(&scene.app.shared_inbox()).await.status.as_u16();
    assert!(matches!(old, 401 | 503), "the old key is retired: {old}");
    assert_eq!(scene.reads(), 2, "the update needed no look; the retired key one");
}

#[tokio::test]
async fn the_farewell_of_an_actor_whose_key_is_gone_is_believed_if_its_site_says_so() {
    let scene = Scene::set().await;
    scene.meets().await;

    assert_eq!(scene.farewell().await.status, 401, "the actor is still there");
    assert!(scene.known().await.is_some());

    let gone = Scene::set().await;
    gone.meets().await;
    gone.peer.publish(&json!({ "id": gone.mallory, "type": "Tombstone" }));
    assert_eq!(gone.farewell().await.status, 202);
    assert!(gone.known().await.is_none());
    assert_eq!(gone.farewell().await.status, 202, "once more changes nothing");
}

#[tokio::test]
async fn an_actor_that_is_only_not_found_is_gone_when_its_name_is_too() {
    let scene = Scene::set().await;
    scene.meets().await;
    scene.peer.withdraws_path(scene.mallory.path());
    assert_eq!(scene.farewell().await.status, 401, "perhaps that site only does not speak with ours");
    assert!(scene.known().await.is_some());

    let gone = Scene::set().await;
    gone.meets().await;
    gone.peer.withdraws_path(gone.mallory.path());
    gone.peer.withdraws_name("mallory");
    assert_eq!(gone.farewell().await.status, 202);
    assert!(gone.known().await.is_none());
}

#[tokio::test]
async fn the_farewell_that_the_known_key_signed_needs_no_look() {
    let scene = Scene::set().await;
    scene.meets().await;
    scene.peer.withdraws_path(scene.mallory.path());
    let delete = scene.peer.activity("Delete", &scene.mallory, scene.mallory.as_str());

    assert_eq!(scene.peer.letter(&delete).to(&scene.app.shared_inbox()).await.status, 202);

    assert!(scene.known().await.is_none());
    assert_eq!(scene.reads(), 1);
    let late = scene.peer.letter(&scene.words()).to(&scene.app.shared_inbox()).await;
    assert!(matches!(late.status.as_u16(), 401 | 503), "the key of somebody who is gone verifies nothing");
}

#[tokio::test]
async fn the_farewell_of_somebody_unknown_asks_nobody() {
    let scene = Scene::set().await;

    let answer = scene.farewell().await;

    assert_eq!(answer.status, 202);
    assert!(scene.peer.fetched().is_empty(), "{:?}", scene.peer.fetched());
}

#[tokio::test]
async fn an_unsigned_farewell_is_refused() {
    let scene = Scene::set().await;
    scene.meets().await;
    scene.peer.publish(&json!({ "id": scene.mallory, "type": "Tombstone" }));
    let delete = scene.peer.activity("Delete", &scene.mallory, scene.mallory.as_str());

    let answer = scene.peer.letter(&delete).unsigned().to(&scene.app.shared_inbox()).await;

    assert_eq!(answer.status, 401);
    assert_eq!(scene.reads(), 1);
}

#[tokio::test]
async fn new_keys_of_a_person_and_of_the_site_are_taken_over_by_the_others() {
    let (world, ann, bob) = World::of_ann_and_bob().await;
    let engineering = world.site("engineering");
    bob.follows(&ann).await;
    let before = bob.finds(&ann.handle).await.unwrap();
    let key = |site: &TestApp| site.url("/users/ann").to_string() + "#main-key";
    let kept = async |site: &str| {
        let app = world.site(site);
        let mut conn = app.services().db.read().await.unwrap();
        let id = key(engineering);
        let found = breezeway::domain::accounts::store::find_key(&mut conn, &id).await.unwrap();
        found.map(|found| found.public_key)
    };
    let old = kept("sales").await;

    breezeway::domain::accounts::keys::rotate(engineering.services(), ann.id).await.unwrap();

    eventually("sales has the new key", async || (kept("sales").await != old).then_some(())).await;
    assert_eq!(kept("sales").await, kept("engineering").await);
    ann.posts("Signed anew").await;
    bob.sees("Signed anew").await;

    let site = breezeway::base::origin::INSTANCE_ACTOR;
    breezeway::domain::accounts::keys::rotate(engineering.services(), site).await.unwrap();
    world.settles().await;
    let post = bob.posts("Read me by my address").await;
    assert!(ann.finds_status(&text_of(&post, "uri")).await.is_some(), "fetches of the site are believed");
    assert_eq!(text_of(&before, "id"), text_of(&bob.finds(&ann.handle).await.unwrap(), "id"));
}
