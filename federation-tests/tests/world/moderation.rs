//! Moderation stays local: what a person or a moderator decided here, no other site undoes.

use breezeway::testing::person::text_of;
use breezeway::testing::{Peer, TestApp, eventually};
use federation_tests::World;
use serde_json::json;

#[tokio::test]
async fn a_block_ends_the_follows_between_the_two() {
    let (_world, ann, bob) = World::of_ann_and_bob().await;
    bob.follows(&ann).await;
    ann.follows(&bob).await;
    let bob_here = ann.finds(&bob.handle).await.unwrap();

    ann.post(&format!("/api/v1/accounts/{}/block", text_of(&bob_here, "id")), json!({})).await.ok();

    let ann_there = bob.finds(&ann.handle).await.unwrap();
    eventually("bob follows ann no longer", async || {
        (bob.relationship(&text_of(&ann_there, "id")).await["following"] == false).then_some(())
    })
    .await;
    assert_eq!(ann.relationship(&text_of(&bob_here, "id")).await["following"], false);
}

#[tokio::test]
async fn a_block_cannot_be_undone_from_elsewhere() {
    let app = TestApp::build().open().start().await;
    let ann = app.person("ann").await;
    let peer = Peer::start(&["mallory"]).await;
    let mallory = peer.person("mallory");
    let mallory_here = ann.finds(&peer.handle("mallory")).await.unwrap();
    let id = text_of(&mallory_here, "id");
    ann.post(&format!("/api/v1/accounts/{id}/block"), json!({})).await.ok();

    let block = json!({ "type": "Block", "actor": app.actor("ann"), "object": mallory });
    for (actor, object) in [(&mallory, block.clone()), (&app.actor("ann"), block)] {
        let mut undo = peer.activity("Undo", &mallory, object);
        undo["actor"] = json!(actor);
        peer.letter(&undo).signed_by(&mallory).to(&app.shared_inbox()).await;
    }
    let follow = peer.activity("Follow", &mallory, app.actor("ann").as_str());
    peer.letter(&follow).to(&app.shared_inbox()).await;
    app.settles().await;

    let relationship = ann.relationship(&id).await;
    assert_eq!((&relationship["blocking"], &relationship["followed_by"]), (&json!(true), &json!(false)));
}

#[tokio::test]
async fn a_removed_post_does_not_come_back_by_an_update() {
    let app = TestApp::build().open().start().await;
    let ann = app.person("ann").await;
    let mia = app.moderator("mia").await;
    let peer = Peer::start(&["mallory"]).await;
    let mallory = peer.person("mallory");
    let note = peer.note(&mallory, "Something nasty", &[app.actor("ann").as_str()]);
    peer.letter(&peer.create(&note)).to(&app.shared_inbox()).await;
    let uri = note["id"].as_str().unwrap();
    let status = eventually("the post has arrived", async || ann.finds_status(uri).await).await;

    app.removes_post(&mia, &status, "insults a colleague").await;
    let mut update = peer.activity("Update", &mallory, note.clone());
    update["object"]["content"] = json!("<p>Something nastier</p>");
    update["object"]["updated"] = json!(app.now().to_rfc3339());
    peer.letter(&update).to(&app.shared_inbox()).await;
    peer.letter(&peer.create(&note)).to(&app.shared_inbox()).await;
    app.settles().await;

    assert!(ann.looks_at(&status).await.is_none());
}

#[tokio::test]
async fn a_suspended_person_is_not_heard_whatever_the_origin_says() {
    let app = TestApp::build().open().start().await;
    let ann = app.person("ann").await;
    let mia = app.moderator("mia").await;
    let peer = Peer::start(&["mallory"]).await;
    let mallory = peer.person("mallory");
    let account = ann.finds(&peer.handle("mallory")).await.unwrap();

    app.suspends(&mia, &account, "spam").await;
    let note = peer.note(&mallory, "I am back", &[app.actor("ann").as_str()]);
    peer.letter(&peer.create(&note)).to(&app.shared_inbox()).await;
    let update = peer.activity("Update", &mallory, mallory.as_str());
    peer.letter(&update).to(&app.shared_inbox()).await;
    app.settles().await;

    assert!(ann.notifications().await.is_empty());
    assert!(ann.reads().await.is_empty());
}

#[tokio::test]
async fn a_report_reaches_the_other_site_without_the_name_of_the_reporter() {
    let app = TestApp::build().open().start().await;
    let ann = app.person("ann").await;
    let peer = Peer::start(&["mallory"]).await;
    let account = ann.finds(&peer.handle("mallory")).await.unwrap();

    let report = json!({ "account_id": account["id"], "comment": "sells ladders", "forward": true });
    ann.post("/api/v1/reports", report).await.ok();

    let flag =
        eventually("the report has arrived", async || peer.received_of("Flag").into_iter().next()).await;
    assert_eq!(flag["actor"], app.site_actor().as_str());
    assert!(flag.to_string().contains("sells ladders"));
    assert!(!flag.to_string().contains("/users/ann"), "{flag}");
}

#[tokio::test]
async fn a_report_stays_here_unless_the_reporter_agrees() {
    let app = TestApp::build().open().start().await;
    let ann = app.person("ann").await;
    let peer = Peer::start(&["mallory"]).await;
    let account = ann.finds(&peer.handle("mallory")).await.unwrap();

    let report = json!({ "account_id": account["id"], "comment": "sells ladders", "forward": false });
    ann.post("/api/v1/reports", report).await.ok();
    app.settles().await;

    assert!(peer.received_of("Flag").is_empty());
}
