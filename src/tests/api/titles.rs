//! Titles through the client API.

use breezeway::testing::{TestApp, person::text_of};
use serde_json::json;

#[tokio::test]
async fn a_post_has_a_title_where_one_was_given() {
    let app = TestApp::start().await;
    let ann = app.person("ann").await;

    let post = ann.posts_with(json!({ "status": "First we test.", "title": " How we <ship> " })).await;

    assert_eq!(post["title"], "How we <ship>");
    let content = text_of(&post, "content");
    assert!(content.starts_with("<p><strong>How we &lt;ship&gt;</strong></p>"), "{content}");
    assert_eq!(ann.posts("plain").await["title"], json!(null));
}

#[tokio::test]
async fn a_title_is_changed_taken_away_and_kept_in_the_history() {
    let app = TestApp::start().await;
    let ann = app.person("ann").await;
    let post = ann.posts_with(json!({ "status": "First we test.", "title": "How we ship" })).await;
    let path = format!("/api/v1/statuses/{}", text_of(&post, "id"));

    let words = ann.put(&path, json!({ "status": "First we think." })).await.ok().json();
    let other = ann.put(&path, json!({ "title": "How we think" })).await.ok().json();
    let none = ann.put(&path, json!({ "title": "" })).await.ok().json();

    assert_eq!(
        (&words["title"], &other["title"], &none["title"]),
        (&json!("How we ship"), &json!("How we think"), &json!(null))
    );
    let history = ann.get(&format!("{path}/history")).await.ok().json();
    let said: Vec<String> =
        history.as_array().unwrap().iter().map(|version| text_of(version, "content")).collect();
    assert_eq!(said.len(), 4);
    assert!(said[2].contains("How we think") && !said[3].contains("How we"), "{said:?}");
}

#[tokio::test]
async fn a_title_may_stand_alone_but_not_be_too_long() {
    let app = TestApp::start().await;
    let ann = app.person("ann").await;

    ann.posts_with(json!({ "title": "Only a title" })).await;
    let long = ann.post("/api/v1/statuses", json!({ "status": "x", "title": "x".repeat(201) })).await;
    let nothing = ann.post("/api/v1/statuses", json!({ "status": " ", "title": " " })).await;

    assert_eq!((long.status.as_u16(), nothing.status.as_u16()), (422, 422));
}
