//! Two sites of one mind about who follows whom: what is compared, what is mended, what is left alone.

use std::time::Duration;

use breezeway::base::Clock;
use breezeway::domain::accounts::{self, NewAccount};
use breezeway::domain::follows::{self, Follow};
use breezeway::domain::statuses::Visibility;
use breezeway::federation::followers::{Comparison, Digest, HEADER};
use breezeway::testing::{Peer, Person, TestApp, eventually};
use serde_json::{Value, json};
use url::Url;

use super::{befriend, post};

/// An open site where Ann follows Mallory of another site, as both know.
struct Scene {
    app: TestApp,
    ann: Person,
    peer: Peer,
    mallory: Url,
}

impl Scene {
    async fn set() -> Self {
        Self::with(TestApp::build().open().start().await).await
    }

    async fn with(app: TestApp) -> Self {
        let ann = app.person("ann").await;
        let peer = Peer::start(&["mallory", "eve"]).await;
        let mallory = peer.person("mallory");
        let mut actor = peer.actor_document(&mallory, "mallory", "Person");
        actor["followers"] = json!(format!("{mallory}/followers"));
        peer.publish(&actor);
        let scene = Self { app, ann, peer, mallory };
        scene.ann.asks_to_follow(&scene.peer.handle("mallory")).await;
        scene.app.settles().await;
        scene
    }

    async fn accept(&self) {
        let follow = eventually("a Follow", async || self.peer.received_of("Follow").pop()).await;
        let accept = self.peer.activity("Accept", &self.mallory, follow);
        assert_eq!(self.peer.letter(&accept).to(&self.app.inbox("ann")).await.status.as_u16(), 202);
        eventually("Ann follows", async || self.follows().await.then_some(())).await;
    }

    async fn follows(&self) -> bool {
        self.tie().await.is_some_and(|follow| follow.accepted)
    }

    async fn tie(&self) -> Option<Follow> {
        let mut conn = self.app.services().db.read().await.unwrap();
        let mallory = accounts::store::find_by_uri(&mut conn, self.mallory.as_str()).await.unwrap()?;
        follows::store::find(&mut conn, self.ann.id, mallory.id).await.unwrap()
    }

    fn us(&self) -> String {
        self.app.actor("ann").to_string()
    }

    fn list_at(&self) -> String {
        format!("{}/followers_synchronization", self.mallory)
    }

    fn lists(&self, items: &[&str]) {
        let list = json!({ "id": self.list_at(), "type": "OrderedCollection", "orderedItems": items });
        self.peer.publish(&list);
    }

    fn header(&self, digest_of: &[&str]) -> String {
        let digest = Digest::of(digest_of.iter().copied()).to_hex();
        Comparison::write(&format!("{}/followers", self.mallory), &digest, &self.list_at())
    }

    /// A post of Mallory's, with the header.
    async fn says(&self, header: &str) {
        let note = self.peer.note(&self.mallory, "For followers", &[]);
        let create = self.peer.create(&note);
        let answer = self.peer.letter(&create).saying(HEADER, header).to(&self.app.shared_inbox()).await;
        assert_eq!(answer.status.as_u16(), 202, "{}", answer.text());
        self.app.settles().await;
    }

    fn times_read(&self) -> usize {
        let path = self.list_at();
        let path = Url::parse(&path).unwrap().path().to_owned();
        self.peer.fetched().iter().filter(|fetched| fetched.starts_with(&path)).count()
    }

    /// The list was read, if at all, and Ann still follows.
    async fn unmoved(&self, what: &str, read: usize) {
        eventually(what, async || (self.times_read() >= read).then_some(())).await;
        tokio::time::sleep(Duration::from_millis(200)).await;
        assert_eq!(self.times_read(), read, "{what}");
        assert!(self.follows().await, "{what}");
        assert_eq!(self.peer.received_of("Undo"), [Value::Null; 0], "{what}");
    }
}

#[tokio::test]
async fn where_both_agree_nothing_is_read() {
    let scene = Scene::set().await;
    scene.accept().await;
    scene.lists(&[]);

    scene.says(&scene.header(&[&scene.us()])).await;

    scene.unmoved("of one mind", 0).await;
}

#[tokio::test]
async fn a_follower_whom_the_other_site_forgot_no_longer_follows() {
    let scene = Scene::set().await;
    scene.accept().await;
    scene.lists(&[]);

    scene.says(&scene.header(&[])).await;

    eventually("Ann no longer follows", async || scene.tie().await.is_none().then_some(())).await;
    assert_eq!(scene.times_read(), 1);
}

#[tokio::test]
async fn a_follower_whom_we_forgot_says_so() {
    let scene = Scene::set().await;
    scene.accept().await;
    let bob = scene.app.person("bob").await;
    let both = [scene.us(), scene.app.actor(&bob.name).to_string()];
    let both = [both[0].as_str(), both[1].as_str()];
    scene.lists(&both);

    scene.says(&scene.header(&both)).await;

    let undo = eventually("an Undo", async || scene.peer.received_of("Undo").pop()).await;
    assert_eq!((undo["actor"].as_str(), undo["object"]["type"].as_str()), (Some(both[1]), Some("Follow")));
    assert_eq!(undo["object"]["object"], scene.mallory.as_str());
    assert!(scene.follows().await);
}

#[tokio::test]
async fn whoever_asked_and_is_listed_was_let() {
    let scene = Scene::set().await;
    assert!(!scene.follows().await, "the Accept was lost");
    scene.lists(&[&scene.us()]);

    scene.says(&scene.header(&[&scene.us()])).await;

    eventually("Ann follows", async || scene.follows().await.then_some(())).await;
}

#[tokio::test]
async fn a_list_that_does_not_fit_the_digest_changes_nothing() {
    let scene = Scene::set().await;
    scene.accept().await;
    scene.lists(&[]);

    scene.says(&scene.header(&[&format!("{}x", scene.us())])).await;

    scene.unmoved("another list than the digest's", 1).await;
}

#[tokio::test]
async fn a_list_with_people_of_other_sites_changes_nothing() {
    let scene = Scene::set().await;
    scene.accept().await;
    scene.lists(&["https://elsewhere.example/users/1"]);

    scene.says(&scene.header(&["https://elsewhere.example/users/1"])).await;

    scene.unmoved("people of other sites", 1).await;
}

#[tokio::test]
async fn a_header_that_speaks_of_others_or_cannot_be_read_is_left_alone() {
    let scene = Scene::set().await;
    scene.accept().await;
    scene.lists(&[]);
    let other = Peer::start(&["trent"]).await;
    let (all, list, none) =
        (format!("{}/followers", scene.mallory), scene.list_at(), Digest::of([]).to_hex());
    let elsewhere = other.url("/list");

    for (what, header) in [
        ("another's followers", Comparison::write(other.url("/f").as_str(), &none, &list)),
        ("a neighbour's followers", Comparison::write(&all.replace("mallory", "eve"), &none, &list)),
        ("a list elsewhere", Comparison::write(&all, &none, elsewhere.as_str())),
        ("a list at home", Comparison::write(&all, &none, scene.app.url("/actor").as_str())),
        ("a digest that is not hex", Comparison::write(&all, &"g".repeat(64), &list)),
        ("a digest that is too short", Comparison::write(&all, "00", &list)),
        ("nothing", String::new()),
        ("words", "trust me".to_owned()),
        ("too much", "x".repeat(5000)),
    ] {
        scene.says(&header).await;
        scene.unmoved(what, 0).await;
    }
    assert_eq!(other.fetched(), [""; 0]);
}

#[tokio::test]
async fn a_list_that_leads_elsewhere_or_never_ends_is_given_up() {
    let endless = Scene::set().await;
    endless.accept().await;
    let mut page = json!({ "id": endless.list_at(), "type": "OrderedCollectionPage", "orderedItems": [] });
    page["next"] = json!(endless.list_at());
    endless.peer.publish(&page);
    endless.says(&endless.header(&[])).await;
    endless.unmoved("endless pages", 11).await;

    let astray = Scene::set().await;
    astray.accept().await;
    let other = Peer::start(&[]).await;
    let mut page =
        json!({ "id": astray.list_at(), "type": "OrderedCollection", "first": other.url("/list") });
    page["orderedItems"] = json!([]);
    astray.peer.publish(&page);
    astray.says(&astray.header(&[])).await;
    astray.unmoved("a page elsewhere", 1).await;
    assert_eq!(other.fetched(), [""; 0]);
}

#[tokio::test]
async fn a_list_that_cannot_be_had_changes_nothing() {
    let scene = Scene::set().await;
    scene.accept().await;

    scene.says(&scene.header(&[])).await;

    // A second time in the other style of signature is refused alike: 404 is no refusal, so it is asked once.
    scene.unmoved("no list", 1).await;
}

#[tokio::test]
async fn followers_are_left_alone_for_a_while_after_they_were_compared() {
    let (clock, hand) = Clock::manual(Clock::system().now());
    let scene = Scene::with(TestApp::build().open().clock(clock).start().await).await;
    scene.accept().await;
    scene.lists(&[]);
    let wrong = scene.header(&["https://elsewhere.example/users/1"]);

    for _ in 0..3 {
        scene.says(&wrong).await;
        scene.unmoved("the first time", 1).await;
    }
    hand.advance(Duration::from_mins(6));
    scene.says(&scene.header(&[])).await;

    eventually("Ann no longer follows", async || scene.tie().await.is_none().then_some(())).await;
    assert_eq!(scene.times_read(), 2);
}

#[tokio::test]
async fn another_s_letter_says_nothing_of_mallory_s_followers() {
    let scene = Scene::set().await;
    scene.accept().await;
    scene.lists(&[]);
    let create = scene.peer.create(&scene.peer.note(&scene.peer.person("eve"), "Hello", &[&scene.us()]));

    let letter = scene.peer.letter(&create).saying(HEADER, scene.header(&[]));
    assert_eq!(letter.to(&scene.app.shared_inbox()).await.status.as_u16(), 202);

    scene.unmoved("a neighbour", 0).await;
}

/// Ann of a closed site, whom Frank of a peer follows.
struct Ours {
    app: TestApp,
    ann: accounts::Account,
    peer: Peer,
}

impl Ours {
    async fn set() -> Self {
        let (app, peer) = (TestApp::start().await, Peer::start(&["frank"]).await);
        befriend(&app, &peer).await;
        let ann = super::person(&app, "ann").await;
        let follow = peer.activity("Follow", &peer.person("frank"), app.actor("ann").as_str());
        assert_eq!(peer.letter(&follow).to(&app.inbox("ann")).await.status.as_u16(), 202);
        eventually("Frank follows", async || peer.received_of("Accept").pop()).await;
        app.settles().await;
        peer.forgets();
        Self { app, ann, peer }
    }

    /// What the header said that came with the post, if it did.
    async fn said(&self, visibility: Visibility) -> Option<(String, String)> {
        post(&self.app, &self.ann, "words", visibility).await;
        self.app.settles().await;
        let received = self.peer.received().into_iter().find(|one| one.body["type"] == "Create").unwrap();
        self.peer.forgets();
        let text = |name: &str| received.headers.get(name).map(|value| value.to_str().unwrap().to_owned());
        let signed = text("signature-input").or(text("signature")).unwrap();
        Some((text(HEADER)?, signed))
    }
}

#[tokio::test]
async fn a_post_for_followers_says_who_they_are_and_signs_it() {
    let ours = Ours::set().await;
    let frank = ours.peer.person("frank");

    let (header, signed) = ours.said(Visibility::Private).await.unwrap();

    let said = Comparison::parse(&header).unwrap();
    assert_eq!(said.collection, ours.app.url("/users/ann/followers"));
    assert_eq!(said.url, ours.app.url("/users/ann/followers_synchronization"));
    assert_eq!(said.digest, Digest::of([frank.as_str()]).to_hex());
    assert!(signed.contains(HEADER), "{signed}");
    let list = ours.peer.fetches(&said.url, &ours.peer.site()).await.json();
    assert_eq!(list["orderedItems"], json!([frank]));
}

#[tokio::test]
async fn in_the_older_style_it_is_signed_too() {
    let ours = Ours::set().await;
    let voices = &ours.app.services().caches.voices;
    voices.learn(&ours.peer.host(), breezeway::platform::net::Voice::CavageRsa);

    let (_, signed) = ours.said(Visibility::Private).await.unwrap();

    assert!(signed.contains("headers=") && signed.contains(HEADER), "{signed}");
}

#[tokio::test]
async fn a_post_for_more_says_it_once_in_a_while() {
    let ours = Ours::set().await;

    assert!(ours.said(Visibility::Organisation).await.is_some());
    assert!(ours.said(Visibility::Organisation).await.is_none());
    assert!(ours.said(Visibility::Private).await.is_some());
}

#[tokio::test]
async fn who_follows_and_who_left_changes_the_digest_at_once() {
    let ours = Ours::set().await;
    let frank = ours.peer.person("frank");
    let digest = async || Comparison::parse(&ours.said(Visibility::Private).await.unwrap().0).unwrap().digest;
    // A second peer's follower keeps the first one's posts coming, and is not counted there.
    let named = format!("@{} words", ours.peer.handle("frank"));
    assert_eq!(digest().await, Digest::of([frank.as_str()]).to_hex());

    let mut conn = ours.app.services().db.read().await.unwrap();
    let id = accounts::store::find_by_uri(&mut conn, frank.as_str()).await.unwrap().unwrap().id;
    drop(conn);
    follows::reject(ours.app.services(), ours.ann.id, id).await.unwrap();
    ours.app.settles().await;
    ours.peer.forgets();
    post(&ours.app, &ours.ann, &named, Visibility::Private).await;
    ours.app.settles().await;

    let received = ours.peer.received().into_iter().find(|one| one.body["type"] == "Create").unwrap();
    let said = Comparison::parse(received.headers[HEADER].to_str().unwrap()).unwrap();
    assert_eq!(said.digest, "0".repeat(64));
}

#[tokio::test]
async fn a_long_list_comes_in_pages_that_make_up_the_digest() {
    let ours = Ours::set().await;
    let services = ours.app.services();
    let mut tx = services.db.begin().await.unwrap();
    for number in 0..1000 {
        let new = somebody(&ours, &format!("p{number}"));
        let account = accounts::receive::upsert(services, &mut tx, &new).await.unwrap();
        let follow = Follow {
            account_id: account.id,
            target_id: ours.ann.id,
            accepted: true,
            uri: format!("{}#follow", account.uri),
            show_reblogs: true,
            notify: false,
            languages: None,
            created_at: ours.app.now(),
        };
        follows::store::insert(&mut tx, &follow).await.unwrap();
    }
    tx.commit().await.unwrap();
    services.caches.forget_follower_digests(ours.ann.id.0);

    let header = ours.said(Visibility::Private).await.unwrap().0;
    let said = Comparison::parse(&header).unwrap();
    let cover = ours.peer.fetches(&said.url, &ours.peer.site()).await.json();
    assert_eq!(cover["totalItems"], 1001);
    let mut listed = Vec::new();
    let mut next = cover["first"].as_str().map(str::to_owned);
    while let Some(page) = next {
        let page = ours.peer.fetches(&page.parse().unwrap(), &ours.peer.site()).await.json();
        listed.extend(
            page["orderedItems"].as_array().unwrap().iter().map(|id| id.as_str().unwrap().to_owned()),
        );
        next = page["next"].as_str().map(str::to_owned);
    }

    assert_eq!(listed.len(), 1001);
    assert_eq!(Digest::of(listed.iter().map(String::as_str)).to_hex(), said.digest);
}

/// Somebody at the peer, as they would be read there.
fn somebody(ours: &Ours, name: &str) -> NewAccount {
    let document = ours.peer.actor_document(&ours.peer.person(name), name, "Person").to_string();
    let actor = breezeway::activitystreams::read(document.as_bytes()).unwrap();
    breezeway::federation::map::actor::from_wire(&actor, ours.app.now()).unwrap()
}
