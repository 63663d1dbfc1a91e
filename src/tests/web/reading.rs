//! Timelines, threads, profiles, tags.

use breezeway::domain::follows::{self, follow::Wishes};
use breezeway::domain::statuses::{self, Draft, Visibility};
use breezeway::testing::{Browser, TestApp};

use super::{member, post};

#[tokio::test]
async fn home_shows_those_whom_one_follows() {
    let app = TestApp::start().await;
    let (ann, bob) = (member(&app, "ann").await, member(&app, "bob").await);
    follows::follow(app.services(), ann.id, bob.id, Wishes::default()).await.unwrap();

    post(&app, bob.id, "the train leaves at three", Visibility::Organisation).await;
    app.settles().await;

    assert!(ann.sees("/").await.contains("the train leaves at three"));
    assert!(ann.sees("/timelines/site").await.contains("the train leaves at three"));
    assert!(ann.sees("/timelines/organisation").await.contains("the train leaves at three"));
}

#[tokio::test]
async fn a_thread_stands_as_a_whole() {
    let app = TestApp::start().await;
    let (ann, bob) = (member(&app, "ann").await, member(&app, "bob").await);
    let first = post(&app, ann.id, "where is the key", Visibility::Organisation).await;
    let reply = Draft { text: "under the mat".into(), in_reply_to: Some(first), ..Draft::default() };
    let reply = statuses::create(app.services(), bob.id, reply).await.unwrap();

    let above = ann.sees(&format!("/@bob/{reply}")).await;
    let below = ann.sees(&format!("/@ann/{first}")).await;

    assert!(above.contains("where is the key") && above.contains("under the mat"));
    assert!(below.contains("under the mat") && below.contains("1 reply"));
}

#[tokio::test]
async fn what_is_not_meant_for_a_reader_looks_like_nothing() {
    let app = TestApp::start().await;
    let (ann, bob) = (member(&app, "ann").await, member(&app, "bob").await);
    let secret = post(&app, bob.id, "only for my followers", Visibility::Private).await;

    let page = ann.browser.open(&format!("/@bob/{secret}")).await;

    assert_eq!(page.status, 404);
    assert!(!page.text().contains("only for my followers"));
    assert!(page.text().contains("not meant for you"));
    assert!(!ann.sees("/@bob").await.contains("only for my followers"));
}

#[tokio::test]
async fn a_closed_site_shows_strangers_the_door_only() {
    let app = TestApp::start().await;
    let ann = member(&app, "ann").await;
    let id = post(&app, ann.id, "inside talk", Visibility::Organisation).await;
    let stranger = Browser::new(app.url("/"));

    for path in ["/", "/@ann", "/people", "/tags/x", &format!("/@ann/{id}")] {
        let page = stranger.open(path).await.text();
        assert!(!page.contains("inside talk"), "{path}");
    }
}

#[tokio::test]
async fn a_tag_collects_what_is_written_with_it() {
    let app = TestApp::start().await;
    let ann = member(&app, "ann").await;
    post(&app, ann.id, "cake on the third floor #Cake", Visibility::Organisation).await;

    assert!(ann.sees("/tags/cake").await.contains("third floor"));
    assert!(ann.sees("/@ann").await.contains(r#"href="/tags/cake""#));
}

#[tokio::test]
async fn a_timeline_goes_on_page_by_page() {
    let app = TestApp::start().await;
    let ann = member(&app, "ann").await;
    for number in 1..=45 {
        post(&app, ann.id, &format!("number {number}."), Visibility::Site).await;
    }

    let mut path = "/timelines/site".to_owned();
    let mut pages = Vec::new();
    loop {
        let page = ann.sees(&path).await;
        let older =
            page.split("rel=\"next\" href=\"").nth(1).map(|rest| rest.split('"').next().unwrap().to_owned());
        pages.push(page);
        match older {
            Some(next) => path = next,
            None => break,
        }
    }

    assert_eq!(pages.len(), 3);
    assert!(pages[0].contains("number 45.") && pages[2].contains("number 1."));
    assert!(!pages[1].contains("number 45.") && !pages[1].contains("number 1."));
}

#[tokio::test]
async fn a_program_that_asks_for_activitypub_is_led_to_the_document() {
    let app = TestApp::start().await;
    let ann = member(&app, "ann").await;
    let id = post(&app, ann.id, "hello", Visibility::Organisation).await;

    let http = breezeway::testing::http::Http::default();
    let person = http.get(app.url("/@ann"), "application/activity+json").await;
    let note = http.get(app.url(&format!("/@ann/{id}")), "application/activity+json").await;

    assert_eq!(person.location().unwrap(), app.actor("ann"));
    assert!(note.location().unwrap().path().ends_with(&format!("/users/ann/statuses/{id}")));
}
