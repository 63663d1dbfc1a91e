//! Posts that are pinned to a profile, across sites.

use breezeway::testing::http::Answer;
use breezeway::testing::person::{plain, text_of};
use breezeway::testing::{Peer, Person, TestApp, eventually};
use federation_tests::World;
use serde_json::{Value, json};
use url::Url;

/// What the reader sees as pinned by an account.
async fn pinned(reader: &Person, account: &Value) -> Vec<String> {
    let path = format!("/api/v1/accounts/{}/statuses?pinned=true", text_of(account, "id"));
    reader.get(&path).await.ok().json().as_array().unwrap().iter().map(plain).collect()
}

async fn sees_pinned(reader: &Person, account: &Value, texts: &[&str]) {
    eventually(&format!("{} sees {texts:?} pinned", reader.handle), async || {
        (pinned(reader, account).await == texts).then_some(())
    })
    .await;
}

#[tokio::test]
async fn a_pin_and_its_end_reach_the_other_site() {
    let (_world, ann, bob) = World::of_ann_and_bob().await;
    let there = bob.follows(&ann).await;
    let post = ann.posts("Read this first").await;
    bob.sees("Read this first").await;

    ann.does("pin", &post).await;
    sees_pinned(&bob, &there, &["Read this first"]).await;

    ann.does("unpin", &post).await;
    sees_pinned(&bob, &there, &[]).await;
}

#[tokio::test]
async fn what_was_pinned_before_the_sites_met_is_read_with_the_profile() {
    let world = World::of_strangers(&["engineering", "sales"]).await;
    let (engineering, sales) = (world.site("engineering"), world.site("sales"));
    let (ann, bob) = (engineering.person("ann").await, sales.person("bob").await);
    for text in ["One", "Two"] {
        ann.does("pin", &ann.posts(text).await).await;
    }
    let quiet = ann.posts_with(json!({ "status": "for my followers", "visibility": "private" })).await;
    ann.does("pin", &quiet).await;
    federation_tests::shake_hands(engineering, sales).await;

    let there = bob.finds(&ann.handle).await.unwrap();

    sees_pinned(&bob, &there, &["Two", "One"]).await;
}

/// An open site with Ann, who follows Mallory of a peer that also has Eve.
struct Scene {
    app: TestApp,
    ann: Person,
    peer: Peer,
    mallory: Url,
    there: Value,
}

impl Scene {
    async fn set() -> Self {
        let app = TestApp::build().open().start().await;
        let ann = app.person("ann").await;
        let peer = Peer::start(&["mallory", "eve"]).await;
        let mallory = peer.person("mallory");
        for name in ["mallory", "eve"] {
            let mut actor = peer.document(peer.person(name).path()).unwrap();
            actor["featured"] = json!(format!("{}/featured", peer.person(name)));
            peer.publish(&actor);
        }
        let there = ann.asks_to_follow(&peer.handle("mallory")).await;
        let follow = eventually("the follow arrives", async || peer.received_of("Follow").pop()).await;
        let accept = peer.activity("Accept", &mallory, follow["id"].clone());
        peer.letter(&accept).to(&app.shared_inbox()).await;
        eventually("the follow holds", async || {
            (ann.relationship(&text_of(&there, "id")).await["following"] == true).then_some(())
        })
        .await;
        Self { app, ann, peer, mallory, there }
    }

    fn change(&self, kind: &str, object: impl Into<Value>) -> Value {
        let mut change = self.peer.activity(kind, &self.mallory, object);
        change["target"] = json!(format!("{}/featured", self.mallory));
        change
    }

    async fn send(&self, activity: &Value) -> Answer {
        let answer = self.peer.letter(activity).to(&self.app.shared_inbox()).await;
        self.app.settles().await;
        answer
    }

    fn note(&self, text: &str) -> Value {
        self.peer.note(&self.mallory, text, &[])
    }

    async fn pinned(&self) -> Vec<String> {
        pinned(&self.ann, &self.there).await
    }
}

#[tokio::test]
async fn a_pin_comes_by_id_embedded_in_a_list_and_without_an_id_of_its_own() {
    let scene = Scene::set().await;
    let (by_id, embedded, listed) = (scene.note("by id"), scene.note("embedded"), scene.note("listed"));

    assert_eq!(scene.send(&scene.change("Add", by_id["id"].clone())).await.status, 202);
    assert_eq!(scene.send(&scene.change("Add", embedded.clone())).await.status, 202);
    // As Mastodon sends it: without an id.
    let mut nameless = scene.change("Add", json!([listed["id"]]));
    nameless.as_object_mut().unwrap().remove("id");
    nameless["as:target"] = json!({ "type": "OrderedCollection", "id": nameless["target"] });
    nameless.as_object_mut().unwrap().remove("target");
    assert_eq!(scene.send(&nameless).await.status, 202);

    assert_eq!(scene.pinned().await, ["listed", "embedded", "by id"]);
    for note in [&by_id, &listed] {
        let mut remove = scene.change("Remove", note["id"].clone());
        remove.as_object_mut().unwrap().remove("id");
        assert_eq!(scene.send(&remove).await.status, 202);
    }
    assert_eq!(scene.send(&scene.change("Remove", embedded)).await.status, 202);
    assert!(scene.pinned().await.is_empty());
    assert_eq!(scene.send(&nameless).await.status, 202);
    assert_eq!(scene.pinned().await, ["listed"], "without an id nothing is a repeat");
}

#[tokio::test]
async fn a_stranger_cannot_pin_to_the_profile_of_another() {
    let scene = Scene::set().await;
    let note = scene.note("mine");
    let mut add = scene.change("Add", note["id"].clone());
    add["actor"] = json!(scene.peer.person("eve"));

    let answer = scene.send(&add).await;

    assert_eq!(answer.status, 202);
    assert!(scene.pinned().await.is_empty());
}

#[tokio::test]
async fn the_post_of_another_cannot_be_pinned() {
    let scene = Scene::set().await;
    let eve = scene.peer.person("eve");
    let of_eve = scene.peer.note(&eve, "of Eve", &[scene.app.actor("ann").as_str()]);
    let of_ann = scene.ann.posts("of Ann").await;
    let forged = json!({ "type": "Note", "id": scene.peer.fresh_id("notes"), "attributedTo": eve,
                         "content": "forged", "to": [breezeway::testing::peer::PUBLIC] });

    assert_eq!(scene.send(&scene.change("Add", of_eve["id"].clone())).await.status, 403);
    assert_eq!(scene.send(&scene.change("Add", forged)).await.status, 403);
    assert_eq!(scene.send(&scene.change("Add", of_ann["uri"].clone())).await.status, 400);

    assert!(scene.pinned().await.is_empty());
}

#[tokio::test]
async fn what_is_mistyped_unknown_or_elsewhere_is_not_pinned() {
    let scene = Scene::set().await;
    let note = scene.note("words");
    let other = Peer::start(&["trent"]).await;
    let with_target = |target: Value| {
        let mut add = scene.change("Add", note["id"].clone());
        add["target"] = target;
        add
    };
    let hashtag = json!({ "type": "Hashtag", "name": "#lunch", "href": scene.peer.url("/tags/lunch") });
    let mut without_target = scene.change("Add", note["id"].clone());
    without_target.as_object_mut().unwrap().remove("target");
    let table = [
        (scene.change("Add", 7), 400),
        (scene.change("Add", Value::Null), 400),
        (without_target, 400),
        (with_target(json!(7)), 400),
        (with_target(json!(format!("{}/featured", other.person("trent")))), 400),
        (with_target(json!(format!("{}/followers", scene.mallory))), 202),
        (scene.change("Add", scene.peer.url("/notes/never").as_str()), 202),
        (scene.change("Add", hashtag), 202),
        (scene.change("Remove", scene.peer.url("/notes/never").as_str()), 202),
        (scene.change("Remove", note["id"].clone()), 202),
    ];

    for (activity, status) in table {
        assert_eq!(scene.send(&activity).await.status, status, "{activity}");
    }

    assert!(scene.pinned().await.is_empty());
}

#[tokio::test]
async fn nobody_pins_without_end() {
    let scene = Scene::set().await;
    let notes: Vec<Value> = (0..30).map(|number| scene.note(&format!("Number {number}"))).collect();

    for note in &notes {
        assert_eq!(scene.send(&scene.change("Add", note.clone())).await.status, 202);
    }

    assert_eq!(scene.pinned().await.len(), 20);
}

#[tokio::test]
async fn a_removal_that_came_first_does_not_stop_a_later_pin() {
    let scene = Scene::set().await;
    let note = scene.note("words");
    let (add, remove) = (scene.change("Add", note["id"].clone()), scene.change("Remove", note["id"].clone()));

    for activity in [&remove, &add, &add] {
        assert_eq!(scene.send(activity).await.status, 202);
    }

    assert_eq!(scene.pinned().await, ["words"]);
    assert_eq!(scene.send(&remove).await.status, 202);
    assert_eq!(scene.pinned().await, ["words"], "the repeat of a removal changes nothing");
}
