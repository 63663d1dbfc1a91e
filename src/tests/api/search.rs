//! Finding people, posts and hashtags.

use breezeway::testing::TestApp;
use breezeway::testing::person::text_of;
use serde_json::json;

#[tokio::test]
async fn people_are_found_by_the_beginning_of_their_name() {
    let app = TestApp::start().await;
    let (ann, _bob) = app.two_people().await;

    let found = ann.get("/api/v2/search?q=bo").await.ok().json();

    assert_eq!(found["accounts"][0]["username"], "bob");
    let nobody = ann.get("/api/v2/search?q=%25&type=accounts").await.ok().json();
    assert_eq!(nobody["accounts"], json!([]));
}

#[tokio::test]
async fn hashtags_are_found_by_their_beginning() {
    let app = TestApp::start().await;
    let ann = app.person("ann").await;
    ann.posts("#TeaTime and #tea").await;
    ann.posts_with(json!({ "status": "#teasecret", "visibility": "direct" })).await;

    let found = ann.get("/api/v2/search?q=%23te&type=hashtags").await.ok().json();

    let names: Vec<_> =
        found["hashtags"].as_array().unwrap().iter().map(|tag| text_of(tag, "name")).collect();
    assert_eq!(names, ["tea", "TeaTime"]);
    assert_eq!(found["accounts"], json!([]));
}

#[tokio::test]
async fn an_address_leads_to_what_stands_there_for_those_who_may_see_it() {
    let app = TestApp::start().await;
    let (ann, bob) = app.two_people().await;
    let open = ann.posts("Open").await;
    let secret = ann.posts_with(json!({ "status": "Secret", "visibility": "direct" })).await;

    for field in ["uri", "url"] {
        assert_eq!(bob.finds_status(&text_of(&open, field)).await.unwrap()["id"], open["id"], "{field}");
        assert!(bob.finds_status(&text_of(&secret, field)).await.is_none(), "{field}");
        assert_eq!(bob.finds(&text_of(&open["account"], field)).await.unwrap()["username"], "ann", "{field}");
    }
    assert!(bob.finds_status(app.url("/@ann/999").as_str()).await.is_none());
    assert!(bob.finds("nobody@127.0.0.1:9").await.is_none());
}

#[tokio::test]
async fn posts_are_found_by_words_and_operators_page_by_page() {
    let app = TestApp::start().await;
    let (ann, bob) = app.two_people().await;
    let old = ann.posts("The old harbour").await;
    let new = bob.posts("The new harbour").await;
    ann.posts_with(json!({ "status": "The secret harbour", "visibility": "direct" })).await;
    let ids = async |query: &str| {
        let found = bob.get(&format!("/api/v2/search?type=statuses&q={query}")).await.ok().json();
        let found = found["statuses"].as_array().cloned().unwrap_or_default();
        found.iter().map(|status| text_of(status, "id")).collect::<Vec<_>>()
    };
    let (old, new) = (text_of(&old, "id"), text_of(&new, "id"));
    breezeway::testing::eventually("both are found", async || {
        (ids("harbour").await.len() == 2).then_some(())
    })
    .await;

    assert_eq!(ids("harbour").await, [new.clone(), old.clone()]);
    assert_eq!(ids("harbour&offset=1").await, std::slice::from_ref(&old));
    assert_eq!(ids("harbour&limit=1").await, std::slice::from_ref(&new));
    assert_eq!(ids(&format!("harbour&max_id={new}")).await, std::slice::from_ref(&old));
    assert_eq!(ids(&format!("harbour&min_id={old}")).await, std::slice::from_ref(&new));
    assert_eq!(ids("harbour+from:ann").await, std::slice::from_ref(&old));
    assert_eq!(ids(&format!("harbour&account_id={}", ann.id)).await, [old]);
    assert!(ids("secret").await.is_empty());
}

#[tokio::test]
async fn the_directory_has_who_wrote_last_or_came_last_first() {
    let app = TestApp::start().await;
    // One after the other.
    let ann = app.person("ann").await;
    let bob = app.person("bob").await;
    bob.posts("hello").await;
    ann.posts("good morning").await;
    let names = async |order: &str| {
        let list = ann.get(&format!("/api/v1/directory?order={order}&local=true")).await.ok().json();
        list.as_array().unwrap().iter().map(|it| text_of(it, "username")).collect::<Vec<_>>()
    };

    assert_eq!(names("active").await, ["ann", "bob"]);
    assert_eq!(names("new").await, ["bob", "ann"]);
}
