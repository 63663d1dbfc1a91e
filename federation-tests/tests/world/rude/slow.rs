//! Those who take their time: they are let go, and keep nobody waiting meanwhile.

use std::sync::Mutex;
use std::time::Duration;

use breezeway::base::config::Config;
use breezeway::testing::peer::Trick;
use breezeway::testing::{Peer, TestApp, eventually};
use serde_json::json;
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpStream;
use tokio::task::JoinSet;

/// A site with little patience.
async fn hasty() -> TestApp {
    let change: fn(&mut Config) = |config| {
        config.server.client_timeout = Duration::from_secs(1);
        config.federation.request_timeout = Duration::from_secs(3);
    };
    TestApp::build().open().with(change).start().await
}

/// Says something, then a byte now and then for a while; answers what came back before the line was cut.
async fn drips(host: &str, beginning: &str, every: Duration) -> String {
    let mut line = TcpStream::connect(host).await.unwrap();
    line.write_all(beginning.as_bytes()).await.unwrap();
    let (mut reading, mut writing) = line.split();
    let mut said = Vec::new();
    let dripping = async {
        for _ in 0..100 {
            tokio::time::sleep(every).await;
            if writing.write_all(b"a").await.is_err() {
                return;
            }
        }
        panic!("the line was never cut");
    };
    tokio::select! {
        _ = reading.read_to_end(&mut said) => {}
        () = dripping => {}
    }
    String::from_utf8_lossy(&said).into_owned()
}

#[tokio::test]
async fn who_never_finishes_the_head_of_a_request_is_let_go() {
    let app = hasty().await;
    for beginning in ["", "P", "POST /inbox HTTP/1.1\r\n", "POST /inbox HTTP/1.1\r\nhost: x\r\nx-slow: "] {
        // Panics if the line is never cut.
        drips(&app.host(), beginning, Duration::from_millis(200)).await;
    }
}

#[tokio::test]
async fn who_never_finishes_a_letter_is_let_go() {
    let app = hasty().await;
    let head = format!(
        "POST /inbox HTTP/1.1\r\nhost: {}\r\ncontent-type: application/activity+json\r\ncontent-length: 100000\r\n\r\n{{",
        app.host()
    );

    let said = drips(&app.host(), &head, Duration::from_millis(200)).await;

    assert!(said.starts_with("HTTP/1.1 408"), "{said}");
}

#[tokio::test]
async fn many_who_say_nothing_keep_nobody_waiting() {
    let app = hasty().await;
    let ann = app.person("ann").await;
    let mut idle = JoinSet::new();
    for _ in 0..300 {
        let host = app.host();
        idle.spawn(
            async move { drips(&host, "POST /inbox HTTP/1.1\r\nx: ", Duration::from_millis(400)).await },
        );
    }

    ann.posts("Still here").await;
    assert_eq!(ann.reads().await, ["Still here"]);
    while let Some(ended) = idle.join_next().await {
        ended.unwrap();
    }
}

#[tokio::test]
async fn who_reads_its_answer_slowly_keeps_nobody_waiting() {
    let app = hasty().await;
    let ann = app.person("ann").await;
    let mut lines = Vec::new();
    for _ in 0..50 {
        let mut line = TcpStream::connect(app.host()).await.unwrap();
        let ask = format!("GET /static/app.css HTTP/1.1\r\nhost: {}\r\n\r\n", app.host());
        for _ in 0..50 {
            line.write_all(ask.as_bytes()).await.unwrap();
        }
        lines.push(line);
    }

    ann.posts("Still here").await;

    assert_eq!(ann.reads().await, ["Still here"]);
}

#[tokio::test]
async fn a_key_that_trickles_in_is_given_up() {
    let app = hasty().await;
    let ann = app.person("ann").await;
    let peer = Peer::start(&["mallory", "trent"]).await;
    peer.plays("/users/mallory", Trick::Trickles(Duration::from_millis(100)));
    let hello = |name: &str| {
        let note = peer.note(&peer.person(name), "Hello", &[app.actor("ann").as_str()]);
        let mut create = peer.create(&note);
        create["object"]["tag"] = json!([{ "type": "Mention", "href": app.actor("ann"), "name": "@ann" }]);
        create
    };

    let (slow, inbox) = (hello("mallory"), app.shared_inbox());
    let order = Mutex::new(Vec::new());
    let slow = async {
        let answer = peer.letter(&slow).to(&inbox).await;
        order.lock().unwrap().push("slow");
        answer
    };
    let quick = hello("trent");
    let quick = async {
        let answer = peer.letter(&quick).to(&inbox).await;
        order.lock().unwrap().push("quick");
        answer.status.as_u16()
    };
    let (slow, status) = tokio::join!(slow, quick);

    assert_eq!(slow.status.as_u16(), 503, "{}", slow.text());
    assert!(slow.headers.contains_key("retry-after"));
    assert_eq!(status, 202);
    assert_eq!(*order.lock().unwrap(), ["quick", "slow"], "nobody waits for the slow one");
    eventually("ann hears of the other", async || (ann.notifications().await.len() == 1).then_some(())).await;
}
