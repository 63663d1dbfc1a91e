//! Timelines and their pages.

use breezeway::testing::http::Answer;
use breezeway::testing::person::plain;
use breezeway::testing::{Person, TestApp};
use serde_json::{Value, json};

/// Where a relation of the `Link` header leads: path and query.
fn link(answer: &Answer, relation: &str) -> Option<String> {
    let mark = format!(">; rel=\"{relation}\"");
    let part = answer.header("link").split(", ").find(|part| part.ends_with(&mark))?;
    let url = part.trim_start_matches('<').trim_end_matches(mark.as_str());
    let url: url::Url = url.parse().unwrap();
    Some(format!("{}?{}", url.path(), url.query().unwrap()))
}

fn texts(answer: &Answer) -> Vec<String> {
    answer.json().as_array().unwrap().iter().map(plain).collect()
}

async fn writes(person: &Person, texts: &[&str]) {
    for text in texts {
        person.posts(text).await;
    }
}

#[tokio::test]
async fn a_home_is_read_page_by_page_in_both_directions() {
    let app = TestApp::start().await;
    let ann = app.person("ann").await;
    writes(&ann, &["1", "2", "3", "4", "5"]).await;

    let first = ann.get("/api/v1/timelines/home?limit=2").await.ok();
    assert_eq!(texts(&first), ["5", "4"]);
    let second = ann.get(&link(&first, "next").unwrap()).await.ok();
    assert_eq!(texts(&second), ["3", "2"]);
    let last = ann.get(&link(&second, "next").unwrap()).await.ok();
    assert_eq!(texts(&last), ["1"]);
    let back = ann.get(&link(&last, "prev").unwrap()).await.ok();
    assert_eq!(texts(&back), ["3", "2"]);
    let newer = ann.get(&link(&first, "prev").unwrap()).await.ok();
    assert!(texts(&newer).is_empty());
}

#[tokio::test]
async fn a_profile_shows_what_one_asks_for() {
    let app = TestApp::start().await;
    let (ann, bob) = app.two_people().await;
    let other = bob.posts("Hello").await;
    ann.posts("Mine #tea").await;
    ann.replies(&other, "Hi").await;
    ann.does("reblog", &other).await;
    let ask = async |query: &str| {
        texts(&bob.get(&format!("/api/v1/accounts/{}/statuses?{query}", ann.id)).await.ok())
    };

    assert_eq!(ask("").await, ["Hello", "@bob Hi", "Mine #tea"]);
    assert_eq!(ask("exclude_replies=true").await, ["Hello", "Mine #tea"]);
    assert_eq!(ask("exclude_reblogs=1&exclude_replies=1").await, ["Mine #tea"]);
    assert_eq!(ask("tagged=Tea").await, ["Mine #tea"]);
    assert!(ask("pinned=true").await.is_empty());
    assert!(ask("only_media=true").await.is_empty());
}

#[tokio::test]
async fn public_and_tag_timelines_hold_what_is_for_all() {
    let app = TestApp::start().await;
    let (ann, bob) = app.two_people().await;
    ann.posts("All #Tea").await;
    ann.posts_with(json!({ "status": "Few #tea", "visibility": "private" })).await;

    for path in ["public", "public?local=true", "tag/tea", "tag/TEA?local=true"] {
        let answer = bob.get(&format!("/api/v1/timelines/{path}")).await.ok();
        assert_eq!(texts(&answer), ["All #Tea"], "{path}");
    }
    let remote = bob.get("/api/v1/timelines/public?remote=true").await.ok();
    assert!(texts(&remote).is_empty());
}

#[tokio::test]
async fn lists_that_are_empty_here_are_no_errors() {
    let app = TestApp::start().await;
    let ann = app.person("ann").await;

    for path in
        ["filters", "lists", "followed_tags", "announcements", "conversations", "bookmarks", "trends/tags"]
    {
        assert_eq!(ann.get(&format!("/api/v1/{path}")).await.ok().json(), Value::Array(Vec::new()), "{path}");
    }
    assert_eq!(app.anybody_gets("/api/v1/custom_emojis").await.ok().json(), json!([]));
    assert_eq!(ann.get("/api/v2/filters").await.ok().json(), json!([]));
}
