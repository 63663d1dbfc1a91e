//! Pinned posts, as programs see them.

use breezeway::testing::person::{plain, text_of};
use breezeway::testing::{Person, TestApp};
use http::StatusCode;
use serde_json::{Value, json};

/// What the reader sees as pinned by the person.
async fn pinned(reader: &Person, whose: &Person) -> Vec<String> {
    let path = format!("/api/v1/accounts/{}/statuses?pinned=true", whose.id);
    reader.get(&path).await.ok().json().as_array().unwrap().iter().map(plain).collect()
}

async fn tries_to_pin(person: &Person, status: &Value) -> StatusCode {
    person.post(&format!("/api/v1/statuses/{}/pin", text_of(status, "id")), json!({})).await.status
}

#[tokio::test]
async fn pinned_posts_stand_first_the_latest_pin_on_top() {
    let app = TestApp::start().await;
    let (ann, bob) = app.two_people().await;
    let (one, two) = (ann.posts("One").await, ann.posts("Two").await);

    assert_eq!(ann.does("pin", &two).await["pinned"], true);
    ann.does("pin", &one).await;
    ann.does("pin", &one).await;

    assert_eq!(pinned(&bob, &ann).await, ["One", "Two"]);
    assert_eq!(bob.looks_at(&one).await.unwrap()["pinned"], false, "it is for the author to know");
    assert_eq!(ann.does("unpin", &one).await["pinned"], false);
    ann.does("unpin", &one).await;
    assert_eq!(pinned(&bob, &ann).await, ["Two"]);
    ann.delete(&format!("/api/v1/statuses/{}", text_of(&two, "id"))).await.ok();
    assert!(pinned(&bob, &ann).await.is_empty());
}

#[tokio::test]
async fn only_own_posts_for_others_and_at_most_five_can_be_pinned() {
    let app = TestApp::start().await;
    let (ann, bob) = app.two_people().await;
    let of_bob = bob.posts("Of Bob").await;
    let repost = ann.does("reblog", &of_bob).await;
    let direct = ann.posts_with(json!({ "status": "@bob psst", "visibility": "direct" })).await;
    let hidden = bob.posts_with(json!({ "status": "for my followers", "visibility": "private" })).await;

    assert_eq!(tries_to_pin(&ann, &of_bob).await, StatusCode::UNPROCESSABLE_ENTITY);
    assert_eq!(tries_to_pin(&ann, &repost).await, StatusCode::UNPROCESSABLE_ENTITY);
    assert_eq!(tries_to_pin(&ann, &direct).await, StatusCode::UNPROCESSABLE_ENTITY);
    assert_eq!(tries_to_pin(&ann, &hidden).await, StatusCode::NOT_FOUND);
    for number in 0..5 {
        ann.does("pin", &ann.posts(&format!("Number {number}")).await).await;
    }
    assert_eq!(tries_to_pin(&ann, &ann.posts("One too many").await).await, StatusCode::UNPROCESSABLE_ENTITY);
}

#[tokio::test]
async fn what_is_pinned_is_shown_to_those_who_may_read_it() {
    let app = TestApp::start().await;
    let (ann, bob) = app.two_people().await;
    let post = ann.posts_with(json!({ "status": "for my followers", "visibility": "private" })).await;

    ann.does("pin", &post).await;

    assert!(pinned(&bob, &ann).await.is_empty());
    assert_eq!(pinned(&ann, &ann).await, ["for my followers"]);
}

#[tokio::test]
async fn a_post_is_pinned_and_unpinned_on_its_page() {
    let app = TestApp::start().await;
    let ann = app.person("ann").await;
    let post = ann.posts("Read this first").await;
    ann.posts("Something else").await;
    let (browser, id) = (ann.browser().await, text_of(&post, "id"));

    browser.submit("/@ann", &format!("/posts/{id}/pin"), &[("back", "/@ann")]).await.ok();

    let page = browser.open("/@ann").await.ok().text();
    assert!(page.find("Read this first").unwrap() < page.find("Something else").unwrap(), "{page}");
    assert_eq!(page.matches(&format!("id=\"p{id}\"")).count(), 1, "it stands there once");
    assert!(page.contains("<span>Pinned</span>") && page.contains(&format!("/posts/{id}/unpin")));
    browser.submit("/@ann", &format!("/posts/{id}/unpin"), &[("back", "/@ann")]).await.ok();
    assert!(!browser.open("/@ann").await.ok().text().contains("<span>Pinned</span>"));
}
