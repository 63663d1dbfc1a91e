//! Answers to what we ask: endless, packed, lying about their length, type or place.

use std::io::Write as _;
use std::time::Duration;

use breezeway::base::Clock;
use breezeway::base::config::Config;
use breezeway::testing::peer::{Raw, Trick};
use breezeway::testing::{Peer, Person, TestApp, eventually, text_of};
use serde_json::{Value, json};
use url::Url;

struct Scene {
    app: TestApp,
    ann: Person,
    peer: Peer,
    note: Value,
}

impl Scene {
    async fn set() -> Self {
        let change: fn(&mut Config) = |config| config.federation.request_timeout = Duration::from_secs(2);
        let app = TestApp::build().open().with(change).start().await;
        let ann = app.person("ann").await;
        let peer = Peer::start(&["mallory"]).await;
        let note = peer.note(&peer.person("mallory"), "The words", &[]);
        Self { app, ann, peer, note }
    }

    fn path(&self) -> String {
        let id: Url = text_of(&self.note, "id").parse().unwrap();
        id.path().to_owned()
    }

    /// Ann looks for what stands at `url`; nothing is found, and the site goes on.
    async fn finds_nothing(&self, url: &str) {
        let path = format!(
            "/api/v2/search?type=statuses&resolve=true&q={}",
            url::form_urlencoded::byte_serialize(url.as_bytes()).collect::<String>()
        );
        let answer = self.ann.get(&path).await;
        assert!(
            !answer.status.is_server_error() || answer.status == 503,
            "{}: {}",
            answer.status,
            answer.text()
        );
        let found = answer.json();
        assert!(found["statuses"].as_array().is_none_or(Vec::is_empty), "{found}");
        assert_eq!(self.app.anybody_gets("/health").await.status, 200);
    }

    async fn plays(&self, trick: Trick) {
        self.peer.plays(&self.path(), trick);
        self.finds_nothing(&text_of(&self.note, "id")).await;
    }

    fn asked(&self) -> usize {
        let path = self.path();
        self.peer.fetched().iter().filter(|asked| **asked == path).count()
    }
}

fn gzip(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::best());
    encoder.write_all(bytes).unwrap();
    encoder.finish().unwrap()
}

#[tokio::test]
async fn endless_redirects_end() {
    let scene = Scene::set().await;

    scene.plays(Trick::Redirects).await;

    assert!((1..=4).contains(&scene.asked()), "{} requests", scene.asked());
}

#[tokio::test]
async fn redirects_to_where_nobody_may_go_are_not_followed() {
    let scene = Scene::set().await;
    let inside = TestApp::build().named("inside").start().await;
    for target in [
        "http://169.254.169.254/latest/meta-data/".to_owned(),
        "http://10.0.0.1/".to_owned(),
        "http://[::ffff:10.0.0.1]/".to_owned(),
        "http://[fe80::1]/".to_owned(),
        "file:///etc/passwd".to_owned(),
        "gopher://127.0.0.1/".to_owned(),
        "//".to_owned(),
        String::new(),
        "http://user:word@127.0.0.1/".to_owned(),
        inside.url("/health").to_string(),
        scene.app.url("/users/ann").to_string(),
    ] {
        scene.note["id"].as_str().unwrap();
        let fresh = scene.peer.note(&scene.peer.person("mallory"), "Elsewhere", &[]);
        let id: Url = text_of(&fresh, "id").parse().unwrap();
        scene.peer.plays(id.path(), Trick::RedirectsTo(target));
        scene.finds_nothing(id.as_str()).await;
    }
}

#[tokio::test]
async fn an_endless_answer_is_cut_off() {
    let scene = Scene::set().await;

    scene.plays(Trick::Pours).await;

    let poured = scene.peer.poured();
    tokio::time::sleep(Duration::from_millis(300)).await;
    assert!(poured < 32 << 20, "{poured} bytes were taken");
    assert_eq!(scene.peer.poured(), poured, "and nobody takes any more");
}

#[tokio::test]
async fn an_answer_that_trickles_in_is_given_up() {
    let scene = Scene::set().await;

    // The trickle has no end: that somebody answers is what is shown.
    scene.plays(Trick::Trickles(Duration::from_millis(50))).await;
}

#[tokio::test]
async fn a_packed_answer_is_not_unpacked() {
    let scene = Scene::set().await;
    let bomb = gzip(&vec![b' '; 128 << 20]);
    for encoding in ["gzip", "x-gzip", "deflate", "br", "zstd", "gzip, gzip", "identity, gzip"] {
        let fresh = scene.peer.note(&scene.peer.person("mallory"), "Packed", &[]);
        let id: Url = text_of(&fresh, "id").parse().unwrap();
        let says = Trick::says("application/activity+json", bomb.clone()).with("content-encoding", encoding);
        scene.peer.plays(id.path(), says);
        scene.finds_nothing(id.as_str()).await;
    }
    // Also what would be sound once it is unpacked: nobody asked for it.
    let packed = gzip(scene.note.to_string().as_bytes());
    scene.plays(Trick::says("application/activity+json", packed).with("content-encoding", "gzip")).await;
}

#[tokio::test]
async fn an_answer_of_another_type_is_not_read() {
    let scene = Scene::set().await;
    for kind in [
        "text/html",
        "text/plain",
        "application/json",
        "application/octet-stream",
        "image/png",
        "application/ld+json",
        r#"application/ld+json; profile="https://example.org/""#,
        "application/activity+json-evil",
        "",
    ] {
        let fresh = scene.peer.note(&scene.peer.person("mallory"), "Uploaded", &[]);
        let id: Url = text_of(&fresh, "id").parse().unwrap();
        scene.peer.plays(id.path(), Trick::says(kind, fresh.to_string()));
        scene.finds_nothing(id.as_str()).await;
    }
}

#[tokio::test]
async fn an_answer_in_another_encoding_of_characters_is_not_read() {
    let scene = Scene::set().await;
    let utf16: Vec<u8> = scene.note.to_string().encode_utf16().flat_map(u16::to_le_bytes).collect();

    scene.plays(Trick::says("application/activity+json; charset=utf-16le", utf16)).await;
}

#[tokio::test]
async fn answers_that_lie_about_their_length_are_not_read() {
    let scene = Scene::set().await;
    let head = "HTTP/1.1 200 OK\r\ncontent-type: application/activity+json\r\n";
    let actor = scene.peer.person("mallory");
    let body = move |url: &Url| {
        json!({ "id": url, "type": "Note", "attributedTo": actor, "content": "x" }).to_string()
    };
    let with = |rest: fn(&str) -> String| {
        let body = body.clone();
        move |url: &Url| format!("{head}{}", rest(&body(url))).into_bytes()
    };
    let longer =
        Raw::answers(with(|body| format!("content-length: {}\r\n\r\n{body}", body.len() + 50)), true).await;
    let waits =
        Raw::answers(with(|body| format!("content-length: {}\r\n\r\n{body}", body.len() + 50)), false).await;
    let shorter =
        Raw::answers(with(|body| format!("content-length: {}\r\n\r\n{body}", body.len() - 50)), true).await;
    let both = Raw::answers(
        with(|body| format!("content-length: 10\r\ncontent-length: {}\r\n\r\n{body}", body.len())),
        true,
    )
    .await;
    let huge =
        Raw::answers(with(|body| format!("content-length: 18446744073709551615\r\n\r\n{body}")), true).await;
    let minus = Raw::answers(with(|body| format!("content-length: -1\r\n\r\n{body}")), true).await;
    let chunks = Raw::answers(
        with(|body| format!("transfer-encoding: chunked\r\n\r\nffffffffffffffff\r\n{body}")),
        true,
    )
    .await;
    let flood =
        Raw::answers(with(|body| format!("{}\r\n{body}", "x-flood: y\r\n".repeat(20_000))), true).await;
    let endless = Raw::answers(with(|_| "x-endless: ".to_owned() + &"y".repeat(4 << 20)), false).await;
    let no_http = Raw::answers(|_| b"SSH-2.0-OpenSSH_9.2\r\n".to_vec(), true).await;
    let silent = Raw::answers(|_| Vec::new(), true).await;
    for raw in [&longer, &waits, &shorter, &both, &huge, &minus, &chunks, &flood, &endless, &no_http, &silent]
    {
        scene.finds_nothing(raw.url.as_str()).await;
    }
}

#[tokio::test]
async fn what_says_that_it_lives_elsewhere_is_not_taken() {
    let scene = Scene::set().await;
    let other = Peer::start(&["trent"]).await;
    let real = other.note(&other.person("trent"), "The real words", &[]);
    let mut forged = real.clone();
    forged["content"] = json!("<p>Forged words</p>");

    scene.plays(Trick::says("application/activity+json", forged.to_string())).await;
    let mut own = scene.note.clone();
    own["attributedTo"] = json!(other.person("trent"));
    let id: Url = text_of(&own, "id").parse().unwrap();
    scene.peer.plays(id.path(), Trick::says("application/activity+json", own.to_string()));
    scene.finds_nothing(id.as_str()).await;

    let found = scene.ann.finds_status(real["id"].as_str().unwrap()).await.unwrap();
    assert!(found["content"].as_str().unwrap().contains("The real words"), "{found}");
}

#[tokio::test]
async fn an_endless_thread_is_read_for_a_while_and_no_longer() {
    let (clock, hand) = Clock::manual(Clock::system().now());
    let app = TestApp::build().open().clock(clock).start().await;
    let ann = app.person("ann").await;
    let peer = Peer::start(&["mallory"]).await;
    let origin = format!("http://{}", peer.host());
    let mut note = peer.note(&peer.person("mallory"), "Replies without end", &[]);
    note["replies"] = json!(format!("{origin}/endless"));
    note["context"] = json!(format!("{origin}/endless-context"));
    peer.publish(&note);
    for path in ["/endless", "/endless-context"] {
        peer.plays(path, Trick::Pages(origin.clone()));
    }
    let found = ann.finds_status(note["id"].as_str().unwrap()).await.unwrap();
    hand.advance(Duration::from_mins(6));

    ann.get(&format!("/api/v1/statuses/{}/context", text_of(&found, "id"))).await.ok();
    eventually("somebody looks", async || {
        peer.fetched().iter().any(|path| path.starts_with("/endless")).then_some(())
    })
    .await;
    let mut before = 0;
    loop {
        tokio::time::sleep(Duration::from_secs(1)).await;
        let now = peer.fetched().len();
        if now == before {
            break;
        }
        before = now;
    }

    assert!(before <= 250, "{before} requests");
}

#[tokio::test]
async fn an_endless_chain_of_answers_is_read_for_a_while_and_no_longer() {
    let scene = Scene::set().await;
    let mallory = scene.peer.person("mallory");
    let mut above = Value::Null;
    let mut last = Value::Null;
    for number in 0..300 {
        let mut note = scene.peer.note(&mallory, &format!("step {number}"), &[]);
        if !above.is_null() {
            note["inReplyTo"] = above;
        }
        note["published"] = json!("2026-01-02T03:04:05Z");
        scene.peer.publish(&note);
        above = note["id"].clone();
        last = note;
    }

    scene.ann.finds_status(last["id"].as_str().unwrap()).await.expect("the post itself is found");
    tokio::time::sleep(Duration::from_secs(3)).await;

    let asked = scene.peer.fetched().iter().filter(|path| path.starts_with("/notes/")).count();
    assert!((2..=220).contains(&asked), "{asked} requests");
    // A chain that bites its own tail ends, too.
    let (mut one, mut two) = (scene.peer.note(&mallory, "one", &[]), scene.peer.note(&mallory, "two", &[]));
    (one["inReplyTo"], two["inReplyTo"]) = (two["id"].clone(), one["id"].clone());
    for note in [&one, &two] {
        scene.peer.publish(note);
    }
    scene.ann.finds_status(one["id"].as_str().unwrap()).await.expect("found");
}
