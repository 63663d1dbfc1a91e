//! Web push: whom a program may be woken for, at which services, and what the answers of a service mean.

use std::sync::{Arc, Mutex};

use axum::Router;
use axum::body::Bytes;
use axum::http::{HeaderMap, StatusCode};
use axum::routing::post;
use breezeway::domain::push;
use breezeway::testing::http::{Answer, send};
use breezeway::testing::{Person, TestApp, eventually};
use http::Method;
use serde_json::{Value, json};

const KEY: &str = "BCVxsr7N_eNgVRqvHtD0zTZsEc6-VV-JvLexhqUzORcxaOzi6-AYWXvTBHm4bjyPjs7Vd8pZGH6SRpkNtoIAiw4";
const AUTH: &str = "BTBZMqHH6r4Tts7J_aSIgg";

/// A push service that answers as it is told, and keeps what it got.
struct Service {
    url: String,
    got: Arc<Mutex<Vec<(HeaderMap, Bytes)>>>,
    answer: Arc<Mutex<StatusCode>>,
}

impl Service {
    async fn start() -> Self {
        let got: Arc<Mutex<Vec<(HeaderMap, Bytes)>>> = Arc::default();
        let answer = Arc::new(Mutex::new(StatusCode::CREATED));
        let (kept, said) = (Arc::clone(&got), Arc::clone(&answer));
        let router = Router::new().route(
            "/send/{id}",
            post(async move |headers: HeaderMap, body: Bytes| {
                kept.lock().unwrap().push((headers, body));
                *said.lock().unwrap()
            }),
        );
        let listener = tokio::net::TcpListener::bind(("127.0.0.1", 0)).await.unwrap();
        let url = format!("http://{}/send/1", listener.local_addr().unwrap());
        tokio::spawn(async move { axum::serve(listener, router).await });
        Self { url, got, answer }
    }

    fn count(&self) -> usize {
        self.got.lock().unwrap().len()
    }
}

async fn waking() -> TestApp {
    TestApp::build()
        .with(|config| {
            config.push.enabled = true;
            config.push.hosts.push("127.0.0.1".to_owned());
        })
        .start()
        .await
}

async fn subscribes(person: &Person, endpoint: &str) -> Answer {
    let body = json!({
        "subscription": { "endpoint": endpoint, "keys": { "p256dh": KEY, "auth": AUTH }, "standard": true },
        "data": { "alerts": { "mention": true, "favourite": false }, "policy": "all" },
    });
    person.post("/api/v1/push/subscription", body).await
}

async fn has_one(person: &Person) -> bool {
    person.get("/api/v1/push/subscription").await.status == 200
}

#[tokio::test]
async fn a_program_is_woken_for_what_it_asked_for() {
    let (app, service) = (waking().await, Service::start().await);
    let (ann, bob) = app.two_people().await;
    let made: Value = subscribes(&ann, &service.url).await.ok().json();
    assert_eq!(made["standard"], true);
    assert_eq!((&made["alerts"]["mention"], &made["alerts"]["favourite"]), (&json!(true), &json!(false)));
    let instance: Value = ann.get("/api/v2/instance").await.ok().json();
    assert_eq!(instance["configuration"]["vapid"]["public_key"], made["server_key"]);
    assert!(made["server_key"].as_str().unwrap().len() > 80);

    let post = ann.posts("hello").await;
    bob.does("favourite", &post).await;
    bob.posts("@ann wake up").await;
    eventually("the message is there", async || (service.count() == 1).then_some(())).await;

    let (headers, body) = service.got.lock().unwrap()[0].clone();
    assert_eq!(headers["content-encoding"], "aes128gcm");
    assert!(headers["authorization"].to_str().unwrap().starts_with("vapid t="));
    assert!(headers.contains_key("ttl"));
    assert!(!String::from_utf8_lossy(&body).contains("wake up"), "it is encrypted");
    app.settles().await;
    assert_eq!(service.count(), 1, "likes were not asked for");
}

#[tokio::test]
async fn a_message_holds_nothing_of_what_was_written_to_one_alone() {
    let (app, service) = (waking().await, Service::start().await);
    let (ann, bob) = app.two_people().await;
    subscribes(&ann, &service.url).await.ok();
    // The service takes nothing for now, so that the jobs can be looked at.
    *service.answer.lock().unwrap() = StatusCode::SERVICE_UNAVAILABLE;
    bob.posts_with(json!({ "status": "@ann the salary", "visibility": "direct" })).await;
    bob.posts("@ann hello there").await;
    eventually("both are tried", async || (service.count() >= 2).then_some(())).await;

    let mut conn = app.services().db.read().await.unwrap();
    let far = breezeway::base::Millis(i64::MAX);
    let mut jobs = push::store::list_jobs_due(&mut conn, far, 10).await.unwrap();
    jobs.sort_by_key(|job| job.notification_id);
    assert_eq!(jobs.len(), 2, "they wait for the service");
    let subscription = push::store::find(&mut conn, jobs[0].subscription_id).await.unwrap().unwrap();
    let mut said = Vec::new();
    for job in &jobs {
        let message =
            breezeway::web::wake::message(app.services(), &mut conn, job, &subscription).await.unwrap();
        said.push(serde_json::from_slice::<Value>(&message.unwrap()).unwrap());
    }

    assert_eq!(said[0]["body"], "");
    assert!(said[0]["title"].as_str().unwrap().contains("to you alone"));
    assert!(said[1]["body"].as_str().unwrap().contains("hello there"));
    assert_eq!(said[1]["notification_type"], "mention");
}

#[tokio::test]
async fn a_browser_that_is_gone_is_forgotten() {
    for status in [StatusCode::GONE, StatusCode::NOT_FOUND] {
        let (app, service) = (waking().await, Service::start().await);
        let (ann, bob) = app.two_people().await;
        subscribes(&ann, &service.url).await.ok();
        *service.answer.lock().unwrap() = status;

        bob.posts("@ann wake up").await;

        eventually("it is forgotten", async || (!has_one(&ann).await).then_some(())).await;
        assert_eq!(service.count(), 1);
    }
}

#[tokio::test]
async fn only_services_that_are_allowed_are_sent_to() {
    let app = waking().await;
    let ann = app.person("ann").await;
    for wrong in [
        "",
        "not an address",
        "https://example.org/send/1",
        "http://fcm.googleapis.com/send/1",
        "https://fcm.googleapis.com:8443/send/1",
        "https://ann@fcm.googleapis.com/send/1",
        "ftp://127.0.0.1/send/1",
        "https://10.0.0.1/send/1",
        "file:///etc/passwd",
    ] {
        let refused = subscribes(&ann, wrong).await;
        assert!(refused.status == 422, "{wrong}: {}", refused.status);
    }
    let keys = json!({ "subscription": { "endpoint": "https://fcm.googleapis.com/1", "keys": { "p256dh": "x", "auth": "y" } } });
    assert_eq!(ann.post("/api/v1/push/subscription", keys).await.status, 422);
    assert!(!has_one(&ann).await);
    subscribes(&ann, "https://fcm.googleapis.com/send/1").await.ok();
    assert!(has_one(&ann).await);
}

#[tokio::test]
async fn a_subscription_is_changed_ended_and_nobody_elses() {
    let app = waking().await;
    let (ann, bob) = app.two_people().await;
    subscribes(&ann, "https://fcm.googleapis.com/send/1").await.ok();
    assert!(!has_one(&bob).await);

    let data = json!({ "data": { "alerts": { "follow": "true" }, "policy": "followed" } });
    let changed: Value = ann.put("/api/v1/push/subscription", data).await.ok().json();
    assert_eq!((&changed["alerts"]["follow"], &changed["alerts"]["mention"]), (&json!(true), &json!(false)));
    assert_eq!(changed["policy"], "followed");
    // Bob signs in at the same browser.
    subscribes(&bob, "https://fcm.googleapis.com/send/1").await.ok();
    assert!(!has_one(&ann).await && has_one(&bob).await);
    bob.delete("/api/v1/push/subscription").await.ok();
    assert!(!has_one(&bob).await);
}

#[tokio::test]
async fn where_push_is_off_there_is_none() {
    let app = TestApp::start().await;
    let ann = app.person("ann").await;

    assert_eq!(subscribes(&ann, "https://fcm.googleapis.com/send/1").await.status, 403);
    let instance: Value = ann.get("/api/v2/instance").await.ok().json();
    assert_eq!(instance["configuration"]["vapid"]["public_key"], "");
    let nobody = send(ann.request(Method::GET, "/api/v1/push/subscription")).await;
    assert_eq!(nobody.status, 404);
}

#[tokio::test]
async fn a_browser_subscribes_by_its_settings_and_forgets_with_its_session() {
    let app = waking().await;
    let ann = app.person("ann").await;
    let browser = ann.browser().await;
    let page = "/settings/notifications";
    assert!(browser.open(page).await.ok().text().contains("data-push="));

    let fields = [("endpoint", "https://fcm.googleapis.com/send/2"), ("p256dh", KEY), ("auth", AUTH)];
    let kept = browser.submit(page, "/settings/notifications/push", &fields).await.ok().text();
    assert!(kept.contains("/settings/notifications/push/end"), "{kept}");
    let count = async || {
        let mut conn = app.services().db.read().await.unwrap();
        push::store::list_of_people(&mut conn, &[ann.id]).await.unwrap().len()
    };
    assert_eq!(count().await, 1);
    browser.submit(page, "/sign-out", &[]).await.ok();
    assert_eq!(count().await, 0);
}
