//! Policies and requests of Mastodon's API.

use breezeway::testing::TestApp;
use http::Method;
use serde_json::{Value, json};

use breezeway::testing::http::send;

#[tokio::test]
async fn a_program_reads_and_changes_the_policy_and_decides_about_requests() {
    let app = TestApp::start().await;
    let (ann, bob) = app.two_people().await;
    let before: Value = ann.get("/api/v2/notifications/policy").await.ok().json();
    assert_eq!(before["for_not_following"], "accept");
    assert_eq!(before["for_limited_accounts"], "filter");
    assert_eq!(before["summary"], json!({ "pending_requests_count": 0, "pending_notifications_count": 0 }));

    let patch = async |body: Value| {
        send(ann.request(Method::PATCH, "/api/v2/notifications/policy").json(&body)).await
    };
    assert_eq!(patch(json!({ "for_not_followers": "whatever" })).await.status, 422);
    patch(json!({ "for_not_followers": "filter" })).await.ok();
    let post = ann.posts("hello").await;
    bob.does("favourite", &post).await;
    bob.posts("@ann look").await;
    app.settles().await;

    let policy: Value = ann.get("/api/v2/notifications/policy").await.ok().json();
    assert_eq!(policy["summary"], json!({ "pending_requests_count": 1, "pending_notifications_count": 2 }));
    let requests: Value = ann.get("/api/v1/notifications/requests").await.ok().json();
    assert_eq!(requests[0]["account"]["username"], "bob");
    assert_eq!(requests[0]["notifications_count"], "2");
    let id = requests[0]["id"].as_str().unwrap();
    let with: Value = ann.get("/api/v1/notifications?include_filtered=true").await.ok().json();
    assert_eq!(with.as_array().unwrap().len(), 2);
    assert_eq!(bob.get(&format!("/api/v1/notifications/requests/{id}")).await.status, 404);

    ann.post(&format!("/api/v1/notifications/requests/{id}/dismiss"), json!({})).await.ok();
    assert_eq!(ann.get(&format!("/api/v1/notifications/requests/{id}")).await.status, 404);
    bob.posts("@ann again").await;
    app.settles().await;
    ann.post("/api/v1/notifications/requests/accept", json!({ "id": [id] })).await.ok();
    let told = ann.notifications().await;
    assert_eq!(told.len(), 1);
    let merged: Value = ann.get("/api/v1/notifications/requests/merged").await.ok().json();
    assert_eq!(merged["merged"], true);
}

#[tokio::test]
async fn kinds_are_asked_for_and_left_out() {
    let app = TestApp::start().await;
    let (ann, bob) = app.two_people().await;
    let post = ann.posts("hello").await;
    bob.does("favourite", &post).await;
    bob.posts("@ann look").await;
    app.settles().await;

    let kinds = async |query: &str| {
        let all: Value = ann.get(&format!("/api/v1/notifications?{query}")).await.ok().json();
        all.as_array().unwrap().iter().map(|one| one["type"].as_str().unwrap().to_owned()).collect::<Vec<_>>()
    };
    assert_eq!(kinds("types[]=favourite").await, ["favourite"]);
    assert_eq!(kinds("exclude_types[]=favourite").await, ["mention"]);
}
