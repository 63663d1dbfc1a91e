//! Somebody deletes their account: what they wrote vanishes everywhere, whenever the other sites come to hear of it.

use breezeway::domain::auth;
use breezeway::testing::http::Http;
use breezeway::testing::person::plain;
use breezeway::testing::{Person, TestApp, eventually, text_of};
use federation_tests::World;

/// How many posts `reader` finds of `author`, as their site knows them; `None` if the author is not known any more.
async fn finds_of(reader: &Person, id: &str) -> Option<usize> {
    let answer = reader.get(&format!("/api/v1/accounts/{id}/statuses?limit=40")).await;
    answer.status.is_success().then(|| answer.json().as_array().map_or(0, Vec::len))
}

async fn leaves(site: &TestApp, person: &Person) {
    auth::leave(site.services(), person.id).await.unwrap();
}

#[tokio::test]
async fn posts_and_follows_vanish_at_the_other_site() {
    let (world, ann, bob) = World::of_ann_and_bob().await;
    let known = bob.follows(&ann).await;
    ann.follows(&bob).await;
    let id = text_of(&known, "id");
    ann.posts("hello").await;
    let post = eventually("the post arrives", async || bob.home().await.into_iter().next()).await;
    let answer = bob.replies(&post, "good morning").await;
    let own = bob.posts("about lunch").await;
    eventually("bob's post arrives", async || {
        ann.home().await.into_iter().find(|post| plain(post) == "about lunch")
    })
    .await;
    world.settles().await;

    leaves(world.site("engineering"), &ann).await;

    eventually("ann's post is gone", async || {
        bob.home().await.iter().all(|post| plain(post) != "hello").then_some(())
    })
    .await;
    eventually("ann is gone", async || finds_of(&bob, &id).await.is_none().then_some(())).await;
    let me = bob.get("/api/v1/accounts/verify_credentials").await.ok().json();
    assert_eq!((&me["followers_count"], &me["following_count"]), (&0.into(), &0.into()));
    for kept in [&answer, &own] {
        let path = format!("/api/v1/statuses/{}", text_of(kept, "id"));
        bob.get(&path).await.ok();
    }
    world.settles().await;
    assert_eq!(bob.finds(&ann.handle).await, None, "nobody finds ann again");
}

#[tokio::test]
async fn whoever_was_away_hears_of_it_later() {
    let (mut world, ann, bob) = World::of_ann_and_bob().await;
    let known = bob.follows(&ann).await;
    let id = text_of(&known, "id");
    ann.posts("hello").await;
    eventually("the post arrives", async || bob.home().await.into_iter().next()).await;
    world.settles().await;

    world.site_mut("sales").stop().await;
    ann.posts("nobody shall read this any more").await;
    leaves(world.site("engineering"), &ann).await;
    world.site_mut("engineering").restart().await;
    world.site_mut("sales").restart().await;

    eventually("ann is gone", async || finds_of(&bob, &id).await.is_none().then_some(())).await;
    assert!(bob.home().await.is_empty());
}

#[tokio::test]
async fn a_restart_in_the_middle_of_many_posts_leaves_none() {
    let (mut world, ann, bob) = World::of_ann_and_bob().await;
    for number in 0..450 {
        let draft =
            breezeway::domain::statuses::Draft { text: format!("post {number}"), ..Default::default() };
        breezeway::domain::statuses::create(world.site("engineering").services(), ann.id, draft)
            .await
            .unwrap();
    }
    let site = world.site("engineering");
    let colleague = site.person("cas").await;

    leaves(site, &ann).await;
    world.site_mut("engineering").restart().await;

    let site = world.site("engineering");
    site.settles().await;
    let mut conn = site.services().db.read().await.unwrap();
    let left = breezeway::domain::statuses::store::list_ids_of(&mut conn, ann.id, 1).await.unwrap();
    drop(conn);
    assert!(left.is_empty());
    assert!(colleague.home().await.is_empty());
    world.settles().await;
    assert!(bob.finds(&ann.handle).await.is_none());
}

#[tokio::test]
async fn a_site_that_only_liked_or_was_named_hears_of_it_too() {
    let world = World::of(&["engineering", "sales", "legal"]).await;
    let ann = world.site("engineering").person("ann").await;
    let cas = world.site("legal").person("cas").await;
    ann.finds(&cas.handle).await.unwrap();
    let named = format!("@{} a word between us", cas.handle);
    ann.posts_with(serde_json::json!({ "status": named, "visibility": "direct" })).await;
    let post = eventually("the word arrives", async || {
        let news = cas.get("/api/v1/notifications").await.ok().json();
        news.as_array().and_then(|all| all.first()).map(|first| first["status"].clone())
    })
    .await;

    leaves(world.site("engineering"), &ann).await;

    let path = format!("/api/v1/statuses/{}", text_of(&post, "id"));
    eventually("the word is gone", async || (cas.get(&path).await.status == 404).then_some(())).await;
}

#[tokio::test]
async fn nobody_follows_or_finds_who_left() {
    let (world, ann, bob) = World::of_ann_and_bob().await;
    let known = bob.finds(&ann.handle).await.unwrap();
    // Sales does not hear of it before it asks.
    let engineering = world.site("engineering");
    engineering.settles().await;
    leaves(engineering, &ann).await;

    bob.post(&format!("/api/v1/accounts/{}/follow", text_of(&known, "id")), serde_json::json!({})).await;
    world.settles().await;

    let mut conn = engineering.services().db.read().await.unwrap();
    let account = breezeway::domain::accounts::store::get(&mut conn, ann.id).await.unwrap();
    drop(conn);
    assert_eq!(account.followers_count, 0);
    let finger = format!("/.well-known/webfinger?resource=acct:{}", ann.handle);
    assert_eq!(Http::default().get(engineering.url(&finger), "*/*").await.status, 404);
}
