//! What needs an answer of a third site holds nobody up while that site is down, and is done when it is back.

use std::time::Duration;

use breezeway::base::config::Config;
use breezeway::testing::peer::Trick;
use breezeway::testing::person::plain;
use breezeway::testing::{Peer, Person, TestApp, eventually, text_of};
use serde_json::{Value, json};
use url::Url;

/// Ann follows Mallory of one site; what is at the other, Trent's, answers 503.
struct Scene {
    app: TestApp,
    ann: Person,
    peer: Peer,
    mallory: Url,
    third: Peer,
    note: Value,
}

impl Scene {
    async fn set() -> Self {
        let change: fn(&mut Config) = |config| {
            config.federation.retry_first_delay = Duration::from_millis(200);
            config.federation.retry_max_delay = Duration::from_secs(1);
        };
        let app = TestApp::build().open().with(change).start().await;
        let ann = app.person("ann").await;
        let (peer, third) = (Peer::start(&["mallory"]).await, Peer::start(&["trent"]).await);
        let mallory = peer.person("mallory");
        ann.asks_to_follow(&peer.handle("mallory")).await;
        let follow = eventually("the follow arrives", async || peer.received_of("Follow").pop()).await;
        let accept = peer.activity("Accept", &mallory, follow);
        peer.letter(&accept).to(&app.shared_inbox()).await.ok();
        let note = third.note(&third.person("trent"), "Far away", &[]);
        let scene = Self { app, ann, peer, mallory, third, note };
        scene.plays(503, Vec::new());
        scene
    }

    fn plays(&self, status: u16, body: Vec<u8>) {
        let headers = vec![("content-type", "application/activity+json".to_owned())];
        self.third.plays(self.address().path(), Trick::Says { status, headers, body });
    }

    fn comes_back(&self) {
        self.plays(200, self.note.to_string().into_bytes());
    }

    fn address(&self) -> Url {
        text_of(&self.note, "id").parse().unwrap()
    }

    /// Sent, and taken.
    async fn takes(&self, activity: &Value) {
        let answer = self.peer.letter(activity).to(&self.app.shared_inbox()).await;
        assert_eq!(answer.status.as_u16(), 202, "{activity}: {}", answer.text());
    }

    async fn reads(&self) -> Vec<String> {
        let home = self.ann.get("/api/v1/timelines/home").await.ok().json();
        let shown = |status: &Value| {
            if status["reblog"].is_null() { plain(status) } else { plain(&status["reblog"]) }
        };
        home.as_array().unwrap().iter().map(shown).collect()
    }
}

#[tokio::test]
async fn a_repost_of_a_site_that_is_down_holds_nothing_up_and_comes_when_it_is_back() {
    let scene = Scene::set().await;
    let announce = scene.peer.activity("Announce", &scene.mallory, scene.note["id"].clone());
    scene.takes(&announce).await;
    scene.takes(&scene.peer.create(&scene.peer.note(&scene.mallory, "Behind it", &[]))).await;
    eventually("what came behind it is read", async || (scene.reads().await == ["Behind it"]).then_some(()))
        .await;

    // Said again meanwhile, it stays one.
    scene.takes(&announce).await;
    scene.comes_back();

    eventually("the repost is read", async || {
        (scene.reads().await == ["Far away", "Behind it"]).then_some(())
    })
    .await;
}

#[tokio::test]
async fn what_waits_outlives_a_restart() {
    let mut scene = Scene::set().await;
    let announce = scene.peer.activity("Announce", &scene.mallory, scene.note["id"].clone());
    scene.takes(&announce).await;

    scene.app.restart().await;
    scene.comes_back();

    eventually("the repost is read", async || (scene.reads().await == ["Far away"]).then_some(())).await;
}

#[tokio::test]
async fn what_is_taken_back_while_it_waits_does_not_come() {
    let scene = Scene::set().await;
    let announce = scene.peer.activity("Announce", &scene.mallory, scene.note["id"].clone());
    scene.takes(&announce).await;
    scene.takes(&scene.peer.activity("Undo", &scene.mallory, json!(announce))).await;

    scene.comes_back();

    let path = scene.address().path().to_owned();
    eventually("it is asked for again", async || {
        (scene.third.fetched().iter().filter(|asked| **asked == path).count() > 1).then_some(())
    })
    .await;
    scene.app.settles().await;
    tokio::time::sleep(Duration::from_millis(500)).await;
    assert!(scene.reads().await.is_empty());
}

#[tokio::test]
async fn the_own_site_of_who_sends_is_asked_again_by_them() {
    let scene = Scene::set().await;
    let own = scene.peer.note(&scene.mallory, "Mine", &[]);
    let address: Url = text_of(&own, "id").parse().unwrap();
    scene.peer.plays(address.path(), Trick::Says { status: 503, headers: Vec::new(), body: Vec::new() });

    let announce = scene.peer.activity("Announce", &scene.mallory, own["id"].clone());
    let answer = scene.peer.letter(&announce).to(&scene.app.shared_inbox()).await;

    assert_eq!(answer.status.as_u16(), 503);
}
