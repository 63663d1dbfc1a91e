//! Sites whose clocks do not agree, or are set back.

use std::time::Duration;

use breezeway::base::{Clock, Millis};
use breezeway::testing::{Person, TestApp, eventually};
use federation_tests::shake_hands;

/// Engineering with the machine's clock and Ann, sales with a clock that is off by so many seconds, and Bob.
async fn apart(seconds: i64) -> (TestApp, Person, TestApp, Person) {
    let (clock, _hand) = Clock::manual(off(seconds));
    let engineering = TestApp::build().named("engineering").start().await;
    let sales = TestApp::build().named("sales").clock(clock).start().await;
    shake_hands(&engineering, &sales).await;
    let (ann, bob) = (engineering.person("ann").await, sales.person("bob").await);
    (engineering, ann, sales, bob)
}

fn off(seconds: i64) -> Millis {
    Millis(Clock::system().now().0 + seconds * 1000)
}

/// A post, an answer, a like, an edit and a deletion both ways.
async fn converse(ann: &Person, bob: &Person) {
    ann.follows(bob).await;
    bob.follows(ann).await;
    for (one, other) in [(ann, bob), (bob, ann)] {
        let first = one.posts("Hello over there").await;
        let seen = other.sees("Hello over there").await;
        other.does("favourite", &seen).await;
        one.hears("favourite", other).await;
        other.replies(&seen, "hello yourself").await;
        one.hears("mention", other).await;
        let path = format!("/api/v1/statuses/{}", first["id"].as_str().unwrap());
        one.put(&path, serde_json::json!({ "status": "Good day over there" })).await.ok();
        other.sees("Good day over there").await;
        one.delete(&path).await.ok();
        eventually("it is gone", async || other.looks_at(&seen).await.is_none().then_some(())).await;
    }
}

#[tokio::test]
async fn clocks_that_are_minutes_apart_disturb_nobody() {
    for seconds in [-20 * 60, 20 * 60] {
        let (_engineering, ann, _sales, bob) = apart(seconds).await;
        converse(&ann, &bob).await;
    }
}

#[tokio::test]
async fn what_waits_for_a_clock_that_is_hours_off_arrives_when_it_is_right() {
    let (clock, hand) = Clock::manual(off(0));
    let engineering = TestApp::build().named("engineering").start().await;
    let sales = TestApp::build().named("sales").clock(clock).start().await;
    shake_hands(&engineering, &sales).await;
    let (ann, bob) = (engineering.person("ann").await, sales.person("bob").await);
    ann.follows(&bob).await;
    bob.follows(&ann).await;

    hand.set(off(5 * 3600));
    ann.posts("from a right clock").await;
    bob.posts("from a wrong clock").await;
    tokio::time::sleep(Duration::from_secs(2)).await;
    assert!(
        ann.reads().await.iter().all(|post| post != "from a wrong clock"),
        "too far apart to be believed"
    );
    hand.set(off(0));

    ann.sees("from a wrong clock").await;
    bob.sees("from a right clock").await;
}

#[tokio::test]
async fn a_post_from_the_future_stands_at_the_time_of_its_arrival() {
    let (engineering, ann, _sales, bob) = apart(20 * 60).await;
    ann.follows(&bob).await;

    bob.posts("from the future").await;
    let seen = ann.sees("from the future").await;
    ann.posts("from now").await;

    let at = Millis::from_rfc3339(seen["created_at"].as_str().unwrap()).unwrap();
    assert!(at <= engineering.now(), "{at:?}");
    assert_eq!(ann.reads().await, ["from now", "from the future"]);
}

#[tokio::test]
async fn a_clock_that_is_set_back_keeps_the_order_and_holds_nothing_up() {
    let (clock, hand) = Clock::manual(off(3 * 3600));
    let mut site = TestApp::build().clock(clock).start().await;
    let (ann, bob) = site.two_people().await;
    bob.follows(&ann).await;
    let first = ann.posts("one").await;
    ann.posts("two").await;

    hand.set(off(0));
    ann.posts("three").await;
    site.restart().await;
    ann.posts("four").await;
    bob.replies(&first, "I heard").await;

    ann.hears("mention", &bob).await;
    bob.sees("four").await;
    let mut home = bob.reads().await;
    home.retain(|post| !post.contains("I heard"));
    assert_eq!(home, ["four", "three", "two", "one"]);
}
