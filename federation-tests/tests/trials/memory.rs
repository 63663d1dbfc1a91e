//! What the rude send must not fill the memory: measured at the process, from the kernel.

use std::time::Duration;

use breezeway::testing::Peer;
use breezeway::testing::peer::Trick;
use reqwest::Method;
use serde_json::json;
use tokio::io::AsyncWriteExt as _;
use tokio::net::TcpStream;
use tokio::task::JoinSet;

use crate::process::House;

/// How much the process may grow. One document of the largest size that is taken is 1 MiB.
const GROWTH: u64 = 96 << 20;

/// Sends the same to the inbox many times, this many at once.
async fn sends(house: &House, times: usize, at_once: usize, body: &str) {
    let mut under_way = JoinSet::new();
    for _ in 0..times {
        if under_way.len() >= at_once {
            under_way.join_next().await;
        }
        let request = reqwest::Client::builder().no_proxy().build().unwrap();
        let request = request.post(house.at("/inbox")).header("content-type", "application/activity+json");
        let request = request.header("signature", "keyId=\"http://127.0.0.1:1/x\"").body(body.to_owned());
        under_way.spawn(async move { request.send().await.map(|answer| answer.status().as_u16()) });
    }
    while let Some(ended) = under_way.join_next().await {
        assert!(ended.unwrap().is_ok_and(|status| (400..500).contains(&status)));
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_rude_do_not_fill_the_memory() {
    let house = House::build_with(
        "engineering",
        &[
            ("BREEZEWAY_FEDERATION__MODE", "open"),
            ("BREEZEWAY_FEDERATION__REQUEST_TIMEOUT", "2s"),
            ("BREEZEWAY_SERVER__CLIENT_TIMEOUT", "3s"),
        ],
    )
    .await;
    house.starts();
    house.answers().await;
    let token = house.person("ann", "member");
    let before = house.most_memory();

    // Few bytes that become many values; one that nests; one that is just long.
    let longest = 1_000_000;
    for body in [
        format!("{{\"a\":[{}0]}}", "0,".repeat(longest / 2 - 10)),
        format!("{{\"a\":[{}[]]}}", "[],".repeat(longest / 3 - 10)),
        format!("{{{}\"a\":0}}", "\"a\":0,".repeat(longest / 6 - 10)),
        format!("{{\"a\":[{}\"\"]}}", "\"\",".repeat(longest / 3 - 10)),
        format!("{{\"a\":{}1{}}}", "[".repeat(longest / 2 - 10), "]".repeat(longest / 2 - 10)),
        format!("{{\"a\":\"{}\"}}", "x".repeat(longest - 20)),
    ] {
        sends(&house, 48, 16, &body).await;
    }
    grew_little(&house, before, "letters");

    let mut silent = Vec::new();
    for _ in 0..400 {
        let mut line = TcpStream::connect(house.host()).await.unwrap();
        line.write_all(
            format!("POST /inbox HTTP/1.1\r\nhost: {}\r\nx: {}", house.host(), "y".repeat(4000)).as_bytes(),
        )
        .await
        .unwrap();
        silent.push(line);
    }
    tokio::time::sleep(Duration::from_millis(500)).await;
    grew_little(&house, before, "half a request, 400 times");
    drop(silent);

    let peer = Peer::start(&["mallory"]).await;
    for number in 0..20 {
        let note = peer.note(&peer.person("mallory"), "endless", &[]);
        let id: url::Url = note["id"].as_str().unwrap().parse().unwrap();
        peer.plays(id.path(), Trick::Pours);
        let path = format!("/api/v2/search?type=statuses&resolve=true&q={id}&offset={number}");
        house.ask(Method::GET, &path, &token, None, None).await;
    }
    let post = json!({ "status": "Still here" });
    let (status, _) = house.ask(Method::POST, "/api/v1/statuses", &token, Some(&post), None).await.unwrap();
    assert_eq!(status, 200);
    grew_little(&house, before, "endless answers");
}

fn grew_little(house: &House, before: u64, what: &str) {
    let grown = house.most_memory().saturating_sub(before);
    println!("{what}: the process took {} KiB more at most", grown >> 10);
    assert!(grown < GROWTH, "{what}: {} MiB more", grown >> 20);
}
