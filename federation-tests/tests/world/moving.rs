//! People who change department: followers go along, and nobody is moved who did not say so on both sides.

use std::time::Duration;

use breezeway::base::clock::Hand;
use breezeway::base::{Clock, Millis};
use breezeway::domain::accounts::{self, relocate};
use breezeway::domain::follows;
use breezeway::testing::http::Answer;
use breezeway::testing::person::text_of;
use breezeway::testing::{Peer, Person, TestApp, eventually};
use federation_tests::World;
use serde_json::{Value, json};
use url::Url;

/// The person's account as another site knows it, and the number there.
async fn known(app: &TestApp, uri: &str) -> accounts::Account {
    let mut conn = app.services().db.read().await.unwrap();
    accounts::store::find_by_uri(&mut conn, uri).await.unwrap().unwrap()
}

/// `person` says that `alias` is theirs too, and `alias` moves here.
async fn moves(old: (&TestApp, &Person), new: (&TestApp, &Person)) {
    let (old_uri, new_uri) = (old.0.actor(&old.1.name), new.0.actor(&new.1.name));
    relocate::set_aliases(new.0.services(), new.1.id, vec![old_uri.to_string()]).await.unwrap();
    old.1.finds(&new.1.handle).await.unwrap();
    let purpose = breezeway::federation::gate::Purpose::Conversation;
    let budget = breezeway::federation::fetch::Budget::default();
    let target =
        breezeway::federation::fetch::refresh(old.0.services(), &new_uri, purpose, &budget).await.unwrap();
    relocate::relocate(old.0.services(), old.1.id, target.id).await.unwrap();
}

async fn follows_now(person: &Person, handle: &str) {
    eventually(&format!("{} follows {handle}", person.handle), async || {
        let account = person.finds(handle).await?;
        (person.relationship(&text_of(&account, "id")).await["following"] == true).then_some(())
    })
    .await;
}

#[tokio::test]
async fn followers_here_and_elsewhere_go_along_to_the_new_department() {
    let world = World::of(&["engineering", "sales", "people"]).await;
    let (engineering, sales) = (world.site("engineering"), world.site("sales"));
    let ann = engineering.person("ann").await;
    let anna = sales.person("anna").await;
    let (near, far, bob) = (
        engineering.person("near").await,
        world.site("people").person("far").await,
        sales.person("bob").await,
    );
    for follower in [&near, &far, &bob] {
        follower.follows(&ann).await;
    }

    moves((engineering, &ann), (sales, &anna)).await;

    for follower in [&near, &far, &bob] {
        follows_now(follower, &anna.handle).await;
        let old = follower.finds(&ann.handle).await.unwrap();
        assert_eq!(
            follower.relationship(&text_of(&old, "id")).await["following"],
            false,
            "{}",
            follower.name
        );
        assert_eq!(old["moved"]["acct"].as_str().map(|acct| acct.starts_with("anna")), Some(true), "{old}");
    }
    anna.posts("Hello from sales").await;
    far.sees("Hello from sales").await;
    eventually("nobody is left", async || {
        let me = ann.get("/api/v1/accounts/verify_credentials").await.ok().json();
        (me["followers_count"] == 0 && me["moved"].is_object()).then_some(())
    })
    .await;
}

#[tokio::test]
async fn who_moved_can_neither_post_nor_follow_until_the_move_is_taken_back() {
    let (world, ann, bob) = World::of_ann_and_bob().await;
    let (engineering, sales) = (world.site("engineering"), world.site("sales"));
    let there = bob.follows(&ann).await;

    moves((engineering, &ann), (sales, &bob)).await;

    let posting = ann.post("/api/v1/statuses", json!({ "status": "still here" })).await;
    assert_eq!(posting.status, 403, "{}", posting.text());
    let bob_here = ann.finds(&bob.handle).await.unwrap();
    let following =
        ann.post(&format!("/api/v1/accounts/{}/follow", text_of(&bob_here, "id")), json!({})).await;
    assert_eq!(following.status, 403, "{}", following.text());
    eventually("sales knows", async || {
        let shown = bob.get(&format!("/api/v1/accounts/{}", text_of(&there, "id"))).await.ok().json();
        shown["moved"].is_object().then_some(())
    })
    .await;

    relocate::stay(engineering.services(), ann.id).await.unwrap();
    ann.posts("I am back").await;
    eventually("sales knows that too", async || {
        let shown = bob.get(&format!("/api/v1/accounts/{}", text_of(&there, "id"))).await.ok().json();
        shown["moved"].is_null().then_some(())
    })
    .await;
    let again = relocate::relocate(
        engineering.services(),
        ann.id,
        known(engineering, sales.actor("bob").as_str()).await.id,
    );
    assert!(again.await.is_err(), "the next move waits all the same");
}

#[tokio::test]
async fn a_block_and_a_mute_of_the_old_account_hold_for_the_new_one() {
    let world = World::of(&["engineering", "sales"]).await;
    let (engineering, sales) = (world.site("engineering"), world.site("sales"));
    let (ann, anna) = (engineering.person("ann").await, sales.person("anna").await);
    let (blocks, mutes) = (sales.person("blocks").await, sales.person("mutes").await);
    let fan = sales.person("fan").await;
    fan.follows(&ann).await;
    for (person, verb) in [(&blocks, "block"), (&mutes, "mute")] {
        let account = person.finds(&ann.handle).await.unwrap();
        person.post(&format!("/api/v1/accounts/{}/{verb}", text_of(&account, "id")), json!({})).await.ok();
    }

    moves((engineering, &ann), (sales, &anna)).await;

    follows_now(&fan, &anna.handle).await;
    let id = anna.id.to_string();
    assert_eq!(blocks.relationship(&id).await["blocking"], true);
    assert_eq!(mutes.relationship(&id).await["muting"], true);
}

/// A closed clock, an open site with Ann, who follows Mallory of a peer; Mallory has another account there.
struct Scene {
    app: TestApp,
    hand: Hand,
    ann: Person,
    peer: Peer,
    mallory: Url,
    there: Value,
}

impl Scene {
    async fn set() -> Self {
        let (clock, hand) = Clock::manual(Clock::system().now());
        let app = TestApp::build().open().clock(clock).start().await;
        let ann = app.person("ann").await;
        let peer = Peer::start(&["mallory", "second", "third"]).await;
        let mallory = peer.person("mallory");
        let there = ann.asks_to_follow(&peer.handle("mallory")).await;
        let follow = eventually("the follow arrives", async || peer.received_of("Follow").pop()).await;
        let accept = peer.activity("Accept", &mallory, follow["id"].clone());
        peer.letter(&accept).written(app.now()).to(&app.shared_inbox()).await.ok();
        peer.forgets();
        Self { app, hand, ann, peer, mallory, there }
    }

    /// The account says that Mallory's is theirs too.
    fn names_mallory(&self, name: &str) {
        let mut actor = self.peer.document(self.peer.person(name).path()).unwrap();
        actor["alsoKnownAs"] = json!(self.mallory);
        self.peer.publish(&actor);
    }

    fn moving(&self, target: &Url) -> Value {
        let mut moving = self.peer.activity("Move", &self.mallory, self.mallory.as_str());
        moving["target"] = json!(target);
        moving
    }

    async fn send(&self, activity: &Value) -> Answer {
        let letter = self.peer.letter(activity).written(self.app.now());
        let answer = letter.to(&self.app.shared_inbox()).await;
        self.app.settles().await;
        answer
    }

    async fn follows_mallory(&self) -> bool {
        self.ann.relationship(&text_of(&self.there, "id")).await["following"] == true
    }

    /// Whom Ann asked to follow since.
    fn asked(&self) -> Vec<String> {
        let follows = self.peer.received_of("Follow");
        follows.iter().map(|follow| follow["object"].as_str().unwrap().to_owned()).collect()
    }

    async fn nothing_moved(&self) {
        assert!(self.follows_mallory().await);
        assert!(self.asked().is_empty(), "{:?}", self.asked());
    }
}

#[tokio::test]
async fn a_move_that_both_accounts_agree_to_is_followed() {
    let scene = Scene::set().await;
    let second = scene.peer.person("second");
    scene.names_mallory("second");

    for _ in 0..2 {
        assert_eq!(scene.send(&scene.moving(&second)).await.status, 202);
    }

    assert_eq!(scene.asked(), [second.to_string()]);
    assert_eq!(scene.peer.received_of("Undo").len(), 1);
    assert!(!scene.follows_mallory().await);
    let shown = scene.ann.finds(&scene.peer.handle("mallory")).await.unwrap();
    assert_eq!(shown["moved"]["username"], "second");
}

#[tokio::test]
async fn a_move_to_an_account_that_does_not_name_the_old_one_is_ignored() {
    let scene = Scene::set().await;

    let answer = scene.send(&scene.moving(&scene.peer.person("second"))).await;

    assert_eq!(answer.status, 202);
    scene.nothing_moved().await;
}

#[tokio::test]
async fn nobody_is_moved_by_somebody_else() {
    let scene = Scene::set().await;
    scene.names_mallory("second");
    let mut moving = scene.moving(&scene.peer.person("second"));
    moving["actor"] = json!(scene.peer.person("second"));

    assert_eq!(scene.send(&moving).await.status, 403);

    let signed_by_another = scene.moving(&scene.peer.person("second"));
    let letter = scene.peer.letter(&signed_by_another).signed_by(&scene.peer.person("second"));
    assert_eq!(letter.written(scene.app.now()).to(&scene.app.shared_inbox()).await.status, 401);
    scene.nothing_moved().await;
}

#[tokio::test]
async fn a_move_without_or_with_an_unreadable_target_changes_nothing() {
    let scene = Scene::set().await;
    let mut without = scene.moving(&scene.mallory);
    without.as_object_mut().unwrap().remove("target");
    let mut mistyped = without.clone();
    mistyped["target"] = json!(7);
    let note = scene.peer.note(&scene.mallory, "no account", &[]);
    let of_a_note: Url = note["id"].as_str().unwrap().parse().unwrap();

    assert_eq!(scene.send(&without).await.status, 400);
    assert_eq!(scene.send(&mistyped).await.status, 400);
    assert_eq!(scene.send(&scene.moving(&scene.mallory)).await.status, 400, "to where it is");
    assert_eq!(scene.send(&scene.moving(&scene.peer.url("/users/nobody"))).await.status, 202);
    assert_eq!(scene.send(&scene.moving(&of_a_note)).await.status, 202);
    assert_eq!(scene.send(&scene.moving(&scene.app.actor("ann"))).await.status, 202, "Ann names nobody");

    scene.nothing_moved().await;
}

#[tokio::test]
async fn nobody_is_sent_around() {
    let scene = Scene::set().await;
    scene.names_mallory("second");
    scene.names_mallory("third");
    assert_eq!(scene.send(&scene.moving(&scene.peer.person("second"))).await.status, 202);
    scene.peer.forgets();

    let third = scene.moving(&scene.peer.person("third"));
    assert_eq!(scene.send(&third).await.status, 202);
    let id = text_of(&scene.there, "id").parse().unwrap();
    let moved_to = async || {
        let mut conn = scene.app.services().db.read().await.unwrap();
        let target = accounts::store::get(&mut conn, id).await.unwrap().moved_to_id.unwrap();
        accounts::store::get(&mut conn, target).await.unwrap().username
    };
    assert_eq!(moved_to().await, "second");

    scene.hand.advance(Duration::from_hours(31 * 24));
    assert_eq!(scene.send(&scene.moving(&scene.peer.person("third"))).await.status, 202);
    assert_eq!(moved_to().await, "third");
}

#[tokio::test]
async fn a_move_to_a_site_that_is_not_spoken_with_is_ignored() {
    let world = World::of(&["engineering", "sales"]).await;
    let stranger = Peer::start(&["mallory"]).await;
    let (engineering, sales) = (world.site("engineering"), world.site("sales"));
    let (ann, bob) = (engineering.person("ann").await, sales.person("bob").await);
    let there = bob.follows(&ann).await;
    let services = engineering.services();
    // Engineering is made to believe that its Ann moved to a stranger.
    let mut tx = services.db.begin().await.unwrap();
    let profile = accounts::NewAccount {
        username: "mallory".to_owned(),
        host: stranger.host(),
        kind: accounts::Kind::Person,
        uri: stranger.person("mallory").to_string(),
        url: stranger.person("mallory").to_string(),
        display_name: String::new(),
        note: String::new(),
        fields: Vec::new(),
        avatar_url: None,
        header_url: None,
        locked: false,
        discoverable: true,
        inbox: stranger.url("/inbox").to_string(),
        shared_inbox: None,
        outbox: None,
        followers_uri: None,
        following_uri: None,
        featured_uri: None,
        also_known_as: vec![engineering.actor("ann").to_string()],
        moved_to: None,
        indexable: true,
        created_at: Millis(0),
        keys: Vec::new(),
    };
    let target = accounts::receive::upsert(services, &mut tx, &profile).await.unwrap();
    tx.commit().await.unwrap();
    relocate::relocate(services, ann.id, target.id).await.unwrap();
    world.settles().await;

    assert_eq!(bob.relationship(&text_of(&there, "id")).await["following"], true);
    assert!(stranger.fetched().is_empty(), "a stranger is not even asked");
}

#[tokio::test]
async fn many_followers_go_along_in_batches_also_after_a_crash() {
    const MANY: i64 = 250;
    let scene = Scene::set().await;
    let services = scene.app.services();
    let (old, new) = (text_of(&scene.there, "id").parse().unwrap(), scene.ann.id);
    // The fans sign with Ann's keys: making so many takes longer than the test.
    let mut conn = services.db.read().await.unwrap();
    let (rsa, ed25519) = accounts::store::find_private_keys(&mut conn, new).await.unwrap().unwrap();
    drop(conn);
    for number in 0..MANY {
        let name = format!("fan{number}");
        let mut tx = services.db.begin().await.unwrap();
        let uri = services.origin.actor(&name);
        let id = plant(services, &mut tx, &name, &uri).await;
        accounts::store::insert_private_keys(&mut tx, id, &rsa, &ed25519).await.unwrap();
        let follow = follows::Follow {
            account_id: id,
            target_id: old,
            accepted: true,
            uri: services.origin.activity(services.ids.next()),
            show_reblogs: number % 2 == 0,
            notify: false,
            languages: None,
            created_at: services.clock.now(),
        };
        follows::store::insert(&mut tx, &follow).await.unwrap();
        tx.commit().await.unwrap();
    }

    // A batch was done before the crash; its event is gone with it, the one of the move runs again.
    let mut tx = services.db.begin().await.unwrap();
    assert!(follows::succeed::succeed_in(services, &mut tx, old, new).await.unwrap());
    tx.commit().await.unwrap();
    relocate::set_aliases(services, new, vec![scene.mallory.to_string()]).await.unwrap();
    assert_eq!(scene.send(&scene.moving(&scene.app.actor("ann"))).await.status, 202);

    let mut conn = services.db.read().await.unwrap();
    let ann = accounts::store::get(&mut conn, new).await.unwrap();
    assert_eq!(ann.followers_count, MANY);
    let left = follows::store::list_local_follows_of(&mut conn, old, 1_000).await.unwrap();
    assert!(left.is_empty(), "{} stayed behind", left.len());
    let kept = follows::store::list_local_follows_of(&mut conn, new, 1_000).await.unwrap();
    assert_eq!(kept.iter().filter(|follow| follow.show_reblogs).count() as i64, MANY / 2, "wishes go along");
}

/// Somebody of the site who never signs in.
async fn plant(
    services: &breezeway::platform::services::Services,
    tx: &mut breezeway::platform::db::Tx,
    name: &str,
    uri: &str,
) -> breezeway::base::id::AccountId {
    use breezeway::domain::auth::{Role, Settings, User, store};
    let now = services.clock.now();
    let id = services.ids.next();
    let new = accounts::NewAccount {
        username: name.to_owned(),
        host: String::new(),
        kind: accounts::Kind::Person,
        uri: uri.to_owned(),
        url: uri.to_owned(),
        display_name: String::new(),
        note: String::new(),
        fields: Vec::new(),
        avatar_url: None,
        header_url: None,
        locked: false,
        discoverable: true,
        inbox: format!("{uri}/inbox"),
        shared_inbox: None,
        outbox: None,
        followers_uri: None,
        following_uri: None,
        featured_uri: None,
        also_known_as: Vec::new(),
        moved_to: None,
        indexable: true,
        created_at: now,
        keys: Vec::new(),
    };
    assert!(accounts::store::insert(tx, id, &new, now).await.unwrap());
    let user = User {
        account_id: id,
        email: format!("{name}@example.org"),
        role: Role::Member,
        default_visibility: String::new(),
        default_sensitive: false,
        default_language: None,
        read_notification: 0,
        disabled_at: None,
        created_at: now,
        last_seen_at: None,
        settings: Settings::default(),
    };
    assert!(store::insert(tx, &user, "no password").await.unwrap());
    id
}
