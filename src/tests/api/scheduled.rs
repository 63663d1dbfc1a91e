//! Planned posts, as programs see them.

use breezeway::base::Millis;
use breezeway::base::clock::Clock;
use breezeway::testing::person::text_of;
use breezeway::testing::{TestApp, eventually};
use http::StatusCode;
use serde_json::{Value, json};

async fn ids(person: &breezeway::testing::Person, path: &str) -> Vec<Value> {
    let list = person.get(path).await.ok().json();
    list.as_array().unwrap().iter().map(|planned| planned["id"].clone()).collect()
}

#[tokio::test]
async fn a_planned_post_is_shown_changed_and_cancelled() {
    let app = TestApp::start().await;
    let (ann, bob) = app.two_people().await;
    let poll = json!({ "options": ["yes", "no"], "expires_in": 3600 });
    let parameters = json!({
        "status": "later", "scheduled_at": "2031-01-01T09:00:00+01:00", "visibility": "site", "poll": poll,
        "spoiler_text": "long", "language": "en",
    });

    let planned = ann.posts_with(parameters).await;

    let path = format!("/api/v1/scheduled_statuses/{}", text_of(&planned, "id"));
    assert_eq!(planned["scheduled_at"], "2031-01-01T08:00:00.000Z");
    assert_eq!(planned["params"]["text"], "later");
    assert_eq!(planned["params"]["visibility"], "site");
    assert_eq!(planned["params"]["spoiler_text"], "long");
    assert_eq!(planned["params"]["poll"]["options"], json!(["yes", "no"]));
    assert_eq!(planned["params"]["poll"]["expires_in"], "3600");
    assert_eq!(planned["media_attachments"], json!([]));
    assert_eq!(ann.get(&path).await.ok().json(), planned);
    let moved = ann.put(&path, json!({ "scheduled_at": "2031-02-01T08:00:00Z" })).await.ok().json();
    assert_eq!(moved["scheduled_at"], "2031-02-01T08:00:00.000Z");
    for refused in [bob.get(&path).await, bob.put(&path, json!({})).await, bob.delete(&path).await] {
        assert_eq!(refused.status, StatusCode::NOT_FOUND);
    }
    assert_eq!(ann.delete(&path).await.ok().json(), json!({}));
    assert_eq!(ann.get(&path).await.status, StatusCode::NOT_FOUND);
    assert!(ids(&ann, "/api/v1/scheduled_statuses").await.is_empty());
}

#[tokio::test]
async fn the_list_has_pages() {
    let app = TestApp::start().await;
    let (ann, bob) = app.two_people().await;
    let mut made = Vec::new();
    for day in 1..=5 {
        let at = format!("2031-01-0{day}T08:00:00Z");
        made.push(ann.posts_with(json!({ "status": "later", "scheduled_at": at })).await["id"].clone());
    }
    made.reverse();

    let first = ids(&ann, "/api/v1/scheduled_statuses?limit=2").await;
    let older = format!("/api/v1/scheduled_statuses?max_id={}", first[1].as_str().unwrap());

    assert_eq!(first, made[..2]);
    assert_eq!(ids(&ann, &older).await, made[2..]);
    assert!(ids(&bob, "/api/v1/scheduled_statuses").await.is_empty());
}

#[tokio::test]
async fn a_time_that_is_over_means_now_and_one_too_near_is_refused() {
    let app = TestApp::start().await;
    let (ann, _) = app.two_people().await;
    let soon = Millis(Clock::system().now().0 + 60_000).to_rfc3339();

    let now = ann.posts_with(json!({ "status": "now", "scheduled_at": "2001-01-01T00:00:00Z" })).await;
    let near = ann.post("/api/v1/statuses", json!({ "status": "soon", "scheduled_at": soon })).await;
    let none = ann.post("/api/v1/statuses", json!({ "status": "soon", "scheduled_at": "soon" })).await;

    assert_eq!(now["account"]["acct"], "ann");
    assert_eq!(near.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert_eq!(none.status, StatusCode::UNPROCESSABLE_ENTITY);
}

#[tokio::test]
async fn the_worker_posts_what_is_due() {
    let (clock, hand) = Clock::manual(Clock::system().now());
    let app = TestApp::build().clock(clock.clone()).start().await;
    let (ann, bob) = app.two_people().await;
    bob.follows(&ann).await;
    let at = (clock.now() + std::time::Duration::from_hours(1)).to_rfc3339();
    ann.posts_with(json!({ "status": "the train leaves", "scheduled_at": at })).await;

    hand.advance(std::time::Duration::from_mins(61));

    eventually("the planned post stands in a home", async || {
        let home = bob.get("/api/v1/timelines/home").await.ok().json();
        home.as_array()
            .unwrap()
            .iter()
            .any(|post| text_of(post, "content").contains("the train leaves"))
            .then_some(())
    })
    .await;
    assert!(ids(&ann, "/api/v1/scheduled_statuses").await.is_empty());
}
