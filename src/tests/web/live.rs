//! What arrives while a page is open, and what one finds when one comes back.

use std::time::Duration;

use breezeway::base::{Clock, Millis};
use breezeway::domain::follows::{self, follow::Wishes};
use breezeway::domain::statuses::{self, Draft, Visibility};
use breezeway::testing::http::Http;
use breezeway::testing::{TestApp, eventually};
use http::Method;

use super::{Reader, member, post};

/// An open stream, read as far as one likes.
struct Stream {
    answer: reqwest::Response,
    read: String,
}

impl Stream {
    async fn open(app: &TestApp, reader: &Reader, query: &str, last: Option<&str>) -> Self {
        let name = app.services().config.site.session_cookie();
        let cookie = reader.browser.cookie(&name).expect("signed in");
        let mut request = Http::default()
            .request(Method::GET, app.url(&format!("/live?{query}")))
            .header("cookie", format!("{name}={cookie}"));
        if let Some(last) = last {
            request = request.header("last-event-id", last);
        }
        let answer = request.send().await.expect("an answer");
        assert_eq!(answer.status(), 200);
        assert_eq!(answer.headers()["content-type"], "text/event-stream");
        Self { answer, read: String::new() }
    }

    /// Reads until this was said; answers all of it.
    async fn says(&mut self, text: &str) -> &str {
        while !self.read.contains(text) {
            let chunk = self.answer.chunk().await.expect("it goes on");
            let Some(chunk) = chunk else { panic!("it ended before {text}: {}", self.read) };
            self.read.push_str(&String::from_utf8_lossy(&chunk));
        }
        &self.read
    }

    /// The number to go on from.
    fn last(&self) -> String {
        let line = self.read.lines().rev().find_map(|line| line.strip_prefix("id: "));
        line.expect("a number").to_owned()
    }

    /// Reads to the end.
    async fn ends(mut self) {
        while self.answer.chunk().await.is_ok_and(|chunk| chunk.is_some()) {}
    }
}

async fn follow(app: &TestApp, reader: &Reader, other: &Reader) {
    follows::follow(app.services(), reader.id, other.id, Wishes::default()).await.unwrap();
}

#[tokio::test]
async fn an_open_page_hears_of_posts_and_figures_and_misses_nothing_in_between() {
    let app = TestApp::start().await;
    let (ann, bob) = (member(&app, "ann").await, member(&app, "bob").await);
    follow(&app, &ann, &bob).await;
    let own = post(&app, ann.id, "mine", Visibility::Organisation).await;
    app.settles().await;
    let query = format!("list=home&shown={}", to_36(own.0));

    let mut stream = Stream::open(&app, &ann, &query, None).await;
    stream.says("event: note").await;
    stream.says("id: ").await;
    let first = post(&app, bob.id, "the secret of the cellar", Visibility::Organisation).await;
    let read = stream.says(&first.to_string()).await;
    assert!(read.contains("event: new") && !read.contains("cellar"), "numbers, never words: {read}");
    statuses::favourite(app.services(), bob.id, own).await.unwrap();
    stream.says(&format!(r#""id":"{own}""#)).await;
    stream.says(r#""likes":1"#).await;
    stream.says(r#"{"unread":1}"#).await;
    stream.says("id: ").await;
    let last = stream.last();
    drop(stream);

    let missed = post(&app, bob.id, "while away", Visibility::Organisation).await;
    app.settles().await;
    let mut again = Stream::open(&app, &ann, &query, Some(&last)).await;
    again.says(&missed.to_string()).await;

    let mut lost = Stream::open(&app, &ann, &query, Some("12")).await;
    lost.says("event: reset").await;
}

#[tokio::test]
async fn a_stream_ends_with_the_session_and_with_the_site() {
    let mut app = TestApp::start().await;
    let (ann, bob) = (member(&app, "ann").await, member(&app, "bob").await);
    follow(&app, &ann, &bob).await;
    let mut stream = Stream::open(&app, &ann, "list=home", None).await;
    stream.says("event: note").await;
    let mut other = Stream::open(&app, &bob, "", None).await;
    other.says("event: note").await;

    ann.browser.submit("/settings", "/sign-out", &[]).await;
    post(&app, bob.id, "for nobody there", Visibility::Organisation).await;
    stream.ends().await;

    app.stop().await;
    other.ends().await;
}

#[tokio::test]
async fn somebody_has_a_few_streams_and_a_stranger_none() {
    let app = TestApp::start().await;
    let ann = member(&app, "ann").await;
    let mut streams = Vec::new();
    for _ in 0..8 {
        streams.push(Stream::open(&app, &ann, "", None).await);
    }

    assert_eq!(ann.browser.open("/live").await.status, 429);
    drop(streams.pop());
    eventually("the place is free", async || {
        let name = app.services().config.site.session_cookie();
        let cookie = ann.browser.cookie(&name).expect("signed in");
        let request = Http::default().request(Method::GET, app.url("/live"));
        let answer = request.header("cookie", format!("{name}={cookie}")).send().await.ok()?;
        (answer.status() == 200).then_some(())
    })
    .await;
    assert!(!app.anybody_gets("/live").await.status.is_success());
}

#[tokio::test]
async fn a_piece_of_a_page_holds_what_is_newer_and_may_be_read() {
    let app = TestApp::start().await;
    let (ann, bob) = (member(&app, "ann").await, member(&app, "bob").await);
    follow(&app, &ann, &bob).await;
    let old = post(&app, bob.id, "news of yesterday", Visibility::Organisation).await;
    post(&app, bob.id, "fresh bread", Visibility::Organisation).await;
    let secret = post(&app, bob.id, "not for ann", Visibility::Direct).await;

    for list in ["home", "site", "organisation"] {
        let piece = ann.sees(&format!("/timelines/{list}/new?since={old}")).await;
        assert!(piece.contains("fresh bread") && !piece.contains("yesterday"), "{list}: {piece}");
        assert!(!piece.contains("not for ann") && !piece.contains("<html"), "{list}: {piece}");
    }
    assert_eq!(ann.browser.open("/timelines/elsewhere/new?since=1").await.status, 404);
    assert!(ann.sees(&format!("/posts/{old}/card")).await.contains("news of yesterday"));
    assert_eq!(ann.browser.open(&format!("/posts/{secret}/card")).await.status, 404);
}

#[tokio::test]
async fn who_comes_back_finds_where_they_were_and_what_came_in_order() {
    let (clock, hand) = Clock::manual(Millis(1_767_323_045_000));
    let app = TestApp::build().clock(clock).start().await;
    let (ann, bob) = (member(&app, "ann").await, member(&app, "bob").await);
    follow(&app, &ann, &bob).await;
    let own = post(&app, ann.id, "what do you think of it?", Visibility::Organisation).await;
    post(&app, bob.id, "before", Visibility::Organisation).await;
    let home = ann.sees("/").await;
    assert!(!home.contains("You were here") && !home.contains("class=\"catch-up\""));
    eventually("the mark is set", async || {
        let place = breezeway::domain::timelines::marks::Place::Home;
        let mut conn = app.services().db.read().await.ok()?;
        breezeway::domain::timelines::marks::find(app.services(), &mut conn, ann.id, place).await.ok()?
    })
    .await;

    hand.advance(Duration::from_hours(14));
    for number in 0..22 {
        hand.advance(Duration::from_secs(1));
        post(&app, bob.id, &format!("number-{number}."), Visibility::Organisation).await;
    }
    let reply = Draft { text: "@ann I like it".into(), in_reply_to: Some(own), ..Draft::default() };
    statuses::create(app.services(), bob.id, reply).await.unwrap();
    let home = ann.sees("/").await;
    assert!(home.contains("23 posts by one person at one site"), "{home}");
    assert!(home.contains("One post mentions you") && home.contains("One new reply"));
    assert!(home.contains("what do you think of it?"));
    let second = ann.sees("/catch-up").await;
    let place = |text: &str| second.find(text).unwrap_or_else(|| panic!("{text} in {second}"));
    assert!(place("number-0.") < place("number-1.") && place("number-1.") < place("number-19."));
    assert!(!second.contains("number-20.") && second.contains("3 posts are left"));
    let next =
        second.split("href=\"/catch-up?after=").nth(1).and_then(|rest| rest.split('"').next()).unwrap();
    let last = ann.sees(&format!("/catch-up?after={next}")).await;
    assert!(last.contains("number-20.") && last.contains("I like it") && last.contains("That is all"));

    ann.browser.submit("/", "/catch-up/later", &[("back", "/")]).await.ok();
    assert!(!ann.sees("/").await.contains("class=\"catch-up\""), "not during this visit");
}

#[tokio::test]
async fn the_line_stands_above_what_was_read() {
    let (clock, hand) = Clock::manual(Millis(1_767_323_045_000));
    let app = TestApp::build().clock(clock).start().await;
    let (ann, bob) = (member(&app, "ann").await, member(&app, "bob").await);
    post(&app, bob.id, "older", Visibility::Organisation).await;
    ann.sees("/timelines/organisation").await;
    let place = breezeway::domain::timelines::marks::Place::Organisation;
    eventually("the mark is set", async || {
        let mut conn = app.services().db.read().await.ok()?;
        breezeway::domain::timelines::marks::find(app.services(), &mut conn, ann.id, place).await.ok()?
    })
    .await;
    hand.advance(Duration::from_hours(1));
    post(&app, bob.id, "newer", Visibility::Organisation).await;

    let page = ann.sees("/timelines/organisation").await;

    let at = |text: &str| page.find(text).unwrap_or_else(|| panic!("{text} in {page}"));
    assert!(at("<p>newer</p>") < at("You were here") && at("You were here") < at("<p>older</p>"));
}

#[tokio::test]
async fn a_thread_folds_leads_to_what_is_unread_and_continues_elsewhere_when_it_is_deep() {
    let app = TestApp::start().await;
    let (ann, bob) = (member(&app, "ann").await, member(&app, "bob").await);
    let root = post(&app, ann.id, "the root", Visibility::Organisation).await;
    let answer = async |to, text: &str| {
        let draft = Draft { text: text.to_owned(), in_reply_to: Some(to), ..Draft::default() };
        statuses::create(app.services(), bob.id, draft).await.unwrap()
    };
    let (mut at, mut chain) = (root, Vec::new());
    for depth in 0..7 {
        at = answer(at, &format!("depth-{depth}.")).await;
        chain.push(at);
    }
    let path = format!("/@ann/{root}");

    let first = ann.sees(&path).await;
    assert!(first.contains("depth-4.") && !first.contains("depth-5."), "{first}");
    assert!(first.contains("2 more replies") && first.contains(&format!("/@bob/{}\"", chain[4])));
    assert!(first.contains("7 replies") && !first.contains("id=\"unread\""), "nothing is new the first time");
    assert_eq!(first.matches("<details class=\"branch\" open>").count(), 4);
    let deeper = ann.sees(&format!("/@bob/{}", chain[4])).await;
    assert!(deeper.contains("depth-5.") && deeper.contains("depth-6."));

    let place = breezeway::domain::timelines::marks::Place::Thread(root);
    eventually("the mark is set", async || {
        let mut conn = app.services().db.read().await.ok()?;
        let mark = breezeway::domain::timelines::marks::find(app.services(), &mut conn, ann.id, place);
        mark.await.ok()?.filter(|mark| mark.last_read >= chain[6].0)
    })
    .await;
    answer(chain[1], "something new").await;
    let mut crowd = Vec::new();
    for number in 0..51 {
        crowd.push(answer(chain[2], &format!("and {number}")).await);
    }
    let page = ann.sees(&path).await;
    assert!(page.contains("First of 52 unread"), "{page}");
    assert!(page.contains(&format!("id=\"unread\" href=\"#p{}\"", crowd[0])), "{page}");
    assert!(page.contains("class=\"post new\""));
    let third = member(&app, "cat").await.sees(&path).await;
    assert!(third.contains("<details class=\"branch\"><summary>"), "a crowd is folded: {third}");
}

#[tokio::test]
async fn the_keys_are_listed_and_can_be_switched_off() {
    let app = TestApp::start().await;
    let ann = member(&app, "ann").await;
    assert!(ann.sees("/keyboard").await.contains("<kbd>j</kbd>"));

    let off = ann.browser.submit("/keyboard", "/keyboard", &[("keys", "off")]).await.ok().text();

    assert!(off.contains("They are off"));
    assert_eq!(ann.browser.cookie("breezeway_keys").as_deref(), Some("off"));
    let on = ann.browser.submit("/keyboard", "/keyboard", &[("keys", "on")]).await.ok().text();
    assert!(on.contains("They are on"));
}

fn to_36(mut number: i64) -> String {
    let mut digits = Vec::new();
    while number > 0 {
        digits.push(char::from_digit((number % 36) as u32, 36).expect("a digit"));
        number /= 36;
    }
    digits.iter().rev().collect()
}
