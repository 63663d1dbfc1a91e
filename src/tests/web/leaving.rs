//! The page on which somebody deletes the own account.

use breezeway::domain::auth::Role;
use breezeway::domain::media;
use breezeway::domain::statuses::{self, Draft, Visibility};
use breezeway::testing::{Browser, TestApp};

use super::{PASSWORD, member, post, with_role};

const PAGE: &str = "/settings/leave";

#[tokio::test]
async fn somebody_leaves_with_the_password_and_a_clear_word() {
    let app = TestApp::start().await;
    let (ann, bob) = (member(&app, "ann").await, member(&app, "bob").await);
    let first = post(&app, ann.id, "hello", Visibility::Organisation).await;
    let draft = Draft { text: "hello ann".to_owned(), in_reply_to: Some(first), ..Draft::default() };
    let answer = statuses::create(app.services(), bob.id, draft).await.unwrap();
    let settings = ann.browser.open("/settings/data").await.text();
    assert!(settings.contains(PAGE), "{settings}");

    for (fields, problem) in [
        (&[("password", "a wrong password"), ("sure", "1")][..], "not your password"),
        (&[("sure", "1")], "not your password"),
        (&[("password", PASSWORD)], "Please say that you mean it"),
    ] {
        let refused = ann.browser.submit(PAGE, PAGE, fields).await;
        assert_eq!(refused.status, 422);
        assert!(refused.text().contains(problem), "{}", refused.text());
    }
    assert!(ann.browser.post(PAGE, &[("password", PASSWORD), ("sure", "1")]).await.status.is_client_error());
    assert!(bob.browser.open("/@ann").await.ok().text().contains("hello"), "nothing happened so far");

    let door = ann
        .browser
        .submit(PAGE, PAGE, &[("password", PASSWORD), ("sure", "1"), ("when", "now")])
        .await
        .ok()
        .text();

    assert!(door.contains("Your account is deleted"), "{door}");
    assert!(ann.browser.open("/").await.text().contains("Sign in"), "the session has ended");
    let again = Browser::new(app.url("/"));
    let fields = [("login", "ann"), ("password", PASSWORD)];
    assert_eq!(again.post("/sign-in", &fields).await.status, 422);
    app.settles().await;
    assert_eq!(bob.browser.open("/@ann").await.status, 404);
    assert_eq!(bob.browser.open(&format!("/@ann/{first}")).await.status, 404);
    let home = bob.browser.open("/").await.ok().text();
    assert!(home.contains("hello ann") && home.contains("In reply to somebody who left"), "{home}");
    bob.browser.open(&format!("/@bob/{answer}")).await.ok();
}

#[tokio::test]
async fn there_are_seven_days_to_think_it_over() {
    let app = TestApp::start().await;
    let ann = member(&app, "ann").await;

    let asked = ann.browser.submit(PAGE, PAGE, &[("password", PASSWORD), ("sure", "1")]).await.ok().text();

    assert!(asked.contains("deleted in seven days") && asked.contains("I stay"), "{asked}");
    assert!(ann.browser.open("/settings/data").await.ok().text().contains("about to be deleted"));
    let stays = ann.browser.submit(PAGE, "/settings/leave/back", &[]).await.ok().text();
    assert!(stays.contains("Good that you stay") && !stays.contains("about to be deleted"), "{stays}");
}

#[tokio::test]
async fn a_stranger_is_led_to_the_door() {
    let app = TestApp::start().await;
    let stranger = Browser::new(app.url("/"));

    assert!(stranger.open(PAGE).await.text().contains("Sign in"));
    stranger.post(PAGE, &[("password", PASSWORD), ("sure", "1")]).await;
}

#[tokio::test]
async fn guessing_the_password_there_is_stopped() {
    let app = TestApp::build().with(|config| config.limits.sign_in_per_minute = 5).start().await;
    let ann = member(&app, "ann").await;

    let mut last = 0;
    for _ in 0..60 {
        let guess = [("password", "a wrong password"), ("sure", "1")];
        last = ann.browser.submit(PAGE, PAGE, &guess).await.status.as_u16();
        if last == 429 {
            break;
        }
    }

    assert_eq!(last, 429);
}

#[tokio::test]
async fn the_last_administrator_stays() {
    let app = TestApp::start().await;
    let ada = with_role(&app, "ada", Role::Admin).await;
    let fields = [("password", PASSWORD), ("sure", "1"), ("when", "now")];

    let refused = ada.browser.submit(PAGE, PAGE, &fields).await;

    assert_eq!(refused.status, 422);
    assert!(refused.text().contains("make somebody else an administrator first"), "{}", refused.text());
    with_role(&app, "bea", Role::Admin).await;
    assert!(ada.browser.submit(PAGE, PAGE, &fields).await.ok().text().contains("Your account is deleted"));
}

#[tokio::test]
async fn tokens_end_and_pictures_are_thrown_away() {
    let app = TestApp::start().await;
    let ann = app.person("ann").await;
    let browser = ann.browser().await;
    let picture = image::RgbImage::from_pixel(80, 60, image::Rgb([9, 90, 90]));
    let mut jpeg = std::io::Cursor::new(Vec::new());
    picture.write_to(&mut jpeg, image::ImageFormat::Jpeg).unwrap();
    let jpeg = bytes::Bytes::from(jpeg.into_inner());
    let posted = media::upload(app.services(), ann.id, jpeg.clone(), "a ladder").await.unwrap();
    media::upload(app.services(), ann.id, jpeg.clone(), "never posted").await.unwrap();
    let face = media::face::keep_avatar(app.services(), jpeg).await.unwrap();
    let change = breezeway::domain::accounts::update_profile::Change {
        avatar_key: Some(Some(face)),
        ..Default::default()
    };
    breezeway::domain::accounts::update_profile::update_profile(app.services(), ann.id, change)
        .await
        .unwrap();
    let draft = Draft { text: "look".to_owned(), media: vec![posted.id], ..Draft::default() };
    statuses::create(app.services(), ann.id, draft).await.unwrap();
    app.settles().await;
    let files = || {
        let folders = app.services().config.server.media_dir();
        walk(&folders)
    };
    assert!(files() >= 3, "{}", files());

    let password = breezeway::testing::person::PASSWORD;
    browser.submit(PAGE, PAGE, &[("password", password), ("sure", "1"), ("when", "now")]).await.ok();

    assert_eq!(ann.get("/api/v1/accounts/verify_credentials").await.status, 401);
    assert_eq!(ann.post("/api/v1/statuses", serde_json::json!({ "status": "one more" })).await.status, 401);
    app.settles().await;
    assert_eq!(files(), 0);
}

/// How many files there are in a folder and below.
fn walk(folder: &std::path::Path) -> usize {
    let Ok(entries) = std::fs::read_dir(folder) else { return 0 };
    entries
        .filter_map(Result::ok)
        .map(|entry| if entry.path().is_dir() { walk(&entry.path()) } else { 1 })
        .sum()
}
