//! Polls through the client API: asked, voted in, ended, edited.

use std::time::Duration;

use breezeway::base::Millis;
use breezeway::base::clock::Clock;
use breezeway::testing::{Person, TestApp, eventually, person::text_of};
use serde_json::{Value, json};

/// Lunch, with the options given.
fn lunch(options: &[&str]) -> Value {
    json!({ "status": "What is for lunch?", "poll": { "options": options, "expires_in": 300 } })
}

async fn votes(who: &Person, status: &Value, choices: &[i64]) -> breezeway::testing::http::Answer {
    who.post(
        &format!("/api/v1/polls/{}/votes", text_of(&status["poll"], "id")),
        json!({ "choices": choices }),
    )
    .await
}

fn tally(poll: &Value) -> Vec<i64> {
    poll["options"]
        .as_array()
        .unwrap()
        .iter()
        .map(|option| option["votes_count"].as_i64().unwrap_or(-1))
        .collect()
}

#[tokio::test]
async fn a_poll_is_asked_and_voted_in_once() {
    let app = TestApp::start().await;
    let (ann, bob) = app.two_people().await;
    let post = ann.posts_with(lunch(&["Soup", "Salad"])).await;
    assert_eq!(post["poll"]["voted"], true, "whoever asks has nothing to choose");
    assert_eq!(
        (post["poll"]["expired"].clone(), post["poll"]["multiple"].clone()),
        (json!(false), json!(false))
    );

    let after = votes(&bob, &post, &[1]).await.ok().json();

    assert_eq!(tally(&after), [0, 1]);
    assert_eq!((after["voters_count"].as_i64(), after["votes_count"].as_i64()), (Some(1), Some(1)));
    assert_eq!((after["voted"].clone(), after["own_votes"].clone()), (json!(true), json!([1])));
    for again in [&[0][..], &[1]] {
        assert_eq!(votes(&bob, &post, again).await.status, 422, "a second ballot");
    }
    let seen = ann.get(&format!("/api/v1/polls/{}", text_of(&post["poll"], "id"))).await.ok().json();
    assert_eq!(tally(&seen), [0, 1]);
    assert_eq!(bob.looks_at(&post).await.unwrap()["poll"]["own_votes"], json!([1]));
}

#[tokio::test]
async fn a_ballot_that_the_poll_does_not_allow_counts_nothing() {
    let app = TestApp::start().await;
    let (ann, bob) = app.two_people().await;
    let post = ann.posts_with(lunch(&["Soup", "Salad"])).await;

    for choices in [&[][..], &[0, 1], &[2], &[-1]] {
        assert_eq!(votes(&bob, &post, choices).await.status, 422, "{choices:?}");
    }
    assert_eq!(votes(&ann, &post, &[0]).await.status, 422, "the own poll");
    let plain = ann.posts("no poll").await;
    let answer =
        bob.post(&format!("/api/v1/polls/{}/votes", text_of(&plain, "id")), json!({ "choices": [0] })).await;
    assert_eq!(answer.status, 404);
    assert_eq!(tally(&bob.looks_at(&post).await.unwrap()["poll"]), [0, 0]);
}

#[tokio::test]
async fn several_options_may_be_chosen_where_the_poll_says_so() {
    let app = TestApp::start().await;
    let (ann, bob) = app.two_people().await;
    let mut asked = lunch(&["Soup", "Salad", "Bread"]);
    asked["poll"]["multiple"] = json!("true");
    let post = ann.posts_with(asked).await;

    let after = votes(&bob, &post, &[2, 0]).await.ok().json();

    assert_eq!((tally(&after), after["voters_count"].as_i64()), (vec![1, 0, 1], Some(1)));
}

#[tokio::test]
async fn who_may_not_see_a_poll_cannot_vote_in_it() {
    let app = TestApp::start().await;
    let (ann, bob) = app.two_people().await;
    let mut asked = lunch(&["Soup", "Salad"]);
    asked["visibility"] = json!("private");
    let post = ann.posts_with(asked).await;

    assert_eq!(votes(&bob, &post, &[0]).await.status, 404);
    assert_eq!(bob.get(&format!("/api/v1/polls/{}", text_of(&post["poll"], "id"))).await.status, 404);
}

#[tokio::test]
async fn a_poll_that_breaks_the_rules_is_not_posted() {
    let app = TestApp::start().await;
    let ann = app.person("ann").await;
    let long = "x".repeat(101);
    let mut bad = vec![
        lunch(&["Soup"]),
        lunch(&["a", "b", "c", "d", "e"]),
        lunch(&["Soup", "Soup"]),
        lunch(&["Soup", "  "]),
        lunch(&["Soup", &long]),
    ];
    for seconds in [0, 299, 30 * 86_400 + 1] {
        let mut asked = lunch(&["Soup", "Salad"]);
        asked["poll"]["expires_in"] = json!(seconds);
        bad.push(asked);
    }
    let picture = ann.uploads_picture("soup").await;
    let mut both = lunch(&["Soup", "Salad"]);
    both["media_ids"] = json!([picture["id"]]);
    bad.push(both);

    for asked in bad {
        assert_eq!(ann.post("/api/v1/statuses", asked.clone()).await.status, 422, "{asked}");
    }
    assert!(ann.home().await.is_empty());
}

#[tokio::test]
async fn the_end_of_a_poll_is_told_to_whoever_asked_and_voted() {
    let (clock, hand) = Clock::manual(Millis(1_767_323_045_000));
    let app = TestApp::build().clock(clock).start().await;
    let (ann, bob) = app.two_people().await;
    let eve = app.person("eve").await;
    let mut asked = lunch(&["Soup", "Salad"]);
    asked["poll"]["hide_totals"] = json!(true);
    let post = ann.posts_with(asked).await;
    let hidden = votes(&bob, &post, &[1]).await.ok().json();
    assert_eq!(tally(&hidden), [-1, -1], "kept back until the end");

    hand.advance(Duration::from_secs(301));

    let told = bob.hears("poll", &ann).await;
    assert_eq!(
        (tally(&told["status"]["poll"]), told["status"]["poll"]["expired"].clone()),
        (vec![0, 1], json!(true))
    );
    ann.hears("poll", &ann).await;
    app.settles().await;
    assert!(eve.notifications().await.is_empty());
    assert_eq!(ann.notifications().await.len(), 1, "told once");
    assert_eq!(votes(&eve, &post, &[0]).await.status, 422, "too late");
    eventually("nothing more to end", async || (bob.notifications().await.len() == 1).then_some(())).await;
}

#[tokio::test]
async fn an_edit_of_the_options_counts_anew_and_one_of_the_words_does_not() {
    let app = TestApp::start().await;
    let (ann, bob) = app.two_people().await;
    let post = ann.posts_with(lunch(&["Soup", "Salad"])).await;
    votes(&bob, &post, &[0]).await.ok();
    let path = format!("/api/v1/statuses/{}", text_of(&post, "id"));

    let words = ann.put(&path, json!({ "status": "What is for dinner?" })).await.ok().json();
    let same = ann.put(
        &path,
        json!({ "status": "Dinner?", "poll": { "options": ["Soup", "Salad"], "expires_in": 600 } }),
    );
    let same = same.await.ok().json();
    let other = ann.put(
        &path,
        json!({ "status": "Dinner?", "poll": { "options": ["Soup", "Fish"], "expires_in": 600 } }),
    );
    let other = other.await.ok().json();

    assert_eq!(
        (tally(&words["poll"]), tally(&same["poll"]), tally(&other["poll"])),
        (vec![1, 0], vec![1, 0], vec![0, 0])
    );
    votes(&bob, &post, &[1]).await.ok();
    let history = bob.get(&format!("{path}/history")).await.ok().json();
    assert_eq!(history.as_array().unwrap().len(), 4);
    assert_eq!(history[3]["poll"]["options"][1]["title"], "Fish");
}

#[tokio::test]
async fn the_site_says_what_a_poll_may_be() {
    let app = TestApp::build().with(|config| config.limits.poll_options = 6).start().await;
    let ann = app.person("ann").await;

    let limits = ann.get("/api/v2/instance").await.ok().json()["configuration"]["polls"].clone();

    assert_eq!(limits["max_options"], 6);
    assert_eq!(
        (limits["min_expiration"].as_i64(), limits["max_expiration"].as_i64()),
        (Some(300), Some(2_592_000))
    );
    ann.posts_with(lunch(&["a", "b", "c", "d", "e", "f"])).await;
}
