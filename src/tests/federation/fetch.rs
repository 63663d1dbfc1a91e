//! What a site reads of others, and what it refuses to believe.

use breezeway::domain::accounts::{self, Kind};
use breezeway::domain::statuses::Visibility;
use breezeway::federation::fetch::{self, Budget, FetchError, Found};
use breezeway::federation::gate::Purpose;
use breezeway::testing::{Peer, TestApp};
use serde_json::json;
use url::Url;

use super::{befriend, person};

#[tokio::test]
async fn a_colleague_is_found_by_handle() {
    let (app, peer) = (TestApp::start().await, Peer::start(&["bob"]).await);
    befriend(&app, &peer).await;

    let bob = fetch::handle(app.services(), &peer.handle("bob"), &Budget::default()).await.unwrap();

    assert_eq!(
        (bob.username.as_str(), bob.host.as_str(), bob.kind),
        ("bob", peer.host().as_str(), Kind::Person)
    );
    let before = peer.fetched().len();
    fetch::handle(app.services(), &format!("@{}", peer.handle("bob")), &Budget::default()).await.unwrap();
    assert_eq!(peer.fetched().len(), before, "who is known is not asked for again");
}

#[tokio::test]
async fn somebody_here_is_found_without_asking_anybody() {
    let app = TestApp::start().await;
    let ann = person(&app, "ann").await;

    for handle in ["ann".to_owned(), "@Ann".to_owned(), format!("ann@{}", app.host())] {
        let found = fetch::handle(app.services(), &handle, &Budget::of(0)).await.unwrap();
        assert_eq!(found.id, ann.id, "{handle}");
    }
}

#[tokio::test]
async fn a_closed_site_asks_no_stranger() {
    let (app, stranger) = (TestApp::start().await, Peer::start(&["mallory"]).await);
    let (services, budget) = (app.services(), Budget::default());

    let handle = fetch::handle(services, &stranger.handle("mallory"), &budget).await;
    let actor = fetch::actor(services, &stranger.person("mallory"), Purpose::Conversation, &budget).await;
    let post = fetch::status(services, &stranger.url("/notes/1"), &budget).await;
    let picture = fetch::picture(services, &stranger.url("/1.png"), 1000).await;

    assert!(matches!(handle, Err(FetchError::NotAllowed { .. })), "{handle:?}");
    assert!(matches!(actor, Err(FetchError::NotAllowed { .. })), "{actor:?}");
    assert!(matches!(post, Err(FetchError::NotAllowed { .. })), "{post:?}");
    assert!(matches!(picture, Err(FetchError::NotAllowed { .. })), "{picture:?}");
    assert_eq!(stranger.fetched(), [""; 0]);
}

#[tokio::test]
async fn the_actor_of_a_strange_site_is_read_for_a_handshake() {
    let (app, stranger) = (TestApp::start().await, Peer::start(&[]).await);

    let site = fetch::instance_actor(app.services(), &stranger.host()).await.unwrap();

    assert_eq!((site.kind, site.uri), (Kind::Application, stranger.site().to_string()));
}

#[tokio::test]
async fn two_sites_of_ours_find_each_other_s_actor() {
    let (one, other) = (TestApp::start().await, TestApp::start().await);

    let site = fetch::instance_actor(one.services(), &other.host()).await.unwrap();

    assert_eq!(site.uri, other.site_actor().to_string());
}

#[tokio::test]
async fn nobody_makes_us_fetch_from_ourselves() {
    let app = TestApp::start().await;

    let outcome =
        fetch::refresh(app.services(), &app.actor("ann"), Purpose::Conversation, &Budget::default()).await;

    assert!(matches!(outcome, Err(FetchError::NotASite(_))), "{outcome:?}");
}

#[tokio::test]
async fn an_actor_speaks_for_its_own_site_only() {
    let (app, peer, other) =
        (TestApp::start().await, Peer::start(&["bob"]).await, Peer::start(&["eve"]).await);
    befriend(&app, &peer).await;
    let id = peer.person("bob");
    let good = json!({
        "id": id, "type": "Person", "preferredUsername": "bob", "inbox": format!("{id}/inbox"),
        "followers": other.url("/users/eve/followers"),
        "endpoints": { "sharedInbox": other.url("/inbox") },
        "publicKey": { "id": format!("{}#main-key", other.person("eve")), "owner": id, "publicKeyPem": "x" },
    });
    peer.publish(&good);

    let bob = fetch::actor(app.services(), &id, Purpose::Conversation, &Budget::default()).await.unwrap();

    assert_eq!((bob.shared_inbox, bob.followers_uri), (None, None));
    let mut foreign = good.clone();
    foreign["inbox"] = json!(other.url("/inbox"));
    peer.publish(&foreign);
    let outcome = fetch::refresh(app.services(), &id, Purpose::Conversation, &Budget::default()).await;
    assert!(outcome.is_err(), "{outcome:?}");
}

#[tokio::test]
async fn a_post_is_read_with_what_it_answers() {
    let (app, peer) = (TestApp::start().await, Peer::start(&["bob"]).await);
    befriend(&app, &peer).await;
    let first = peer.note(&peer.person("bob"), "first", &[]);
    let mut second = peer.note(&peer.person("bob"), "second <script>alert(1)</script>", &[]);
    second["inReplyTo"] = first["id"].clone();
    peer.publish(&second);

    let found = fetch::resolve(app.services(), second["id"].as_str().unwrap()).await.unwrap();

    let Some(Found::Status(status)) = found else { panic!("a post, not {found:?}") };
    assert_eq!((status.visibility, status.local), (Visibility::Public, false));
    assert!(status.content.contains("second") && !status.content.contains("script"), "{}", status.content);
    assert!(status.in_reply_to_id.is_some());
}

#[tokio::test]
async fn a_post_in_the_name_of_another_site_is_refused() {
    let (app, peer, other) = (TestApp::start().await, Peer::start(&[]).await, Peer::start(&["eve"]).await);
    befriend(&app, &peer).await;
    befriend(&app, &other).await;
    let note = peer.note(&other.person("eve"), "not hers", &[]);
    let id = Url::parse(note["id"].as_str().unwrap()).unwrap();

    let outcome = fetch::status(app.services(), &id, &Budget::default()).await;

    assert!(outcome.is_err(), "{outcome:?}");
}

#[tokio::test]
async fn what_is_no_handle_and_no_address_finds_nothing() {
    let app = TestApp::start().await;

    for query in ["", "hello world", "ftp://example.org/", "javascript:alert(1)"] {
        assert!(fetch::resolve(app.services(), query).await.unwrap().is_none(), "{query}");
    }
}

#[tokio::test]
async fn only_the_actor_of_a_site_shakes_hands_and_a_stranger_plants_nobody() {
    let (app, peer) = (TestApp::start().await, Peer::start(&["eve"]).await);

    let profile = fetch::profile(app.services(), &peer.person("eve")).await;
    let follow = peer.activity("Follow", &peer.person("eve"), app.site_actor().as_str());
    let answer = peer.letter(&follow).to(&app.shared_inbox()).await;

    assert!(profile.is_err(), "{profile:?}");
    assert_eq!(answer.status.as_u16(), 403, "{}", answer.text());
    let mut conn = app.services().db.read().await.unwrap();
    let planted = accounts::store::find_by_handle(&mut conn, "eve", &peer.host()).await.unwrap();
    assert!(planted.is_none());
    assert_eq!(app.peer_state(&peer.host()).await, None);
}
