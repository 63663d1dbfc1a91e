//! The pages on which somebody moves to another account.

use breezeway::testing::person::PASSWORD;
use breezeway::testing::{Browser, TestApp};
use http::StatusCode;

const PAGE: &str = "/settings/moving";

async fn moves(browser: &Browser, target: &str, password: &str) -> (StatusCode, String) {
    let answer = browser.submit(PAGE, "/settings/move", &[("target", target), ("password", password)]).await;
    (answer.status, answer.text())
}

#[tokio::test]
async fn somebody_moves_with_the_password_and_the_consent_of_the_new_account() {
    let app = TestApp::start().await;
    let (ann, bob) = app.two_people().await;
    let (old, new) = (ann.browser().await, bob.browser().await);

    let (status, page) = moves(&old, &bob.handle, PASSWORD).await;
    assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(page.contains("must name the old account"), "{page}");
    let named = new.submit(PAGE, "/settings/aliases", &[("alias", &ann.handle)]).await.ok().text();
    assert!(named.contains("@ann"), "{named}");
    let (status, page) = moves(&old, &bob.handle, "a wrong password").await;
    assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(page.contains("not your password"), "{page}");

    let (status, page) = moves(&old, &bob.handle, PASSWORD).await;

    assert_eq!(status, StatusCode::OK);
    assert!(page.contains("You have moved"), "{page}");
    assert!(new.open("/@ann").await.ok().text().contains("has moved to"));
    let back = old.submit(PAGE, "/settings/stay", &[]).await.ok().text();
    assert!(back.contains("You are here again"), "{back}");
    assert!(!new.open("/@ann").await.ok().text().contains("has moved to"));
}

#[tokio::test]
async fn what_is_no_account_is_said_so() {
    let app = TestApp::start().await;
    let ann = app.person("ann").await;
    let browser = ann.browser().await;

    for alias in ["nobody here", "", "nobody@127.0.0.1:1", &ann.handle] {
        let answer = browser.submit(PAGE, "/settings/aliases", &[("alias", alias)]).await;
        assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY, "{alias:?}");
    }
    let stranger = Browser::new(app.url("/"));
    stranger.post("/settings/move", &[("target", &ann.handle), ("password", PASSWORD)]).await;
    assert!(browser.open(PAGE).await.ok().text().contains("Move away"));
}
