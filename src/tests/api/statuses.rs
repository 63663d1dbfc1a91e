//! Posts: written, answered, edited, liked, reposted, deleted.

use breezeway::testing::TestApp;
use breezeway::testing::http::send;
use breezeway::testing::person::{plain, text_of};
use http::{Method, StatusCode};
use serde_json::json;

#[tokio::test]
async fn a_post_is_written_in_json_in_a_form_and_in_a_multipart_form() {
    let app = TestApp::start().await;
    let ann = app.person("ann").await;
    let post = || ann.request(Method::POST, "/api/v1/statuses");
    let form = "status=one&sensitive=false&spoiler_text=&language=en&media_ids%5B%5D=&in_reply_to_id=";
    let multipart = "--x\r\nContent-Disposition: form-data; name=\"status\"\r\n\r\ntwo\r\n\
                     --x\r\nContent-Disposition: form-data; name=\"sensitive\"\r\n\r\ntrue\r\n--x--\r\n";

    let one = post().header("content-type", "application/x-www-form-urlencoded").body(form);
    let two = post().header("content-type", "multipart/form-data; boundary=x").body(multipart);
    let three = post().json(&json!({ "status": "three", "sensitive": "0", "visibility": "private" }));

    let one = send(one).await.ok().json();
    assert_eq!(
        (plain(&one).as_str(), &one["sensitive"], &one["language"]),
        ("one", &json!(false), &json!("en"))
    );
    let two = send(two).await.ok().json();
    assert_eq!((plain(&two).as_str(), &two["sensitive"]), ("two", &json!(true)));
    let three = send(three).await.ok().json();
    assert_eq!((plain(&three).as_str(), &three["visibility"]), ("three", &json!("private")));
}

#[tokio::test]
async fn a_post_has_its_address_with_the_id_of_the_api() {
    let app = TestApp::start().await;
    let ann = app.person("ann").await;

    let status = ann.posts("Hello").await;

    assert_eq!(status["url"], app.url(&format!("/@ann/{}", text_of(&status, "id"))).as_str());
    assert_eq!(status["account"]["acct"], "ann");
    for empty in ["poll", "card", "reblog", "edited_at", "in_reply_to_id", "quote", "application"] {
        assert!(status[empty].is_null() && status.get(empty).is_some(), "{empty}");
    }
    for list in ["media_attachments", "mentions", "tags", "emojis", "filtered"] {
        assert_eq!(status[list], json!([]), "{list}");
    }
}

#[tokio::test]
async fn the_same_idempotency_key_posts_once() {
    let app = TestApp::start().await;
    let ann = app.person("ann").await;
    let post = || {
        let request = ann.request(Method::POST, "/api/v1/statuses").header("idempotency-key", "k1");
        send(request.json(&json!({ "status": "once" })))
    };

    let (first, second) = (post().await.ok().json(), post().await.ok().json());

    assert_eq!(first["id"], second["id"]);
    assert_eq!(ann.home().await.len(), 1);
}

#[tokio::test]
async fn who_sees_a_post_is_told_in_mastodon_s_words() {
    let app = TestApp::start().await;
    let ann = app.person("ann").await;

    for (asked, word, local) in [
        (json!({ "status": "a" }), "public", false),
        (json!({ "status": "b", "visibility": "public" }), "public", false),
        (json!({ "status": "c", "visibility": "public", "local_only": true }), "public", true),
        (json!({ "status": "d", "visibility": "private" }), "private", false),
        (json!({ "status": "e", "visibility": "direct" }), "direct", false),
    ] {
        let status = ann.posts_with(asked).await;
        assert_eq!((&status["visibility"], &status["local_only"]), (&json!(word), &json!(local)), "{status}");
    }
    let unknown = ann.post("/api/v1/statuses", json!({ "status": "f", "visibility": "everybody" })).await;
    assert_eq!(unknown.status, StatusCode::UNPROCESSABLE_ENTITY);
}

#[tokio::test]
async fn what_cannot_be_posted_yet_is_refused_clearly() {
    let app = TestApp::start().await;
    let ann = app.person("ann").await;

    for asked in [
        json!({ "status": "?", "poll": { "options": ["a"], "expires_in": 300 } }),
        json!({ "status": "later", "scheduled_at": "some day" }),
        json!({ "status": "" }),
        json!({ "status": "x".repeat(5_001) }),
        json!({ "status": "x", "media_ids": ["123"] }),
    ] {
        let answer = ann.post("/api/v1/statuses", asked.clone()).await;
        assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY, "{asked}");
        assert!(answer.json()["error"].as_str().unwrap().starts_with("Validation failed: "), "{asked}");
    }
    assert!(ann.home().await.is_empty());
}

#[tokio::test]
async fn an_answer_stands_in_its_thread() {
    let app = TestApp::start().await;
    let (ann, bob) = app.two_people().await;
    let question = ann.posts("Who knows?").await;
    let answer = bob.replies(&question, "I do").await;
    ann.replies(&answer, "Great").await;

    assert_eq!(answer["in_reply_to_id"], question["id"]);
    assert_eq!(answer["mentions"][0]["acct"], "ann");
    assert_eq!(bob.conversation(&answer).await, ["Who knows?", "@ann I do", "@bob Great"]);
    assert_eq!(ann.looks_at(&question).await.unwrap()["replies_count"], 1);
}

#[tokio::test]
async fn an_edit_keeps_what_was_said_before() {
    let app = TestApp::start().await;
    let (ann, bob) = app.two_people().await;
    let status = ann.posts("Helo").await;
    let path = format!("/api/v1/statuses/{}", text_of(&status, "id"));

    let edited = ann.put(&path, json!({ "status": "Hello", "spoiler_text": "greeting" })).await.ok().json();

    assert_eq!((plain(&edited).as_str(), &edited["spoiler_text"]), ("Hello", &json!("greeting")));
    assert!(edited["edited_at"].is_string());
    let history = bob.get(&format!("{path}/history")).await.ok().json();
    let texts: Vec<String> = history.as_array().unwrap().iter().map(plain).collect();
    assert_eq!(texts, ["Helo", "Hello"]);
    let source = ann.get(&format!("{path}/source")).await.ok().json();
    assert_eq!((&source["text"], &source["spoiler_text"]), (&json!("Hello"), &json!("greeting")));
    assert_eq!(bob.get(&format!("{path}/source")).await.status, StatusCode::NOT_FOUND);
    assert_eq!(bob.put(&path, json!({ "status": "Mine" })).await.status, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn a_deleted_post_comes_back_as_it_was_typed() {
    let app = TestApp::start().await;
    let (ann, bob) = app.two_people().await;
    let status = ann.posts("Look at **this** @bob #here").await;
    let path = format!("/api/v1/statuses/{}", text_of(&status, "id"));

    assert_eq!(bob.delete(&path).await.status, StatusCode::NOT_FOUND);
    let gone = ann.delete(&path).await.ok().json();

    assert_eq!(gone["text"], "Look at **this** @bob #here");
    assert_eq!(ann.get(&path).await.status, StatusCode::NOT_FOUND);
    assert_eq!(ann.delete(&path).await.status, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn likes_and_reposts_are_counted_and_taken_back() {
    let app = TestApp::start().await;
    let (ann, bob) = app.two_people().await;
    let status = ann.posts("Hello").await;

    let liked = bob.does("favourite", &status).await;
    assert_eq!((&liked["favourited"], &liked["favourites_count"]), (&json!(true), &json!(1)));
    let repost = bob.does("reblog", &status).await;
    assert_eq!((&repost["reblog"]["id"], &repost["reblog"]["reblogs_count"]), (&status["id"], &json!(1)));
    let id = text_of(&status, "id");
    let by = |what: &str| format!("/api/v1/statuses/{id}/{what}");
    assert_eq!(ann.get(&by("favourited_by")).await.ok().json()[0]["username"], "bob");
    assert_eq!(ann.get(&by("reblogged_by")).await.ok().json()[0]["username"], "bob");
    assert_eq!(bob.get("/api/v1/favourites").await.ok().json()[0]["id"], status["id"]);

    assert_eq!(bob.does("unfavourite", &status).await["favourited"], false);
    let back = bob.does("unreblog", &status).await;
    assert_eq!(
        (&back["id"], &back["reblogged"], &back["reblogs_count"]),
        (&status["id"], &json!(false), &json!(0))
    );
}

#[tokio::test]
async fn a_post_for_others_looks_as_if_there_were_none() {
    let app = TestApp::start().await;
    let (ann, bob) = app.two_people().await;
    let secret = ann.posts_with(json!({ "status": "for me", "visibility": "direct" })).await;
    let id = text_of(&secret, "id");

    assert!(bob.looks_at(&secret).await.is_none());
    for verb in ["favourite", "reblog"] {
        let answer = bob.post(&format!("/api/v1/statuses/{id}/{verb}"), json!({})).await;
        assert_eq!(answer.status, StatusCode::NOT_FOUND, "{verb}");
    }
    for what in ["context", "history", "favourited_by", "reblogged_by"] {
        let answer = bob.get(&format!("/api/v1/statuses/{id}/{what}")).await;
        assert_eq!(answer.status, StatusCode::NOT_FOUND, "{what}");
    }
    let both = bob.get(&format!("/api/v1/statuses?id[]={id}")).await.ok().json();
    assert_eq!(both, json!([]));
    let reply = bob.post("/api/v1/statuses", json!({ "status": "hm", "in_reply_to_id": id })).await;
    assert_eq!(reply.status, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn a_site_that_does_not_answer_slows_no_post() {
    let app = TestApp::build().open().start().await;
    let ann = app.person("ann").await;

    let status = ann.posts("Hello @nobody@127.0.0.1:9").await;

    assert_eq!(status["mentions"], json!([]));
}
