//! A look at another site names the step at which it fails.

use std::time::Duration;

use breezeway::base::{Clock, Error};
use breezeway::domain::organisation::{self, PeerState};
use breezeway::federation::doctor::{Report, Verdict, examine};
use breezeway::testing::peer::Trick;
use breezeway::testing::{Peer, TestApp, eventually};
use http::StatusCode;
use serde_json::{Value, json};
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpListener;

use crate::tls::{Authority, Certificate};

fn failed(report: &Report) -> Vec<&'static str> {
    report.failed().map(|step| step.name).collect()
}

/// What is to be mended of the step that failed.
fn mend(report: &Report, name: &str) -> String {
    let step = report.steps.iter().find(|step| step.name == name).unwrap();
    step.mend.clone().unwrap_or_default()
}

fn found<'a>(report: &'a Report, name: &str) -> (Verdict, &'a str) {
    let step = report.steps.iter().find(|step| step.name == name).unwrap();
    (step.verdict, &step.found)
}

/// A peer that is all that it should be.
async fn sound_peer() -> Peer {
    let peer = Peer::start(&[]).await;
    peer.publish_at(
        "/.well-known/nodeinfo",
        &json!({ "links": [{ "rel": "http://nodeinfo.diaspora.software/ns/schema/2.1", "href": peer.url("/nodeinfo") }] }),
    );
    let info = json!({ "software": { "name": "other", "version": "1" }, "protocols": ["activitypub"] });
    peer.publish_at("/nodeinfo", &info);
    peer
}

/// The actor of a peer's site, changed.
async fn respell(peer: &Peer, change: impl Fn(&mut Value)) {
    let mut actor =
        breezeway::testing::http::Http::default().get(peer.site(), "application/activity+json").await.json();
    change(&mut actor);
    peer.publish_at("/actor", &actor);
}

/// What is wrong with a document.
type Change = fn(&mut Value);

#[tokio::test]
async fn two_sound_sites_find_nothing_wrong_with_each_other() {
    let one = TestApp::build().named("engineering").start().await;
    let other = TestApp::build().named("sales").start().await;
    one.invites(&other.host()).await;
    let state = async |app: &TestApp, of: &TestApp, state: &str| {
        eventually("the handshake goes on", async || {
            app.peer_state(&of.host()).await.filter(|found| found == state)
        })
        .await;
    };
    state(&other, &one, "requested").await;

    let before = examine(one.services(), &other.host()).await.unwrap();
    assert_eq!(failed(&before), [""; 0], "{before:#?}");
    assert!(mend(&before, "standing").contains("breezeway peer accept"));
    assert_eq!(found(&before, "inbox").0, Verdict::Skipped, "nothing is posted before the handshake");

    other.accepts(&one.host()).await;
    state(&one, &other, "accepted").await;

    for (here, there) in [(&one, &other), (&other, &one)] {
        let report = examine(here.services(), &format!("http://{}/about", there.host())).await.unwrap();
        for step in &report.steps {
            let expected = if step.name == "certificate" { Verdict::Skipped } else { Verdict::Ok };
            assert_eq!(step.verdict, expected, "{step:?}");
        }
        assert_eq!(found(&report, "peering").1, "both sites list each other");
        assert!(found(&report, "signatures").1.starts_with("RFC 9421 with Ed25519, draft-cavage with RSA"));
        assert!(found(&report, "nodeinfo").1.starts_with("breezeway "));
    }
}

#[tokio::test]
async fn what_cannot_be_reached_is_named() {
    let app = TestApp::build().open().start().await;
    let closing = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let closes = closing.local_addr().unwrap().to_string();
    tokio::spawn(async move { while closing.accept().await.is_ok() {} });
    let broken = answers("HTTP/1.1 502 Bad Gateway\r\ncontent-length: 0\r\nconnection: close\r\n\r\n").await;
    let empty = answers("HTTP/1.1 404 Not Found\r\ncontent-length: 0\r\nconnection: close\r\n\r\n").await;

    for (place, step, remedy) in [
        ("nowhere.invalid", "name", "getent hosts nowhere.invalid"),
        ("10.0.0.1", "address", "allowed_networks = [\"10.0.0.1/32\"]"),
        ("127.0.0.1:1", "connection", "no firewall"),
        (closes.as_str(), "answer", "look at the log"),
        (broken.as_str(), "answer", "Breezeway behind it does not"),
        (empty.as_str(), "webfinger", "/.well-known/ too"),
    ] {
        let report = examine(app.services(), place).await.unwrap();
        assert_eq!(failed(&report), [step], "{place}: {report:#?}");
        assert!(mend(&report, step).contains(remedy), "{place}: {report:#?}");
        assert_eq!(found(&report, "inbox").0, Verdict::Skipped, "{place}");
    }
}

/// A host that always says the same.
async fn answers(words: &'static str) -> String {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap().to_string();
    tokio::spawn(async move {
        while let Ok((mut stream, _)) = listener.accept().await {
            let mut request = [0; 4096];
            let _ = stream.read(&mut request).await;
            let _ = stream.write_all(words.as_bytes()).await;
        }
    });
    address
}

#[tokio::test]
async fn a_certificate_of_an_unknown_authority_is_named() {
    let secure = |config: &mut breezeway::base::config::Config| {
        config.federation.insecure_networks = Vec::new();
        config.federation.allowed_networks = vec!["127.0.0.0/8".parse().unwrap()];
    };
    let app = TestApp::build().open().with(secure).start().await;
    let address =
        Authority::new().serves(Certificate::default(), "HTTP/1.1 200 OK\r\ncontent-length: 0\r\n\r\n").await;

    let report = examine(app.services(), &address.to_string()).await.unwrap();

    assert_eq!(failed(&report), ["certificate"], "{report:#?}");
    assert!(mend(&report, "certificate").contains("ca_files = ["), "{report:#?}");
}

#[tokio::test]
async fn an_actor_that_is_not_what_it_should_be_is_named() {
    let app = TestApp::build().open().start().await;
    let table: [(&str, Change, &str); 6] = [
        ("a person", |actor| actor["type"] = json!("Person"), "actor"),
        ("another id", |actor| actor["id"] = json!(format!("{}x", actor["id"].as_str().unwrap())), "actor"),
        (
            "a foreign inbox",
            |actor| {
                actor["endpoints"] = json!({});
                actor["inbox"] = json!("https://victim.example/inbox");
            },
            "actor",
        ),
        ("no inbox", |actor| actor["inbox"] = Value::Null, "actor"),
        (
            "no keys",
            |actor| {
                actor["publicKey"] = json!([]);
                actor["assertionMethod"] = json!([]);
            },
            "keys",
        ),
        (
            "rubbish for keys",
            |actor| {
                actor["publicKey"]["publicKeyPem"] = json!("rubbish");
                actor["assertionMethod"][0]["publicKeyMultibase"] = json!("zrubbish");
            },
            "keys",
        ),
    ];
    for (what, change, step) in table {
        let peer = sound_peer().await;
        respell(&peer, change).await;

        let report = examine(app.services(), &peer.host()).await.unwrap();

        assert_eq!(failed(&report), [step], "{what}: {report:#?}");
        assert!(!mend(&report, step).is_empty(), "{what}");
        assert!(peer.received().is_empty(), "{what}: nothing is posted to it");
    }
}

#[tokio::test]
async fn a_site_that_takes_nothing_is_named_with_the_reason() {
    let app = TestApp::build().open().start().await;
    for (status, remedy) in [
        (StatusCode::UNAUTHORIZED, "curl -H 'accept: application/activity+json'"),
        (StatusCode::FORBIDDEN, "breezeway peer invite"),
        (StatusCode::NOT_FOUND, "check site.url there"),
        (StatusCode::PAYLOAD_TOO_LARGE, "allow 1 MiB"),
        (StatusCode::TOO_MANY_REQUESTS, "wait"),
        (StatusCode::SERVICE_UNAVAILABLE, "cannot read the keys"),
        (StatusCode::INTERNAL_SERVER_ERROR, "log of the site"),
    ] {
        let peer = sound_peer().await;
        peer.answers_posts_with(status);

        let report = examine(app.services(), &peer.host()).await.unwrap();

        assert_eq!(failed(&report), ["inbox"], "{status}: {report:#?}");
        assert!(mend(&report, "inbox").contains(remedy), "{status}: {report:#?}");
        assert_eq!(peer.received().len(), 2, "both styles are tried");
    }
    let peer = sound_peer().await;
    peer.stumbles_over("Tombstone");
    let report = examine(app.services(), &peer.host()).await.unwrap();
    assert_eq!(failed(&report), ["delete"], "{report:#?}");
}

#[tokio::test]
async fn a_site_that_does_not_believe_our_signature_is_named() {
    let app = TestApp::build().open().start().await;
    let peer = sound_peer().await;
    let members = peer.url("/organisation");
    respell(&peer, |actor| actor["organisation"] = json!(members)).await;
    let refuses = Trick::Says { status: 401, headers: Vec::new(), body: b"who are you?".to_vec() };
    peer.plays("/organisation", refuses);

    let report = examine(app.services(), &peer.host()).await.unwrap();

    assert_eq!(failed(&report), ["signed fetch"], "{report:#?}");
    assert!(found(&report, "signed fetch").1.contains("401"), "{report:#?}");
    assert!(mend(&report, "signed fetch").contains("curl"), "{report:#?}");
    let asked = peer.fetched().iter().filter(|path| *path == "/organisation").count();
    assert_eq!(asked, 2, "both styles are tried");
}

#[tokio::test]
async fn a_peering_that_the_other_side_forgot_is_named() {
    let app = TestApp::start().await;
    let peer = sound_peer().await;
    let members = peer.url("/organisation");
    respell(&peer, |actor| actor["organisation"] = json!(members)).await;
    let others =
        json!({ "id": members, "type": "Collection", "items": ["https://people.example.org/actor"] });
    peer.publish_at("/organisation", &others);
    app.invites(&peer.host()).await;
    let services = app.services();
    let mut tx = services.db.begin().await.unwrap();
    let known = organisation::store::find(&mut tx, &peer.host()).await.unwrap().unwrap();
    organisation::store::update_state(&mut tx, known.id, PeerState::Accepted, None, app.now()).await.unwrap();
    tx.commit().await.unwrap();
    services.caches.forget_peers();

    let report = examine(services, &peer.host()).await.unwrap();

    assert_eq!(failed(&report), ["peering"], "{report:#?}");
    assert!(mend(&report, "peering").contains("breezeway peer invite"), "{report:#?}");
}

#[tokio::test]
async fn a_clock_that_is_wrong_is_named() {
    for (wrong, verdict) in
        [(Duration::from_hours(3), Verdict::Fail), (Duration::from_mins(5), Verdict::Warn)]
    {
        let (clock, _hand) = Clock::manual(Clock::system().now() + wrong);
        let app = TestApp::build().open().clock(clock).start().await;
        let peer = sound_peer().await;

        let report = examine(app.services(), &peer.host()).await.unwrap();

        assert_eq!(found(&report, "clock").0, verdict, "{report:#?}");
        assert!(mend(&report, "clock").contains("timedatectl"));
    }
}

#[tokio::test]
async fn a_site_that_takes_posts_again_gets_what_waits() {
    let app = TestApp::build()
        .open()
        .with(|config| {
            config.federation.retry_first_delay = Duration::from_hours(1);
            config.federation.retry_max_delay = Duration::from_hours(1);
        })
        .start()
        .await;
    let peer = sound_peer().await;
    peer.answers_posts_with(StatusCode::BAD_GATEWAY);
    app.invites(&peer.host()).await;
    eventually("the invitation failed", async || peer.received_of("Follow").pop()).await;
    peer.forgets();
    let ill = eventually("it is written down", async || {
        let report = examine(app.services(), &peer.host()).await.unwrap();
        (found(&report, "queue").0 == Verdict::Warn).then_some(report)
    })
    .await;
    assert_eq!(failed(&ill), ["inbox"]);
    assert!(peer.received_of("Follow").is_empty());

    peer.answers_posts_with(StatusCode::ACCEPTED);
    let report = examine(app.services(), &peer.host()).await.unwrap();

    assert_eq!(failed(&report), [""; 0]);
    eventually("the invitation arrives", async || peer.received_of("Follow").pop()).await;
}

#[tokio::test]
async fn this_site_and_no_site_are_not_looked_at() {
    let app = TestApp::start().await;
    for place in [app.host().as_str(), "", "not a host", "https://"] {
        let outcome = examine(app.services(), place).await;
        assert!(matches!(outcome, Err(Error::Invalid { .. })), "{place:?}: {outcome:?}");
    }
}
