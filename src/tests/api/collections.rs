//! What one keeps and sorts, as programs see it.

use breezeway::testing::TestApp;
use breezeway::testing::person::{plain, text_of};
use http::StatusCode;
use serde_json::json;

#[tokio::test]
async fn a_program_keeps_posts_for_its_person() {
    let app = TestApp::start().await;
    let (ann, bob) = app.two_people().await;
    let (one, two) = (ann.posts("one").await, ann.posts("two").await);
    let secret = ann.posts_with(json!({ "status": "just me", "visibility": "direct" })).await;

    assert_eq!(bob.does("bookmark", &one).await["bookmarked"], true);
    bob.does("bookmark", &two).await;

    let first = bob.get("/api/v1/bookmarks?limit=1").await.ok();
    assert_eq!(plain(&first.json()[0]), "two");
    assert!(first.header("link").contains("rel=\"next\""));
    let second = bob.get("/api/v1/bookmarks?limit=1&max_id=1").await.ok();
    assert_eq!(plain(&second.json()[0]), "one");
    assert_eq!(ann.get("/api/v1/bookmarks").await.ok().json(), json!([]));
    let path = format!("/api/v1/statuses/{}/bookmark", text_of(&secret, "id"));
    assert_eq!(bob.post(&path, json!({})).await.status, StatusCode::NOT_FOUND);
    assert_eq!(bob.does("unbookmark", &two).await["bookmarked"], false);
    assert_eq!(bob.looks_at(&two).await.unwrap()["bookmarked"], false);
}

#[tokio::test]
async fn a_program_mutes_a_conversation() {
    let app = TestApp::start().await;
    let (ann, bob) = app.two_people().await;
    let post = ann.posts("Cake?").await;

    assert_eq!(ann.does("mute", &post).await["muted"], true);
    bob.replies(&post, "Yes").await;
    bob.does("favourite", &post).await;
    let other = ann.posts("Elsewhere").await;
    bob.does("favourite", &other).await;

    let told = ann.hears("favourite", &bob).await;
    assert_eq!(text_of(&told["status"], "id"), text_of(&other, "id"));
    assert_eq!(ann.notifications().await.len(), 1);
    assert_eq!(ann.conversation(&post).await.len(), 2, "it can be read");
    assert_eq!(ann.does("unmute", &post).await["muted"], false);
}

#[tokio::test]
async fn a_program_keeps_lists() {
    let app = TestApp::start().await;
    let (ann, bob) = app.two_people().await;
    bob.posts("Hello").await;
    let list = ann.post("/api/v1/lists", json!({ "title": "Team" })).await.ok().json();
    assert_eq!(list["replies_policy"], "list");
    let id = text_of(&list, "id");
    let members = format!("/api/v1/lists/{id}/accounts");
    let add = json!({ "account_ids": [bob.id] });

    assert_eq!(ann.post(&members, add.clone()).await.status, StatusCode::NOT_FOUND, "not followed");
    ann.follows(&bob).await;
    ann.post(&members, add.clone()).await.ok();

    assert_eq!(text_of(&ann.get(&members).await.ok().json()[0], "username"), "bob");
    assert_eq!(ann.get(&format!("{members}?limit=0")).await.ok().json().as_array().unwrap().len(), 1);
    let timeline = ann.get(&format!("/api/v1/timelines/list/{id}")).await.ok().json();
    assert_eq!(plain(&timeline[0]), "Hello");
    let with_bob = ann.get(&format!("/api/v1/accounts/{}/lists", bob.id)).await.ok().json();
    assert_eq!(text_of(&with_bob[0], "id"), id);
    let body = json!({ "title": "Crew", "replies_policy": "none", "exclusive": true });
    let changed = ann.put(&format!("/api/v1/lists/{id}"), body).await.ok().json();
    assert_eq!(changed, json!({ "id": id, "title": "Crew", "replies_policy": "none", "exclusive": true }));
    let odd = ann.put(&format!("/api/v1/lists/{id}"), json!({ "replies_policy": "all" })).await;
    assert_eq!(odd.status, StatusCode::UNPROCESSABLE_ENTITY);
    for path in [format!("/api/v1/lists/{id}"), members.clone(), format!("/api/v1/timelines/list/{id}")] {
        assert_eq!(bob.get(&path).await.status, StatusCode::NOT_FOUND, "{path}");
    }
    ann.delete(&format!("{members}?account_ids[]={}", bob.id)).await.ok();
    assert_eq!(ann.get(&members).await.ok().json(), json!([]));
    ann.delete(&format!("/api/v1/lists/{id}")).await.ok();
    assert_eq!(ann.get("/api/v1/lists").await.ok().json(), json!([]));
}

#[tokio::test]
async fn a_program_keeps_filters_and_sees_what_they_find() {
    let app = TestApp::start().await;
    let (ann, bob) = app.two_people().await;
    ann.follows(&bob).await;
    let post = bob.posts("My cat").await;
    let body = json!({
        "title": "Cats", "context": ["home", "thread"], "filter_action": "warn", "expires_in": 3600,
        "keywords_attributes": [{ "keyword": "cat", "whole_word": true }],
    });
    let filter = ann.post("/api/v2/filters", body).await.ok().json();
    let id = text_of(&filter, "id");
    let word = text_of(&filter["keywords"][0], "id");
    assert!(filter["expires_at"].is_string());

    let seen = ann.home().await;
    assert_eq!(seen[0]["filtered"][0]["keyword_matches"], json!(["cat"]));
    assert_eq!(seen[0]["filtered"][0]["filter"]["title"], "Cats");
    assert_eq!(seen[0]["filtered"][0]["status_matches"], json!(null));
    assert_eq!(ann.looks_at(&post).await.unwrap()["filtered"][0]["filter"]["id"], json!(id));
    assert_eq!(bob.looks_at(&post).await.unwrap()["filtered"], json!([]));

    let body = json!({
        "filter_action": "hide", "expires_in": "", "keywords_attributes": [
            { "id": word, "keyword": "dog" }, { "keyword": "y cat", "whole_word": false },
        ],
    });
    let changed = ann.put(&format!("/api/v2/filters/{id}"), body).await.ok().json();
    assert_eq!(changed["expires_at"], json!(null));
    assert_eq!(changed["context"], json!(["home", "thread"]));
    assert_eq!(changed["keywords"][0]["keyword"], "dog");
    assert!(ann.home().await.is_empty());

    let v1 = ann.get("/api/v1/filters").await.ok().json();
    assert_eq!(v1[1]["phrase"], "y cat");
    assert_eq!(v1[1]["irreversible"], true);
    let second = text_of(&v1[1], "id");
    ann.delete(&format!("/api/v2/filters/keywords/{second}")).await.ok();
    assert_eq!(ann.home().await.len(), 1);
    let named = json!({ "status_id": post["id"] });
    let named = ann.post(&format!("/api/v2/filters/{id}/statuses"), named).await.ok().json();
    assert!(ann.home().await.is_empty());
    ann.delete(&format!("/api/v2/filters/statuses/{}", text_of(&named, "id"))).await.ok();
    for path in [format!("/api/v2/filters/{id}"), format!("/api/v2/filters/keywords/{word}")] {
        assert_eq!(bob.get(&path).await.status, StatusCode::NOT_FOUND, "{path}");
    }
    let nowhere = json!({ "title": "x", "context": ["somewhere"] });
    assert_eq!(ann.post("/api/v2/filters", nowhere).await.status, StatusCode::UNPROCESSABLE_ENTITY);
    ann.delete(&format!("/api/v2/filters/{id}")).await.ok();
    assert_eq!(ann.get("/api/v2/filters").await.ok().json(), json!([]));
}

#[tokio::test]
async fn a_program_follows_hashtags() {
    let app = TestApp::start().await;
    let (ann, bob) = app.two_people().await;
    bob.posts("Green #Tea").await;

    let tag = ann.post("/api/v1/tags/Tea/follow", json!({})).await.ok().json();
    assert_eq!((tag["name"].as_str(), tag["following"].as_bool()), (Some("Tea"), Some(true)));

    assert_eq!(ann.reads().await, ["Green #Tea"]);
    assert_eq!(ann.get("/api/v1/followed_tags").await.ok().json()[0]["name"], "Tea");
    assert_eq!(ann.get("/api/v1/tags/tea").await.ok().json()["following"], true);
    assert_eq!(bob.get("/api/v1/tags/tea").await.ok().json()["following"], false);
    assert_eq!(
        ann.get("/api/v2/search?q=tea&type=hashtags").await.ok().json()["hashtags"][0]["following"],
        true
    );
    let odd = ann.post("/api/v1/tags/two%20words/follow", json!({})).await;
    assert_eq!(odd.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert_eq!(ann.post("/api/v1/tags/tea/unfollow", json!({})).await.ok().json()["following"], false);
    assert!(ann.reads().await.is_empty());
}

#[tokio::test]
async fn a_program_follows_and_mutes_with_options() {
    let app = TestApp::start().await;
    let (ann, bob) = app.two_people().await;
    let path = format!("/api/v1/accounts/{}", bob.id);

    let body = json!({ "reblogs": false, "notify": true, "languages": ["de"] });
    let tie = ann.post(&format!("{path}/follow"), body).await.ok().json();
    assert_eq!((&tie["showing_reblogs"], &tie["notifying"]), (&json!(false), &json!(true)));
    assert_eq!(tie["languages"], json!(["de"]));
    let body = json!({ "duration": 3600, "notifications": false });
    let tie = ann.post(&format!("{path}/mute"), body).await.ok().json();
    assert_eq!((&tie["muting"], &tie["muting_notifications"]), (&json!(true), &json!(false)));
    assert!(tie["muting_expires_at"].is_string());
    let muted = ann.get("/api/v1/mutes").await.ok().json();
    assert_eq!(muted[0]["mute_expires_at"], tie["muting_expires_at"]);
}
