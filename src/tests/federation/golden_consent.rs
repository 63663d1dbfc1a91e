//! Quotes, stamps, requests and policies as this site sends them, kept in `docs/federation`.

use breezeway::base::id::StatusId;
use breezeway::domain::statuses::consent::{self, Policy, Rule};
use breezeway::domain::statuses::{self, Draft};
use serde_json::{Value, json};
use url::Url;

use super::golden_activities::Scene;

fn draft(text: &str) -> Draft {
    Draft { text: text.to_owned(), language: Some("en".to_owned()), ..Draft::default() }
}

impl Scene {
    /// A post of Mallory, as it is known here.
    async fn theirs(&self, policy: Value) -> (Value, StatusId) {
        let mut note =
            self.peer.note(&self.peer.person("mallory"), "Soup!", &[self.app.actor("ann").as_str()]);
        note["id"] = json!(self.peer.url("/notes/1"));
        note["interactionPolicy"] = policy;
        self.peer.publish(&note);
        self.hears(&self.peer.create(&note)).await;
        let mut conn = self.app.services().db.read().await.unwrap();
        let known = statuses::store::find_by_uri(&mut conn, note["id"].as_str().unwrap()).await.unwrap();
        (note, known.expect("it is here").id)
    }

    async fn hears(&self, activity: &Value) {
        let answer = self.peer.letter(activity).to(&self.app.shared_inbox()).await;
        assert_eq!(answer.status, 202, "{}", answer.text());
    }

    /// Mallory asks to answer a post.
    async fn asks_to_reply(&self, id: StatusId) {
        let mut conn = self.app.services().db.read().await.unwrap();
        let uri = statuses::store::get(&mut conn, id).await.unwrap().uri;
        drop(conn);
        let mallory = self.peer.person("mallory");
        let mut note = self.peer.note(&mallory, "With salad", &[self.app.actor("ann").as_str()]);
        note["id"] = json!(self.peer.url("/notes/3"));
        note["inReplyTo"] = json!(uri);
        let mut request = self.peer.activity("ReplyRequest", &mallory, uri);
        request["id"] = json!(self.peer.url("/requests/1"));
        request["instrument"] = note;
        self.hears(&request).await;
    }

    /// Mallory asks to quote a post.
    async fn asks_to_quote(&self, id: StatusId) {
        let mut conn = self.app.services().db.read().await.unwrap();
        let uri = statuses::store::get(&mut conn, id).await.unwrap().uri;
        drop(conn);
        let mallory = self.peer.person("mallory");
        let mut note = self.peer.note(&mallory, "How true", &[]);
        note["id"] = json!(self.peer.url("/notes/2"));
        note["quote"] = json!(uri);
        let mut request = self.peer.activity("QuoteRequest", &mallory, uri);
        request["instrument"] = note;
        self.hears(&request).await;
    }
}

#[tokio::test]
async fn quotes_are_written_as_documented() {
    let scene = Scene::set().await;
    let (note, theirs) = scene.theirs(Value::Null).await;
    let mallory = scene.peer.person("mallory");
    let draft = Draft { quote: Some(theirs), ..draft("How true") };
    statuses::create(scene.app.services(), scene.ann, draft).await.unwrap();
    scene.app.settles().await;
    let request = scene.peer.received_of("QuoteRequest").pop().expect("a request");
    let stamp = json!({
        "id": scene.peer.url("/stamps/1"),
        "type": "QuoteAuthorization",
        "attributedTo": mallory,
        "interactingObject": request["instrument"]["id"],
        "interactionTarget": note["id"],
    });
    scene.peer.publish(&stamp);
    scene.sent("QuoteRequest", "quote-request").await;

    let mut accept = scene.peer.activity("Accept", &mallory, request);
    accept["result"] = stamp["id"].clone();
    scene.hears(&accept).await;

    scene.sent("Update", "update-quote").await;
}

#[tokio::test]
async fn stamps_are_written_as_documented() {
    let scene = Scene::set().await;
    let services = scene.app.services();
    let post = statuses::create(services, scene.ann, draft("Lunch is at noon")).await.unwrap();
    scene.asks_to_quote(post).await;
    let accept =
        breezeway::testing::eventually("an answer", async || scene.peer.received_of("Accept").pop()).await;
    scene.sent("Accept", "accept-quote").await;
    let stamp: Url = accept["result"].as_str().unwrap().parse().unwrap();
    let document = scene.peer.fetches(&stamp, &scene.peer.site()).await.ok().json();
    scene.matches("quote-authorization", document);

    let mut conn = services.db.read().await.unwrap();
    let quoting = consent::store::list_quoting(&mut conn, post, 1).await.unwrap().pop().expect("a quote");
    drop(conn);
    consent::interaction::revoke(services, scene.ann, post, quoting).await.unwrap();
    scene.sent("Delete", "delete-stamp").await;
    let gone = scene.peer.fetches(&stamp, &scene.peer.site()).await;
    assert_eq!(gone.status, 410, "{}", gone.text());
}

#[tokio::test]
async fn policies_are_written_as_documented() {
    let scene = Scene::set().await;
    let rule = |word: &str| Rule::from_word(word);
    let policy = Policy {
        reply: rule("followers"),
        like: rule("mentioned"),
        announce: rule("nobody"),
        quote: rule("nobody"),
    };
    let draft = Draft { policy, ..draft("@mallory lunch is at noon") };
    let post = statuses::create(scene.app.services(), scene.ann, draft).await.unwrap();
    scene.sent("Create", "create-policy").await;

    scene.asks_to_quote(post).await;
    scene.sent("Reject", "reject-quote").await;
}

#[tokio::test]
async fn requests_to_reply_are_written_as_documented() {
    let scene = Scene::set().await;
    let public = "https://www.w3.org/ns/activitystreams#Public";
    let (_, theirs) = scene.theirs(json!({ "canReply": { "manualApproval": [public] } })).await;
    let draft = Draft { in_reply_to: Some(theirs), ..draft("Salad!") };

    statuses::create(scene.app.services(), scene.ann, draft).await.unwrap();

    scene.sent("ReplyRequest", "reply-request").await;
}

#[tokio::test]
async fn answers_to_replies_are_written_as_documented() {
    let scene = Scene::set().await;
    let post = statuses::create(scene.app.services(), scene.ann, draft("Lunch is at noon")).await.unwrap();
    scene.asks_to_reply(post).await;
    let accept =
        breezeway::testing::eventually("an answer", async || scene.peer.received_of("Accept").pop()).await;
    scene.sent("Accept", "accept-reply").await;
    let stamp: Url = accept["result"].as_str().unwrap().parse().unwrap();
    let document = scene.peer.fetches(&stamp, &scene.peer.site()).await.ok().json();
    scene.matches("reply-authorization", document);
}

#[tokio::test]
async fn refusals_are_written_as_documented() {
    let scene = Scene::set().await;
    let nobody = || Rule::from_word("nobody");
    let policy = Policy { reply: nobody(), like: nobody(), announce: nobody(), quote: nobody() };
    let draft = Draft { policy, ..draft("Lunch is at noon") };
    let post = statuses::create(scene.app.services(), scene.ann, draft).await.unwrap();
    scene.asks_to_reply(post).await;
    scene.sent("Reject", "reject-reply").await;

    let mut conn = scene.app.services().db.read().await.unwrap();
    let uri = statuses::store::get(&mut conn, post).await.unwrap().uri;
    drop(conn);
    scene.peer.forgets();
    let mut like = scene.peer.activity("Like", &scene.peer.person("mallory"), uri);
    like["id"] = json!(scene.peer.url("/likes/1"));
    scene.hears(&like).await;
    scene.sent("Reject", "reject-like").await;
}
