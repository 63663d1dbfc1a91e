//! What one site passes on of another: believed for its proof, or read where it belongs.

use std::time::Duration;

use breezeway::base::Clock;
use breezeway::domain::statuses::{self, Status};
use breezeway::platform::crypto::{KeyPair, sha256};
use breezeway::testing::http::Answer;
use breezeway::testing::{Peer, Person, TestApp, eventually};
use serde_json::{Value, json};
use url::Url;

use super::{befriend, block};

/// An open site with Ann, Mallory's site, and a carrier that passes on what Mallory says.
pub(super) struct Scene {
    pub(super) app: TestApp,
    pub(super) ann: Person,
    pub(super) origin: Peer,
    pub(super) carrier: Peer,
    pub(super) mallory: Url,
}

impl Scene {
    pub(super) async fn set() -> Self {
        Self::with(TestApp::build().open().start().await).await
    }

    async fn with(app: TestApp) -> Self {
        let ann = app.person("ann").await;
        let origin = Peer::start(&["mallory", "eve"]).await;
        let carrier = Peer::start(&["frank"]).await;
        let mallory = origin.person("mallory");
        Self { app, ann, origin, carrier, mallory }
    }

    /// A note for Ann; published at its id, or nowhere.
    pub(super) fn note(&self, text: &str, published: bool) -> Value {
        let ann = self.app.actor("ann");
        let mut note = self.origin.note(&self.mallory, text, &[ann.as_str()]);
        note["tag"] = json!([{ "type": "Mention", "href": ann, "name": "@ann" }]);
        if published {
            self.origin.publish(&note);
        } else {
            self.origin.withdraws(&note);
        }
        note
    }

    pub(super) fn create(&self, text: &str, published: bool) -> Value {
        self.origin.create(&self.note(text, published))
    }

    /// The carrier passes it on, signed by its own actor.
    pub(super) async fn pass_on(&self, activity: &Value) -> Answer {
        self.carrier.letter(activity).signed_by(&self.carrier.site()).to(&self.app.shared_inbox()).await
    }

    pub(super) async fn find(&self, activity: &Value) -> Option<Status> {
        self.app.settles().await;
        let uri = activity["object"]["id"].as_str().or_else(|| activity["object"].as_str()).unwrap();
        let mut conn = self.app.services().db.read().await.unwrap();
        statuses::store::find_by_uri(&mut conn, uri).await.unwrap()
    }

    /// Mallory's own word, as it should be.
    pub(super) async fn says(&self, activity: &Value) {
        let answer = self.origin.letter(activity).to(&self.app.shared_inbox()).await;
        assert_eq!(answer.status.as_u16(), 202, "{}", answer.text());
    }

    /// The proof does not help, there is nothing at the origin, and nothing changes.
    async fn refused(&self, what: &str, create: &Value) {
        let answer = self.pass_on(create).await;
        assert_eq!(answer.status.as_u16(), 401, "{what}: {}", answer.text());
        assert!(self.find(create).await.is_none(), "{what}");
        assert!(self.ann.notifications().await.is_empty(), "{what}");
    }
}

#[tokio::test]
async fn a_proof_is_believed_whoever_brings_it() {
    let scene = Scene::set().await;
    let create = scene.create("My own words", false);

    let answer = scene.pass_on(&scene.origin.seal(&create, &scene.mallory).done()).await;

    assert_eq!(answer.status.as_u16(), 202, "{}", answer.text());
    assert!(scene.find(&create).await.unwrap().content.contains("My own words"));
    assert!(!scene.origin.fetched().iter().any(|path| path.starts_with("/notes")), "nothing was read");
}

#[tokio::test]
async fn without_a_proof_the_post_is_read_where_it_belongs() {
    let scene = Scene::set().await;
    let mut create = scene.create("My own words", true);
    create["object"]["content"] = json!("<p>Words of the carrier</p>");

    let answer = scene.pass_on(&create).await;

    assert_eq!(answer.status.as_u16(), 202, "{}", answer.text());
    assert!(scene.find(&create).await.unwrap().content.contains("My own words"));
}

#[tokio::test]
async fn a_proof_over_another_body_does_not_help() {
    let scene = Scene::set().await;
    let mut create = scene.origin.seal(&scene.create("My own words", false), &scene.mallory).done();
    create["object"]["content"] = json!("<p>Words of the carrier</p>");

    scene.refused("another body", &create).await;
}

#[tokio::test]
async fn a_proof_with_the_key_of_another_does_not_help() {
    let scene = Scene::set().await;
    let stray = KeyPair::generate_ed25519().unwrap();
    let (eve, frank) = (scene.origin.person("eve"), scene.carrier.person("frank"));

    let create = || scene.create("Trust me", false);
    let seal = || scene.origin.seal(&create(), &scene.mallory);
    scene.refused("a key of nobody", &seal().with_key(&stray).done()).await;
    scene.refused("a neighbour's key", &scene.origin.seal(&create(), &eve).done()).await;
    scene.refused("a key of another site", &scene.carrier.seal(&create(), &frank).done()).await;
    let login = format!("{}#main-key", scene.mallory);
    scene.refused("a key for requests", &seal().saying("verificationMethod", login).done()).await;
    let missing = format!("{}#no-such-key", scene.mallory);
    scene.refused("no key", &seal().saying("verificationMethod", missing).done()).await;
    scene.refused("no address", &seal().saying("verificationMethod", "did:key:z6Mk").done()).await;
}

#[tokio::test]
async fn a_proof_that_is_not_spoken_stale_or_from_tomorrow_does_not_help() {
    const DAY: Duration = Duration::from_hours(24);
    let scene = Scene::set().await;
    let now = Clock::system().now();
    let create = || scene.create("Trust me", false);
    let seal = || scene.origin.seal(&create(), &scene.mallory);

    scene.refused("another suite", &seal().saying("cryptosuite", "eddsa-rdfc-2022").done()).await;
    scene.refused("another type", &seal().saying("type", "RsaSignature2017").done()).await;
    scene.refused("another purpose", &seal().saying("proofPurpose", "authentication").done()).await;
    scene.refused("from tomorrow", &seal().made(now + DAY).done()).await;
    scene.refused("of last year", &seal().made(now - 365 * DAY).done()).await;
    scene.refused("expired", &seal().saying("expires", (now - DAY).to_rfc3339()).done()).await;
    let mut garbled = seal().done();
    garbled["proof"]["proofValue"] = json!("zzz");
    scene.refused("garbled", &garbled).await;
    let mut word = create();
    word["proof"] = json!("trust me");
    scene.refused("a word", &word).await;
    scene.refused("none at all", &create()).await;
}

#[tokio::test]
async fn a_proof_with_an_extra_context_does_not_help() {
    let scene = Scene::set().await;
    let create = scene.create("Trust me", false);
    let extra = json!(["https://www.w3.org/ns/activitystreams", "https://evil.example/ns"]);

    let sealed = scene.origin.seal(&create, &scene.mallory).saying("@context", extra).done();
    scene.refused("an extra context", &sealed).await;

    let mut aliased = scene.create("Trust me", false);
    aliased["@context"] = json!(["https://www.w3.org/ns/activitystreams", { "also": "@included" }]);
    scene.refused("an alias", &scene.origin.seal(&aliased, &scene.mallory).done()).await;
}

#[tokio::test]
async fn what_hides_another_document_is_not_read_at_all() {
    let scene = Scene::set().await;
    for word in ["@graph", "@included", "@reverse"] {
        let mut create = scene.create("Trust me", true);
        create["object"][word] = json!({});

        let answer = scene.pass_on(&scene.origin.seal(&create, &scene.mallory).done()).await;

        assert_eq!(answer.status.as_u16(), 400, "{word}: {}", answer.text());
    }
}

#[tokio::test]
async fn of_several_proofs_one_that_holds_is_enough() {
    let scene = Scene::set().await;
    let create = scene.create("My own words", false);
    let mut sealed = scene.origin.seal(&create, &scene.mallory).done();
    sealed["proof"] = json!([{ "type": "RsaSignature2017" }, sealed["proof"]]);

    assert_eq!(scene.pass_on(&sealed).await.status.as_u16(), 202);
    assert!(scene.find(&create).await.is_some());
}

#[tokio::test]
async fn a_forwarder_that_is_not_a_peer_is_refused_and_so_is_a_stranger_s_post() {
    let scene = Scene::with(TestApp::start().await).await;
    let sealed = scene.origin.seal(&scene.create("My own words", true), &scene.mallory).done();

    befriend(&scene.app, &scene.origin).await;
    let by_stranger = scene.pass_on(&sealed).await;
    assert_eq!(by_stranger.status.as_u16(), 403, "{}", by_stranger.text());
    assert!(scene.carrier.fetched().is_empty(), "nothing of a stranger is fetched");

    befriend(&scene.app, &scene.carrier).await;
    block(&scene.app, &scene.origin).await;
    let of_stranger = scene.pass_on(&sealed).await;
    assert_eq!(of_stranger.status.as_u16(), 403, "{}", of_stranger.text());
    assert!(scene.find(&sealed).await.is_none());

    befriend(&scene.app, &scene.origin).await;
    assert_eq!(scene.pass_on(&sealed).await.status.as_u16(), 202);
    assert!(scene.find(&sealed).await.is_some());
}

#[tokio::test]
async fn a_post_of_another_than_the_actor_is_refused() {
    let scene = Scene::set().await;
    let mut note = scene.note("Words of Eve", false);
    note["attributedTo"] = json!(scene.origin.person("eve"));
    scene.origin.publish(&note);
    let mut create = scene.origin.activity("Create", &scene.mallory, note);

    scene.refused("attributed to another", &create).await;
    create["object"] = json!(scene.carrier.url("/notes/1"));
    let foreign = scene.pass_on(&create).await;
    assert_eq!(foreign.status.as_u16(), 403, "{}", foreign.text());
}

#[tokio::test]
async fn our_own_words_are_not_taken_from_others() {
    let scene = Scene::set().await;
    let note = json!({
        "type": "Note", "id": scene.app.url("/users/ann/statuses/1"), "attributedTo": scene.app.actor("ann"),
        "content": "I resign", "to": ["https://www.w3.org/ns/activitystreams#Public"],
    });
    let mut create = scene.carrier.activity("Create", &scene.app.actor("ann"), note);
    create["id"] = json!(scene.app.url("/activities/1"));

    scene.refused("our own", &create).await;
}

#[tokio::test]
async fn what_concerns_two_alone_is_not_passed_on() {
    let scene = Scene::set().await;
    let ann = scene.app.actor("ann");
    for kind in ["Follow", "Block", "Flag", "Accept", "Reject"] {
        let activity = scene.origin.activity(kind, &scene.mallory, ann.as_str());
        let answer = scene.pass_on(&scene.origin.seal(&activity, &scene.mallory).done()).await;
        assert_eq!(answer.status.as_u16(), 401, "{kind}: {}", answer.text());
    }
    let follow = scene.origin.activity("Follow", &scene.mallory, ann.as_str());
    let undo = scene.origin.activity("Undo", &scene.mallory, follow);
    let answer = scene.pass_on(&scene.origin.seal(&undo, &scene.mallory).done()).await;
    assert_eq!(answer.status.as_u16(), 401, "{}", answer.text());
}

#[tokio::test]
async fn a_like_needs_a_proof_since_it_cannot_be_read() {
    let scene = Scene::set().await;
    let post = scene.ann.posts("Like me").await;
    let like = scene.origin.activity("Like", &scene.mallory, post["uri"].as_str().unwrap());
    let likes = async || scene.ann.looks_at(&post).await.unwrap()["favourites_count"].clone();

    assert_eq!(scene.pass_on(&like).await.status.as_u16(), 401);
    assert_eq!(likes().await, 0);
    assert_eq!(scene.pass_on(&scene.origin.seal(&like, &scene.mallory).done()).await.status.as_u16(), 202);
    scene.app.settles().await;
    assert_eq!(likes().await, 1);
}

#[tokio::test]
async fn an_edit_is_believed_for_its_proof_or_read() {
    let scene = Scene::set().await;
    let mut note = scene.note("First", true);
    scene.says(&scene.origin.create(&note)).await;
    let edited = |note: &mut Value, text: &str| {
        note["content"] = json!(format!("<p>{text}</p>"));
        note["updated"] = json!(Clock::system().now().to_rfc3339());
        scene.origin.activity("Update", &scene.mallory, note.clone())
    };

    let forged = edited(&mut note, "Forged");
    assert_eq!(scene.pass_on(&forged).await.status.as_u16(), 202);
    assert!(scene.find(&forged).await.unwrap().content.contains("First"), "the origin knows no edit");

    let update = edited(&mut note, "Second");
    assert_eq!(scene.pass_on(&scene.origin.seal(&update, &scene.mallory).done()).await.status.as_u16(), 202);
    assert!(scene.find(&update).await.unwrap().content.contains("Second"));

    tokio::time::sleep(Duration::from_millis(5)).await;
    let update = edited(&mut note, "Third");
    scene.origin.publish(&note);
    assert_eq!(scene.pass_on(&update).await.status.as_u16(), 202);
    assert!(scene.find(&update).await.unwrap().content.contains("Third"));
}

#[tokio::test]
async fn a_post_is_gone_if_its_site_says_so_and_not_before() {
    let scene = Scene::set().await;
    let (one, two, three) = (scene.note("One", true), scene.note("Two", true), scene.note("Three", false));
    for note in [&one, &two, &three] {
        scene.says(&scene.origin.create(note)).await;
    }
    let delete = |note: &Value| scene.origin.activity("Delete", &scene.mallory, note["id"].clone());

    let answer = scene.pass_on(&delete(&one)).await;
    assert_eq!(answer.status.as_u16(), 401, "{}", answer.text());
    assert!(scene.find(&delete(&one)).await.is_some(), "it is still there");

    scene.origin.withdraws(&one);
    scene.origin.publish(&json!({ "id": two["id"], "type": "Tombstone" }));
    for gone in [delete(&one), delete(&two), scene.origin.seal(&delete(&three), &scene.mallory).done()] {
        assert_eq!(scene.pass_on(&gone).await.status.as_u16(), 202);
        assert!(scene.find(&gone).await.is_none());
    }
}

#[tokio::test]
async fn nobody_forbids_a_post_before_it_came() {
    let scene = Scene::set().await;
    let note = scene.note("On its way", false);
    let delete = scene.origin.activity("Delete", &scene.mallory, note["id"].clone());

    assert_eq!(scene.pass_on(&delete).await.status.as_u16(), 202);
    let create = scene.origin.create(&note);
    scene.says(&create).await;

    assert!(scene.find(&create).await.is_some());
}

#[tokio::test]
async fn a_person_is_gone_only_by_a_plain_word_of_their_site() {
    let scene = Scene::set().await;
    let create = scene.create("Here I am", true);
    scene.says(&create).await;
    let delete = scene.origin.activity("Delete", &scene.mallory, scene.mallory.as_str());

    scene.origin.withdraws(&json!({ "id": scene.mallory }));
    assert_eq!(scene.pass_on(&delete).await.status.as_u16(), 401);
    assert!(scene.find(&create).await.is_some());

    scene.origin.publish(&json!({ "id": scene.mallory, "type": "Tombstone" }));
    assert_eq!(scene.pass_on(&delete).await.status.as_u16(), 202);
    assert!(scene.find(&create).await.is_none());
}

#[tokio::test]
async fn who_names_an_id_that_is_not_theirs_keeps_nobody_from_using_it() {
    let scene = Scene::set().await;
    let (first, second) = (scene.note("First", true), scene.note("Second", false));
    let real = scene.origin.create(&second);
    let mut forged = scene.origin.create(&first);
    forged["id"] = real["id"].clone();

    assert_eq!(scene.pass_on(&forged).await.status.as_u16(), 202);
    scene.says(&real).await;

    assert!(scene.find(&forged).await.is_some());
    assert!(scene.find(&real).await.is_some());
}

/// An answer of Mallory's to a post of Ann's, whom Frank at the carrier follows.
struct Thread {
    scene: Scene,
    post: Value,
}

impl Thread {
    async fn set() -> Self {
        let scene = Scene::set().await;
        let ann = scene.app.actor("ann");
        let follow = scene.carrier.activity("Follow", &scene.carrier.person("frank"), ann.as_str());
        assert_eq!(scene.carrier.letter(&follow).to(&scene.app.inbox("ann")).await.status.as_u16(), 202);
        eventually("Frank follows", async || scene.carrier.received_of("Accept").pop()).await;
        let post = scene.ann.posts("Who has the ladder?").await;
        scene.app.settles().await;
        scene.carrier.forgets();
        Self { scene, post }
    }

    fn answer(&self, text: &str, to: &[&str]) -> Value {
        let mut note = self.scene.note(text, false);
        note["inReplyTo"] = self.post["uri"].clone();
        note["to"] = json!(to);
        note["cc"] = json!([self.scene.app.actor("ann")]);
        note
    }

    fn followers(&self) -> String {
        format!("{}/followers", self.scene.app.actor("ann"))
    }

    fn seal(&self, activity: &Value) -> Value {
        self.scene.origin.seal(activity, &self.scene.mallory).done()
    }

    /// What reached the carrier since the last time.
    async fn passed_on(&self, kind: &str) -> Vec<Value> {
        self.scene.app.settles().await;
        let received = self.scene.carrier.received_of(kind);
        self.scene.carrier.forgets();
        received
    }
}

#[tokio::test]
async fn an_answer_goes_on_to_those_who_have_the_thread_byte_for_byte_and_once() {
    let thread = Thread::set().await;
    let note = thread.answer("I do", &[&thread.followers()]);
    let create = thread.seal(&thread.scene.origin.create(&note));

    thread.scene.says(&create).await;
    thread.scene.says(&create).await;
    thread.scene.app.settles().await;

    let received: Vec<_> =
        thread.scene.carrier.received().into_iter().filter(|one| one.body["type"] == "Create").collect();
    assert_eq!(received.len(), 1);
    assert_eq!(received[0].body, create);
    let sent = sha256(create.to_string().as_bytes()).to_base64();
    let digest = received[0].headers.get("digest").or(received[0].headers.get("content-digest")).unwrap();
    assert!(digest.to_str().unwrap().contains(&sent), "the same bytes");
    assert!(thread.scene.origin.received_of("Create").is_empty(), "not back to where it came from");
}

#[tokio::test]
async fn edits_and_the_end_of_an_answer_go_on_too() {
    let thread = Thread::set().await;
    let mut note = thread.answer("I do", &["https://www.w3.org/ns/activitystreams#Public"]);
    thread.scene.says(&thread.seal(&thread.scene.origin.create(&note))).await;
    assert_eq!(thread.passed_on("Create").await.len(), 1);

    note["content"] = json!("<p>I had</p>");
    note["updated"] = json!(Clock::system().now().to_rfc3339());
    let origin = &thread.scene.origin;
    let update = thread.seal(&origin.activity("Update", &thread.scene.mallory, note.clone()));
    thread.scene.says(&update).await;
    assert_eq!(thread.passed_on("Update").await, [update]);

    let mut delete = origin.activity("Delete", &thread.scene.mallory, note["id"].clone());
    delete["to"] = json!(["https://www.w3.org/ns/activitystreams#Public"]);
    let delete = thread.seal(&delete);
    thread.scene.says(&delete).await;
    assert_eq!(thread.passed_on("Delete").await, [delete]);
}

#[tokio::test]
async fn an_answer_goes_no_further_than_it_is_addressed() {
    let thread = Thread::set().await;
    let theirs = format!("{}/followers", thread.scene.mallory);
    let ann = thread.scene.app.actor("ann");

    for to in [theirs.as_str(), ann.as_str()] {
        let note = thread.answer("Not for all", &[to]);
        thread.scene.says(&thread.seal(&thread.scene.origin.create(&note))).await;
        assert_eq!(thread.passed_on("Create").await, [Value::Null; 0], "{to}");
    }
}

#[tokio::test]
async fn an_answer_without_a_proof_that_holds_does_not_go_on() {
    let thread = Thread::set().await;
    let create = thread.scene.origin.create(&thread.answer("I do", &[&thread.followers()]));
    let stray = KeyPair::generate_ed25519().unwrap();
    let mut spoilt = thread.scene.origin.create(&thread.answer("Me too", &[&thread.followers()]));
    spoilt = thread.scene.origin.seal(&spoilt, &thread.scene.mallory).with_key(&stray).done();

    for create in [create, spoilt] {
        thread.scene.says(&create).await;
        assert!(thread.scene.find(&create).await.is_some(), "it is taken in all the same");
        assert_eq!(thread.passed_on("Create").await, [Value::Null; 0]);
    }
}

#[tokio::test]
async fn what_answers_nothing_of_ours_does_not_go_on() {
    let thread = Thread::set().await;
    let mut note = thread.answer("Elsewhere", &[&thread.followers()]);
    note["inReplyTo"] = json!(thread.scene.origin.url("/notes/nowhere"));

    thread.scene.says(&thread.seal(&thread.scene.origin.create(&note))).await;

    assert_eq!(thread.passed_on("Create").await, [Value::Null; 0]);
}
