//! Deliveries: in order for each site, and nothing lost silently. The clocks are set by hand where time matters.

use std::net::SocketAddr;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use breezeway::base::clock::Hand;
use breezeway::base::id::DeliveryId;
use breezeway::base::{Clock, Millis};
use breezeway::domain::organisation::By;
use breezeway::domain::organisation::deliveries::{self, Cause, DeadLetter, SiteQueue, State, Which};
use breezeway::federation::delivery::{self, Letter};
use breezeway::testing::{Peer, Person, TestApp, eventually};
use http::StatusCode;
use serde_json::Value;
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpListener;

const HOUR: Duration = Duration::from_hours(1);
const DAY: Duration = Duration::from_hours(24);

/// An open site with Ann, whom Mallory of a peer follows, and a clock set by hand. The retries are those of a real site.
struct Scene {
    app: TestApp,
    ann: Person,
    peer: Peer,
    hand: Hand,
}

impl Scene {
    async fn set() -> Self {
        let (clock, hand) = Clock::manual(Clock::system().now());
        let app = TestApp::build().open().clock(clock).with(patient).start().await;
        let ann = app.person("ann").await;
        let peer = Peer::start(&["mallory"]).await;
        let scene = Self { app, ann, peer, hand };
        scene.mallory_follows_ann().await;
        eventually("the follow is accepted", async || scene.peer.received_of("Accept").pop()).await;
        scene
    }

    async fn mallory_follows_ann(&self) {
        let ann = self.app.actor("ann");
        let follow = self.peer.activity("Follow", &self.peer.person("mallory"), ann.as_str());
        let letter = self.peer.letter(&follow).written(self.app.now());
        letter.to(&self.app.shared_inbox()).await.ok();
    }

    async fn queue(&self) -> SiteQueue {
        let mut conn = self.app.services().db.read().await.unwrap();
        deliveries::queue(&mut conn, &self.peer.host()).await.unwrap()
    }

    async fn queue_when(&self, what: &str, holds: impl Fn(&SiteQueue) -> bool) -> SiteQueue {
        eventually(what, async || Some(self.queue().await).filter(|queue| holds(queue))).await
    }

    async fn dead(&self) -> Vec<DeadLetter> {
        let mut conn = self.app.services().db.read().await.unwrap();
        deliveries::store::list_dead(&mut conn, &self.peer.host(), DeliveryId(0), 100).await.unwrap()
    }

    async fn trace(&self, post: &Value) -> Vec<deliveries::Passage> {
        let mut conn = self.app.services().db.read().await.unwrap();
        deliveries::trace(&mut conn, post["uri"].as_str().unwrap()).await.unwrap().passages
    }

    /// What the peer was sent of posts, repeated attempts once.
    fn told(&self) -> Vec<String> {
        let mut texts: Vec<String> = Vec::new();
        for create in self.peer.received_of("Create") {
            let text = create["object"]["content"]
                .as_str()
                .unwrap_or_default()
                .replace("<p>", "")
                .replace("</p>", "");
            if texts.last() != Some(&text) {
                texts.push(text);
            }
        }
        texts
    }

    async fn told_when(&self, expected: &[&str]) {
        let what = format!("the peer is told {expected:?}");
        eventually(&what, async || (self.told() == expected).then_some(())).await;
    }
}

fn patient(config: &mut breezeway::base::config::Config) {
    config.federation.retry_first_delay = Duration::from_secs(5);
    config.federation.retry_max_delay = 6 * HOUR;
}

#[tokio::test]
async fn ten_peers_that_never_answer_delay_none_of_fifty_others() {
    // A request may take an hour: whoever had to wait for one of the ten would wait for ever.
    let app = TestApp::build().open().with(|config| config.federation.request_timeout = HOUR).start().await;
    let ann = app.person("ann").await;
    let (taken, hung) = (Arc::new(AtomicUsize::new(0)), Arc::new(AtomicUsize::new(0)));
    let mut inboxes = Vec::new();
    for _ in 0..10 {
        inboxes.push(inbox_at(listens(Arc::clone(&hung), false).await));
    }
    for _ in 0..50 {
        inboxes.push(inbox_at(listens(Arc::clone(&taken), true).await));
    }

    for round in 0..3 {
        sends(&app, &ann, round, &inboxes).await;
    }

    eventually("the ten have what they never answer", async || {
        (hung.load(Ordering::SeqCst) >= 10).then_some(())
    })
    .await;
    eventually("all others have everything", async || (taken.load(Ordering::SeqCst) == 150).then_some(()))
        .await;
    assert_eq!(hung.load(Ordering::SeqCst), 10, "each of the ten is asked once at a time");
}

fn inbox_at(address: SocketAddr) -> String {
    format!("http://{address}/inbox")
}

/// A host that counts requests and answers all of them, or none.
async fn listens(count: Arc<AtomicUsize>, answers: bool) -> SocketAddr {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    tokio::spawn(async move {
        let mut open = Vec::new();
        while let Ok((mut stream, _)) = listener.accept().await {
            let mut request = [0; 16 << 10];
            let _ = stream.read(&mut request).await;
            count.fetch_add(1, Ordering::SeqCst);
            if answers {
                let _ = stream
                    .write_all(b"HTTP/1.1 202 Accepted\r\ncontent-length: 0\r\nconnection: close\r\n\r\n")
                    .await;
            } else {
                open.push(stream);
            }
        }
    });
    address
}

async fn sends(app: &TestApp, by: &Person, round: u32, inboxes: &[String]) {
    let uri = format!("{}/activities/{round}", app.url("/").as_str().trim_end_matches('/'));
    let body = format!(r#"{{"type":"Listen","id":"{uri}","actor":"{}"}}"#, app.actor("ann"));
    let letter = Letter::new(by.id, uri, body);
    let mut tx = app.services().db.begin().await.unwrap();
    delivery::enqueue(app.services(), &mut tx, &letter, inboxes).await.unwrap();
    tx.commit().await.unwrap();
    app.services().hub.wake_delivery();
}

#[tokio::test]
async fn the_first_retries_come_after_seconds_and_the_later_ones_after_hours() {
    let scene = Scene::set().await;
    scene.peer.answers_posts_with(StatusCode::BAD_GATEWAY);
    scene.ann.posts("Hello?").await;

    let mut waits = Vec::new();
    for attempt in 1..=14 {
        let queue = scene.queue_when("it failed again", |queue| queue.failures == attempt).await;
        let retry_at = queue.retry_at.unwrap();
        waits.push(retry_at.0 - scene.app.now().0);
        scene.hand.set(retry_at);
    }

    assert!((4_000..=6_000).contains(&waits[0]), "{waits:?}");
    assert!((8_000..=12_000).contains(&waits[1]), "{waits:?}");
    let hours = 3_600_000;
    assert!(waits[13] >= 4 * hours && waits[13] <= 8 * hours, "{waits:?}");
}

#[tokio::test]
async fn a_site_that_was_gone_for_longer_than_we_are_patient_is_caught_up_in_order() {
    let scene = Scene::set().await;
    scene.peer.answers_posts_with(StatusCode::BAD_GATEWAY);
    scene.ann.posts("first").await;
    scene.ann.posts("second").await;
    scene.queue_when("it failed", |queue| queue.failures == 1 && queue.waiting == 2).await;

    scene.hand.advance(8 * DAY);
    let gone = scene.queue_when("it counts as gone", |queue| queue.unavailable_since.is_some()).await;
    assert_eq!((gone.waiting, gone.dead), (0, 2), "{gone:?}");
    assert!(scene.dead().await.iter().all(|letter| letter.cause == Cause::Unreachable));

    let before = scene.peer.received_of("Create").len();
    let third = scene.ann.posts("third").await;
    scene.queue_when("the third waits", |queue| queue.waiting == 1).await;
    assert!(matches!(scene.trace(&third).await[0].state, State::Waiting { unavailable: true, .. }));
    assert_eq!(scene.peer.received_of("Create").len(), before, "it is not tried as long as nobody answers");

    scene.peer.forgets();
    scene.peer.answers_posts_with(StatusCode::ACCEPTED);
    scene.hand.advance(8 * HOUR);

    scene.told_when(&["first", "second", "third"]).await;
    let back = scene.queue_when("it is written down", |queue| queue.waiting == 0).await;
    assert_eq!((back.dead, back.failures, back.unavailable_since), (0, 0, None), "{back:?}");
    assert!(
        scene.peer.fetched().contains(&"/.well-known/nodeinfo".to_owned()),
        "it was asked with a small request"
    );
}

#[tokio::test]
async fn a_site_that_is_heard_from_is_tried_at_once() {
    let scene = Scene::set().await;
    scene.peer.answers_posts_with(StatusCode::BAD_GATEWAY);
    scene.ann.posts("Said while you were away").await;
    let mut queue = scene.queue_when("it failed", |queue| queue.failures == 1).await;
    for attempt in 2..=8 {
        scene.hand.set(queue.retry_at.unwrap());
        queue = scene.queue_when("it failed again", |queue| queue.failures == attempt).await;
    }
    scene.peer.forgets();
    scene.peer.answers_posts_with(StatusCode::ACCEPTED);

    scene.mallory_follows_ann().await;

    scene.told_when(&["Said while you were away"]).await;
}

#[tokio::test]
async fn a_site_that_asks_for_patience_gets_it() {
    let scene = Scene::set().await;
    let date = httpdate(scene.app.now() + 2 * HOUR);
    for (status, asked, expected) in [
        (StatusCode::TOO_MANY_REQUESTS, "1800", HOUR / 2),
        (StatusCode::SERVICE_UNAVAILABLE, "1800", HOUR / 2),
        (StatusCode::SERVICE_UNAVAILABLE, date.as_str(), 2 * HOUR),
        (StatusCode::SERVICE_UNAVAILABLE, "99999999", DAY),
    ] {
        scene.peer.answers_posts_with(status);
        scene.peer.asks_for_patience(asked);
        let now = scene.app.now();
        scene.ann.posts("Hello?").await;
        let queue = scene.queue_when("it is left alone", |queue| queue.failures == 1).await;
        let wait = queue.retry_at.unwrap().0 - now.0;
        let expected = i64::try_from(expected.as_millis()).unwrap();
        assert!((expected - 1_000..=expected + 1_000).contains(&wait), "{status} {asked}: {wait}");

        // Being heard is no reason to be impatient.
        scene.mallory_follows_ann().await;
        let again = scene.queue().await;
        assert_eq!(again.retry_at, queue.retry_at, "{status} {asked}");

        scene.peer.answers_posts_with(StatusCode::ACCEPTED);
        deliveries::try_now(scene.app.services(), By::Site, &scene.peer.host()).await.unwrap();
        scene.app.settles().await;
        scene.queue_when("it was taken", |queue| queue.waiting == 0 && queue.failures == 0).await;
    }
}

fn httpdate(at: Millis) -> String {
    at.timestamp().strftime("%a, %d %b %Y %H:%M:%S GMT").to_string()
}

#[tokio::test]
async fn what_a_site_refuses_is_kept_with_the_reason_and_can_be_sent_again() {
    let scene = Scene::set().await;
    scene.peer.answers_posts_with(StatusCode::GONE);
    let post = scene.ann.posts("Not welcome").await;
    scene.queue_when("it is given up", |queue| queue.dead == 1).await;
    let letter = scene.dead().await.remove(0);
    assert_eq!((letter.cause, letter.kind.as_str()), (Cause::Refused, "Create"));
    assert_eq!((letter.error.as_str(), letter.about.as_deref()), ("410 Gone", post["uri"].as_str()));

    // What comes later is not held up.
    scene.peer.forgets();
    scene.peer.answers_posts_with(StatusCode::ACCEPTED);
    scene.ann.posts("Welcome").await;
    scene.told_when(&["Welcome"]).await;

    let services = scene.app.services();
    assert_eq!(deliveries::retry(services, By::Site, &Which::These(vec![letter.id])).await.unwrap(), 1);
    scene.told_when(&["Welcome", "Not welcome"]).await;
    scene.queue_when("nothing is left", |queue| (queue.waiting, queue.dead) == (0, 0)).await;
    assert!(deliveries::retry(services, By::Site, &Which::These(vec![letter.id])).await.is_err());
}

#[tokio::test]
async fn what_a_site_stumbles_over_steps_aside_for_the_others() {
    let scene = Scene::set().await;
    scene.peer.stumbles_over("poison");
    scene.ann.posts("poison").await;
    scene.ann.posts("bread").await;

    for attempt in 1..10 {
        let queue = scene.queue_when("it failed again", |queue| queue.failures == attempt).await;
        assert_eq!(scene.told(), ["poison"], "the order is kept as long as it may be the site");
        scene.hand.set(queue.retry_at.unwrap());
    }

    scene.told_when(&["poison", "bread"]).await;
    scene.queue_when("it is set aside", |queue| (queue.waiting, queue.dead) == (0, 1)).await;
    assert_eq!(scene.dead().await[0].error, "500 Internal Server Error");
}

#[tokio::test]
async fn what_is_passed_on_in_vain_shows_nothing_about_the_site() {
    let scene = Scene::set().await;
    scene.peer.answers_posts_with(StatusCode::BAD_GATEWAY);
    scene.ann.posts("bread").await;
    let uri = "https://elsewhere.example/activities/1".to_owned();
    let body = format!(r#"{{"type":"Listen","id":"{uri}","actor":"https://elsewhere.example/eve"}}"#);
    let services = scene.app.services();
    let mut tx = services.db.begin().await.unwrap();
    let inboxes = [scene.peer.url("/inbox").to_string()];
    delivery::enqueue(services, &mut tx, &Letter::new(scene.ann.id, uri, body), &inboxes).await.unwrap();
    tx.commit().await.unwrap();

    // From the tenth on, what comes next is tried as well.
    for attempt in 1..=12 {
        let queue = scene.queue_when("it failed again", |queue| queue.failures == attempt).await;
        assert_eq!(
            queue.dead, 0,
            "the site is away; that it does not want what is passed on is no sign of life"
        );
        if attempt == 12 {
            assert_eq!(queue.waiting, 1, "what was passed on was an offer");
            scene.peer.answers_posts_with(StatusCode::ACCEPTED);
        }
        scene.hand.set(queue.retry_at.unwrap());
    }

    scene.queue_when("it arrives", |queue| (queue.waiting, queue.dead) == (0, 0)).await;
}

#[tokio::test]
async fn a_post_can_be_traced_to_each_site() {
    let scene = Scene::set().await;
    let arrived = scene.ann.posts("Hello").await;
    scene.app.settles().await;
    let passages = scene.trace(&arrived).await;
    assert_eq!((passages.len(), passages[0].kind.as_str()), (1, "Create"));
    assert_eq!(passages[0].host, scene.peer.host());
    assert!(matches!(passages[0].state, State::Arrived { .. }), "{passages:?}");

    scene.peer.answers_posts_with(StatusCode::BAD_GATEWAY);
    let waiting = scene.ann.posts("Hello?").await;
    scene.queue_when("it failed", |queue| queue.failures == 1).await;
    let passages = scene.trace(&waiting).await;
    assert!(
        matches!(&passages[0].state, State::Waiting { attempts: 1, error: Some(error), retry_at: Some(_), .. }
            if error == "502 Bad Gateway"),
        "{passages:?}"
    );

    scene.peer.answers_posts_with(StatusCode::NOT_FOUND);
    deliveries::try_now(scene.app.services(), By::Site, &scene.peer.host()).await.unwrap();
    scene.queue_when("it is given up", |queue| queue.dead == 1).await;
    let passages = scene.trace(&waiting).await;
    assert!(matches!(&passages[0].state, State::Dead { cause: Cause::Refused, .. }), "{passages:?}");

    deliveries::discard(scene.app.services(), By::Site, &Which::Of(scene.peer.host())).await.unwrap();
    let passages = scene.trace(&waiting).await;
    assert!(
        matches!(&passages[0].state, State::Dropped { error, .. } if error == "404 Not Found"),
        "{passages:?}"
    );
    assert_eq!(scene.queue().await.dropped, 1);
}

#[tokio::test]
async fn dead_letters_and_traces_are_kept_for_a_month_and_then_thrown_away() {
    let scene = Scene::set().await;
    let arrived = scene.ann.posts("Hello").await;
    scene.app.settles().await;
    scene.peer.answers_posts_with(StatusCode::NOT_FOUND);
    let refused = scene.ann.posts("Not welcome").await;
    scene.queue_when("it is given up", |queue| queue.dead == 1).await;

    scene.hand.advance(29 * DAY);
    delivery::sweep(scene.app.services()).await.unwrap();
    assert_eq!((scene.trace(&arrived).await.len(), scene.dead().await.len()), (1, 1));

    scene.hand.advance(2 * DAY);
    delivery::sweep(scene.app.services()).await.unwrap();
    assert!(scene.trace(&arrived).await.is_empty() && scene.trace(&refused).await.is_empty());
    let queue = scene.queue().await;
    assert_eq!((queue.dead, queue.dropped), (0, 1), "it is counted, so that nobody wonders");
}
