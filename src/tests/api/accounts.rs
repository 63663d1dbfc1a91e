//! Accounts, and how people stand to one another.

use breezeway::testing::TestApp;
use breezeway::testing::http::send;
use http::{Method, StatusCode};
use serde_json::json;

#[tokio::test]
async fn a_person_reads_and_changes_the_own_profile() {
    let app = TestApp::start().await;
    let ann = app.person("ann").await;
    let form = "display_name=Ann+W&note=Likes+%23tea&locked=true&bot=0&source%5Bprivacy%5D=private\
                &source%5Bsensitive%5D=true&source%5Blanguage%5D=de\
                &fields_attributes%5B0%5D%5Bname%5D=Unit&fields_attributes%5B0%5D%5Bvalue%5D=Lab";
    let request = ann.request(Method::PATCH, "/api/v1/accounts/update_credentials");

    let changed = send(request.header("content-type", "application/x-www-form-urlencoded").body(form)).await;

    let changed = changed.ok().json();
    let seen = ann.get("/api/v1/accounts/verify_credentials").await.ok().json();
    assert_eq!(changed, seen);
    assert_eq!(
        (&seen["display_name"], &seen["locked"], &seen["bot"]),
        (&json!("Ann W"), &json!(true), &json!(false))
    );
    assert_eq!(seen["source"]["note"], "Likes #tea");
    assert_eq!((&seen["source"]["privacy"], &seen["source"]["language"]), (&json!("private"), &json!("de")));
    assert_eq!((&seen["fields"][0]["name"], &seen["fields"][0]["value"]), (&json!("Unit"), &json!("Lab")));
    assert_eq!(ann.posts("By default").await["visibility"], "private");
    let preferences = ann.get("/api/v1/preferences").await.ok().json();
    assert_eq!(preferences["posting:default:visibility"], "private");
    assert_eq!(preferences["posting:default:sensitive"], true);
}

#[tokio::test]
async fn following_is_seen_from_both_sides() {
    let app = TestApp::start().await;
    let (ann, bob) = app.two_people().await;

    let tie = ann.post(&format!("/api/v1/accounts/{}/follow", bob.id), json!({})).await.ok().json();

    assert_eq!((&tie["following"], &tie["requested"]), (&json!(true), &json!(false)));
    assert_eq!(bob.relationship(&ann.id.to_string()).await["followed_by"], true);
    let path = |what: &str| format!("/api/v1/accounts/{}/{what}", bob.id);
    assert_eq!(ann.get(&path("followers")).await.ok().json()[0]["username"], "ann");
    let of_ann = format!("/api/v1/accounts/{}/following", ann.id);
    assert_eq!(ann.get(&of_ann).await.ok().json()[0]["username"], "bob");
    let removed =
        bob.post(&format!("/api/v1/accounts/{}/remove_from_followers", ann.id), json!({})).await.ok().json();
    assert_eq!(removed["followed_by"], false);
    assert_eq!(ann.relationship(&bob.id.to_string()).await["following"], false);
}

#[tokio::test]
async fn somebody_locked_decides_who_follows() {
    let app = TestApp::start().await;
    let (ann, bob) = app.two_people().await;
    let locked =
        bob.request(Method::PATCH, "/api/v1/accounts/update_credentials").json(&json!({ "locked": true }));
    send(locked).await.ok();

    let tie = ann.post(&format!("/api/v1/accounts/{}/follow", bob.id), json!({})).await.ok().json();
    assert_eq!((&tie["following"], &tie["requested"]), (&json!(false), &json!(true)));
    assert_eq!(bob.get("/api/v1/follow_requests").await.ok().json()[0]["username"], "ann");
    let own = bob.get("/api/v1/accounts/verify_credentials").await.ok().json();
    assert_eq!(own["source"]["follow_requests_count"], 1);
    bob.post(&format!("/api/v1/follow_requests/{}/authorize", ann.id), json!({})).await.ok();

    assert_eq!(ann.relationship(&bob.id.to_string()).await["following"], true);
    let again = bob.post(&format!("/api/v1/follow_requests/{}/reject", bob.id), json!({})).await;
    assert_eq!(again.status, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn a_block_hides_both_and_can_be_taken_back() {
    let app = TestApp::start().await;
    let (ann, bob) = app.two_people().await;
    let status = bob.posts("Hello").await;

    let tie = ann.post(&format!("/api/v1/accounts/{}/block", bob.id), json!({})).await.ok().json();

    assert_eq!(tie["blocking"], true);
    assert!(ann.looks_at(&status).await.is_none());
    assert_eq!(ann.get("/api/v1/blocks").await.ok().json()[0]["username"], "bob");
    assert_eq!(
        ann.post(&format!("/api/v1/accounts/{}/follow", bob.id), json!({})).await.status,
        StatusCode::FORBIDDEN
    );
    // Who wants to take a block back must find whom.
    assert_eq!(ann.get("/api/v1/accounts/search?q=bob").await.ok().json()[0]["username"], "bob");
    ann.post(&format!("/api/v1/accounts/{}/unblock", bob.id), json!({})).await.ok();
    assert!(ann.looks_at(&status).await.is_some());
}

#[tokio::test]
async fn a_mute_may_end_by_itself() {
    let app = TestApp::start().await;
    let (ann, bob) = app.two_people().await;

    let tie =
        ann.post(&format!("/api/v1/accounts/{}/mute", bob.id), json!({ "duration": 3600 })).await.ok().json();

    assert_eq!((&tie["muting"], &tie["muting_notifications"]), (&json!(true), &json!(true)));
    let muted = ann.get("/api/v1/mutes").await.ok().json();
    assert_eq!(muted[0]["username"], "bob");
    let tie = ann.post(&format!("/api/v1/accounts/{}/unmute", bob.id), json!({})).await.ok().json();
    assert_eq!(tie["muting"], false);
}

#[tokio::test]
async fn an_account_is_found_by_handle_and_by_id() {
    let app = TestApp::start().await;
    let (ann, bob) = app.two_people().await;

    for handle in ["bob", "@bob", "BOB", &bob.handle] {
        let found = ann.get(&format!("/api/v1/accounts/lookup?acct={handle}")).await.ok().json();
        assert_eq!(found["id"], bob.id.to_string(), "{handle}");
    }
    assert_eq!(ann.get("/api/v1/accounts/lookup?acct=nobody").await.status, StatusCode::NOT_FOUND);
    let both = ann.get(&format!("/api/v1/accounts?id[]={}&id[]={}", bob.id, ann.id)).await.ok().json();
    assert_eq!((&both[0]["username"], &both[1]["username"]), (&json!("bob"), &json!("ann")));
    assert!(both[0]["avatar"].as_str().unwrap().starts_with(app.url("/").as_str()));
}

#[tokio::test]
async fn a_report_reaches_the_desk() {
    let app = TestApp::start().await;
    let (ann, bob) = app.two_people().await;
    let status = bob.posts("Buy now").await;

    let asked = json!({
        "account_id": bob.id, "status_ids": [status["id"]], "comment": "advertising", "category": "spam",
    });
    let report = ann.post("/api/v1/reports", asked).await.ok().json();

    assert_eq!((&report["category"], &report["action_taken"]), (&json!("spam"), &json!(false)));
    assert_eq!(report["target_account"]["username"], "bob");
    assert_eq!(report["status_ids"], json!([status["id"]]));
    let nobody = ann.post("/api/v1/reports", json!({ "comment": "?" })).await;
    assert_eq!(nobody.status, StatusCode::UNPROCESSABLE_ENTITY);
}
