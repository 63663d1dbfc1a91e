//! Quotes with consent: asked for, given, refused, taken back, and forged.

use breezeway::testing::person::text_of;
use breezeway::testing::{Peer, Person, TestApp, eventually};
use federation_tests::World;
use serde_json::{Value, json};
use url::Url;

/// Waits until the post has a quote in this state for the person; answers the post.
async fn quote_of(person: &Person, status: &Value, state: &str) -> Value {
    eventually(&format!("{} sees the quote {state}", person.handle), async || {
        let seen = person.looks_at(status).await?;
        (seen["quote"]["state"] == state).then_some(seen)
    })
    .await
}

/// Bob reads a post of Ann with these parameters and quotes it.
async fn quoted(ann: &Person, bob: &Person, parameters: Value) -> (Value, Value) {
    bob.follows(ann).await;
    let post = ann.posts_with(parameters).await;
    let seen = bob.sees("The ladder").await;
    let quoting = json!({ "status": "How true", "quoted_status_id": seen["id"] });
    (post, bob.posts_with(quoting).await)
}

#[tokio::test]
async fn a_quote_across_sites_is_allowed_by_policy_and_shown_at_both() {
    let (_world, ann, bob) = World::of_ann_and_bob().await;
    ann.follows(&bob).await;
    let (post, quoting) = quoted(&ann, &bob, json!({ "status": "The ladder is red" })).await;
    assert_eq!(quoting["quote"]["state"], "pending");

    let here = quote_of(&bob, &quoting, "accepted").await;
    let seen = ann.sees("How true").await;
    let there = quote_of(&ann, &seen, "accepted").await;

    for shown in [&here, &there] {
        assert!(shown["quote"]["quoted_status"]["content"].as_str().unwrap().contains("The ladder is red"));
        assert!(!shown["content"].as_str().unwrap().contains("RE:"), "{shown}");
        assert_eq!(shown["edited_at"], Value::Null, "an answer is no edit");
    }
    ann.hears("quote", &bob).await;
    let quotes = ann.get(&format!("/api/v1/statuses/{}/quotes", text_of(&post, "id"))).await.ok().json();
    assert_eq!(quotes.as_array().map(Vec::len), Some(1));
    assert_eq!(ann.looks_at(&post).await.unwrap()["quotes_count"], 1);
}

#[tokio::test]
async fn a_third_site_believes_the_stamp() {
    let world = World::of(&["engineering", "sales", "people"]).await;
    let ann = world.site("engineering").person("ann").await;
    let bob = world.site("sales").person("bob").await;
    let cas = world.site("people").person("cas").await;
    cas.follows(&bob).await;

    quoted(&ann, &bob, json!({ "status": "The ladder is red" })).await;

    let seen = cas.sees("How true").await;
    let shown = quote_of(&cas, &seen, "accepted").await;
    assert_eq!(text_of(&shown["quote"]["quoted_status"]["account"], "username"), "ann");
}

#[tokio::test]
async fn the_author_decides_where_the_policy_says_so() {
    for (verb, state) in [("authorize", "accepted"), ("reject", "rejected")] {
        let (world, ann, bob) = World::of_ann_and_bob().await;
        let parameters = json!({ "status": "The ladder is red", "quote_approval_policy": "manual" });
        let (_, quoting) = quoted(&ann, &bob, parameters).await;
        ann.hears("quote_request", &bob).await;
        world.settles().await;
        assert_eq!(bob.looks_at(&quoting).await.unwrap()["quote"]["state"], "pending");
        let waiting = ann.get("/api/v1/interaction_requests").await.ok().json();
        assert_eq!(waiting[0]["type"], "quote");
        assert!(waiting[0]["quote"]["content"].as_str().unwrap().contains("How true"));

        let path = format!("/api/v1/interaction_requests/{}/{verb}", text_of(&waiting[0], "id"));
        ann.post(&path, json!({})).await.ok();

        quote_of(&bob, &quoting, state).await;
        let waiting = ann.get("/api/v1/interaction_requests").await.ok().json();
        assert_eq!(waiting, json!([]));
    }
}

#[tokio::test]
async fn who_may_not_quote_is_told_so_before_anything_is_sent() {
    let (_world, ann, bob) = World::of_ann_and_bob().await;
    bob.follows(&ann).await;
    ann.posts_with(json!({ "status": "The ladder is red", "quote_approval_policy": "nobody" })).await;
    let seen = bob.sees("The ladder").await;
    assert_eq!(seen["quote_approval"], json!({ "automatic": [], "manual": [], "current_user": "denied" }));

    let quoting = json!({ "status": "How true", "quoted_status_id": seen["id"] });
    let answer = bob.post("/api/v1/statuses", quoting).await;

    assert_eq!(answer.status.as_u16(), 403, "{}", answer.text());
}

#[tokio::test]
async fn a_quote_that_is_taken_back_is_shown_nowhere() {
    let world = World::of(&["engineering", "sales", "people"]).await;
    let ann = world.site("engineering").person("ann").await;
    let bob = world.site("sales").person("bob").await;
    let cas = world.site("people").person("cas").await;
    cas.follows(&bob).await;
    ann.follows(&bob).await;
    let (post, quoting) = quoted(&ann, &bob, json!({ "status": "The ladder is red" })).await;
    let third = cas.sees("How true").await;
    quote_of(&cas, &third, "accepted").await;
    let at_ann = ann.sees("How true").await;
    quote_of(&ann, &at_ann, "accepted").await;

    let (id, by) = (text_of(&post, "id"), text_of(&at_ann, "id"));
    ann.post(&format!("/api/v1/statuses/{id}/quotes/{by}/revoke"), json!({})).await.ok();

    for (person, status) in [(&ann, &at_ann), (&bob, &quoting), (&cas, &third)] {
        let shown = quote_of(person, status, "revoked").await;
        assert_eq!(shown["quote"]["quoted_status"], Value::Null);
    }
    assert_eq!(ann.looks_at(&post).await.unwrap()["quotes_count"], 0);
}

#[tokio::test]
async fn only_the_author_takes_a_quote_back() {
    let (_world, ann, bob) = World::of_ann_and_bob().await;
    let (_, quoting) = quoted(&ann, &bob, json!({ "status": "The ladder is red" })).await;
    let shown = quote_of(&bob, &quoting, "accepted").await;

    let (id, by) = (text_of(&shown["quote"]["quoted_status"], "id"), text_of(&quoting, "id"));
    let answer = bob.post(&format!("/api/v1/statuses/{id}/quotes/{by}/revoke"), json!({})).await;

    assert_eq!(answer.status.as_u16(), 404, "{}", answer.text());
}

#[tokio::test]
async fn a_quote_reaches_no_further_than_what_it_quotes() {
    let app = TestApp::build().open().start().await;
    let ann = app.person("ann").await;
    let narrow = ann.posts_with(json!({ "status": "The ladder", "visibility": "site" })).await;
    let mine = ann.posts_with(json!({ "status": "My ladder", "visibility": "private" })).await;
    let told = ann.posts_with(json!({ "status": "@ann Our ladder", "visibility": "direct" })).await;
    let quote = async |status: &Value, visibility: &str| {
        let parameters =
            json!({ "status": "How true", "quoted_status_id": status["id"], "visibility": visibility });
        ann.post("/api/v1/statuses", parameters).await
    };

    let site = quote(&narrow, "public").await.ok().json();
    let private = quote(&mine, "public").await.ok().json();

    assert_eq!((&site["local_only"], &private["visibility"]), (&json!(true), &json!("private")));
    assert_eq!(quote(&narrow, "private").await.status.as_u16(), 422);
    assert_eq!(quote(&told, "direct").await.status.as_u16(), 403);
}

#[tokio::test]
async fn a_quoted_post_is_shown_to_whom_it_is_for_alone() {
    let app = TestApp::build().open().start().await;
    let (ann, bob) = (app.person("ann").await, app.person("bob").await);
    let mine = ann.posts_with(json!({ "status": "My ladder", "visibility": "private" })).await;
    let parameters = json!({ "status": "@bob look", "quoted_status_id": mine["id"], "visibility": "direct" });
    let quoting = ann.posts_with(parameters).await;

    let for_ann = ann.looks_at(&quoting).await.unwrap();
    let for_bob = bob.looks_at(&quoting).await.unwrap();

    assert_eq!(for_ann["quote"]["state"], "accepted");
    assert_eq!(for_bob["quote"], json!({ "state": "unauthorized", "quoted_status": null }));
}

#[tokio::test]
async fn a_deleted_post_leaves_its_quote_empty() {
    let app = TestApp::build().open().start().await;
    let (ann, bob) = (app.person("ann").await, app.person("bob").await);
    let post = ann.posts("The ladder is red").await;
    let quoting = bob.posts_with(json!({ "status": "How true", "quoted_status_id": post["id"] })).await;
    assert_eq!(quoting["quote"]["state"], "accepted");

    ann.delete(&format!("/api/v1/statuses/{}", text_of(&post, "id"))).await.ok();

    quote_of(&bob, &quoting, "deleted").await;
}

/// An open site with Ann on it, and a peer with Mallory, whom Ann follows, and Eve.
struct Scene {
    app: TestApp,
    ann: Person,
    peer: Peer,
    mallory: Url,
}

impl Scene {
    async fn set() -> Self {
        let app = TestApp::build().open().start().await;
        let ann = app.person("ann").await;
        let peer = Peer::start(&["mallory", "eve"]).await;
        let mallory = peer.person("mallory");
        Self { app, ann, peer, mallory }
    }

    /// A note of Mallory for Ann.
    fn note(&self, text: &str) -> Value {
        let mut note = self.peer.note(&self.mallory, text, &[self.app.actor("ann").as_str()]);
        note["tag"] = json!([{ "type": "Mention", "href": self.app.actor("ann"), "name": format!("@{}", self.ann.handle) }]);
        note
    }

    async fn gets(&self, note: &Value) -> Value {
        self.peer.publish(note);
        let answer = self.peer.letter(&self.peer.create(note)).to(&self.app.shared_inbox()).await;
        assert_eq!(answer.status.as_u16(), 202, "{}", answer.text());
        self.app.settles().await;
        self.ann.finds_status(note["id"].as_str().unwrap()).await.expect("the post is here")
    }

    /// Mallory asks to quote `object` with `note`.
    fn request(&self, object: &str, note: Value) -> Value {
        let mut request = self.peer.activity("QuoteRequest", &self.mallory, object);
        request["instrument"] = note;
        request
    }

    #[expect(clippy::unused_self, reason = "reads as what the scene has")]
    fn stamp(&self, peer: &Peer, author: &Url, object: &Value, target: &Value) -> Value {
        json!({
            "@context": "https://www.w3.org/ns/activitystreams",
            "id": peer.fresh_id("stamps"),
            "type": "QuoteAuthorization",
            "attributedTo": author,
            "interactingObject": object,
            "interactionTarget": target,
        })
    }
}

#[tokio::test]
async fn a_stamp_that_does_not_hold_shows_nothing() {
    let scene = Scene::set().await;
    let home = Peer::start(&["trent"]).await;
    let trent = home.person("trent");
    let quoted = home.note(&trent, "The real words", &[]);
    let other = home.note(&trent, "Other words", &[]);
    let forger = &scene.peer;
    for case in [
        "a good one",
        "on another host",
        "of another post",
        "for another quote",
        "in the name of somebody else",
        "of another kind",
        "not there",
        "under another id",
    ] {
        let mut note = scene.note(case);
        let mut stamp = scene.stamp(&home, &trent, &note["id"], &quoted["id"]);
        let place = stamp["id"].clone();
        match case {
            "on another host" => stamp = scene.stamp(forger, &trent, &note["id"], &quoted["id"]),
            "of another post" => stamp["interactionTarget"] = other["id"].clone(),
            "for another quote" => stamp["interactingObject"] = json!(forger.fresh_id("notes")),
            "in the name of somebody else" => stamp["attributedTo"] = json!(home.person("eve")),
            "of another kind" => stamp["type"] = json!("ReplyAuthorization"),
            "under another id" => stamp["id"] = json!(home.fresh_id("stamps")),
            _ => {}
        }
        note["quote"] = quoted["id"].clone();
        note["quoteAuthorization"] =
            if case == "on another host" { stamp["id"].clone() } else { place.clone() };
        match case {
            "on another host" => forger.publish(&stamp),
            "not there" => {}
            _ => home.publish_at(Url::parse(place.as_str().unwrap()).unwrap().path(), &stamp),
        }

        let seen = scene.gets(&note).await;

        let state = if case == "a good one" { "accepted" } else { "unauthorized" };
        let shown = quote_of(&scene.ann, &seen, state).await;
        assert_eq!(shown["quote"]["quoted_status"].is_object(), case == "a good one", "{case}");
    }
}

#[tokio::test]
async fn quotes_without_a_stamp_are_shown_only_of_own_posts() {
    let scene = Scene::set().await;
    let own = scene.note("First");
    scene.gets(&own).await;
    let mut thread = scene.note("Second");
    thread["quote"] = own["id"].clone();
    let post = scene.ann.posts_with(json!({ "status": "Mine", "visibility": "public" })).await;
    let mut bold = scene.note("Third");
    bold["quote"] = post["uri"].clone();
    let mut old = scene.note("Fourth");
    old["quoteUrl"] = post["uri"].clone();

    for (note, state) in [(&thread, "accepted"), (&bold, "pending"), (&old, "pending")] {
        let seen = scene.gets(note).await;
        assert_eq!(seen["quote"]["state"], state, "{note}");
    }
}

#[tokio::test]
async fn a_request_is_taken_for_what_it_is() {
    let scene = Scene::set().await;
    let post = scene.ann.posts_with(json!({ "status": "Mine", "visibility": "public" })).await;
    let secret = scene.ann.posts_with(json!({ "status": "Secret", "visibility": "private" })).await;
    let closed = json!({ "status": "Not this", "visibility": "public", "quote_approval_policy": "nobody" });
    let closed = scene.ann.posts_with(closed).await;
    let uri = |status: &Value| text_of(status, "uri");
    let note = |target: &Value| {
        let mut note = scene.note("How true");
        note["quote"] = target["uri"].clone();
        scene.peer.publish(&note);
        note
    };
    let good = scene.request(&uri(&post), note(&post));
    let by_id = scene.request(&uri(&post), note(&post)["id"].clone());
    let mut listed = scene.request(&uri(&post), json!([note(&post)]));
    listed["object"] = json!([{ "id": uri(&post) }]);
    let mut theirs = note(&post);
    theirs["attributedTo"] = json!(scene.peer.person("eve"));
    let mut foreign = note(&post);
    foreign["id"] = json!("https://elsewhere.example/notes/1");
    let mut pointless = note(&post);
    pointless["quote"] = json!("https://elsewhere.example/notes/1");
    let mut silent = scene.request(&uri(&post), Value::Null);
    silent.as_object_mut().unwrap().remove("instrument");

    for (case, request, status, answer) in [
        ("embedded", good.clone(), 202, Some("Accept")),
        ("again", good, 202, None),
        ("by id", by_id, 202, Some("Accept")),
        ("in lists", listed, 202, Some("Accept")),
        ("refused by policy", scene.request(&uri(&closed), note(&closed)), 202, Some("Reject")),
        ("of what one may not see", scene.request(&uri(&secret), note(&secret)), 202, None),
        (
            "of what is not there",
            scene.request("https://elsewhere.example/x", Value::from("https://elsewhere.example/y")),
            400,
            None,
        ),
        ("with the post of somebody else", scene.request(&uri(&post), theirs), 403, None),
        ("with a post of another site", scene.request(&uri(&post), foreign), 400, None),
        ("with a post that quotes something else", scene.request(&uri(&post), pointless), 400, None),
        ("with nothing", silent, 400, None),
        ("with a number", scene.request(&uri(&post), json!(7)), 400, None),
    ] {
        scene.peer.forgets();
        let got = scene.peer.letter(&request).to(&scene.app.shared_inbox()).await;
        assert_eq!(got.status.as_u16(), status, "{case}: {}", got.text());
        scene.app.settles().await;
        let answers: Vec<Value> =
            ["Accept", "Reject"].iter().flat_map(|kind| scene.peer.received_of(kind)).collect();
        let kinds: Vec<&str> = answers.iter().filter_map(|answer| answer["type"].as_str()).collect();
        assert_eq!(kinds, answer.into_iter().collect::<Vec<_>>(), "{case}");
        if answer == Some("Accept") {
            let stamp: Url = answers[0]["result"].as_str().unwrap().parse().unwrap();
            let read = scene.peer.fetches(&stamp, &scene.mallory).await.ok().json();
            assert_eq!(read["interactionTarget"], post["uri"], "{case}");
            assert_eq!(answers[0]["object"]["id"], request["id"], "{case}");
        }
    }
    assert_eq!(scene.ann.looks_at(&secret).await.unwrap()["quotes_count"], 0);
}

#[tokio::test]
async fn an_answer_counts_only_from_the_one_who_was_asked_and_with_a_stamp() {
    let scene = Scene::set().await;
    let theirs = scene.note("Quote me");
    let seen = scene.gets(&theirs).await;
    let quoting = json!({ "status": "How true", "quoted_status_id": seen["id"], "visibility": "public" });
    let quoting = scene.ann.posts_with(quoting).await;
    let request =
        eventually("the request arrives", async || scene.peer.received_of("QuoteRequest").pop()).await;
    assert_eq!(request["instrument"]["id"], quoting["uri"]);
    assert_eq!(request["object"], theirs["id"]);
    let eve = scene.peer.person("eve");
    let stamp = |author: &Url, target: &Value| scene.stamp(&scene.peer, author, &quoting["uri"], target);
    let good = stamp(&scene.mallory, &theirs["id"]);
    let wrong = stamp(&scene.mallory, &json!("https://elsewhere.example/notes/1"));
    for stamp in [&good, &wrong] {
        scene.peer.publish(stamp);
    }
    let answer = |kind: &str, by: &Url, stamp: Option<&Value>| {
        let mut answer = scene.peer.activity(kind, by, request.clone());
        if let Some(stamp) = stamp {
            answer["result"] = stamp["id"].clone();
        }
        answer
    };

    for (case, letter, status) in [
        ("of another", answer("Accept", &eve, Some(&good)), 403),
        ("refused by another", answer("Reject", &eve, None), 403),
        ("without a stamp", answer("Accept", &scene.mallory, None), 202),
        ("with a stamp of another post", answer("Accept", &scene.mallory, Some(&wrong)), 202),
    ] {
        let got = scene.peer.letter(&letter).to(&scene.app.shared_inbox()).await;
        assert_eq!(got.status.as_u16(), status, "{case}: {}", got.text());
        scene.app.settles().await;
        assert_eq!(scene.ann.looks_at(&quoting).await.unwrap()["quote"]["state"], "pending", "{case}");
    }
    let accept = answer("Accept", &scene.mallory, Some(&good));
    scene.peer.letter(&accept).to(&scene.app.shared_inbox()).await;
    quote_of(&scene.ann, &quoting, "accepted").await;

    let foreign = scene.peer.activity("Delete", &eve, good["id"].clone());
    scene.peer.letter(&foreign).to(&scene.app.shared_inbox()).await;
    scene.app.settles().await;
    assert_eq!(scene.ann.looks_at(&quoting).await.unwrap()["quote"]["state"], "accepted");
    let delete = scene.peer.activity("Delete", &scene.mallory, good);
    scene.peer.letter(&delete).to(&scene.app.shared_inbox()).await;
    quote_of(&scene.ann, &quoting, "revoked").await;
}
