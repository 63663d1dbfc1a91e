//! What this site sends, as it is kept in `docs/federation`: read out of the inbox of a peer.

use breezeway::base::id::AccountId;
use breezeway::domain::accounts::update_profile::{Change, update_profile};
use breezeway::domain::moderation::{self, Category, NewReport};
use breezeway::domain::statuses::{self, Draft, Edit};
use breezeway::domain::{accounts, auth, follows};
use breezeway::federation::fetch;
use breezeway::testing::{Peer, TestApp, eventually, golden};
use serde_json::Value;

use super::{befriend, person};

pub(super) struct Scene {
    pub app: TestApp,
    pub peer: Peer,
    pub ann: AccountId,
    pub mallory: AccountId,
}

impl Scene {
    pub async fn set() -> Self {
        let (app, peer) = (TestApp::start().await, Peer::start(&["mallory"]).await);
        befriend(&app, &peer).await;
        let ann = person(&app, "ann").await.id;
        let handle = peer.handle("mallory");
        let mallory = fetch::handle(app.services(), &handle, &fetch::Budget::default()).await.unwrap().id;
        Self { app, peer, ann, mallory }
    }

    /// Waits for the next activity of this type and compares it.
    pub async fn sent(&self, kind: &str, name: &str) {
        let mut sent =
            eventually(&format!("a {kind} arrives"), async || self.peer.received_of(kind).pop()).await;
        self.spell_out(&mut sent);
        golden(name, &sent, &[]);
        self.app.settles().await;
        self.peer.forgets();
    }

    /// Compares what would be sent.
    pub fn matches(&self, name: &str, mut document: Value) {
        self.spell_out(&mut document);
        golden(name, &document, &[]);
    }

    /// Puts what changes from run to run in words.
    fn spell_out(&self, value: &mut Value) {
        match value {
            Value::Object(fields) => {
                for (name, value) in fields.iter_mut() {
                    match name.as_str() {
                        "published" | "updated" | "deleted" | "created" | "endTime" | "closed" => {
                            *value = "2026-01-02T03:04:05.678Z".into();
                        }
                        "publicKeyPem" => {
                            *value = "-----BEGIN PUBLIC KEY-----\n…\n-----END PUBLIC KEY-----\n".into();
                        }
                        "publicKeyMultibase" => *value = "z6Mk…".into(),
                        "proofValue" => *value = "z5Lm…".into(),
                        "@context" => {}
                        _ => self.spell_out(value),
                    }
                }
            }
            Value::Array(values) => values.iter_mut().for_each(|value| self.spell_out(value)),
            Value::String(text) => {
                *text = text
                    .replace(&self.app.host(), "engineering.example")
                    .replace(&self.peer.host(), "sales.example")
                    .replace("http://", "https://");
                for (before, number) in [
                    ("/activities/", "115825762713542700"),
                    ("/statuses/", "115825762713542656"),
                    ("/contexts/", "115825762713542656"),
                    ("/stamps/", "115825762713542701"),
                    ("/@ann/", "115825762713542656"),
                    ("#updates/", "1767323045678"),
                    ("#polls/", "1767323045678"),
                    ("#votes/", "115825762713542656"),
                    ("/doctor/", "115825762713542656"),
                ] {
                    *text = with_number(text, before, number);
                }
            }
            _ => {}
        }
    }
}

/// The digits after `before` become `number`.
fn with_number(text: &str, before: &str, number: &str) -> String {
    let Some(at) = text.find(before).map(|at| at + before.len()) else { return text.to_owned() };
    let digits = text[at..].chars().take_while(char::is_ascii_digit).count();
    if digits == 0 { text.to_owned() } else { format!("{}{number}{}", &text[..at], &text[at + digits..]) }
}

#[tokio::test]
async fn ties_are_written_as_documented() {
    let scene = Scene::set().await;
    let (services, ann, mallory) = (scene.app.services(), scene.ann, scene.mallory);

    follows::follow(services, ann, mallory, follows::follow::Wishes::default()).await.unwrap();
    scene.sent("Follow", "follow").await;
    follows::unfollow(services, ann, mallory).await.unwrap();
    scene.sent("Undo", "undo-follow").await;

    let mut follow =
        scene.peer.activity("Follow", &scene.peer.person("mallory"), scene.app.actor("ann").as_str());
    follow["id"] = scene.peer.url("/activities/1").as_str().into();
    scene.peer.letter(&follow).to(&scene.app.inbox("ann")).await;
    scene.sent("Accept", "accept").await;
    follows::reject(services, ann, mallory).await.unwrap();
    scene.sent("Reject", "reject").await;

    follows::block(services, ann, mallory).await.unwrap();
    scene.sent("Block", "block").await;
    follows::unblock(services, ann, mallory).await.unwrap();
    scene.sent("Undo", "undo-block").await;
}

#[tokio::test]
async fn marks_reposts_and_reports_are_written_as_documented() {
    let scene = Scene::set().await;
    let (services, ann) = (scene.app.services(), scene.ann);
    let mut note =
        scene.peer.note(&scene.peer.person("mallory"), "Lunch?", &[scene.app.actor("ann").as_str()]);
    note["id"] = scene.peer.url("/notes/1").as_str().into();
    scene.peer.publish(&note);
    scene.peer.letter(&scene.peer.create(&note)).to(&scene.app.inbox("ann")).await;
    let uri = note["id"].as_str().unwrap();
    let mut conn = services.db.read().await.unwrap();
    let post = statuses::store::find_by_uri(&mut conn, uri).await.unwrap().unwrap().id;
    drop(conn);

    statuses::favourite(services, ann, post).await.unwrap();
    scene.sent("Like", "like").await;
    statuses::unfavourite(services, ann, post).await.unwrap();
    scene.sent("Undo", "undo-like").await;
    statuses::reblog(services, ann, post).await.unwrap();
    scene.sent("Announce", "announce").await;
    statuses::unreblog(services, ann, post).await.unwrap();
    scene.sent("Undo", "undo-announce").await;

    let report = NewReport {
        target: scene.mallory,
        statuses: vec![post],
        comment: "This is not about lunch.".to_owned(),
        category: Category::Other,
        forward: true,
    };
    moderation::report(services, ann, report).await.unwrap();
    scene.sent("Flag", "flag").await;
}

#[tokio::test]
async fn changes_are_written_as_documented() {
    let scene = Scene::set().await;
    let (services, ann) = (scene.app.services(), scene.ann);
    let draft =
        Draft { text: "Lunch is at noon".to_owned(), language: Some("en".to_owned()), ..Draft::default() };
    let post = statuses::create(services, ann, draft).await.unwrap();
    scene.sent("Create", "create").await;

    statuses::pin(services, ann, post).await.unwrap();
    scene.sent("Add", "add").await;
    statuses::unpin(services, ann, post).await.unwrap();
    scene.sent("Remove", "remove").await;

    let edit = Edit { text: Some("Lunch is at one".to_owned()), ..Edit::default() };
    statuses::edit(services, ann, post, edit).await.unwrap();
    scene.sent("Update", "update-note").await;
    statuses::delete(services, ann, post).await.unwrap();
    scene.sent("Delete", "delete").await;

    let change = Change { display_name: Some("Ann Okafor".to_owned()), ..Change::default() };
    update_profile(services, ann, change).await.unwrap();
    scene.sent("Update", "update-person").await;
    let mut conn = services.db.read().await.unwrap();
    assert_eq!(accounts::store::get(&mut conn, ann).await.unwrap().display_name, "Ann Okafor");
}

#[tokio::test]
async fn a_move_is_written_as_documented() {
    let scene = Scene::set().await;
    let (services, ann) = (scene.app.services(), scene.ann);
    let mut mallory = scene.peer.document("/users/mallory").unwrap();
    mallory["alsoKnownAs"] = serde_json::json!([scene.app.actor("ann")]);
    scene.peer.publish(&mallory);
    let mallory = fetch::afresh(services, &scene.peer.handle("mallory")).await.unwrap();
    let aliases = vec![scene.peer.person("before").to_string()];
    accounts::relocate::set_aliases(services, ann, aliases).await.unwrap();
    scene.app.settles().await;
    scene.peer.forgets();

    accounts::relocate::relocate(services, ann, mallory.id).await.unwrap();

    scene.app.settles().await;
    let kinds: Vec<_> =
        scene.peer.received().into_iter().map(|received| received.body["type"].clone()).collect();
    assert_eq!(kinds, ["Update", "Move"]);
    let (update, moving) = (scene.peer.received_of("Update"), scene.peer.received_of("Move"));
    for (name, mut sent) in [("update-person-moved", update[0].clone()), ("move", moving[0].clone())] {
        scene.spell_out(&mut sent);
        golden(name, &sent, &[]);
    }
}

#[tokio::test]
async fn a_farewell_is_written_as_documented() {
    let scene = Scene::set().await;
    let (services, ann) = (scene.app.services(), scene.ann);

    auth::leave(services, ann).await.unwrap();
    scene.sent("Delete", "delete-person").await;

    let actor = scene.app.actor("ann");
    let left = scene.peer.fetches(&actor, &scene.peer.site()).await;
    assert_eq!(left.status, 410);
    scene.matches("tombstone-person", left.json());
}
