//! Connections: who does not read is let go, who is only quiet is not; there are so many places and no more.

use std::convert::Infallible;
use std::net::SocketAddr;
use std::time::Duration;

use axum::Router;
use axum::body::{Body, Bytes};
use axum::routing::get;
use breezeway::app::listen;
use breezeway::base::config::Server;
use breezeway::testing::eventually;
use futures::StreamExt as _;
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::{TcpListener, TcpStream};
use tokio_util::sync::{CancellationToken, DropGuard};
use tokio_util::task::TaskTracker;

/// More than the system keeps for who does not read.
const LARGE: usize = 32 << 20;

/// How long a write waits.
const PATIENCE: Duration = Duration::from_millis(700);

/// Something that listens as a site does, until it is dropped.
struct Door {
    address: SocketAddr,
    _open: DropGuard,
}

impl Door {
    async fn open(settings: Server) -> Self {
        let settings = Server { client_timeout: PATIENCE, ..settings };
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        let router = Router::new()
            .route("/", get(async || "hello"))
            .route("/large", get(async || Bytes::from(vec![b'x'; LARGE])))
            .route("/quiet", get(async || Body::from_stream(quiet())));
        let stop = CancellationToken::new();
        let (stopped, tasks) = (stop.clone(), TaskTracker::new());
        tokio::spawn(async move { listen::serve(listener, router, &settings, stopped, tasks).await });
        Self { address, _open: stop.drop_guard() }
    }

    async fn line(&self) -> TcpStream {
        TcpStream::connect(self.address).await.unwrap()
    }

    /// Asks, and does not read.
    async fn asks(&self, path: &str) -> TcpStream {
        let mut line = self.line().await;
        let ask = format!("GET {path} HTTP/1.1\r\nhost: x\r\nconnection: close\r\n\r\n");
        line.write_all(ask.as_bytes()).await.unwrap();
        line
    }

    /// The whole answer, to a request of its own connection.
    async fn answer(&self, path: &str) -> String {
        rest(&mut self.asks(path).await).await
    }
}

/// Two words with a long silence between, as a stream of events is.
fn quiet() -> impl futures::Stream<Item = Result<&'static str, Infallible>> {
    futures::stream::iter(["first ", "second"]).enumerate().then(async |(number, word)| {
        if number > 0 {
            tokio::time::sleep(3 * PATIENCE).await;
        }
        Ok(word)
    })
}

async fn rest(line: &mut TcpStream) -> String {
    let mut said = Vec::new();
    // Torn off in the middle is an answer too.
    let _ = line.read_to_end(&mut said).await;
    String::from_utf8_lossy(&said).into_owned()
}

fn few(connections: u32) -> Server {
    Server { connections, ..Server::default() }
}

#[tokio::test]
async fn an_answer_that_nobody_reads_gives_its_place_back() {
    let door = Door::open(few(1)).await;
    let mut deaf = door.asks("/large").await;

    let other = door.answer("/").await;
    assert!(other.starts_with("HTTP/1.1 503 "), "{other}");

    eventually("the deaf one is let go", async || door.answer("/").await.ends_with("hello").then_some(()))
        .await;
    assert!(rest(&mut deaf).await.len() < LARGE, "the answer was cut off");
}

#[tokio::test]
async fn who_reads_slowly_gets_the_whole_answer() {
    let door = Door::open(few(1)).await;
    let mut slow = door.asks("/large").await;
    let (mut chunk, mut read) = (vec![0; LARGE / 16], 0);
    loop {
        // Longer than a write waits, all in all.
        tokio::time::sleep(PATIENCE / 4).await;
        match slow.read_exact(&mut chunk).await {
            Ok(size) => read += size,
            Err(_) => break,
        }
    }

    assert!(read + chunk.len() > LARGE, "{read}");
}

#[tokio::test]
async fn a_stream_that_is_silent_for_long_lives() {
    let door = Door::open(few(1)).await;

    let heard = door.answer("/quiet").await;

    assert!(heard.contains("first ") && heard.contains("second"), "{heard}");
}

#[tokio::test]
async fn who_finds_no_place_is_told_so_and_finds_one_later() {
    let door = Door::open(few(2)).await;
    let taken = (door.line().await, door.line().await);

    let refused = door.answer("/").await;
    drop(taken);

    assert!(refused.starts_with("HTTP/1.1 503 Service Unavailable\r\n"), "{refused}");
    assert!(refused.contains("\r\nretry-after: 5\r\n"), "{refused}");
    assert!(refused.ends_with("no room for another connection now.\n"), "{refused}");
    eventually("there is room again", async || door.answer("/").await.ends_with("hello").then_some(())).await;
}

#[tokio::test]
async fn one_client_does_not_take_all_the_places() {
    let door = Door::open(Server { connections_per_client: 2, ..few(100) }).await;
    let taken = (door.line().await, door.line().await);

    let refused = door.answer("/").await;
    drop(taken);

    assert!(refused.starts_with("HTTP/1.1 429 Too Many Requests\r\n"), "{refused}");
    eventually("there is room again", async || door.answer("/").await.ends_with("hello").then_some(())).await;
}

#[tokio::test]
async fn all_the_clients_of_a_proxy_are_not_one() {
    let settings = Server { connections_per_client: 1, behind_proxy: true, ..few(100) };
    let door = Door::open(settings).await;
    let _others = (door.line().await, door.line().await, door.line().await);

    assert!(door.answer("/").await.ends_with("hello"));
}
