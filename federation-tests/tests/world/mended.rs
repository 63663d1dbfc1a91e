//! What once went wrong: a network that sends rubbish, a quote that walks around the reply policy, questions that are
//! asked again and again, stamps that cannot be read for a while.

use breezeway::base::id::StatusId;
use breezeway::federation::fetch;
use breezeway::testing::peer::{PUBLIC, Trick};
use breezeway::testing::person::text_of;
use breezeway::testing::{Peer, Person, TestApp, eventually};
use serde_json::{Value, json};
use url::Url;

/// An open site behind a proxy with Ann on it, and a peer with Mallory.
struct Scene {
    app: TestApp,
    ann: Person,
    peer: Peer,
    mallory: Url,
}

impl Scene {
    async fn set() -> Self {
        let app = TestApp::build().open().with(|config| config.server.behind_proxy = true).start().await;
        let ann = app.person("ann").await;
        let peer = Peer::start(&["mallory", "eve"]).await;
        let mallory = peer.person("mallory");
        Self { app, ann, peer, mallory }
    }

    /// Sends it as somebody at this network.
    async fn sends_from(&self, network: &str, letter: breezeway::testing::peer::Letter<'_>) -> u16 {
        let sealed = letter.sealed(&self.app.shared_inbox()).with("x-forwarded-for", network);
        sealed.to(&self.app.shared_inbox()).await.status.as_u16()
    }

    async fn takes(&self, activity: &Value) {
        let answer = self.peer.letter(activity).to(&self.app.shared_inbox()).await;
        assert_eq!(answer.status.as_u16(), 202, "{}", answer.text());
        self.app.settles().await;
    }

    /// A note of Mallory for Ann that quotes a post of hers.
    fn quoting(&self, post: &Value) -> Value {
        let mut note = self.peer.note(&self.mallory, "How true", &[self.app.actor("ann").as_str()]);
        note["quote"] = post["uri"].clone();
        self.peer.publish(&note);
        note
    }

    fn request(&self, post: &Value, note: &Value) -> Value {
        let mut request = self.peer.activity("QuoteRequest", &self.mallory, post["uri"].clone());
        request["instrument"] = note.clone();
        request
    }
}

#[tokio::test]
async fn a_network_that_sends_rubbish_is_not_heard_for_a_while_and_others_are() {
    let scene = Scene::set().await;
    let like = scene.peer.activity("Like", &scene.mallory, scene.app.url("/nothing").as_str());
    let (rude, kind) = ("192.0.2.1", "198.51.100.1");
    assert_eq!(scene.sends_from(rude, scene.peer.letter(&like)).await, 202);

    let mut answers = Vec::new();
    for _ in 0..300 {
        answers.push(scene.sends_from(rude, scene.peer.letter(&like).unsigned()).await);
    }

    assert!(answers.iter().all(|status| *status == 401), "{answers:?}");
    assert_eq!(scene.sends_from(rude, scene.peer.letter(&like).unsigned()).await, 429);
    assert_eq!(scene.sends_from(rude, scene.peer.letter(&like)).await, 429, "nor what would be believed");
    assert_eq!(scene.sends_from(kind, scene.peer.letter(&like)).await, 202);
    assert_eq!(scene.sends_from(kind, scene.peer.letter(&like).unsigned()).await, 401);
}

#[tokio::test]
async fn signed_fetches_that_are_not_believed_count_for_the_network_too() {
    let app = TestApp::build().open().start().await;
    app.person("ann").await;
    let peer = Peer::start(&["mallory"]).await;
    let other = breezeway::platform::crypto::KeyPair::generate_rsa().unwrap();
    let ask = async |believable: bool| {
        let nothing = json!({});
        let letter = peer.letter(&nothing).signed_by(&peer.person("mallory"));
        let letter = if believable { letter } else { letter.with_key(&other) };
        letter.fetches(&app.actor("ann")).await.status.as_u16()
    };
    assert_eq!(ask(true).await, 200);

    for _ in 0..300 {
        assert_eq!(ask(false).await, 401);
    }

    assert_eq!(ask(true).await, 401, "nothing from there is verified any more");
}

#[tokio::test]
async fn a_quote_that_is_a_reply_too_is_welcome_only_as_a_reply() {
    let scene = Scene::set().await;
    let open = json!({ "status": "Quote me", "visibility": "public" });
    let closed = json!({ "status": "Minutes", "visibility": "public", "reply_policy": "nobody" });
    let (open, closed) = (scene.ann.posts_with(open).await, scene.ann.posts_with(closed).await);
    let mut note = scene.quoting(&open);
    note["inReplyTo"] = closed["uri"].clone();
    scene.peer.publish(&note);

    scene.takes(&scene.request(&open, &note)).await;

    assert_eq!(scene.ann.conversation(&closed).await.len(), 1, "no reply stands there");
    assert_eq!(scene.ann.looks_at(&closed).await.unwrap()["replies_count"], 0);
    assert_eq!(scene.peer.received_of("Reject").len(), 1, "the author of what is answered does not want it");
    // The same note without an answer in it is a quote like others.
    scene.takes(&scene.request(&open, &scene.quoting(&open))).await;
    assert_eq!(scene.ann.looks_at(&open).await.unwrap()["quotes_count"], 1);
}

#[tokio::test]
async fn who_asks_again_is_answered_alone() {
    let scene = Scene::set().await;
    let third = Peer::start(&["trent"]).await;
    let follow = third.activity("Follow", &third.person("trent"), scene.app.actor("ann").as_str());
    third.letter(&follow).to(&scene.app.inbox("ann")).await;
    eventually("trent follows", async || third.received_of("Accept").pop()).await;
    let post = scene.ann.posts_with(json!({ "status": "Quote me", "visibility": "public" })).await;
    let note = scene.quoting(&post);
    let mut asked = scene.request(&post, &note);
    scene.takes(&asked).await;
    let seen = scene.ann.finds_status(note["id"].as_str().unwrap()).await.expect("the quote is here");
    let (id, by) = (text_of(&post, "id"), text_of(&seen, "id"));
    scene.ann.post(&format!("/api/v1/statuses/{id}/quotes/{by}/revoke"), json!({})).await.ok();
    eventually("trent's site hears of it", async || third.received_of("Delete").pop()).await;
    scene.app.settles().await;
    scene.peer.forgets();
    third.forgets();

    for _ in 0..3 {
        asked["id"] = json!(scene.peer.fresh_id("requests"));
        scene.takes(&asked).await;
    }

    assert_eq!(scene.peer.received_of("Reject").len(), 3, "each question is answered");
    assert!(scene.peer.received_of("Delete").is_empty());
    assert!(third.received().is_empty(), "{:?}", third.received());
}

#[tokio::test]
async fn a_stamp_that_cannot_be_read_for_a_while_is_not_lost() {
    let scene = Scene::set().await;
    let home = Peer::start(&["trent"]).await;
    let trent = home.person("trent");
    let quoted = home.note(&trent, "The real words", &[]);
    let mut note = scene.peer.note(&scene.mallory, "How true", &[PUBLIC, scene.app.actor("ann").as_str()]);
    note["tag"] = json!([{ "type": "Mention", "href": scene.app.actor("ann"), "name": "@ann" }]);
    let stamp = json!({
        "@context": "https://www.w3.org/ns/activitystreams",
        "id": home.url("/stamps/1"),
        "type": "QuoteAuthorization",
        "attributedTo": trent,
        "interactingObject": note["id"],
        "interactionTarget": quoted["id"],
    });
    home.publish(&stamp);
    note["quote"] = quoted["id"].clone();
    note["quoteAuthorization"] = stamp["id"].clone();
    scene.peer.publish(&note);
    scene.takes(&scene.peer.create(&note)).await;
    let seen = scene.ann.finds_status(note["id"].as_str().unwrap()).await.expect("the post is here");
    let state = async || {
        let now = scene.ann.looks_at(&seen).await.unwrap();
        text_of(&now["quote"], "state")
    };
    eventually("the stamp holds", async || (state().await == "accepted").then_some(())).await;
    let id: StatusId = text_of(&seen, "id").parse().unwrap();
    let says = |status: u16| Trick::Says { status, headers: Vec::new(), body: b"not now".to_vec() };

    for trick in [
        says(503),
        says(500),
        says(429),
        says(403),
        says(401),
        Trick::says("text/html", "<p>Back at noon</p>"),
        Trick::says("application/activity+json", "{"),
        Trick::Redirects,
    ] {
        home.plays("/stamps/1", trick.clone());
        fetch::verify_quote(scene.app.services(), id).await;
        assert_eq!(state().await, "accepted", "{trick:?}");
    }

    home.plays("/stamps/1", says(410));
    fetch::verify_quote(scene.app.services(), id).await;
    assert_eq!(state().await, "revoked");
}
