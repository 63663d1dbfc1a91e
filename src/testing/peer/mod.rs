//! A site that is not Breezeway: it says exactly what the test tells it, also what nobody should say.
//!
//! It signs by itself and shares no code of signatures with the product, so that both cannot be wrong in
//! the same way.

mod letter;
mod seal;
mod server;
mod trick;

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use http::{HeaderMap, StatusCode};
use serde_json::{Value, json};
use tokio::net::TcpListener;
use tokio::task::AbortHandle;
use url::Url;

pub use letter::{Letter, Sealed, Style};
pub use seal::Seal;
use server::State;
pub use trick::{Raw, Trick};

use crate::platform::crypto::KeyPair;
use crate::testing::http::Answer;

/// The collection that stands for everybody.
pub const PUBLIC: &str = "https://www.w3.org/ns/activitystreams#Public";

/// A peer on a loopback port of its own.
pub struct Peer {
    origin: Url,
    rsa: KeyPair,
    ed25519: KeyPair,
    state: Arc<Mutex<State>>,
    server: AbortHandle,
}

/// What came to an inbox of the peer.
#[derive(Clone, Debug)]
pub struct Received {
    pub path: String,
    pub headers: HeaderMap,
    pub body: Value,
}

impl Peer {
    /// Starts a peer with an instance actor at `/actor` and the given people at `/users/<name>`.
    pub async fn start(people: &[&str]) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a free port");
        let address = listener.local_addr().expect("the listener has an address");
        let origin: Url = format!("http://{address}/").parse().expect("an address makes a URL");
        let state = Arc::new(Mutex::new(State::default()));
        let server = tokio::spawn(server::run(listener, Arc::clone(&state))).abort_handle();
        let rsa = KeyPair::generate_rsa().expect("an RSA key can be made");
        let ed25519 = KeyPair::generate_ed25519().expect("an Ed25519 key can be made");
        let peer = Self { origin, rsa, ed25519, state, server };
        peer.publish_site();
        for name in people {
            peer.publish(&peer.actor_document(&peer.person(name), name, "Person"));
            peer.publish_finger(name, &peer.person(name));
        }
        peer
    }

    /// Host and port, as in `127.0.0.1:4105`.
    pub fn host(&self) -> String {
        self.origin[url::Position::BeforeHost..url::Position::AfterPort].to_owned()
    }

    /// A URL below the peer.
    pub fn url(&self, path: &str) -> Url {
        self.origin.join(path).expect("a path")
    }

    /// The instance actor.
    pub fn site(&self) -> Url {
        self.url("/actor")
    }

    /// A person.
    pub fn person(&self, name: &str) -> Url {
        self.url(&format!("/users/{name}"))
    }

    /// A handle, as in `mallory@127.0.0.1:4105`.
    pub fn handle(&self, name: &str) -> String {
        format!("{name}@{}", self.host())
    }

    /// An id that was not used before.
    pub fn fresh_id(&self, kind: &str) -> Url {
        let count = self.state().count();
        self.url(&format!("/{kind}/{count}"))
    }

    /// Answers `document` at its id.
    pub fn publish(&self, document: &Value) {
        let id: Url = document["id"].as_str().and_then(|id| id.parse().ok()).expect("a document has an id");
        self.publish_at(id.path(), document);
    }

    /// Answers `document` at `path`, whatever its id.
    pub fn publish_at(&self, path: &str, document: &Value) {
        self.state().documents.insert(path.to_owned(), document.clone());
    }

    /// Answers 404 at the id of `document` from now on.
    pub fn withdraws(&self, document: &Value) {
        let id: Url = document["id"].as_str().and_then(|id| id.parse().ok()).expect("a document has an id");
        self.state().documents.remove(id.path());
    }

    /// Plays a trick on whoever asks for `path`, from now on.
    pub fn plays(&self, path: &str, trick: Trick) {
        self.state().tricks.insert(path.to_owned(), trick);
    }

    /// Bytes of endless answers that were given away so far.
    pub fn poured(&self) -> u64 {
        self.state().poured.load(std::sync::atomic::Ordering::Relaxed)
    }

    /// The key with which the peer signs, for tests that sign by themselves.
    pub fn rsa(&self) -> &KeyPair {
        &self.rsa
    }

    /// The same with Ed25519.
    pub fn ed25519(&self) -> &KeyPair {
        &self.ed25519
    }

    /// What WebFinger says of `name`, from now on.
    pub fn says_of(&self, name: &str, document: Value) {
        self.state().fingers.insert(format!("acct:{}", self.handle(name)), document);
    }

    /// What is answered at `path`.
    pub fn document(&self, path: &str) -> Option<Value> {
        self.state().documents.get(path).cloned()
    }

    /// Answers 404 at `path` from now on.
    pub fn withdraws_path(&self, path: &str) {
        self.state().documents.remove(path);
    }

    /// Has nobody of that name from now on, as far as WebFinger says.
    pub fn withdraws_name(&self, name: &str) {
        self.state().fingers.remove(&format!("acct:{}", self.handle(name)));
    }

    /// What `POST` is answered with from now on.
    pub fn answers_posts_with(&self, status: StatusCode) {
        self.state().post_status = status;
    }

    /// With a `Retry-After`, from now on.
    pub fn asks_for_patience(&self, retry_after: &str) {
        self.state().retry_after = Some(retry_after.to_owned());
    }

    /// Answers 500 to every `POST` that contains `word`, from now on.
    pub fn stumbles_over(&self, word: &str) {
        self.state().stumbles_over = Some(word.to_owned());
    }

    /// Lets everybody wait before an answer, from now on.
    pub fn answers_after(&self, delay: Duration) {
        self.state().delay = delay;
    }

    /// What came to the inboxes, oldest first.
    pub fn received(&self) -> Vec<Received> {
        self.state().received.clone()
    }

    /// Forgets what came so far.
    pub fn forgets(&self) {
        self.state().received.clear();
    }

    /// What came of one type of activity.
    pub fn received_of(&self, kind: &str) -> Vec<Value> {
        self.received()
            .into_iter()
            .map(|received| received.body)
            .filter(|body| body["type"] == kind)
            .collect()
    }

    /// The paths that were asked for, oldest first.
    pub fn fetched(&self) -> Vec<String> {
        self.state().fetched.clone()
    }

    /// A letter with `activity`, rightly signed by its actor; to be spoilt and sent.
    pub fn letter(&self, activity: &Value) -> Letter<'_> {
        let actor = activity["actor"].as_str().unwrap_or_default().to_owned();
        Letter::new(self, activity.to_string().into_bytes(), &actor)
    }

    /// Fetches as `actor`, signed.
    pub async fn fetches(&self, url: &Url, actor: &Url) -> Answer {
        Letter::new(self, Vec::new(), actor.as_str()).fetches(url).await
    }

    /// An activity with a fresh id; `object` is an id or a whole object.
    pub fn activity(&self, kind: &str, actor: &Url, object: impl Into<Value>) -> Value {
        json!({
            "@context": "https://www.w3.org/ns/activitystreams",
            "id": self.fresh_id("activities"),
            "type": kind,
            "actor": actor,
            "object": object.into(),
        })
    }

    /// A note to everybody and `to`, published at its id.
    pub fn note(&self, author: &Url, text: &str, to: &[&str]) -> Value {
        let mut addressed = vec![PUBLIC.to_owned()];
        addressed.extend(to.iter().map(|&id| id.to_owned()));
        let note = json!({
            "@context": "https://www.w3.org/ns/activitystreams",
            "id": self.fresh_id("notes"),
            "type": "Note",
            "attributedTo": author,
            "content": format!("<p>{text}</p>"),
            "published": crate::base::Clock::system().now().to_rfc3339(),
            "to": addressed,
            "cc": [format!("{author}/followers")],
        });
        self.publish(&note);
        note
    }

    /// The `Create` of a note by its author, addressed as the note.
    pub fn create(&self, note: &Value) -> Value {
        let author =
            note["attributedTo"].as_str().and_then(|id| id.parse().ok()).expect("a note has an author");
        let mut create = self.activity("Create", &author, note.clone());
        create["to"] = note["to"].clone();
        create["cc"] = note["cc"].clone();
        create
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn publish_site(&self) {
        self.publish(&self.actor_document(&self.site(), &self.host(), "Application"));
        self.publish_finger(&self.host(), &self.site());
    }

    fn publish_finger(&self, name: &str, actor: &Url) {
        let subject = format!("acct:{name}@{}", self.host());
        let document = json!({
            "subject": subject,
            "aliases": [actor],
            "links": [{ "rel": "self", "type": "application/activity+json", "href": actor }],
        });
        self.state().fingers.insert(subject, document);
    }

    /// An actor with its keys, to be changed and published.
    pub fn actor_document(&self, id: &Url, name: &str, kind: &str) -> Value {
        json!({
            "@context": [
                "https://www.w3.org/ns/activitystreams",
                "https://w3id.org/security/v1",
                "https://w3id.org/security/multikey/v1",
            ],
            "id": id,
            "type": kind,
            "preferredUsername": name,
            "name": name,
            "inbox": format!("{id}/inbox"),
            "outbox": format!("{id}/outbox"),
            "followers": format!("{id}/followers"),
            "following": format!("{id}/following"),
            "endpoints": { "sharedInbox": self.url("/inbox") },
            "publicKey": {
                "id": format!("{id}#main-key"),
                "owner": id,
                "publicKeyPem": self.rsa.public_pem().expect("the key was just made"),
            },
            "assertionMethod": [{
                "id": format!("{id}#ed25519-key"),
                "type": "Multikey",
                "controller": id,
                "publicKeyMultibase": self.ed25519.public_multibase(),
            }],
        })
    }
}

impl Drop for Peer {
    fn drop(&mut self) {
        self.server.abort();
    }
}
