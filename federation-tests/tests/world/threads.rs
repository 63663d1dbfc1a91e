//! Threads are whole: what one site does not have it looks for, and readers are told.

use std::time::Duration;

use breezeway::base::Clock;
use breezeway::base::clock::Hand;
use breezeway::testing::person::{plain, text_of};
use breezeway::testing::{Browser, Peer, Person, TestApp, eventually};
use federation_tests::{World, shake_hands};
use serde_json::{Value, json};

/// Ann of engineering asked and Bob of sales answered; then people (Cas), whose clock is moved by hand, shook hands
/// with both. Cas has found the question; nobody ever sent the answer to people.
struct Latecomer {
    world: World,
    people: TestApp,
    hand: Hand,
    cas: Person,
    question: Value,
    /// The page of the question at people.
    page: String,
}

impl Latecomer {
    async fn joins() -> Self {
        let (world, ann, bob) = World::of_ann_and_bob().await;
        bob.follows(&ann).await;
        let question = ann.posts("Who has the ladder?").await;
        let seen = bob.sees("Who has the ladder?").await;
        bob.replies(&seen, "I have.").await;
        ann.hears("mention", &bob).await;
        world.settles().await;
        let (clock, hand) = Clock::manual(Clock::system().now());
        let people = TestApp::build().named("people").clock(clock).start().await;
        shake_hands(world.site("engineering"), &people).await;
        shake_hands(world.site("sales"), &people).await;
        let cas = people.person("cas").await;
        let question = cas.finds_status(&text_of(&question, "uri")).await.expect("the question is found");
        let page = format!("/@{}/{}", ann.handle, text_of(&question, "id"));
        Self { world, people, hand, cas, question, page }
    }

    fn minutes_later(&self, minutes: u64) {
        self.hand.advance(Duration::from_secs(60 * minutes));
    }

    async fn sees(&self, words: &str) {
        eventually("the reply has come", async || {
            let (_, context) = context(&self.cas, &self.question).await;
            texts(&context).iter().any(|text| text.contains(words)).then_some(())
        })
        .await;
    }
}

/// The token of the look that is under way, and the context of a post.
async fn context(person: &Person, status: &Value) -> (Option<String>, Value) {
    let answer = person.get(&format!("/api/v1/statuses/{}/context", text_of(status, "id"))).await.ok();
    let header = answer.headers.get("mastodon-async-refresh").map(|value| value.to_str().unwrap().to_owned());
    let token = header.map(|header| {
        let (token, rest) = header.strip_prefix("id=\"").unwrap().split_once('"').unwrap();
        assert!(rest.starts_with(", retry=3, result_count="), "{header}");
        token.to_owned()
    });
    (token, answer.json())
}

/// Waits until the look is done; how much came of it.
async fn finished(person: &Person, token: &str) -> Value {
    eventually("the look is done", async || {
        let answer = person.get(&format!("/api/v1_alpha/async_refreshes/{token}")).await.ok().json();
        let now = &answer["async_refresh"];
        assert_eq!(now["id"], token);
        (now["status"] == "finished").then(|| now["result_count"].clone())
    })
    .await
}

fn texts(context: &Value) -> Vec<String> {
    context["descendants"].as_array().unwrap().iter().map(plain).collect()
}

#[tokio::test]
async fn a_reply_that_was_never_sent_here_is_found_when_somebody_opens_the_thread() {
    let late = Latecomer::joins().await;
    let (early, nothing) = context(&late.cas, &late.question).await;
    assert_eq!((early, texts(&nothing).len()), (None, 0), "nobody looks in the first five minutes");
    late.minutes_later(6);

    let (token, _) = context(&late.cas, &late.question).await;

    assert_eq!(finished(&late.cas, &token.expect("somebody looks")).await, 1);
    let (again, whole) = context(&late.cas, &late.question).await;
    assert_eq!(again, None, "the header is there while somebody looks, and nobody looks again so soon");
    assert!(texts(&whole)[0].contains("I have."), "{whole}");
    assert_eq!(whole["descendants"][0]["in_reply_to_id"], late.question["id"]);
    assert!(late.cas.reads().await.is_empty(), "what was found stands in nobody's home");
}

#[tokio::test]
async fn a_site_that_was_down_is_named_and_tried_again() {
    let mut late = Latecomer::joins().await;
    late.world.site_mut("sales").stop().await;
    late.minutes_later(6);

    let (token, _) = context(&late.cas, &late.question).await;

    assert_eq!(finished(&late.cas, &token.unwrap()).await, 0);
    let browser = late.cas.browser().await;
    let page = browser.open(&late.page).await.text();
    assert!(page.contains("1 reply at sales could not be reached yet."), "{page}");
    late.world.site_mut("sales").restart().await;
    late.hand.advance(Duration::from_secs(10));
    late.sees("I have.").await;
    eventually("nobody is out of reach", async || {
        (!browser.open(&late.page).await.text().contains("could not be reached")).then_some(())
    })
    .await;
}

#[tokio::test]
async fn what_was_asked_for_survives_a_restart() {
    let mut late = Latecomer::joins().await;
    late.world.site_mut("sales").stop().await;
    late.minutes_later(6);
    let (token, _) = context(&late.cas, &late.question).await;
    finished(&late.cas, &token.unwrap()).await;

    late.people.restart().await;
    late.world.site_mut("sales").restart().await;
    late.hand.advance(Duration::from_secs(10));

    late.sees("I have.").await;
}

#[tokio::test]
async fn the_page_says_what_is_looked_for_and_what_has_arrived() {
    let late = Latecomer::joins().await;
    let browser = late.cas.browser().await;
    assert!(!browser.open(&late.page).await.text().contains("Looking for"));
    late.minutes_later(6);

    let page = browser.open(&late.page).await.text();

    assert!(page.contains("Looking for more replies at engineering…"), "{page}");
    let between = |before: &str| page.split_once(before).unwrap().1.split_once('"').unwrap().0.to_owned();
    let (poll, link) = (between("data-poll=\""), format!("{}?since={}", late.page, between("?since=")));
    told(&browser, &poll, "1 more reply has arrived.").await;
    let again = browser.open(&link).await.text();
    assert!(again.contains("1 more reply has arrived.") && again.contains("I have."), "{again}");
    assert!(again.contains("1 reply</h2>"), "{again}");
    let later = browser.open(&late.page).await.text();
    assert!(!later.contains("arrived") && later.contains("I have."), "{later}");
}

async fn told(browser: &Browser, poll: &str, text: &str) {
    eventually("it is done", async || {
        let told: Value = serde_json::from_str(&browser.open(poll).await.text()).unwrap();
        (told["running"] == false).then(|| assert_eq!(told["text"], text))
    })
    .await;
}

#[tokio::test]
async fn whoever_does_not_know_the_token_learns_nothing() {
    let late = Latecomer::joins().await;
    late.minutes_later(6);
    let (token, _) = context(&late.cas, &late.question).await;
    let token = token.unwrap();

    let guessed = late.cas.get("/api/v1_alpha/async_refreshes/1").await;
    let stranger = late.people.anybody_gets(&format!("/api/v1_alpha/async_refreshes/{token}")).await;
    let page = Browser::new(late.people.url("/")).open(&format!("/threads/{token}")).await;

    assert_eq!((guessed.status.as_u16(), stranger.status.as_u16()), (404, 401));
    assert!(!page.text().contains("running"), "{}", page.text());
}

#[tokio::test]
async fn ancestors_of_ten_levels_come_with_a_reply() {
    let (world, ann, bob) = World::of_ann_and_bob().await;
    bob.follows(&ann).await;
    ann.posts("level 0").await;
    let mut last = bob.sees("level 0").await;
    let answer = async |to: &Value, level: u32| {
        bob.posts_with(json!({ "status": format!("level {level}"), "in_reply_to_id": to["id"] })).await
    };
    for level in 1..=10 {
        last = answer(&last, level).await;
    }
    world.settles().await;
    let people = TestApp::build().named("people").start().await;
    shake_hands(world.site("engineering"), &people).await;
    shake_hands(world.site("sales"), &people).await;
    let cas = people.person("cas").await;

    let newest = answer(&last, 11).await;

    let expected: Vec<String> = (0..=11).map(|level| format!("level {level}")).collect();
    world.settles().await;
    people.settles().await;
    let seen = cas.finds_status(&text_of(&newest, "uri")).await.unwrap();
    eventually("the thread is whole", async || (cas.conversation(&seen).await == expected).then_some(()))
        .await;
    assert!(cas.reads().await.is_empty(), "old posts do not come into homes");
    let public = cas.get("/api/v1/timelines/public").await.ok().json();
    assert_eq!(plain(&public[0]), "level 11", "old posts stand where their time puts them");
}

#[tokio::test]
async fn a_parent_whose_site_is_down_comes_when_it_is_back() {
    let (mut world, ann, bob) = World::of_ann_and_bob().await;
    bob.follows(&ann).await;
    ann.posts("Is it Friday?").await;
    let seen = bob.sees("Is it Friday?").await;
    world.settles().await;
    let people = TestApp::build().named("people").start().await;
    shake_hands(world.site("engineering"), &people).await;
    shake_hands(world.site("sales"), &people).await;
    let cas = people.person("cas").await;
    world.site_mut("engineering").stop().await;

    let answer = bob.posts_with(json!({ "status": "Nearly.", "in_reply_to_id": seen["id"] })).await;

    let seen = eventually("the answer has come", async || {
        let path = format!("/api/v2/search?type=statuses&resolve=false&q={}", text_of(&answer, "uri"));
        cas.get(&path).await.ok().json()["statuses"].as_array()?.first().cloned()
    })
    .await;
    assert_eq!(cas.conversation(&seen).await, ["Nearly."]);
    world.site_mut("engineering").restart().await;
    eventually("the question has come", async || {
        (cas.conversation(&seen).await == ["Is it Friday?", "Nearly."]).then_some(())
    })
    .await;
    let parent = cas.get(&format!("/api/v1/statuses/{}/context", text_of(&seen, "id"))).await.ok().json();
    assert_eq!(parent["ancestors"][0]["replies_count"], 1);
}

#[tokio::test]
async fn a_thread_is_looked_at_once_in_a_quarter_of_an_hour() {
    let (clock, hand) = Clock::manual(Clock::system().now());
    let app = TestApp::build().open().clock(clock).start().await;
    let ann = app.person("ann").await;
    let peer = Peer::start(&["mallory"]).await;
    let mut root = peer.note(&peer.person("mallory"), "Who is there?", &[]);
    root["replies"] = json!(peer.url("/replies"));
    peer.publish(&root);
    peer.publish(&json!({ "id": peer.url("/replies"), "type": "Collection", "items": [] }));
    let seen = ann.finds_status(&text_of(&root, "id")).await.unwrap();
    let looks = || peer.fetched().iter().filter(|path| *path == "/replies").count();
    let opens = async |minutes: u64| {
        hand.advance(Duration::from_secs(60 * minutes));
        for _ in 0..3 {
            context(&ann, &seen).await;
        }
        app.settles().await;
        looks()
    };

    assert_eq!(opens(4).await, 0, "it is too young");
    assert_eq!(opens(2).await, 1);
    assert_eq!(opens(14).await, 1);
    assert_eq!(opens(1).await, 2);
    app.anybody_gets(&format!("/api/v1/statuses/{}/context", text_of(&seen, "id"))).await;
    assert_eq!(looks(), 2);
}

#[tokio::test]
async fn nobody_looks_for_more_of_what_never_left_the_site() {
    let (clock, hand) = Clock::manual(Clock::system().now());
    let app = TestApp::build().open().clock(clock).start().await;
    let (ann, bob) = app.two_people().await;
    let post = ann.posts("Only here").await;
    bob.replies(&post, "and here").await;
    hand.advance(Duration::from_hours(1));

    let (token, whole) = context(&ann, &post).await;

    assert_eq!((token, texts(&whole).len()), (None, 1));
}
