//! What was committed is told, sooner or later, once, and in order; and nobody waits for it.

use std::time::Duration;

use breezeway::testing::{Peer, Person, TestApp, eventually};
use federation_tests::World;
use http::StatusCode;
use serde_json::Value;

/// An open site whose Ann is followed by Mallory of a peer.
async fn followed_ann() -> (TestApp, Person, Peer) {
    let app = TestApp::build().open().start().await;
    let ann = app.person("ann").await;
    let peer = Peer::start(&["mallory"]).await;
    let follow = peer.activity("Follow", &peer.person("mallory"), app.actor("ann").as_str());
    peer.letter(&follow).to(&app.shared_inbox()).await.ok();
    eventually("the follow is accepted", async || peer.received_of("Accept").pop()).await;
    (app, ann, peer)
}

fn words(activities: &[Value]) -> Vec<String> {
    let content = |activity: &Value| activity["object"]["content"].as_str().unwrap_or_default().to_owned();
    activities.iter().map(content).collect()
}

#[tokio::test]
async fn a_peer_that_does_not_answer_keeps_nobody_waiting() {
    let (_app, ann, peer) = followed_ann().await;
    peer.answers_after(Duration::from_mins(1));

    ann.posts("Said at once").await;

    assert_eq!(ann.reads().await, ["Said at once"]);
    assert!(peer.received_of("Create").is_empty(), "the peer has not answered yet, and still Ann has");
}

#[tokio::test]
async fn what_a_peer_missed_is_delivered_later_and_in_order() {
    let (_app, ann, peer) = followed_ann().await;
    peer.answers_posts_with(StatusCode::SERVICE_UNAVAILABLE);
    for text in ["first", "second", "third"] {
        ann.posts(text).await;
    }
    eventually("the first was tried", async || (!peer.received_of("Create").is_empty()).then_some(())).await;

    peer.forgets();
    peer.answers_posts_with(StatusCode::ACCEPTED);

    let delivered = eventually("all three are delivered", async || {
        Some(peer.received_of("Create")).filter(|all| all.len() >= 3)
    })
    .await;
    assert_eq!(words(&delivered), ["<p>first</p>", "<p>second</p>", "<p>third</p>"]);
}

#[tokio::test]
async fn what_was_to_be_delivered_survives_a_restart() {
    let (mut app, ann, peer) = followed_ann().await;
    peer.answers_posts_with(StatusCode::SERVICE_UNAVAILABLE);
    ann.posts("Not lost").await;
    eventually("it was tried", async || (!peer.received_of("Create").is_empty()).then_some(())).await;

    app.restart().await;
    peer.forgets();
    peer.answers_posts_with(StatusCode::ACCEPTED);

    let delivered = eventually("it is delivered", async || {
        Some(peer.received_of("Create")).filter(|all| !all.is_empty())
    })
    .await;
    assert_eq!(words(&delivered), ["<p>Not lost</p>"]);
}

#[tokio::test]
async fn one_dead_peer_does_not_hold_up_the_others() {
    let (app, ann, dead) = followed_ann().await;
    let alive = Peer::start(&["trent"]).await;
    let follow = alive.activity("Follow", &alive.person("trent"), app.actor("ann").as_str());
    alive.letter(&follow).to(&app.shared_inbox()).await.ok();
    eventually("the follow is accepted", async || alive.received_of("Accept").pop()).await;
    dead.answers_after(Duration::from_mins(1));

    ann.posts("For those who listen").await;

    eventually("the other peer has it", async || alive.received_of("Create").pop()).await;
    assert!(dead.received_of("Create").is_empty());
}

#[tokio::test]
async fn a_site_that_was_away_hears_what_it_missed() {
    let (mut world, ann, bob) = World::of_ann_and_bob().await;
    bob.follows(&ann).await;

    world.site_mut("sales").stop().await;
    ann.posts("While you were away").await;
    world.site_mut("sales").restart().await;

    bob.sees("While you were away").await;
}
