//! Taking back, agreeing and refusing: by id, or by type, actor and object, whole or in pieces; and reports.

use breezeway::testing::http::Answer;
use breezeway::testing::person::text_of;
use breezeway::testing::{Peer, Person, TestApp, eventually};
use serde_json::{Value, json};
use url::Url;

/// An open site with Ann and Mia, who moderates, and a peer with Mallory and Eve.
struct Scene {
    app: TestApp,
    ann: Person,
    mia: Person,
    peer: Peer,
    mallory: Url,
}

impl Scene {
    async fn set() -> Self {
        let app = TestApp::build().open().start().await;
        let (ann, mia) = (app.person("ann").await, app.moderator("mia").await);
        let peer = Peer::start(&["mallory", "eve"]).await;
        let mallory = peer.person("mallory");
        Self { app, ann, mia, peer, mallory }
    }

    async fn send(&self, activity: &Value) -> Answer {
        let answer = self.peer.letter(activity).to(&self.app.shared_inbox()).await;
        self.app.settles().await;
        answer
    }

    fn does(&self, kind: &str, object: &Value) -> Value {
        self.peer.activity(kind, &self.mallory, object.clone())
    }

    /// All shapes in which this can be taken back.
    fn undos(&self, done: &Value) -> Vec<(&'static str, Value)> {
        let mut nameless = done.clone();
        nameless.as_object_mut().unwrap().remove("id");
        let mut renamed = done.clone();
        renamed["id"] = json!(self.peer.fresh_id("lost"));
        let mut embedded = done.clone();
        embedded["object"] = json!({ "type": "Something", "id": done["object"] });
        vec![
            ("by id", done["id"].clone()),
            ("whole", done.clone()),
            ("in a list", json!([done])),
            ("without its id", nameless),
            ("under another id", renamed),
            ("with its object embedded", embedded),
            ("only type and id", json!({ "type": done["type"], "id": done["id"] })),
        ]
    }

    async fn relationship(&self) -> Value {
        let account = self.ann.finds(&self.peer.handle("mallory")).await.unwrap();
        self.ann.relationship(&text_of(&account, "id")).await
    }

    async fn post(&self, status: &Value) -> Value {
        self.ann.looks_at(status).await.unwrap()
    }
}

#[tokio::test]
async fn a_follow_is_taken_back_in_every_shape() {
    let scene = Scene::set().await;
    let ann = json!(scene.app.actor("ann"));
    for object in [ann.clone(), json!([ann]), json!({ "type": "Person", "id": ann })] {
        for number in 0..7 {
            let follow = scene.does("Follow", &ann);
            let mut sent = follow.clone();
            sent["object"] = object.clone();
            assert_eq!(scene.send(&sent).await.status, 202);
            assert_eq!(scene.relationship().await["followed_by"], true, "{sent}");

            let (shape, undone) = scene.undos(&follow).swap_remove(number);
            assert_eq!(scene.send(&scene.does("Undo", &undone)).await.status, 202, "{shape}");

            assert_eq!(scene.relationship().await["followed_by"], false, "{shape}");
        }
    }
}

#[tokio::test]
async fn a_like_and_a_repost_are_taken_back_in_every_shape() {
    let scene = Scene::set().await;
    let post = scene.ann.posts_with(json!({ "status": "Lunch", "visibility": "public" })).await;
    for (kind, count) in [("Like", "favourites_count"), ("Announce", "reblogs_count")] {
        for number in 0..7 {
            let done = scene.does(kind, &post["uri"]);
            assert_eq!(scene.send(&done).await.status, 202);
            assert_eq!(scene.post(&post).await[count], 1, "{done}");

            let (shape, undone) = scene.undos(&done).swap_remove(number);
            assert_eq!(scene.send(&scene.does("Undo", &undone)).await.status, 202, "{kind} {shape}");

            assert_eq!(scene.post(&post).await[count], 0, "{kind} {shape}");
        }
    }
}

#[tokio::test]
async fn a_block_is_taken_back_in_every_shape() {
    let scene = Scene::set().await;
    let ann = json!(scene.app.actor("ann"));
    for object in [ann.clone(), json!([ann]), json!({ "type": "Person", "id": ann })] {
        for number in 0..7 {
            let block = scene.does("Block", &ann);
            let mut sent = block.clone();
            sent["object"] = object.clone();
            assert_eq!(scene.send(&sent).await.status, 202);
            assert_eq!(scene.relationship().await["blocked_by"], true, "{sent}");

            let (shape, undone) = scene.undos(&block).swap_remove(number);
            assert_eq!(scene.send(&scene.does("Undo", &undone)).await.status, 202, "{shape}");

            assert_eq!(scene.relationship().await["blocked_by"], false, "{shape}");
        }
    }
}

#[tokio::test]
async fn what_is_undone_before_it_came_is_not_done_afterwards() {
    let scene = Scene::set().await;
    let follow = scene.does("Follow", &json!(scene.app.actor("ann")));

    scene.send(&scene.does("Undo", &follow["id"])).await;
    assert_eq!(scene.send(&follow).await.status, 202);

    assert_eq!(scene.relationship().await["followed_by"], false);
}

#[tokio::test]
async fn nobody_undoes_what_somebody_else_did() {
    let scene = Scene::set().await;
    let follow = scene.does("Follow", &json!(scene.app.actor("ann")));
    scene.send(&follow).await;
    let eve = scene.peer.person("eve");
    let other = Peer::start(&["trent"]).await;

    let mut by_id = scene.does("Undo", &follow["id"]);
    by_id["actor"] = json!(eve);
    let mut whole = scene.does("Undo", &follow);
    whole["actor"] = json!(eve);
    let elsewhere = other.activity("Undo", &other.person("trent"), follow["id"].clone());

    assert_eq!(scene.send(&by_id).await.status, 202);
    assert_eq!(scene.send(&whole).await.status, 403);
    assert_eq!(other.letter(&elsewhere).to(&scene.app.shared_inbox()).await.status, 202);
    assert_eq!(scene.relationship().await["followed_by"], true);

    // Nor does anybody forestall what another site has not sent yet.
    let announced = scene.does("Follow", &json!(scene.app.actor("mia")));
    let forged = other.activity("Undo", &other.person("trent"), announced["id"].clone());
    other.letter(&forged).to(&scene.app.shared_inbox()).await;
    assert_eq!(scene.send(&announced).await.status, 202);
    let account = scene.mia.finds(&scene.peer.handle("mallory")).await.unwrap();
    assert_eq!(scene.mia.relationship(&text_of(&account, "id")).await["followed_by"], true);
}

#[tokio::test]
async fn an_undo_of_nothing_and_of_no_known_thing_changes_nothing() {
    let scene = Scene::set().await;
    let table = [
        (json!(7), 400),
        (json!([]), 400),
        (json!({ "type": "Like" }), 400),
        (json!({ "type": "Follow", "actor": scene.mallory }), 400),
        (
            json!({ "type": "Follow", "actor": scene.mallory, "object": "https://nobody.example/users/x" }),
            202,
        ),
        (json!({ "type": "Like", "actor": scene.mallory, "object": scene.app.url("/nothing") }), 202),
        (json!({ "type": "Block", "actor": scene.mallory, "object": scene.app.actor("nobody") }), 202),
        (json!({ "type": "Dance", "id": scene.peer.fresh_id("dances") }), 202),
        (json!(scene.peer.fresh_id("nothing")), 202),
    ];

    for (object, status) in table {
        assert_eq!(scene.send(&scene.does("Undo", &object)).await.status, status, "{object}");
    }
}

#[tokio::test]
async fn a_follow_is_accepted_and_refused_in_every_shape() {
    let scene = Scene::set().await;
    for shape in 0..5 {
        let account = scene.ann.asks_to_follow(&scene.peer.handle("mallory")).await;
        let id = text_of(&account, "id");
        let follow = eventually("the follow arrives", async || scene.peer.received_of("Follow").pop()).await;
        let mut renamed = follow.clone();
        renamed["id"] = json!(scene.app.url("/activities/1"));
        let mut nameless = follow.clone();
        nameless.as_object_mut().unwrap().remove("id");
        let answer = [
            follow["id"].clone(),
            follow.clone(),
            renamed,
            nameless,
            json!([{ "type": "Follow", "id": follow["id"] }]),
        ][shape]
            .clone();

        assert_eq!(scene.send(&scene.does("Accept", &answer)).await.status, 202);
        assert_eq!(scene.ann.relationship(&id).await["following"], true, "{answer}");
        assert_eq!(scene.send(&scene.does("Reject", &answer)).await.status, 202);
        let after = scene.ann.relationship(&id).await;
        assert_eq!((&after["following"], &after["requested"]), (&json!(false), &json!(false)), "{answer}");
        scene.peer.forgets();
    }
}

#[tokio::test]
async fn an_acceptance_is_taken_back() {
    let scene = Scene::set().await;
    let account = scene.ann.asks_to_follow(&scene.peer.handle("mallory")).await;
    let follow = eventually("the follow arrives", async || scene.peer.received_of("Follow").pop()).await;
    let accept = scene.does("Accept", &follow);
    scene.send(&accept).await;

    assert_eq!(scene.send(&scene.does("Undo", &accept)).await.status, 202);

    assert_eq!(scene.ann.relationship(&text_of(&account, "id")).await["following"], false);
}

#[tokio::test]
async fn nobody_answers_for_who_was_asked() {
    let scene = Scene::set().await;
    let account = scene.ann.asks_to_follow(&scene.peer.handle("mallory")).await;
    let follow = eventually("the follow arrives", async || scene.peer.received_of("Follow").pop()).await;
    let mut by_id = scene.does("Accept", &follow["id"]);
    by_id["actor"] = json!(scene.peer.person("eve"));
    let mut whole = scene.does("Accept", &follow);
    whole["actor"] = json!(scene.peer.person("eve"));

    assert_eq!(scene.send(&by_id).await.status, 202);
    assert_eq!(scene.send(&whole).await.status, 403);

    assert_eq!(scene.ann.relationship(&text_of(&account, "id")).await["following"], false);
}

#[tokio::test]
async fn a_block_of_somebody_unknown_is_acknowledged() {
    let scene = Scene::set().await;

    for object in [json!(scene.app.actor("nobody")), json!(scene.peer.person("eve"))] {
        assert_eq!(scene.send(&scene.does("Block", &object)).await.status, 202, "{object}");
    }
    assert_eq!(scene.send(&scene.does("Block", &json!(7))).await.status, 400);
}

#[tokio::test]
async fn a_report_keeps_its_posts_its_words_and_what_it_is_about() {
    let scene = Scene::set().await;
    let (one, two) = (scene.ann.posts("One").await, scene.ann.posts("Two").await);
    let words = "ä".repeat(6_000);
    let mut flag = scene.peer.activity("Flag", &scene.peer.site(), json!(null));
    flag["object"] = json!([scene.app.actor("ann"), { "type": "Note", "id": one["uri"] }, two["uri"]]);
    flag["content"] = json!(words);
    flag["category"] = json!("spam");

    assert_eq!(scene.send(&flag).await.status, 202);

    let services = scene.app.services();
    let mut conn = services.db.read().await.unwrap();
    let site = scene.peer.site();
    let from =
        breezeway::domain::accounts::store::find_id_by_uri(&mut conn, site.as_str()).await.unwrap().unwrap();
    let open =
        breezeway::domain::moderation::store::list_open_of(&mut conn, from, scene.ann.id).await.unwrap();
    let [report] = open.as_slice() else { panic!("one report, not {open:?}") };
    assert_eq!(report.comment.chars().count(), 5_000);
    assert_eq!(report.category.word(), "spam");
    let posts = breezeway::domain::moderation::store::list_snapshots(&mut conn, &[report.id]).await.unwrap();
    assert_eq!(posts.len(), 2);
}

#[tokio::test]
async fn a_report_about_nobody_or_with_odd_words_is_harmless() {
    let scene = Scene::set().await;
    let flag = |object: Value, category: Value| {
        let mut flag = scene.peer.activity("Flag", &scene.peer.site(), object);
        flag["category"] = category;
        flag
    };
    let ann = json!(scene.app.actor("ann"));

    assert_eq!(scene.send(&flag(json!([]), json!("spam"))).await.status, 400);
    assert_eq!(scene.send(&flag(json!(7), json!("spam"))).await.status, 400);
    assert_eq!(scene.send(&flag(json!(scene.app.actor("nobody")), json!("spam"))).await.status, 202);
    assert!(scene.mia.notifications().await.is_empty());
    assert_eq!(scene.send(&flag(ann, json!({ "odd": 7 }))).await.status, 202);
    scene.mia.hears_from("admin.report", &scene.peer.host()).await;
}
