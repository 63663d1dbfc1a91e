//! What a site answers to peers, to strangers and to the unsigned.

use breezeway::domain::statuses::{self, Visibility};
use breezeway::platform::crypto::KeyPair;
use breezeway::testing::{Peer, TestApp};
use http::StatusCode;
use serde_json::{Value, json};
use url::Url;

use super::{befriend, block, person, post};

/// Asks for ActivityPub without a signature.
async fn unsigned(app: &TestApp, path: &str) -> breezeway::testing::http::Answer {
    breezeway::testing::http::Http::default().get(app.url(path), "application/activity+json").await
}

fn url(text: &str) -> Url {
    Url::parse(text).unwrap()
}

#[tokio::test]
async fn the_doors_of_a_closed_site_are_open_to_everybody() {
    let app = TestApp::start().await;
    person(&app, "ann").await;
    let host = app.host();

    for path in [
        "/actor".to_owned(),
        "/.well-known/host-meta".to_owned(),
        "/.well-known/nodeinfo".to_owned(),
        "/nodeinfo/2.1".to_owned(),
        format!("/.well-known/webfinger?resource=acct:ann@{host}"),
        format!("/.well-known/webfinger?resource=acct:{host}@{host}"),
        format!("/.well-known/webfinger?resource={}", app.url("/")),
        format!("/.well-known/webfinger?resource={}", app.actor("ann")),
    ] {
        assert_eq!(unsigned(&app, &path).await.status, StatusCode::OK, "{path}");
    }
}

#[tokio::test]
async fn webfinger_knows_only_those_who_are_here() {
    let app = TestApp::start().await;
    let host = app.host();

    for resource in
        ["acct:nobody@HOST", "acct:ann@elsewhere.example", "acct:ann", "https://elsewhere.example/ann", ""]
    {
        let path = format!("/.well-known/webfinger?resource={}", resource.replace("HOST", &host));
        assert_eq!(unsigned(&app, &path).await.status, StatusCode::NOT_FOUND, "{resource}");
    }
    assert_eq!(unsigned(&app, "/.well-known/webfinger").await.status, StatusCode::BAD_REQUEST);
}

#[tokio::test]
async fn a_closed_site_tells_strangers_that_nothing_is_there() {
    let (app, stranger) = (TestApp::start().await, Peer::start(&["mallory"]).await);
    let ann = person(&app, "ann").await;
    let note = post(&app, &ann, "for us", Visibility::Organisation).await;

    for path in
        ["/users/ann", "/users/ann/outbox", "/users/ann/followers", "/users/ann/featured", "/organisation"]
    {
        assert_eq!(unsigned(&app, path).await.status, StatusCode::NOT_FOUND, "{path}");
        let signed = stranger.fetches(&app.url(path), &stranger.site()).await;
        assert_eq!(signed.status, StatusCode::NOT_FOUND, "{path}");
    }
    let signed = stranger.fetches(&url(&note.status.uri), &stranger.site()).await;
    assert_eq!(signed.status, StatusCode::NOT_FOUND);
    assert_eq!(stranger.fetched(), [""; 0], "a stranger's key is not even fetched");
}

#[tokio::test]
async fn a_peer_reads_what_is_for_the_organisation_and_nothing_narrower() {
    let (app, peer) = (TestApp::start().await, Peer::start(&["bob"]).await);
    befriend(&app, &peer).await;
    let ann = person(&app, "ann").await;
    let table = [
        (Visibility::Organisation, StatusCode::OK),
        (Visibility::Site, StatusCode::NOT_FOUND),
        (Visibility::Private, StatusCode::NOT_FOUND),
        (Visibility::Direct, StatusCode::NOT_FOUND),
    ];

    for (visibility, status) in table {
        let note = post(&app, &ann, "words", visibility).await;
        if visibility != Visibility::Direct {
            statuses::pin(app.services(), ann.id, note.status.id).await.unwrap();
        }
        let answer = peer.fetches(&url(&note.status.uri), &peer.site()).await;
        assert_eq!(answer.status, status, "{visibility}");
    }
    let featured = peer.fetches(&app.url("/users/ann/featured"), &peer.site()).await.json();
    assert_eq!(featured["orderedItems"].as_array().map(Vec::len), Some(1), "{featured}");
    let outbox = peer.fetches(&app.url("/users/ann/outbox?page=true"), &peer.site()).await.json();
    assert_eq!(outbox["orderedItems"].as_array().map(Vec::len), Some(1), "{outbox}");
    assert_eq!(outbox["orderedItems"][0]["type"], "Create");
}

#[tokio::test]
async fn a_blocked_peer_is_a_stranger() {
    let (app, peer) = (TestApp::start().await, Peer::start(&[]).await);
    person(&app, "ann").await;
    befriend(&app, &peer).await;
    assert_eq!(peer.fetches(&app.actor("ann"), &peer.site()).await.status, StatusCode::OK);

    block(&app, &peer).await;

    assert_eq!(peer.fetches(&app.actor("ann"), &peer.site()).await.status, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn a_signature_that_does_not_hold_is_told_so() {
    let (app, peer) = (TestApp::start().await, Peer::start(&[]).await);
    person(&app, "ann").await;
    befriend(&app, &peer).await;
    let actor = app.actor("ann");
    let other = KeyPair::generate_rsa().unwrap();
    let letter = || peer.letter(&json!({ "actor": peer.site() }));

    assert_eq!(letter().fetches(&actor).await.status, StatusCode::OK);
    assert_eq!(letter().rfc9421().fetches(&actor).await.status, StatusCode::OK);
    assert_eq!(letter().with_key(&other).fetches(&actor).await.status, StatusCode::UNAUTHORIZED);
    assert_eq!(letter().without(&["date"]).fetches(&actor).await.status, StatusCode::UNAUTHORIZED);
    assert_eq!(letter().without(&["host"]).fetches(&actor).await.status, StatusCode::UNAUTHORIZED);
    assert_eq!(letter().for_host("sales.example").fetches(&actor).await.status, StatusCode::UNAUTHORIZED);
    let old = std::time::Duration::from_hours(3);
    assert_eq!(letter().written_ago(old).fetches(&actor).await.status, StatusCode::UNAUTHORIZED);
}

#[tokio::test]
async fn a_browser_is_shown_the_way_to_the_page() {
    let app = TestApp::start().await;

    let answer = breezeway::testing::http::Http::default().get(app.actor("ann"), "text/html").await;

    assert_eq!(answer.status, StatusCode::FOUND);
    assert_eq!(answer.headers["location"], app.url("/@ann").as_str());
}

#[tokio::test]
async fn a_deleted_post_leaves_a_tombstone_for_those_who_may_ask() {
    let (app, peer) = (TestApp::start().await, Peer::start(&[]).await);
    befriend(&app, &peer).await;
    let ann = person(&app, "ann").await;
    let note = post(&app, &ann, "gone soon", Visibility::Organisation).await;
    statuses::delete(app.services(), ann.id, note.status.id).await.unwrap();

    let answer = peer.fetches(&url(&note.status.uri), &peer.site()).await;

    assert_eq!(answer.status, StatusCode::GONE);
    assert_eq!(answer.json()["type"], "Tombstone");
    let path = url(&note.status.uri).path().to_owned();
    assert_eq!(unsigned(&app, &path).await.status, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn an_open_site_shows_its_people_but_not_what_is_not_public() {
    let app = TestApp::build().open().start().await;
    let ann = person(&app, "ann").await;
    let note = post(&app, &ann, "for us", Visibility::Organisation).await;

    assert_eq!(unsigned(&app, "/users/ann").await.status, StatusCode::OK);
    let path = url(&note.status.uri).path().to_owned();
    assert_eq!(unsigned(&app, &path).await.status, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn answers_say_what_they_are_and_depend_on() {
    let app = TestApp::build().open().start().await;
    person(&app, "ann").await;

    let actor = unsigned(&app, "/users/ann").await;
    let info = unsigned(&app, "/nodeinfo/2.1").await;

    assert_eq!(actor.headers["content-type"], "application/activity+json");
    assert!(actor.headers.get_all("vary").iter().any(|vary| vary.to_str().unwrap().contains("signature")));
    assert_eq!(info.headers["access-control-allow-origin"], "*");
    assert_eq!(info.json()["metadata"]["upstream"]["name"], Value::from("mastodon"));
}
