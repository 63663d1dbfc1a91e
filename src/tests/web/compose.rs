//! Writing, answering, changing, deleting; likes and reposts.

use breezeway::domain::statuses::{Visibility, store};
use breezeway::testing::TestApp;

use super::{member, post};

#[tokio::test]
async fn what_is_written_appears_and_reaches_as_far_as_chosen() {
    let app = TestApp::start().await;
    let ann = member(&app, "ann").await;

    let fields = [("text", "**Hello** all"), ("reach", "site"), ("once", "1")];
    let page = ann.browser.submit("/compose", "/compose", &fields).await.text();

    assert!(page.contains("<strong>Hello</strong> all"), "{page}");
    assert!(page.contains("Everybody at "));
}

#[tokio::test]
async fn a_second_press_posts_nothing() {
    let app = TestApp::start().await;
    let ann = member(&app, "ann").await;

    let fields = [("text", "only once please"), ("reach", "site"), ("once", "same")];
    ann.browser.submit("/compose", "/compose", &fields).await;
    ann.browser.submit("/compose", "/compose", &fields).await;

    assert_eq!(ann.sees("/@ann").await.matches("only once please").count(), 1);
}

#[tokio::test]
async fn what_cannot_be_taken_is_not_lost() {
    let app = TestApp::start().await;
    let ann = member(&app, "ann").await;
    let long = "word ".repeat(2_000);

    let fields = [("text", long.as_str()), ("warning", "long"), ("reach", "site")];
    let answer = ann.browser.submit("/compose", "/compose", &fields).await;

    assert_eq!(answer.status, 422);
    assert!(answer.text().contains("word word word"));
    assert!(answer.text().contains(r#"value="long""#));
    assert!(answer.text().contains(r#"name="reach" value="site" checked"#));
    assert!(answer.text().contains("must have at most"));
}

#[tokio::test]
async fn an_answer_names_whom_it_answers_and_goes_no_further() {
    let app = TestApp::start().await;
    let (ann, bob) = (member(&app, "ann").await, member(&app, "bob").await);
    let id = post(&app, bob.id, "who has the key", Visibility::Site).await;

    let form = ann.sees(&format!("/compose?reply={id}")).await;
    let number = id.to_string();
    let fields = [("text", "@bob me"), ("reply", number.as_str()), ("reach", "organisation"), ("once", "r")];
    let thread = ann.browser.submit(&format!("/compose?reply={id}"), "/compose", &fields).await.text();

    assert!(form.contains(">@bob </textarea>"), "{form}");
    assert!(!form.contains(r#"name="reach" value="organisation""#), "never wider than what it answers");
    assert!(thread.contains("who has the key"), "{thread}");
    assert!(thread.contains("Everybody at "));
}

#[tokio::test]
async fn a_post_is_changed_by_its_author_only() {
    let app = TestApp::start().await;
    let (ann, bob) = (member(&app, "ann").await, member(&app, "bob").await);
    let id = post(&app, ann.id, "the tain leaves", Visibility::Site).await;
    let path = format!("/posts/{id}/edit");

    assert!(ann.sees(&path).await.contains("the tain leaves</textarea>"));
    let page = ann.browser.submit(&path, &path, &[("text", "the train leaves")]).await.text();

    assert!(page.contains("the train leaves") && page.contains("Edited"));
    assert_eq!(bob.browser.open(&path).await.status, 404);
    assert_eq!(bob.browser.submit("/", &path, &[("text", "mine")]).await.status, 404);
}

#[tokio::test]
async fn a_deleted_post_can_be_written_again() {
    let app = TestApp::start().await;
    let ann = member(&app, "ann").await;
    let id = post(&app, ann.id, "too early", Visibility::Site).await;

    let page = ann.browser.submit("/", &format!("/posts/{id}/delete"), &[]).await.text();
    let again =
        page.split("href=\"/compose?again=").nth(1).and_then(|rest| rest.split('"').next()).expect("a link");
    let form = ann.sees(&format!("/compose?again={again}")).await;

    assert!(page.contains("The post is deleted."));
    assert!(form.contains("too early</textarea>"));
    assert!(!ann.sees("/@ann").await.contains("too early"));
}

#[tokio::test]
async fn likes_and_reposts_go_there_and_back() {
    let app = TestApp::start().await;
    let (ann, bob) = (member(&app, "ann").await, member(&app, "bob").await);
    let id = post(&app, bob.id, "good news", Visibility::Site).await;

    for (verb, likes, reposts) in
        [("like", 1, 0), ("like", 1, 0), ("repost", 1, 1), ("unlike", 0, 1), ("unrepost", 0, 0)]
    {
        let answer =
            ann.browser.submit("/", &format!("/posts/{id}/{verb}"), &[("back", "/timelines/site")]).await;
        assert_eq!(answer.status, 200, "{verb}");
        let mut conn = app.services().db.read().await.unwrap();
        let status = store::get(&mut conn, id).await.unwrap();
        assert_eq!((status.favourites_count, status.reblogs_count), (likes, reposts), "{verb}");
    }
}
