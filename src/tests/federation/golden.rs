//! What other sites get to read, as it is kept in `docs/federation`.

use breezeway::domain::statuses::{self, Draft, Visibility};
use breezeway::testing::{Peer, TestApp, golden};
use serde_json::Value;
use url::Url;

use super::{befriend, person, view};

/// The document at `url`, as a peer reads it.
pub(super) async fn read(peer: &Peer, url: &str) -> Value {
    peer.fetches(&Url::parse(url).unwrap(), &peer.site()).await.json()
}

/// Puts what changes from run to run in words, and compares.
pub(super) fn check(name: &str, app: &TestApp, mut document: Value, changing: &[(&str, &str)]) {
    spell_out(&mut document);
    let (base, host) = (app.services().origin.base().to_owned(), app.host());
    let mut replaced = changing.to_vec();
    replaced.extend([(base.as_str(), "https://engineering.example"), (host.as_str(), "engineering.example")]);
    golden(name, &document, &replaced);
}

/// Times and keys by what they are.
fn spell_out(value: &mut Value) {
    match value {
        Value::Object(fields) => {
            for (name, value) in fields.iter_mut() {
                match name.as_str() {
                    "published" | "updated" | "deleted" | "created" => {
                        *value = Value::from("2026-01-02T03:04:05.678Z");
                    }
                    "publicKeyPem" => {
                        *value = Value::from("-----BEGIN PUBLIC KEY-----\n…\n-----END PUBLIC KEY-----\n");
                    }
                    "publicKeyMultibase" => *value = Value::from("z6Mk…"),
                    "proofValue" => *value = Value::from("z5Lm…"),
                    "@context" => {}
                    _ => spell_out(value),
                }
            }
        }
        Value::Array(values) => values.iter_mut().for_each(spell_out),
        _ => {}
    }
}

#[tokio::test]
async fn actors_and_collections_are_written_as_documented() {
    let (app, peer) = (TestApp::start().await, Peer::start(&[]).await);
    befriend(&app, &peer).await;
    person(&app, "ann").await;
    let sales = (peer.site().to_string(), "https://sales.example/actor".to_owned());
    let changing = [(sales.0.as_str(), sales.1.as_str())];

    for (name, path) in [
        ("person", "/users/ann"),
        ("instance-actor", "/actor"),
        ("outbox", "/users/ann/outbox"),
        ("followers", "/users/ann/followers"),
        ("followers-synchronization", "/users/ann/followers_synchronization"),
        ("organisation", "/organisation"),
        ("nodeinfo", "/nodeinfo/2.1"),
    ] {
        let document = read(&peer, app.url(path).as_str()).await;
        check(name, &app, document, &changing);
    }
    let finger = app.url(&format!("/.well-known/webfinger?resource=acct:ann@{}", app.host()));
    check("webfinger", &app, read(&peer, finger.as_str()).await, &changing);
}

#[tokio::test]
async fn a_note_is_written_as_documented() {
    let (app, peer) = (TestApp::start().await, Peer::start(&[]).await);
    befriend(&app, &peer).await;
    let (ann, _) = (person(&app, "ann").await, person(&app, "bob").await);
    let draft = Draft {
        text: "@bob lunch is at *noon* #Lunch".to_owned(),
        spoiler_text: "food".to_owned(),
        language: Some("en".to_owned()),
        visibility: Some(Visibility::Organisation),
        ..Draft::default()
    };
    let id = statuses::create(app.services(), ann.id, draft).await.unwrap();
    let note = view(&app, &ann, id).await;
    let number = id.to_string();
    let changing = [(number.as_str(), "115825762713542656")];

    check("note", &app, read(&peer, &note.status.uri).await, &changing);
    check("note-create", &app, read(&peer, &format!("{}/activity", note.status.uri)).await, &changing);
    statuses::pin(app.services(), ann.id, id).await.unwrap();
    check("featured", &app, read(&peer, app.url("/users/ann/featured").as_str()).await, &changing);
    statuses::delete(app.services(), ann.id, id).await.unwrap();
    check("tombstone", &app, read(&peer, &note.status.uri).await, &changing);
}
