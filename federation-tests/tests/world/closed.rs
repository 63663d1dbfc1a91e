//! Closed by default: who has not shaken hands is neither heard nor spoken to.

use breezeway::testing::{Peer, TestApp, eventually};
use federation_tests::{World, shake_hands};

#[tokio::test]
async fn the_handshake_needs_a_word_from_both_sides() {
    let world = World::of_strangers(&["engineering", "sales"]).await;
    let (engineering, sales) = (world.site("engineering"), world.site("sales"));
    let ann = engineering.person("ann").await;
    let bob = sales.person("bob").await;

    engineering.invites(&sales.host()).await;
    eventually("the invitation has arrived", async || sales.peer_state(&engineering.host()).await).await;
    assert!(ann.finds(&bob.handle).await.is_none(), "one word is not enough");
    assert!(bob.finds(&ann.handle).await.is_none(), "one word is not enough");

    sales.accepts(&engineering.host()).await;
    eventually("ann finds bob", async || ann.finds(&bob.handle).await).await;
    eventually("bob finds ann", async || bob.finds(&ann.handle).await).await;
}

#[tokio::test]
async fn a_peering_that_ended_is_closed_again() {
    let (world, ann, bob) = World::of_ann_and_bob().await;
    bob.follows(&ann).await;
    let (engineering, sales) = (world.site("engineering"), world.site("sales"));

    engineering.removes(&sales.host()).await;
    eventually("the other side knows", async || {
        sales.peer_state(&engineering.host()).await.filter(|state| state != "accepted")
    })
    .await;
    ann.posts("Nobody in sales reads this").await;
    world.settles().await;

    assert!(!bob.reads().await.iter().any(|text| text.contains("Nobody in sales")));
    shake_hands(engineering, sales).await;
}

#[tokio::test]
async fn a_stranger_is_neither_heard_nor_served() {
    let app = TestApp::start().await;
    let ann = app.person("ann").await;
    let peer = Peer::start(&["mallory"]).await;
    let mallory = peer.person("mallory");

    let follow = peer.activity("Follow", &mallory, app.actor("ann").as_str());
    let answer = peer.letter(&follow).to(&app.shared_inbox()).await;
    let note = peer.note(&mallory, "Buy my ladders", &[app.actor("ann").as_str()]);
    let second = peer.letter(&peer.create(&note)).to(&app.inbox("ann")).await;
    let third = peer.fetches(&app.actor("ann"), &mallory).await;

    assert!(matches!(answer.status.as_u16(), 401 | 403), "{}", answer.status);
    assert!(matches!(second.status.as_u16(), 401 | 403), "{}", second.status);
    assert!(matches!(third.status.as_u16(), 401 | 403 | 404), "{}", third.status);
    app.settles().await;
    assert!(ann.notifications().await.is_empty());
    assert_eq!(peer.fetched(), Vec::<String>::new(), "nothing of a stranger is fetched");
    assert!(peer.received().is_empty());
}

#[tokio::test]
async fn a_stranger_is_not_looked_up() {
    let app = TestApp::start().await;
    let ann = app.person("ann").await;
    let peer = Peer::start(&["mallory"]).await;

    let found = ann.finds(&peer.handle("mallory")).await;

    assert!(found.is_none());
    assert_eq!(peer.fetched(), Vec::<String>::new());
}

#[tokio::test]
async fn an_open_site_speaks_with_anybody() {
    let app = TestApp::build().open().start().await;
    let ann = app.person("ann").await;
    let peer = Peer::start(&["mallory"]).await;

    let found = ann.finds(&peer.handle("mallory")).await;

    assert_eq!(found.unwrap()["acct"], peer.handle("mallory").as_str());
}

#[tokio::test]
async fn strangers_who_ask_too_often_to_be_peers_are_told_to_wait() {
    let app = TestApp::build().with(|config| config.limits.handshakes_per_hour = 3).start().await;
    let peer = Peer::start(&[]).await;
    let knock = async || {
        let follow = peer.activity("Follow", &peer.site(), app.site_actor().as_str());
        peer.letter(&follow).to(&app.shared_inbox()).await
    };

    for _ in 0..3 {
        knock().await.ok();
    }
    let fetched = peer.fetched().len();
    let refused = knock().await;

    assert_eq!(refused.status, 429, "{}", refused.text());
    assert!(refused.headers.contains_key("retry-after"));
    assert_eq!(peer.fetched().len(), fetched, "nothing is read for it");
}
