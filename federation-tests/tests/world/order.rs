//! What arrives in the wrong order or more than once comes to the same in the end.

use breezeway::testing::person::plain;
use breezeway::testing::{Peer, Person, TestApp, eventually};
use federation_tests::World;
use serde_json::{Value, json};
use url::Url;

/// An open site whose Ann follows Mallory of a peer.
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
        ann.asks_to_follow(&peer.handle("mallory")).await;
        let follow = eventually("the follow arrives", async || peer.received_of("Follow").pop()).await;
        let scene = Self { app, ann, peer, mallory };
        let accept = scene.peer.activity("Accept", &scene.mallory, follow);
        scene.tells(&accept).await;
        scene
    }

    /// Sends an activity, which is taken, and waits for what follows.
    async fn tells(&self, activity: &Value) {
        let answer = self.peer.letter(activity).to(&self.app.shared_inbox()).await;
        assert_eq!(answer.status.as_u16(), 202, "{activity}: {}", answer.text());
        self.app.settles().await;
    }

    fn activity(&self, kind: &str, object: impl Into<Value>) -> Value {
        self.peer.activity(kind, &self.mallory, object)
    }

    fn update(&self, note: &Value, text: &str, later: i64) -> Value {
        let mut edited = note.clone();
        edited["content"] = json!(format!("<p>{text}</p>"));
        let at = breezeway::base::Millis(self.app.now().0 + later * 1000);
        edited["updated"] = json!(at.to_rfc3339());
        self.activity("Update", edited)
    }
}

#[tokio::test]
async fn an_undo_that_comes_before_its_like_still_counts() {
    let scene = Scene::set().await;
    let post = scene.ann.posts("Hello").await;
    let like = scene.activity("Like", post["uri"].clone());

    scene.tells(&scene.activity("Undo", like.clone())).await;
    scene.tells(&like).await;

    assert_eq!(scene.ann.looks_at(&post).await.unwrap()["favourites_count"], 0);
}

#[tokio::test]
async fn likes_and_their_undoing_that_come_at_once_are_undone() {
    let scene = Scene::set().await;
    let inbox = scene.app.shared_inbox();
    let mut posts = Vec::new();
    for number in 0..20 {
        posts.push(scene.ann.posts(&format!("Hello {number}")).await);
    }

    // So many at once that they are written together.
    let letters = posts.iter().flat_map(|post| {
        let like = scene.activity("Like", post["uri"].clone());
        let undo = scene.activity("Undo", like["id"].clone());
        [like, undo]
    });
    let letters: Vec<Value> = letters.collect();
    let (peer, inbox) = (&scene.peer, &inbox);
    let sent = letters.iter().map(|letter| async move {
        let answer = peer.letter(letter).to(inbox).await;
        assert_eq!(answer.status.as_u16(), 202, "{letter}: {}", answer.text());
    });
    futures::future::join_all(sent).await;
    scene.app.settles().await;

    for post in &posts {
        assert_eq!(scene.ann.looks_at(post).await.unwrap()["favourites_count"], 0);
    }
}

#[tokio::test]
async fn an_undo_that_comes_before_its_repost_still_counts() {
    let scene = Scene::set().await;
    let post = scene.ann.posts("Hello").await;
    let announce = scene.activity("Announce", post["uri"].clone());

    scene.tells(&scene.activity("Undo", announce["id"].clone())).await;
    scene.tells(&announce).await;

    assert_eq!(scene.ann.looks_at(&post).await.unwrap()["reblogs_count"], 0);
}

#[tokio::test]
async fn an_undo_that_comes_before_its_follow_still_counts() {
    let scene = Scene::set().await;
    let follow = scene.activity("Follow", scene.app.actor("ann").as_str());

    scene.tells(&scene.activity("Undo", follow.clone())).await;
    scene.tells(&follow).await;

    let me = scene.ann.get("/api/v1/accounts/verify_credentials").await.ok().json();
    assert_eq!(me["followers_count"], 0);
}

#[tokio::test]
async fn nobody_undoes_beforehand_what_another_site_will_say() {
    let scene = Scene::set().await;
    let other = Peer::start(&["trent"]).await;
    let post = scene.ann.posts("Hello").await;
    let like = other.activity("Like", &other.person("trent"), post["uri"].clone());

    scene.tells(&scene.activity("Undo", like["id"].clone())).await;
    other.letter(&like).to(&scene.app.shared_inbox()).await.ok();
    scene.app.settles().await;

    assert_eq!(scene.ann.looks_at(&post).await.unwrap()["favourites_count"], 1);
}

#[tokio::test]
async fn an_edit_that_comes_before_its_post_is_what_counts() {
    let scene = Scene::set().await;
    let note = scene.peer.note(&scene.mallory, "first words", &[]);

    scene.tells(&scene.update(&note, "last words", 20)).await;
    scene.tells(&scene.peer.create(&note)).await;
    scene.tells(&scene.update(&note, "words between", 10)).await;

    assert_eq!(scene.ann.reads().await, ["last words"]);
}

#[tokio::test]
async fn an_edit_of_a_post_that_nobody_wants_brings_nothing() {
    let scene = Scene::set().await;
    let other = Peer::start(&["trent"]).await;
    let note = other.note(&other.person("trent"), "who asked?", &[]);
    let update = other.activity("Update", &other.person("trent"), note.clone());

    other.letter(&update).to(&scene.app.shared_inbox()).await.ok();
    scene.app.settles().await;

    assert!(scene.ann.reads().await.is_empty());
    let found = scene.ann.get("/api/v1/timelines/public?remote=true").await.json();
    assert!(!found.to_string().contains("who asked?"), "{found}");
}

#[tokio::test]
async fn an_older_edit_that_comes_later_changes_nothing() {
    let scene = Scene::set().await;
    let note = scene.peer.note(&scene.mallory, "first words", &[]);
    scene.tells(&scene.peer.create(&note)).await;

    scene.tells(&scene.update(&note, "last words", 20)).await;
    scene.tells(&scene.update(&note, "words between", 10)).await;

    assert_eq!(scene.ann.reads().await, ["last words"]);
}

#[tokio::test]
async fn an_edit_of_a_deleted_post_does_not_bring_it_back() {
    let scene = Scene::set().await;
    let note = scene.peer.note(&scene.mallory, "gone", &[]);
    scene.tells(&scene.peer.create(&note)).await;

    scene.tells(&scene.activity("Delete", note["id"].clone())).await;
    scene.tells(&scene.update(&note, "back again", 10)).await;

    assert!(scene.ann.reads().await.is_empty());
}

#[tokio::test]
async fn a_deletion_that_comes_before_its_post_still_counts() {
    let scene = Scene::set().await;
    let note = scene.peer.note(&scene.mallory, "never mind", &[]);

    scene.tells(&scene.activity("Delete", note["id"].clone())).await;
    scene.tells(&scene.peer.create(&note)).await;

    assert!(scene.ann.reads().await.is_empty());
}

#[tokio::test]
async fn a_yes_to_what_nobody_asked_changes_nothing() {
    let scene = Scene::set().await;
    let eve = Peer::start(&["eve"]).await;
    let mut follow = scene.activity("Follow", eve.person("eve").as_str());
    follow["actor"] = json!(scene.app.actor("ann"));
    follow["id"] = json!(scene.app.url("/activities/1"));
    let accept = eve.activity("Accept", &eve.person("eve"), follow);

    eve.letter(&accept).to(&scene.app.shared_inbox()).await.ok();
    scene.app.settles().await;

    let eve_here = scene.ann.finds(&eve.handle("eve")).await.unwrap();
    assert_eq!(scene.ann.relationship(eve_here["id"].as_str().unwrap()).await["following"], false);
}

#[tokio::test]
async fn a_reply_that_comes_before_what_it_answers_stands_in_the_home_afterwards() {
    let scene = Scene::set().await;
    let mut parent = scene.peer.note(&scene.mallory, "a question", &[]);
    let mut reply = scene.peer.note(&scene.mallory, "an answer", &[]);
    reply["inReplyTo"] = parent["id"].clone();
    // Nothing can be fetched: only what is sent counts.
    parent["type"] = json!("Tombstone");
    scene.peer.publish(&parent);
    parent["type"] = json!("Note");

    scene.tells(&scene.peer.create(&reply)).await;
    assert!(scene.ann.reads().await.is_empty(), "nobody knows yet whom it answers");
    scene.tells(&scene.peer.create(&parent)).await;

    let home: Vec<String> = scene.ann.home().await.iter().map(plain).collect();
    assert!(home.contains(&"an answer".to_owned()) && home.contains(&"a question".to_owned()), "{home:?}");
}

#[tokio::test]
async fn a_post_that_is_answered_before_it_arrives_keeps_its_place() {
    let mut world = World::of(&["engineering", "sales", "legal"]).await;
    let ann = world.site("engineering").person("ann").await;
    let bob = world.site("sales").person("bob").await;
    let cas = world.site("legal").person("cas").await;
    for follower in [&bob, &cas] {
        follower.follows(&ann).await;
    }
    cas.follows(&bob).await;
    // Legal hears from sales at once, from engineering only later.
    world.site_mut("legal").stop().await;
    ann.posts("one").await;
    let two = ann.posts("two").await;
    bob.sees("two").await;
    let seen = bob.finds_status(two["uri"].as_str().unwrap()).await.unwrap();
    world.site_mut("engineering").settles().await;
    bob.replies(&seen, "an answer to two").await;
    world.site_mut("legal").restart().await;

    cas.sees("an answer to two").await;
    cas.sees("one").await;
    cas.sees("two").await;
    let home = cas.reads().await;
    let place = |text: &str| home.iter().position(|post| post == text).unwrap();
    assert!(place("two") < place("one"), "newest first: {home:?}");
}

#[tokio::test]
async fn whatever_is_said_three_times_happens_once() {
    let scene = Scene::set().await;
    let post = scene.ann.posts("Hello").await;
    let note = scene.peer.note(&scene.mallory, "Good morning", &[]);
    let announced = scene.activity("Announce", post["uri"].clone());
    let all = [
        scene.peer.create(&note),
        scene.update(&note, "Good evening", 5),
        scene.activity("Follow", scene.app.actor("ann").as_str()),
        scene.activity("Like", post["uri"].clone()),
        announced,
    ];

    for activity in &all {
        for _ in 0..3 {
            scene.tells(activity).await;
        }
    }

    assert_eq!(scene.ann.home().await.iter().filter(|one| plain(one) == "Good evening").count(), 1);
    let post = scene.ann.looks_at(&post).await.unwrap();
    assert_eq!((&post["favourites_count"], &post["reblogs_count"]), (&json!(1), &json!(1)));
    let mut told: Vec<String> = scene
        .ann
        .notifications()
        .await
        .iter()
        .map(|note| note["type"].as_str().unwrap().to_owned())
        .collect();
    told.sort();
    assert_eq!(told, ["favourite", "follow", "reblog"]);
}
