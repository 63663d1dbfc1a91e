//! What one is told, and how far one has read.

use breezeway::testing::TestApp;
use breezeway::testing::person::text_of;
use http::StatusCode;
use serde_json::json;

#[tokio::test]
async fn a_person_hears_of_a_like_and_a_follow_and_puts_them_away() {
    let app = TestApp::start().await;
    let (ann, bob) = app.two_people().await;
    let status = ann.posts("Hello").await;
    bob.does("favourite", &status).await;
    bob.post(&format!("/api/v1/accounts/{}/follow", ann.id), json!({})).await.ok();
    let like = ann.hears("favourite", &bob).await;
    let follow = ann.hears("follow", &bob).await;

    assert_eq!(like["status"]["id"], status["id"]);
    let only = ann.get("/api/v1/notifications?types[]=follow").await.ok().json();
    assert_eq!((only.as_array().unwrap().len(), &only[0]["id"]), (1, &follow["id"]));
    let without = ann.get("/api/v1/notifications?exclude_types[]=follow").await.ok().json();
    assert_eq!(without[0]["type"], "favourite");
    let of_bob = ann.get(&format!("/api/v1/notifications?account_id={}", ann.id)).await.ok().json();
    assert_eq!(of_bob, json!([]));
    let one = format!("/api/v1/notifications/{}", text_of(&like, "id"));
    assert_eq!(ann.get(&one).await.ok().json()["id"], like["id"]);
    assert_eq!(bob.get(&one).await.status, StatusCode::NOT_FOUND);

    ann.post(&format!("{one}/dismiss"), json!({})).await.ok();
    assert_eq!(ann.get(&one).await.status, StatusCode::NOT_FOUND);
    ann.post("/api/v1/notifications/clear", json!({})).await.ok();
    assert!(ann.notifications().await.is_empty());
}

#[tokio::test]
async fn what_was_read_on_one_device_is_read_on_all() {
    let app = TestApp::start().await;
    let (ann, bob) = app.two_people().await;
    let status = ann.posts("Hello").await;
    bob.does("favourite", &status).await;
    let like = ann.hears("favourite", &bob).await;
    assert_eq!(ann.get("/api/v1/notifications/unread_count").await.ok().json()["count"], 1);

    let marks = json!({
        "home": { "last_read_id": status["id"] }, "notifications": { "last_read_id": like["id"] },
    });
    let marked = ann.post("/api/v1/markers", marks).await.ok().json();

    assert_eq!((&marked["home"]["last_read_id"], &marked["home"]["version"]), (&status["id"], &json!(1)));
    let read = ann.get("/api/v1/markers?timeline[]=home&timeline[]=notifications").await.ok().json();
    assert_eq!(read, marked);
    assert_eq!(ann.get("/api/v1/markers?timeline[]=home").await.ok().json().as_object().unwrap().len(), 1);
    assert_eq!(ann.get("/api/v1/notifications/unread_count").await.ok().json()["count"], 0);
}

#[tokio::test]
async fn groups_are_told_with_what_they_are_about() {
    let app = TestApp::start().await;
    let (ann, bob) = app.two_people().await;
    let status = ann.posts("Hello").await;
    bob.does("favourite", &status).await;
    ann.hears("favourite", &bob).await;

    let grouped = ann.get("/api/v2/notifications").await.ok().json();

    assert_eq!(grouped["accounts"][0]["username"], "bob");
    assert_eq!(grouped["statuses"][0]["id"], status["id"]);
    let group = &grouped["notification_groups"][0];
    assert_eq!((&group["type"], &group["status_id"]), (&json!("favourite"), &status["id"]));
    let one = format!("/api/v2/notifications/{}", text_of(group, "group_key"));
    assert_eq!(ann.get(&one).await.ok().json()["notification_groups"][0], *group);
    assert_eq!(ann.get(&format!("{one}/accounts")).await.ok().json()[0]["username"], "bob");
    ann.post(&format!("{one}/dismiss"), json!({})).await.ok();
    assert_eq!(ann.get(&one).await.status, StatusCode::NOT_FOUND);
}
