//! One conversation, seen by both.

use breezeway::testing::eventually;
use breezeway::testing::person::{plain, text_of};
use federation_tests::World;
use serde_json::json;

#[tokio::test]
async fn a_colleague_of_another_site_is_found_followed_and_read() {
    let (_world, ann, bob) = World::of_ann_and_bob().await;

    bob.follows(&ann).await;
    ann.posts("Hello from engineering").await;

    let seen = bob.sees("Hello from engineering").await;
    assert_eq!(text_of(&seen["account"], "acct"), ann.handle);
    ann.hears("follow", &bob).await;
}

#[tokio::test]
async fn a_reply_crosses_the_border_and_both_see_one_conversation() {
    let (_world, ann, bob) = World::of_ann_and_bob().await;
    bob.follows(&ann).await;
    let question = ann.posts("Who has the big ladder?").await;
    let seen = bob.sees("Who has the big ladder?").await;

    let answer = bob.replies(&seen, "It stands behind the depot.").await;
    let heard = ann.hears("mention", &bob).await;
    ann.replies(&heard["status"], "Thank you!").await;

    let words = ["Who has the big ladder?", "It stands behind the depot.", "Thank you!"];
    for (person, status) in [(&ann, &question), (&bob, &answer)] {
        eventually("the conversation is whole", async || {
            let conversation = person.conversation(status).await;
            let whole = conversation.len() == 3
                && words.iter().zip(&conversation).all(|(word, text)| text.contains(word));
            whole.then_some(())
        })
        .await;
    }
}

#[tokio::test]
async fn a_like_and_a_repost_reach_the_author() {
    let (_world, ann, bob) = World::of_ann_and_bob().await;
    bob.follows(&ann).await;
    let post = ann.posts("We have released it").await;
    let seen = bob.sees("We have released it").await;

    bob.does("favourite", &seen).await;
    bob.does("reblog", &seen).await;

    ann.hears("favourite", &bob).await;
    ann.hears("reblog", &bob).await;
    let post = ann.looks_at(&post).await.unwrap();
    assert_eq!((&post["favourites_count"], &post["reblogs_count"]), (&json!(1), &json!(1)));
}

#[tokio::test]
async fn a_like_taken_back_no_longer_counts_at_the_origin() {
    let (_world, ann, bob) = World::of_ann_and_bob().await;
    bob.follows(&ann).await;
    let post = ann.posts("We have released it").await;
    let seen = bob.sees("We have released it").await;
    bob.does("favourite", &seen).await;
    ann.hears("favourite", &bob).await;

    bob.does("unfavourite", &seen).await;

    eventually("the like is gone", async || {
        (ann.looks_at(&post).await?["favourites_count"] == 0).then_some(())
    })
    .await;
}

#[tokio::test]
async fn a_repost_is_read_by_the_followers_of_the_one_who_reposts() {
    let (world, ann, bob) = World::of_ann_and_bob().await;
    let cas = world.site("engineering").person("cas").await;
    bob.follows(&ann).await;
    cas.follows(&bob).await;
    ann.posts("Minutes of the meeting").await;
    let seen = bob.sees("Minutes of the meeting").await;

    bob.does("reblog", &seen).await;

    let repost = cas.sees("Minutes of the meeting").await;
    assert_eq!(text_of(&repost["account"], "acct"), bob.handle);
    assert_eq!(text_of(&repost["reblog"]["account"], "username"), "ann");
}

#[tokio::test]
async fn an_edit_arrives_and_the_earlier_words_are_kept() {
    let (_world, ann, bob) = World::of_ann_and_bob().await;
    bob.follows(&ann).await;
    let post = ann.posts("Lunch is at noon").await;
    let seen = bob.sees("Lunch is at noon").await;

    ann.put(&format!("/api/v1/statuses/{}", text_of(&post, "id")), json!({ "status": "Lunch is at one" }))
        .await
        .ok();

    let edited = bob.sees("Lunch is at one").await;
    assert_eq!(edited["id"], seen["id"]);
    assert!(edited["edited_at"].is_string());
    let history = bob.get(&format!("/api/v1/statuses/{}/history", text_of(&seen, "id"))).await.ok().json();
    let versions: Vec<String> = history.as_array().unwrap().iter().map(plain).collect();
    assert_eq!(versions, ["Lunch is at noon", "Lunch is at one"]);
}

#[tokio::test]
async fn a_deleted_post_disappears_at_the_other_site() {
    let (_world, ann, bob) = World::of_ann_and_bob().await;
    bob.follows(&ann).await;
    let post = ann.posts("I should not have said this").await;
    let seen = bob.sees("I should not have said this").await;

    ann.delete(&format!("/api/v1/statuses/{}", text_of(&post, "id"))).await.ok();

    eventually("the post is gone", async || bob.looks_at(&seen).await.is_none().then_some(())).await;
    assert!(bob.reads().await.is_empty());
}

#[tokio::test]
async fn an_unfollow_ends_the_follow_at_the_other_site() {
    let (_world, ann, bob) = World::of_ann_and_bob().await;
    let account = bob.follows(&ann).await;

    bob.post(&format!("/api/v1/accounts/{}/unfollow", text_of(&account, "id")), json!({})).await.ok();

    eventually("ann has no follower", async || {
        let me = ann.get("/api/v1/accounts/verify_credentials").await.ok().json();
        (me["followers_count"] == 0).then_some(())
    })
    .await;
}

#[tokio::test]
async fn a_new_name_arrives() {
    let (_world, ann, bob) = World::of_ann_and_bob().await;
    bob.follows(&ann).await;

    let update = ann.request("PATCH".parse().unwrap(), "/api/v1/accounts/update_credentials");
    breezeway::testing::http::send(update.json(&json!({ "display_name": "Ann of the tower" }))).await.ok();

    eventually("the new name", async || {
        let account = bob.finds(&ann.handle).await?;
        (account["display_name"] == "Ann of the tower").then_some(())
    })
    .await;
}

#[tokio::test]
async fn a_picture_arrives_with_its_description() {
    let (_world, ann, bob) = World::of_ann_and_bob().await;
    bob.follows(&ann).await;
    let media = ann.uploads_picture("A red ladder in front of the depot").await;

    ann.posts_with(json!({ "status": "Found it", "media_ids": [media["id"]] })).await;

    let seen = bob.sees("Found it").await;
    let picture = &seen["media_attachments"][0];
    assert_eq!(picture["description"], "A red ladder in front of the depot");
    let address = picture["url"].as_str().unwrap().parse().unwrap();
    let bytes = breezeway::testing::http::Http::default().get(address, "image/*").await;
    assert!(bytes.status.is_success() || bytes.status.is_redirection(), "{}", bytes.status);
}
