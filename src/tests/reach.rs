//! Ways out: authorities of one's own, and a proxy that opens no way around the guard.

use std::net::SocketAddr;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use breezeway::app::{Options, Site, StartError};
use breezeway::base::config::Config;
use breezeway::platform::net::{Get, Http, HttpOptions, NetError, NetPolicy, Proxy, Refusal};
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::{TcpListener, TcpStream};
use url::Url;

use crate::tls::{Authority, Certificate};

const HELLO: &str = "HTTP/1.1 200 OK\r\ncontent-length: 5\r\ndate: Fri, 02 Jan 2026 03:04:05 GMT\r\nconnection: close\r\n\r\nhello";

fn options() -> HttpOptions {
    let loopback = vec!["127.0.0.0/8".parse().unwrap()];
    HttpOptions {
        policy: NetPolicy { allowed_networks: loopback.clone(), insecure_networks: loopback },
        total_timeout: Duration::from_secs(20),
        ..HttpOptions::default()
    }
}

fn at(scheme: &str, address: SocketAddr) -> Url {
    Url::parse(&format!("{scheme}://{address}/")).unwrap()
}

async fn get(options: HttpOptions, url: &Url) -> Result<String, NetError> {
    let fetched = Http::new(options).unwrap().get(url, Get::accept("*/*")).await?;
    Ok(String::from_utf8_lossy(&fetched.body).into_owned())
}

fn why(outcome: Result<String, NetError>) -> String {
    breezeway::base::Error::internal(outcome.unwrap_err()).chain()
}

#[tokio::test]
async fn an_authority_of_our_own_is_trusted_only_where_it_is_named() {
    let authority = Authority::new();
    let url = at("https", authority.serves(Certificate::default(), HELLO).await);
    let trusting = || HttpOptions { extra_roots: vec![authority.pem()], ..options() };

    assert_eq!(get(trusting(), &url).await.unwrap(), "hello");
    assert!(why(get(options(), &url).await).contains("UnknownIssuer"));

    let expired =
        at("https", authority.serves(Certificate { until: 2021, ..Certificate::default() }, HELLO).await);
    assert!(why(get(trusting(), &expired).await).to_lowercase().contains("expired"));
    let foreign = Certificate { name: "sales.example.org", ..Certificate::default() };
    let foreign = at("https", authority.serves(foreign, HELLO).await);
    assert!(why(get(trusting(), &foreign).await).contains("not valid for name"));
}

#[tokio::test]
async fn a_look_shows_the_clock_and_the_end_of_the_certificate() {
    let authority = Authority::new();
    let url =
        at("https", authority.serves(Certificate { until: 2077, ..Certificate::default() }, HELLO).await);
    let http = Http::new(HttpOptions { extra_roots: vec![authority.pem()], ..options() }).unwrap();

    let seen = http.inspect(&url, "*/*").await.unwrap();

    assert_eq!(seen.date.unwrap().to_rfc3339(), "2026-01-02T03:04:05.000Z");
    assert_eq!(seen.certificate_until.unwrap().to_date(), "2077-01-01");
    assert_eq!(&seen.body[..], b"hello");
}

/// A proxy that writes down the first line of each request, and what names it was told by.
#[derive(Clone, Default)]
struct Notes(Arc<Mutex<Vec<String>>>);

impl Notes {
    fn all(&self) -> Vec<String> {
        self.0.lock().unwrap().clone()
    }
}

async fn proxy() -> (SocketAddr, Notes) {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let (address, notes) = (listener.local_addr().unwrap(), Notes::default());
    let kept = notes.clone();
    tokio::spawn(async move {
        while let Ok((stream, _)) = listener.accept().await {
            tokio::spawn(hand_on(stream, kept.clone()));
        }
    });
    (address, notes)
}

async fn hand_on(mut stream: TcpStream, notes: Notes) -> std::io::Result<()> {
    let mut head = Vec::new();
    while !head.ends_with(b"\r\n\r\n") {
        head.push(stream.read_u8().await?);
    }
    let head = String::from_utf8_lossy(&head).into_owned();
    let line = head.lines().next().unwrap_or_default().to_owned();
    let known = head.to_lowercase().contains("proxy-authorization");
    notes.0.lock().unwrap().push(if known { format!("{line} (signed in)") } else { line.clone() });
    let target = line.split(' ').nth(1).unwrap_or_default().to_owned();
    if line.starts_with("CONNECT") {
        let mut other = TcpStream::connect(&target).await?;
        stream.write_all(b"HTTP/1.1 200 Connected\r\n\r\n").await?;
        return tokio::io::copy_bidirectional(&mut stream, &mut other).await.map(|_| ());
    }
    stream.write_all(b"HTTP/1.1 200 OK\r\ncontent-length: 9\r\nconnection: close\r\n\r\nby proxy!").await
}

fn through(proxy: SocketAddr, except: &[&str]) -> HttpOptions {
    let url = Url::parse(&format!("http://eng:hunter2@{proxy}")).unwrap();
    let except = except.iter().map(|text| text.parse().unwrap()).collect();
    HttpOptions { proxy: Some(Proxy { url, except }), ..options() }
}

#[tokio::test]
async fn requests_go_through_the_proxy_that_is_named() {
    let (proxy, notes) = proxy().await;
    let authority = Authority::new();
    let secure = at("https", authority.serves(Certificate::default(), HELLO).await);
    let plain = Url::parse("http://127.0.0.9:9/").unwrap();

    let trusting = HttpOptions { extra_roots: vec![authority.pem()], ..through(proxy, &[]) };
    assert_eq!(get(trusting, &secure).await.unwrap(), "hello");
    assert_eq!(get(through(proxy, &[]), &plain).await.unwrap(), "by proxy!");

    let place = &secure[url::Position::BeforeHost..url::Position::AfterPort];
    assert_eq!(
        notes.all(),
        [
            format!("CONNECT {place} HTTP/1.1 (signed in)"),
            "GET http://127.0.0.9:9/ HTTP/1.1 (signed in)".to_owned()
        ]
    );
}

#[tokio::test]
async fn who_is_excepted_is_reached_without_the_proxy() {
    let (proxy, notes) = proxy().await;
    let authority = Authority::new();
    let url = at("https", authority.serves(Certificate::default(), HELLO).await);

    let direct = HttpOptions { extra_roots: vec![authority.pem()], ..through(proxy, &["127.0.0.0/8"]) };

    assert_eq!(get(direct, &url).await.unwrap(), "hello");
    assert!(notes.all().is_empty());
}

#[tokio::test]
async fn the_proxy_is_no_way_around_the_guard() {
    let (proxy, notes) = proxy().await;
    for url in [
        "https://10.0.0.1/",
        "http://10.0.0.1/",
        "https://169.254.169.254/latest/meta-data/",
        "https://[::ffff:10.0.0.1]/",
        "https://[fd00::1]/",
    ] {
        let outcome = get(through(proxy, &[]), &Url::parse(url).unwrap()).await;
        assert!(matches!(outcome, Err(NetError::Refused { .. })), "{url}: {outcome:?}");
    }
    // A name is refused by its addresses, although the proxy could well reach them.
    let strict = HttpOptions { policy: NetPolicy::default(), ..through(proxy, &[]) };
    let outcome = get(strict, &Url::parse("https://localhost/").unwrap()).await;
    assert!(
        matches!(&outcome, Err(NetError::Refused { refusal: Refusal::NoAddress(name), .. }) if name == "localhost"),
        "{outcome:?}"
    );
    let nowhere = get(through(proxy, &[]), &Url::parse("https://nowhere.invalid/").unwrap()).await;
    assert!(matches!(nowhere, Err(NetError::Unresolved { .. })), "{nowhere:?}");
    assert_eq!(notes.all(), Vec::<String>::new(), "the proxy heard of none of them");
}

#[tokio::test]
async fn a_site_does_not_start_with_authorities_that_cannot_be_read() {
    let folder = tempfile::tempdir().unwrap();
    for (name, text, problem) in
        [("missing.pem", None, "No such file"), ("empty.pem", Some("nothing"), "it holds no certificate")]
    {
        let path = folder.path().join(name);
        if let Some(text) = text {
            std::fs::write(&path, text).unwrap();
        }
        let mut config = Config::loopback("127.0.0.1:0".parse().unwrap(), folder.path().join("data"));
        config.federation.ca_files = vec![path];

        let error = Site::start(Options::new(config)).await.unwrap_err();

        assert!(matches!(error, StartError::Authorities { .. }), "{error}");
        assert!(error.to_string().contains(problem) && error.to_string().contains("ca_files = ["), "{error}");
    }
}
