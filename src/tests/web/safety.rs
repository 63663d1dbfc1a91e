//! Forged forms, hostile text, headers.

use breezeway::domain::statuses::Visibility;
use breezeway::testing::{Browser, TestApp};

use super::{member, post};

#[tokio::test]
async fn a_form_without_the_sessions_token_changes_nothing() {
    let app = TestApp::start().await;
    let ann = member(&app, "ann").await;

    let forged = ann.browser.post("/compose", &[("text", "forged"), ("reach", "site")]).await;

    assert_eq!(forged.status, 403);
    assert!(!ann.sees("/@ann").await.contains("forged"));
}

#[tokio::test]
async fn a_form_of_another_origin_changes_nothing() {
    let app = TestApp::start().await;
    let http = breezeway::testing::http::Http::default();

    let request = http
        .request(http::Method::POST, app.url("/sign-in"))
        .header("origin", "https://evil.example")
        .form(&[("login", "ann")]);
    let answer = breezeway::testing::http::send(request).await;

    assert_eq!(answer.status, 403);
}

#[tokio::test]
async fn hostile_text_shows_as_text() {
    let app = TestApp::start().await;
    let ann = member(&app, "ann").await;
    let fields = [("display_name", "<img src=x onerror=alert(1)>"), ("bio", "<script>alert(1)</script>")];
    ann.browser.submit("/settings", "/settings/profile", &fields).await;
    post(&app, ann.id, "<script>alert(1)</script> [x](javascript:alert(1))", Visibility::Site).await;

    for path in ["/@ann", "/timelines/site", "/people", "/people?q=<script>alert(1)</script>"] {
        let page = ann.sees(path).await;
        assert!(!page.contains("<script>alert"), "{path}");
        assert!(!page.contains("<img src=x"), "{path}");
        assert!(!page.contains("href=\"javascript"), "{path}");
    }
}

#[tokio::test]
async fn every_page_comes_with_its_protection() {
    let app = TestApp::start().await;
    let browser = Browser::new(app.url("/"));

    for path in ["/sign-in", "/nowhere", "/assets/nothing.css"] {
        let answer = browser.open(path).await;
        if !path.starts_with("/assets") {
            assert!(answer.header("content-security-policy").contains("default-src 'self'"), "{path}");
            assert!(answer.header("content-security-policy").contains("frame-ancestors 'none'"), "{path}");
            assert_eq!(answer.header("referrer-policy"), "same-origin", "{path}");
        }
    }
}

#[tokio::test]
async fn assets_may_be_kept_for_a_year() {
    let app = TestApp::start().await;
    let browser = Browser::new(app.url("/"));
    let page = browser.open("/sign-in").await.text();

    let sheet = page
        .split("href=\"")
        .find(|part| part.starts_with("/assets/app."))
        .unwrap()
        .split('"')
        .next()
        .unwrap();
    let answer = browser.open(sheet).await;

    assert_eq!(answer.status, 200);
    assert_eq!(answer.header("content-type"), "text/css");
    assert!(answer.header("cache-control").contains("immutable"));
    assert!(browser.open("/theme.css").await.text().contains("--accent"));
}
