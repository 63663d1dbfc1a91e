//! Who gets an answer at all: tokens, scopes, strangers, browsers of other sites, those who ask too often.

use breezeway::domain::auth::{self, Scopes};
use breezeway::testing::TestApp;
use breezeway::testing::http::{Http, send};
use http::{Method, StatusCode};
use serde_json::json;

#[tokio::test]
async fn a_stranger_reads_nothing_on_a_closed_site_but_what_it_is() {
    let app = TestApp::start().await;
    let ann = app.person("ann").await;
    let status = ann.posts("Hello").await;

    for path in [
        format!("/api/v1/statuses/{}", status["id"].as_str().unwrap()),
        format!("/api/v1/accounts/{}", ann.id),
        "/api/v1/timelines/public".to_owned(),
        "/api/v1/timelines/tag/hello".to_owned(),
        "/api/v1/accounts/lookup?acct=ann".to_owned(),
    ] {
        let answer = app.anybody_gets(&path).await;
        assert_eq!(answer.status, StatusCode::UNAUTHORIZED, "{path}");
        assert!(answer.json()["error"].is_string(), "{path}");
    }
    let instance = app.anybody_gets("/api/v2/instance").await.ok().json();
    assert_eq!(instance["domain"], app.host());
    assert!(instance["version"].as_str().unwrap().starts_with("4.3.0 (compatible; Breezeway "));
    assert_eq!(app.anybody_gets("/api/v1/instance").await.ok().json()["uri"], app.host());
}

#[tokio::test]
async fn a_stranger_reads_what_is_public_where_the_site_was_opened() {
    let app = TestApp::build().with(|config| config.site.open_to_web = true).start().await;
    let ann = app.person("ann").await;
    let public = ann.posts("For all").await;
    let inside = ann.posts_with(json!({ "status": "For us", "local_only": true })).await;

    let shown = app.anybody_gets("/api/v1/timelines/public?local=true").await.ok().json();

    assert_eq!(shown.as_array().unwrap().len(), 1);
    assert_eq!(shown[0]["id"], public["id"]);
    let path = format!("/api/v1/statuses/{}", inside["id"].as_str().unwrap());
    assert_eq!(app.anybody_gets(&path).await.status, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn a_token_does_only_what_it_is_for() {
    let app = TestApp::start().await;
    let ann = app.person("ann").await;
    let scopes = Scopes::parse("read:statuses").unwrap();
    let token = auth::token::create(app.services(), ann.id, &scopes, "narrow").await.unwrap();

    let ask = async |method, path| {
        send(Http::default().request(method, app.url(path)).bearer_auth(&token)).await.status
    };

    assert_eq!(ask(Method::GET, "/api/v1/timelines/home").await, StatusCode::OK);
    assert_eq!(ask(Method::GET, "/api/v1/notifications").await, StatusCode::FORBIDDEN);
    assert_eq!(ask(Method::POST, "/api/v1/statuses").await, StatusCode::FORBIDDEN);
    assert_eq!(ask(Method::GET, "/api/v1/accounts/verify_credentials").await, StatusCode::FORBIDDEN);
}

#[tokio::test]
async fn what_is_not_offered_is_said_in_json() {
    let app = TestApp::start().await;
    let ann = app.person("ann").await;

    for path in ["/api/v1/nothing", "/api/v9/statuses", "/api/v1/statuses/abc", "/api/v1/accounts/-99"] {
        let answer = ann.get(path).await;
        assert_eq!(answer.status, StatusCode::NOT_FOUND, "{path}");
        assert!(answer.json()["error"].is_string(), "{path}");
    }
    let wrong_verb = ann.delete("/api/v1/timelines/home").await;
    assert_eq!(wrong_verb.status, StatusCode::NOT_FOUND);
    assert!(wrong_verb.json()["error"].is_string());
}

#[tokio::test]
async fn parameters_that_cannot_be_read_are_refused() {
    let app = TestApp::start().await;
    let ann = app.person("ann").await;

    let broken = ann.request(Method::POST, "/api/v1/statuses").header("content-type", "application/json");
    assert_eq!(send(broken.body("{\"status\":")).await.status, StatusCode::UNPROCESSABLE_ENTITY);
    let nonsense = ann.get("/api/v1/timelines/home?limit=many").await;
    assert_eq!(nonsense.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(nonsense.json()["error_description"].as_str().unwrap().contains("many"));
    let deep = format!("{}1{}", "[".repeat(10_000), "]".repeat(10_000));
    let deep =
        ann.request(Method::POST, "/api/v1/statuses").header("content-type", "application/json").body(deep);
    assert_eq!(send(deep).await.status, StatusCode::UNPROCESSABLE_ENTITY);
}

#[tokio::test]
async fn programs_in_browsers_of_other_sites_may_ask() {
    let app = TestApp::start().await;

    let asked = Http::default()
        .request(Method::OPTIONS, app.url("/api/v1/statuses"))
        .header("origin", "https://elk.example")
        .header("access-control-request-method", "POST")
        .header("access-control-request-headers", "authorization,idempotency-key");
    let preflight = send(asked).await.ok();
    assert_eq!(preflight.header("access-control-allow-origin"), "*");
    assert!(preflight.header("access-control-allow-headers").contains("idempotency-key"));

    for path in ["/api/v1/instance", "/api/v1/timelines/home", "/oauth/nothing", "/api/v1/nothing"] {
        let request =
            Http::default().request(Method::GET, app.url(path)).header("origin", "https://elk.example");
        let answer = send(request).await;
        if path != "/oauth/nothing" {
            assert_eq!(answer.header("access-control-allow-origin"), "*", "{path}");
            assert!(answer.header("access-control-expose-headers").contains("link"), "{path}");
        }
    }
}

#[tokio::test]
async fn who_asks_too_often_waits() {
    let app = TestApp::build().with(|config| config.limits.api_per_5_minutes = 2).start().await;
    let ann = app.person("ann").await;

    let first = ann.get("/api/v1/timelines/home").await.ok();
    ann.get("/api/v1/timelines/home").await.ok();
    let third = ann.get("/api/v1/timelines/home").await;

    assert_eq!((first.header("x-ratelimit-limit"), first.header("x-ratelimit-remaining")), ("2", "1"));
    assert!(first.header("x-ratelimit-reset").ends_with('Z'));
    assert_eq!(third.status, StatusCode::TOO_MANY_REQUESTS);
    assert!(!third.header("retry-after").is_empty());
    assert!(third.json()["error"].is_string());
}
