//! The handshake between sites, what the doctor posts, and reactions as they come in, kept in `docs/federation`.

use breezeway::base::id::AccountId;
use breezeway::domain::statuses::{self, Draft};
use breezeway::federation::doctor;
use breezeway::testing::{Peer, TestApp};
use serde_json::json;

use super::golden_activities::Scene;

/// A closed site and a peer that have never heard of each other.
async fn strangers() -> Scene {
    let (app, peer) = (TestApp::start().await, Peer::start(&[]).await);
    Scene { app, peer, ann: AccountId::default(), mallory: AccountId::default() }
}

impl Scene {
    /// The peer's own actor asks to be a peer.
    async fn is_asked(&self) {
        let mut follow = self.peer.activity("Follow", &self.peer.site(), self.app.site_actor().as_str());
        follow["id"] = json!(self.peer.url("/activities/1"));
        let answer = self.peer.letter(&follow).to(&self.app.url("/actor/inbox")).await;
        assert_eq!(answer.status, 202, "{}", answer.text());
        assert_eq!(self.app.peer_state(&self.peer.host()).await.as_deref(), Some("requested"));
    }
}

#[tokio::test]
async fn asking_for_a_peering_and_taking_it_back_are_written_as_documented() {
    let scene = strangers().await;

    scene.app.invites(&scene.peer.host()).await;
    scene.sent("Follow", "peering-follow").await;
    scene.app.removes(&scene.peer.host()).await;
    scene.sent("Undo", "peering-undo").await;
}

#[tokio::test]
async fn agreeing_to_a_peering_and_ending_it_are_written_as_documented() {
    let scene = strangers().await;

    scene.is_asked().await;
    scene.app.accepts(&scene.peer.host()).await;
    scene.sent("Accept", "peering-accept").await;
    scene.app.removes(&scene.peer.host()).await;
    scene.sent("Reject", "peering-reject").await;
}

#[tokio::test]
async fn what_the_doctor_posts_is_written_as_documented() {
    let scene = Scene::set().await;
    let peer = &scene.peer;
    let links =
        json!([{ "rel": "http://nodeinfo.diaspora.software/ns/schema/2.1", "href": peer.url("/nodeinfo") }]);
    peer.publish_at("/.well-known/nodeinfo", &json!({ "links": links }));
    let software = json!({ "name": "other", "version": "1" });
    peer.publish_at("/nodeinfo", &json!({ "software": software, "protocols": ["activitypub"] }));

    doctor::examine(scene.app.services(), &peer.host()).await.unwrap();

    for (kind, name) in [("Read", "doctor-read"), ("Delete", "doctor-delete")] {
        let sent = peer.received_of(kind).pop();
        scene.matches(name, sent.unwrap_or_else(|| panic!("no {kind} was posted")));
    }
}

#[tokio::test]
async fn reactions_are_understood_as_documented() {
    let scene = Scene::set().await;
    let services = scene.app.services();
    let draft = Draft { text: "Lunch is at noon".to_owned(), ..Draft::default() };
    let post = statuses::create(services, scene.ann, draft).await.unwrap();
    let mut conn = services.db.read().await.unwrap();
    let uri = statuses::store::get(&mut conn, post).await.unwrap().uri;
    drop(conn);
    let mallory = scene.peer.person("mallory");
    let reaction = |kind: &str, id: &str| {
        let mut activity = scene.peer.activity(kind, &mallory, uri.as_str());
        activity["id"] = json!(scene.peer.url(id));
        activity["to"] = json!([scene.app.actor("ann")]);
        activity
    };
    let mut react = reaction("EmojiReact", "/reactions/1");
    react["content"] = json!(":ladder:");
    react["tag"] = json!([{
        "type": "Emoji",
        "id": scene.peer.url("/emoji/ladder"),
        "name": ":ladder:",
        "icon": { "type": "Image", "mediaType": "image/png", "url": scene.peer.url("/emoji/ladder.png") },
    }]);
    let mut like = reaction("Like", "/likes/1");
    like["content"] = json!("\u{1f389}");
    like["_misskey_reaction"] = json!("\u{1f389}");

    for (name, activity) in [("emoji-react", react), ("like-sign", like)] {
        let answer = scene.peer.letter(&activity).to(&scene.app.shared_inbox()).await;
        assert_eq!(answer.status, 202, "{}", answer.text());
        scene.matches(name, activity);
    }

    let mut conn = services.db.read().await.unwrap();
    let reader = statuses::Reader::Person(scene.ann);
    let view = statuses::hydrate::hydrate_one(services, &mut conn, &reader, post).await.unwrap();
    let mut signs: Vec<String> = view.reactions.iter().map(|sign| sign.name.clone()).collect();
    signs.sort_unstable();
    assert_eq!(signs, [format!("ladder@{}", scene.peer.host()), "\u{1f389}".to_owned()]);
    assert_eq!(view.status.favourites_count, 0, "a like with a sign is a reaction");
}
