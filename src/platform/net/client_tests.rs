//! The client against small servers on loopback that misbehave on purpose.

use std::net::SocketAddr;
use std::sync::Mutex;

use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::{TcpListener, TcpStream};

use super::*;

fn policy(networks: &[&str]) -> NetPolicy {
    NetPolicy {
        allowed_networks: Vec::new(),
        insecure_networks: networks.iter().map(|text| text.parse().expect("a network")).collect(),
    }
}

fn client(policy: NetPolicy) -> Http {
    let options = HttpOptions {
        policy,
        total_timeout: Duration::from_millis(800),
        max_body: 1000,
        ..HttpOptions::default()
    };
    Http::new(options).expect("a client")
}

/// A server that answers as the path says, byte by byte as written here.
async fn rude_server() -> SocketAddr {
    let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
    let address = listener.local_addr().expect("an address");
    tokio::spawn(async move {
        while let Ok((stream, _)) = listener.accept().await {
            tokio::spawn(converse(stream));
        }
    });
    address
}

async fn converse(mut stream: TcpStream) -> std::io::Result<()> {
    let mut request = Vec::new();
    while !request.ends_with(b"\r\n\r\n") && !request.ends_with(b"{}") {
        request.push(stream.read_u8().await?);
    }
    let request = String::from_utf8_lossy(&request);
    let path = request.split(' ').nth(1).unwrap_or_default();
    match path {
        "/endless" => {
            stream.write_all(b"HTTP/1.1 200 OK\r\n\r\n").await?;
            loop {
                stream.write_all(&[b'x'; 100]).await?;
            }
        }
        "/slow" => tokio::time::sleep(Duration::from_secs(5)).await,
        path => stream.write_all(answer(path).as_bytes()).await?,
    }
    stream.shutdown().await
}

fn answer(path: &str) -> String {
    let redirect = |target: &str| format!("HTTP/1.1 302 Found\r\nLocation: {target}\r\n\r\n");
    let page = |headers: &str, body: &str| {
        let length = body.len();
        format!("HTTP/1.1 200 OK\r\n{headers}Content-Length: {length}\r\n\r\n{body}")
    };
    if let Some(target) = path.strip_prefix("/to/") {
        return redirect(target);
    }
    match path {
        "/hops/0" => redirect("/hello"),
        "/hops/1" => redirect("/hops/0"),
        "/hops/2" => redirect("../hops/1"),
        "/hops/3" => redirect("/hops/2"),
        "/lost" => "HTTP/1.1 302 Found\r\n\r\n".to_owned(),
        "/hello" => page("Content-Type: text/plain; charset=utf-8\r\n", "hello"),
        "/full" => page("", &"x".repeat(1000)),
        "/long" => page("", &"x".repeat(1001)),
        "/zipped" => page("Content-Encoding: gzip\r\n", "bomb"),
        "/inbox" => page("", "{}"),
        "/busy" => "HTTP/1.1 503 Busy\r\nRetry-After: 7\r\n\r\n".to_owned(),
        _ => "HTTP/1.1 404 Not Found\r\n\r\n".to_owned(),
    }
}

fn at(address: SocketAddr, path: &str) -> Url {
    Url::parse(&format!("http://{address}{path}")).expect("a URL")
}

async fn fetch(path: &str) -> Result<Fetched, NetError> {
    let server = rude_server().await;
    client(policy(&["127.0.0.0/8"])).get(&at(server, path), Get::accept("*/*")).await
}

#[tokio::test]
async fn a_page_comes_with_its_type_and_final_url() {
    let page = fetch("/hops/1").await.expect("a page");

    assert_eq!(page.status, StatusCode::OK);
    assert_eq!(page.url.path(), "/hello");
    assert_eq!(page.content_type, "text/plain; charset=utf-8");
    assert_eq!(&page.body[..], b"hello");
}

#[tokio::test]
async fn three_redirects_are_followed_and_a_fourth_is_not() {
    assert!(fetch("/hops/2").await.is_ok());
    assert!(matches!(fetch("/hops/3").await, Err(NetError::TooManyRedirects { .. })));
}

#[tokio::test]
async fn every_hop_is_held_against_the_policy() {
    let table = [
        "/to/http://10.0.0.1/",
        "/to/http://[::1]:1/",
        "/to/http://169.254.169.254/latest",
        "/to/https://192.168.0.1/",
        "/to/https://[::ffff:10.0.0.1]/",
        "/to/http://0x0a000001/",
        "/to/https://ann:secret@127.0.0.1/",
        "/to/file:///etc/passwd",
        "/to/ftp://127.0.0.1/",
    ];

    for path in table {
        let outcome = fetch(path).await;
        assert!(matches!(outcome, Err(NetError::Refused { .. })), "{path}: {outcome:?}");
    }
    assert!(matches!(fetch("/lost").await, Err(NetError::BadRedirect { .. })));
}

#[tokio::test]
async fn a_name_is_held_against_the_policy_by_its_addresses() {
    let server = rude_server().await;
    let url = Url::parse(&format!("http://localhost:{}/hello", server.port())).expect("a URL");

    let inside = client(policy(&["127.0.0.0/8"])).get(&url, Get::accept("*/*")).await;
    let outside = client(policy(&["10.0.0.0/8"])).get(&url, Get::accept("*/*")).await;

    assert!(inside.is_ok());
    let refused = matches!(
        &outside,
        Err(NetError::Refused { refusal: Refusal::NoAddress(name), .. }) if name == "localhost"
    );
    assert!(refused, "{outside:?}");
}

#[tokio::test]
async fn a_body_ends_at_the_limit() {
    assert!(fetch("/full").await.is_ok());
    assert!(matches!(fetch("/long").await, Err(NetError::TooLarge { limit: 1000, .. })));
    assert!(matches!(fetch("/endless").await, Err(NetError::TooLarge { limit: 1000, .. })));
    assert!(matches!(fetch("/zipped").await, Err(NetError::Encoded { .. })));
}

#[tokio::test]
async fn a_slow_server_costs_no_more_than_the_limit() {
    assert!(matches!(fetch("/slow").await, Err(NetError::Timeout { .. })));
}

#[tokio::test]
async fn a_dead_server_is_unreachable_for_now() {
    let error = client(policy(&["127.0.0.0/8"]))
        .get(&Url::parse("http://127.0.0.1:1/").expect("a URL"), Get::accept("*/*"))
        .await
        .expect_err("nobody listens there");

    assert!(error.is_temporary(), "{error}");
}

#[tokio::test]
async fn a_refused_status_is_an_answer_with_its_retry_after() {
    let busy = fetch("/busy").await.expect("an answer");

    assert_eq!(busy.status, StatusCode::SERVICE_UNAVAILABLE);
    assert_eq!(busy.retry_after.as_deref(), Some("7"));
}

#[tokio::test]
async fn a_post_brings_the_answer() {
    let server = rude_server().await;
    let http = client(policy(&["127.0.0.0/8"]));

    let body = Bytes::from_static(b"{}");
    let answer = http.post(&at(server, "/inbox"), HeaderMap::new(), body).await.expect("an answer");

    assert_eq!(answer.status, StatusCode::OK);
    assert_eq!(&answer.body[..], b"{}");
}

#[tokio::test]
async fn every_hop_is_signed_anew() {
    struct Notes(Mutex<Vec<String>>);
    impl RequestSigner for Notes {
        fn sign(&self, request: Unsigned<'_>) -> Result<HeaderMap, String> {
            self.0.lock().expect("not poisoned").push(request.url.path().to_owned());
            Ok(HeaderMap::new())
        }
    }
    let (notes, server) = (Notes(Mutex::default()), rude_server().await);

    let get = Get::accept("*/*").signed_by(&notes);
    let page = client(policy(&["127.0.0.0/8"])).get(&at(server, "/hops/1"), get).await;

    assert!(page.is_ok());
    assert_eq!(*notes.0.lock().expect("not poisoned"), ["/hops/1", "/hops/0", "/hello"]);
}

#[test]
fn a_machine_without_certificates_still_makes_a_client() {
    assert!(Http::new(HttpOptions::default()).is_ok());
}
