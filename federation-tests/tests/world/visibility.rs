//! Who sees a post: nobody beyond its audience, at any site.

use breezeway::testing::eventually;
use breezeway::testing::person::plain;
use federation_tests::World;
use serde_json::json;

#[tokio::test]
async fn an_organisation_post_reaches_every_peer_without_a_follow() {
    let (_world, ann, bob) = World::of_ann_and_bob().await;

    ann.posts("The canteen is closed on Friday").await;

    eventually("it stands in the organisation's timeline", async || {
        let timeline = bob.get("/api/v1/timelines/public").await.ok().json();
        timeline.as_array()?.iter().any(|status| plain(status).contains("canteen is closed")).then_some(())
    })
    .await;
    assert!(bob.reads().await.is_empty(), "nobody is followed, so home is empty");
}

#[tokio::test]
async fn a_post_for_this_site_stays_here() {
    let (world, ann, bob) = World::of_ann_and_bob().await;
    let cas = world.site("engineering").person("cas").await;
    cas.follows(&ann).await;
    bob.follows(&ann).await;

    ann.posts_with(json!({ "status": "Only for engineers", "visibility": "public", "local_only": true }))
        .await;
    ann.posts("For everybody").await;

    cas.sees("Only for engineers").await;
    bob.sees("For everybody").await;
    assert_eq!(bob.reads().await, ["For everybody"]);
}

#[tokio::test]
async fn a_post_for_followers_reaches_followers_only() {
    let (world, ann, bob) = World::of_ann_and_bob().await;
    let eve = world.site("sales").person("eve").await;
    bob.follows(&ann).await;

    let post = ann.posts_with(json!({ "status": "Between us", "visibility": "private" })).await;

    let seen = bob.sees("Between us").await;
    assert!(eve.looks_at(&seen).await.is_none());
    assert!(eve.finds_status(post["uri"].as_str().unwrap()).await.is_none());
}

#[tokio::test]
async fn a_direct_post_reaches_the_mentioned_only() {
    let (world, ann, bob) = World::of_ann_and_bob().await;
    let eve = world.site("sales").person("eve").await;
    bob.follows(&ann).await;
    eve.follows(&ann).await;

    let words = format!("@{} a word in your ear", bob.handle);
    ann.posts_with(json!({ "status": words, "visibility": "direct" })).await;

    let heard = bob.hears("mention", &ann).await;
    assert!(eve.looks_at(&heard["status"]).await.is_none());
    assert!(eve.reads().await.is_empty());
}

#[tokio::test]
async fn a_repost_never_widens_an_audience() {
    let (_world, ann, bob) = World::of_ann_and_bob().await;
    bob.follows(&ann).await;
    ann.posts_with(json!({ "status": "Between us", "visibility": "private" })).await;
    let seen = bob.sees("Between us").await;

    let answer =
        bob.post(&format!("/api/v1/statuses/{}/reblog", seen["id"].as_str().unwrap()), json!({})).await;

    assert!(answer.status.is_client_error(), "{}", answer.status);
}

#[tokio::test]
async fn nothing_is_shown_to_somebody_without_an_account() {
    let (world, ann, _bob) = World::of_ann_and_bob().await;
    let post = ann.posts("For the organisation").await;
    let engineering = world.site("engineering");

    for path in [
        "/users/ann".to_owned(),
        "/users/ann/outbox".to_owned(),
        "/users/ann/outbox?page=true".to_owned(),
        "/users/ann/followers".to_owned(),
        "/users/ann/following".to_owned(),
        format!("/users/ann/statuses/{}", post["id"].as_str().unwrap()),
        format!("/@ann/{}", post["id"].as_str().unwrap()),
        format!("/api/v1/statuses/{}", post["id"].as_str().unwrap()),
        "/api/v1/timelines/public".to_owned(),
        "/organisation".to_owned(),
    ] {
        let answer = engineering.anybody_gets(&path).await;
        assert!(!answer.text().contains("For the organisation"), "{path} shows it to everybody");
    }
}
