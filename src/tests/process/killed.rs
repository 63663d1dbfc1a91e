//! `kill -9`: what was answered is kept, and what follows from it happens after the next start.

use std::collections::BTreeSet;

use breezeway::testing::http::{Http, send};
use breezeway::testing::{Peer, eventually};
use http::Method;
use serde_json::json;
use url::Url;

use super::Place;

const PASSWORD: &str = "correct horse battery staple";

/// Makes Ann and a token for her.
fn ann(place: &Place) -> String {
    place.prints(&["account", "create", "ann", "--email", "ann@example.org", "--password", PASSWORD]);
    place.prints(&["token", "create", "--account", "ann", "--scopes", "read write follow"])
}

async fn posts(place: &Place, token: &str, text: &str) {
    let url = place.url.join("/api/v1/statuses").unwrap();
    let request = Http::default().request(Method::POST, url).bearer_auth(token);
    send(request.json(&json!({ "status": text }))).await.ok();
}

/// A peer whose Mallory follows Ann.
async fn follower(place: &Place) -> Peer {
    let peer = Peer::start(&["mallory"]).await;
    let ann = place.url.join("/users/ann").unwrap();
    let follow = peer.activity("Follow", &peer.person("mallory"), ann.as_str());
    peer.letter(&follow).to(&place.url.join("/inbox").unwrap()).await.ok();
    eventually("the follow is accepted", async || peer.received_of("Accept").pop()).await;
    peer
}

fn texts(peer: &Peer) -> BTreeSet<String> {
    let creates = peer.received_of("Create");
    creates.iter().map(|create| create["object"]["content"].as_str().unwrap_or_default().to_owned()).collect()
}

#[tokio::test]
async fn what_was_posted_before_the_kill_is_delivered_after_it() {
    let place = Place::new();
    let running = place.serve().await;
    let token = ann(&place);
    let peer = follower(&place).await;
    // Nothing arrives before the kill, so all of it must come from what was written down.
    peer.answers_after(std::time::Duration::from_hours(1));

    let wanted: BTreeSet<String> = (0..20).map(|number| format!("<p>post {number}</p>")).collect();
    for number in 0..20 {
        posts(&place, &token, &format!("post {number}")).await;
    }
    running.dies();
    peer.answers_after(std::time::Duration::ZERO);
    assert!(texts(&peer).is_empty());

    let _again = place.serve().await;
    eventually("everything has arrived", async || (texts(&peer) == wanted).then_some(())).await;
}

#[tokio::test]
async fn what_was_taken_in_before_the_kill_is_there_after_it() {
    let place = Place::new();
    let running = place.serve().await;
    let token = ann(&place);
    let peer = Peer::start(&["mallory"]).await;
    let note =
        peer.note(&peer.person("mallory"), "Hello Ann", &[place.url.join("/users/ann").unwrap().as_str()]);
    let mut create = peer.create(&note);
    create["object"]["tag"] =
        json!([{ "type": "Mention", "href": place.url.join("/users/ann").unwrap(), "name": "@ann" }]);
    let inbox: Url = place.url.join("/inbox").unwrap();

    let answer = peer.letter(&create).to(&inbox).await;
    running.dies();
    assert_eq!(answer.status.as_u16(), 202, "{}", answer.text());

    let _again = place.serve().await;
    let repeat = peer.letter(&create).to(&inbox).await;
    assert_eq!(repeat.status.as_u16(), 202, "{}", repeat.text());
    let url = place.url.join("/api/v1/notifications").unwrap();
    let told = eventually("ann is told", async || {
        let request = Http::default().request(Method::GET, url.clone()).bearer_auth(&token);
        send(request).await.ok().json().as_array().cloned().filter(|told| !told.is_empty())
    })
    .await;
    assert_eq!(told.len(), 1, "once, although it was sent twice");
}
