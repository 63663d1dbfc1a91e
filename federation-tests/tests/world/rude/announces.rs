//! Reposts, follows and blocks of what is not to be reposted, followed or blocked.

use breezeway::testing::peer::Trick;
use breezeway::testing::person::plain;
use breezeway::testing::{Peer, eventually, text_of};
use serde_json::{Value, json};

use crate::bad_input::Scene;

/// Ann follows Mallory, so that what Mallory reposts would be read.
async fn followed() -> Scene {
    let scene = Scene::set().await;
    scene.ann.asks_to_follow(&scene.peer.handle("mallory")).await;
    let follow = eventually("the follow arrives", async || scene.peer.received_of("Follow").pop()).await;
    let accept = scene.peer.activity("Accept", &scene.mallory, follow);
    scene.peer.letter(&accept).to(&scene.inbox()).await.ok();
    scene.app.settles().await;
    scene
}

/// Mallory reposts this; answers the status.
async fn reposts(scene: &Scene, object: impl Into<Value>) -> u16 {
    let announce = scene.peer.activity("Announce", &scene.mallory, object);
    let answer = scene.peer.letter(&announce).to(&scene.inbox()).await;
    scene.app.settles().await;
    answer.status.as_u16()
}

async fn home(scene: &Scene) -> Vec<Value> {
    scene.ann.get("/api/v1/timelines/home").await.ok().json().as_array().unwrap().clone()
}

#[tokio::test]
async fn an_embedded_post_of_another_is_read_where_it_belongs() {
    let scene = followed().await;
    let third = Peer::start(&["trent"]).await;
    let real = third.note(&third.person("trent"), "The real words", &[]);
    let mut forged = real.clone();
    forged["content"] = json!("<p>Forged words</p>");

    assert_eq!(reposts(&scene, forged).await, 202);

    let home = home(&scene).await;
    assert_eq!(plain(&home[0]["reblog"]), "The real words", "{home:?}");
}

#[tokio::test]
async fn a_repost_shows_nobody_what_is_not_for_everybody() {
    let scene = followed().await;
    for visibility in ["private", "direct"] {
        let words = format!("@{} between us", scene.peer.handle("mallory"));
        let post = scene.ann.posts_with(json!({ "status": words, "visibility": visibility })).await;

        assert_eq!(reposts(&scene, post["uri"].clone()).await, 202);

        assert_eq!(scene.ann.looks_at(&post).await.unwrap()["reblogs_count"], 0, "{visibility}");
    }
    // What Trent wrote for his followers alone.
    let third = Peer::start(&["trent"]).await;
    let mut note = third.note(&third.person("trent"), "For those who follow me", &[]);
    note["to"] = json!([format!("{}/followers", third.person("trent"))]);
    note["cc"] = json!([]);
    third.publish(&note);
    assert_eq!(reposts(&scene, note["id"].clone()).await, 202);
    assert!(home(&scene).await.iter().all(|status| status["reblog"].is_null()));
}

#[tokio::test]
async fn what_is_no_post_is_not_reposted() {
    let scene = followed().await;
    let third = Peer::start(&["trent"]).await;
    let note = third.note(&third.person("trent"), "x", &[]);
    let address: url::Url = text_of(&note, "id").parse().unwrap();
    let tombstone = json!({ "id": note["id"], "type": "Tombstone" });
    let activity_json = "application/activity+json";
    for trick in [
        Trick::Says { status: 404, headers: Vec::new(), body: Vec::new() },
        Trick::Says { status: 410, headers: Vec::new(), body: tombstone.to_string().into_bytes() },
        Trick::says(activity_json, tombstone.to_string()),
        Trick::says(activity_json, "{"),
        Trick::says("text/html", "<p>x</p>"),
    ] {
        third.plays(address.path(), trick);
        assert_eq!(reposts(&scene, note["id"].clone()).await, 202);
        scene.app.services().caches.forget_failure(address.as_str());
    }
    assert_eq!(reposts(&scene, third.person("trent").to_string()).await, 202);
    assert_eq!(reposts(&scene, scene.app.actor("ann").to_string()).await, 202);

    assert!(home(&scene).await.is_empty());
    for odd in [json!(null), json!([]), json!({}), json!(7), json!("no address"), json!({ "type": "Note" })] {
        let status = reposts(&scene, odd.clone()).await;
        assert_eq!(status, 400, "{odd}");
    }
    scene.still_works().await;
}

#[tokio::test]
async fn follows_and_blocks_of_nobody_here_change_nothing() {
    let scene = Scene::set().await;
    let third = Peer::start(&["trent"]).await;
    let nobody = scene.app.actor("nobody").to_string();
    for object in [nobody.as_str(), third.person("trent").as_str(), "https://elsewhere.example/ann"] {
        for kind in ["Follow", "Block"] {
            let activity = scene.peer.activity(kind, &scene.mallory, object);
            let answer = scene.peer.letter(&activity).to(&scene.inbox()).await;
            let status = answer.status;
            assert!(status == 202 || status.is_client_error(), "{kind} {object}: {status} {}", answer.text());
        }
    }
    scene.app.settles().await;

    assert!(scene.peer.received_of("Accept").is_empty());
    assert!(third.received().is_empty(), "nobody is told in Mallory's name");
    assert!(scene.ann.notifications().await.is_empty());
    scene.still_works().await;
}
