//! Polls and titles in pages, without scripts.

use breezeway::domain::statuses::Visibility;
use breezeway::testing::TestApp;

use super::{member, post};

#[tokio::test]
async fn a_poll_is_made_and_voted_in() {
    let app = TestApp::start().await;
    let (ann, bob) = (member(&app, "ann").await, member(&app, "bob").await);
    let fields = [
        ("text", "What is for lunch?"),
        ("reach", "site"),
        ("poll_option", "Soup"),
        ("poll_option", "Salad"),
        ("poll_option", ""),
        ("poll_option", ""),
        ("poll_span", "3600"),
    ];

    let asked = ann.browser.submit("/compose", "/compose", &fields).await.text();
    assert!(asked.contains("0 people voted") && asked.contains("59 minutes left"), "{asked}");
    assert!(!asked.contains(r#"name="choice""#), "whoever asks does not vote");
    let page = bob.sees("/timelines/site").await;
    let id = page
        .split("action=\"/posts/")
        .nth(1)
        .and_then(|rest| rest.split('/').next())
        .expect("a form")
        .to_owned();
    assert!(page.contains(r#"<input type="radio" name="choice" value="1" required>"#), "{page}");

    let action = format!("/posts/{id}/vote");
    let voted = bob
        .browser
        .submit("/timelines/site", &action, &[("choice", "1"), ("back", "/timelines/site")])
        .await
        .text();
    assert!(
        voted.contains("1 person voted") && voted.contains("100 %") && voted.contains("your choice"),
        "{voted}"
    );
    let again = bob
        .browser
        .submit("/timelines/site", &action, &[("choice", "0"), ("back", "/timelines/site")])
        .await
        .text();
    assert!(again.contains("The poll has your vote already."), "{again}");
    let none = bob.browser.submit("/timelines/site", &action, &[("back", "/timelines/site")]).await;
    assert_eq!(none.status, 200);
}

#[tokio::test]
async fn a_poll_that_cannot_be_posted_keeps_what_was_typed() {
    let app = TestApp::start().await;
    let ann = member(&app, "ann").await;

    let fields =
        [("text", "Lunch?"), ("poll_option", "Soup"), ("poll_span", "604800"), ("poll_multiple", "1")];
    let answer = ann.browser.submit("/compose", "/compose", &fields).await;

    assert_eq!(answer.status, 422);
    let page = answer.text();
    assert!(
        page.contains("The options of the poll must be 2 to 4.") && page.contains(r#"value="Soup""#),
        "{page}"
    );
    assert!(page.contains(r#"<option value="604800" selected>"#));
    assert!(page.contains(r#"name="poll_multiple" value="1" checked"#));
}

#[tokio::test]
async fn a_stranger_and_a_poll_that_is_not_there_get_nothing() {
    let app = TestApp::start().await;
    let (ann, bob) = (member(&app, "ann").await, member(&app, "bob").await);
    let plain = post(&app, ann.id, "no poll", Visibility::Site).await;

    let answer = bob.browser.submit("/", &format!("/posts/{plain}/vote"), &[("choice", "0")]).await;

    assert_eq!(answer.status, 404);
}

#[tokio::test]
async fn a_title_stands_above_the_post_and_can_be_changed() {
    let app = TestApp::start().await;
    let ann = member(&app, "ann").await;
    let long = "word ".repeat(400);

    let fields = [("title", "How we <ship>"), ("text", long.as_str()), ("reach", "site")];
    let page = ann.browser.submit("/compose", "/compose", &fields).await.text();
    let list = ann.sees("/timelines/site").await;

    assert!(page.contains(r#"<h2 class="title" dir="auto">How we &lt;ship&gt;</h2>"#), "{page}");
    assert!(!page.contains("Read on") && list.contains("Read on"), "a list shows the beginning");
    let id = list.split("/posts/").nth(1).and_then(|rest| rest.split('/').next()).expect("a post").to_owned();
    let edit = format!("/posts/{id}/edit");
    assert!(ann.sees(&edit).await.contains(r#"value="How we &lt;ship&gt;""#));
    let changed = ann.browser.submit(&edit, &edit, &[("title", ""), ("text", "short")]).await.text();
    assert!(!changed.contains("class=\"title\""), "{changed}");
}
