//! Who may reply, like and repost: as the author says, at the own site and across sites.

use breezeway::testing::peer::PUBLIC;
use breezeway::testing::person::text_of;
use breezeway::testing::{Peer, Person, TestApp, eventually};
use federation_tests::World;
use serde_json::{Value, json};
use url::Url;

/// What Bob gets for trying to answer.
async fn tries_to_reply(person: &Person, to: &Value) -> u16 {
    let parameters = json!({ "status": "But", "in_reply_to_id": to["id"] });
    person.post("/api/v1/statuses", parameters).await.status.as_u16()
}

#[tokio::test]
async fn each_policy_lets_its_people_answer_on_the_own_site() {
    let app = TestApp::build().start().await;
    let (ann, bob, cas) = (app.person("ann").await, app.person("bob").await, app.person("cas").await);
    bob.follows(&ann).await;
    for (policy, for_ann, for_bob, for_cas, for_named) in [
        ("public", 200, 200, 200, 200),
        ("followers", 200, 200, 403, 200),
        ("mentioned", 200, 403, 403, 200),
        ("nobody", 200, 403, 403, 200),
    ] {
        let post = ann.posts_with(json!({ "status": "Minutes", "reply_policy": policy })).await;
        let named = ann.posts_with(json!({ "status": "@cas look", "reply_policy": policy })).await;

        assert_eq!(tries_to_reply(&ann, &post).await, for_ann, "{policy}: the author");
        assert_eq!(tries_to_reply(&bob, &post).await, for_bob, "{policy}: a follower");
        assert_eq!(tries_to_reply(&cas, &post).await, for_cas, "{policy}: a stranger");
        assert_eq!(tries_to_reply(&cas, &named).await, for_named, "{policy}: who is named");
    }
    let odd = ann.post("/api/v1/statuses", json!({ "status": "x", "reply_policy": "friends" })).await;
    assert_eq!(odd.status.as_u16(), 422, "{}", odd.text());
}

#[tokio::test]
async fn likes_and_reposts_can_be_kept_to_some() {
    let (_world, ann, bob) = World::of_ann_and_bob().await;
    bob.follows(&ann).await;
    let closed = json!({ "status": "Quiet", "favourite_policy": "nobody", "reblog_policy": "nobody" });
    ann.posts_with(closed).await;
    let seen = bob.sees("Quiet").await;

    for verb in ["favourite", "reblog"] {
        let answer = bob.post(&format!("/api/v1/statuses/{}/{verb}", text_of(&seen, "id")), json!({})).await;
        assert_eq!(answer.status.as_u16(), 403, "{}", answer.text());
        assert!(answer.text().contains("does not want"), "{}", answer.text());
    }
}

#[tokio::test]
async fn who_may_not_answer_across_sites_is_told_so() {
    let (_world, ann, bob) = World::of_ann_and_bob().await;
    bob.follows(&ann).await;
    ann.posts_with(json!({ "status": "Minutes", "reply_policy": "nobody" })).await;
    let seen = bob.sees("Minutes").await;

    assert_eq!(seen["reply_approval"]["current_user"], "denied");
    assert_eq!(tries_to_reply(&bob, &seen).await, 403);
}

#[tokio::test]
async fn a_reply_that_needs_consent_waits_and_is_then_where_it_belongs() {
    let (world, ann, bob) = World::of_ann_and_bob().await;
    let dora = world.site("sales").person("dora").await;
    bob.follows(&ann).await;
    dora.follows(&bob).await;
    dora.follows(&ann).await;
    let post = ann.posts_with(json!({ "status": "Minutes", "reply_policy": "manual" })).await;
    let seen = bob.sees("Minutes").await;

    let reply =
        bob.posts_with(json!({ "status": "One thing is missing", "in_reply_to_id": seen["id"] })).await;
    ann.hears("reply_request", &bob).await;
    world.settles().await;

    assert_eq!((&reply["approval"], &reply["visibility"]), (&json!("pending"), &json!("direct")));
    assert!(dora.looks_at(&reply).await.is_none(), "it is shown before it is allowed");
    assert_eq!(ann.conversation(&post).await.len(), 1);
    let waiting = ann.get("/api/v1/interaction_requests").await.ok().json();
    assert_eq!(waiting[0]["type"], "reply");
    assert!(waiting[0]["content"].as_str().unwrap().contains("One thing is missing"));

    ann.post(&format!("/api/v1/interaction_requests/{}/authorize", text_of(&waiting[0], "id")), json!({}))
        .await
        .ok();

    eventually("it stands below the post", async || (ann.conversation(&post).await.len() == 2).then_some(()))
        .await;
    let shown = dora.sees("One thing is missing").await;
    assert_ne!(shown["visibility"], "direct");
    assert_eq!(bob.looks_at(&reply).await.unwrap()["approval"], "accepted");
    assert_eq!(ann.looks_at(&post).await.unwrap()["replies_count"], 1);
}

#[tokio::test]
async fn a_reply_that_is_declined_stays_with_its_author() {
    let (world, ann, bob) = World::of_ann_and_bob().await;
    bob.follows(&ann).await;
    let post = ann.posts_with(json!({ "status": "Minutes", "reply_policy": "manual" })).await;
    let seen = bob.sees("Minutes").await;
    let reply = bob.posts_with(json!({ "status": "Nonsense", "in_reply_to_id": seen["id"] })).await;
    ann.hears("reply_request", &bob).await;
    let waiting = ann.get("/api/v1/interaction_requests").await.ok().json();

    ann.post(&format!("/api/v1/interaction_requests/{}/reject", text_of(&waiting[0], "id")), json!({}))
        .await
        .ok();

    eventually("bob hears of it", async || {
        (bob.looks_at(&reply).await?["approval"] == "rejected").then_some(())
    })
    .await;
    world.settles().await;
    assert_eq!(ann.conversation(&post).await.len(), 1);
    bob.delete(&format!("/api/v1/statuses/{}", text_of(&reply, "id"))).await.ok();
    assert_eq!(bob.looks_at(&seen).await.unwrap()["replies_count"], 0);
}

#[tokio::test]
async fn a_follower_of_another_site_gets_a_stamp_without_asking_twice() {
    let (_world, ann, bob) = World::of_ann_and_bob().await;
    bob.follows(&ann).await;
    let post = ann.posts_with(json!({ "status": "Minutes", "reply_policy": "followers" })).await;
    let seen = bob.sees("Minutes").await;

    let reply = bob.posts_with(json!({ "status": "Agreed", "in_reply_to_id": seen["id"] })).await;

    eventually("it stands below the post", async || (ann.conversation(&post).await.len() == 2).then_some(()))
        .await;
    eventually("bob has it where it belongs", async || {
        (bob.looks_at(&reply).await?["approval"] == "accepted").then_some(())
    })
    .await;
}

#[tokio::test]
async fn a_policy_can_be_changed_later_and_others_hear_of_it() {
    let (_world, ann, bob) = World::of_ann_and_bob().await;
    bob.follows(&ann).await;
    let post = ann.posts("Minutes").await;
    let seen = bob.sees("Minutes").await;
    let path = format!("/api/v1/statuses/{}/interaction_policy", text_of(&post, "id"));

    let change = json!({ "quote_approval_policy": "nobody", "reply_policy": "nobody" });
    let changed = ann.put(&path, change).await.ok().json();

    assert_eq!(changed["quote_approval"]["automatic"], json!([]));
    let seen = eventually("bob's site knows", async || {
        let seen = bob.looks_at(&seen).await?;
        (seen["quote_approval"]["current_user"] == "denied").then_some(seen)
    })
    .await;
    assert_eq!(seen["edited_at"], Value::Null);
    assert_eq!(tries_to_reply(&bob, &seen).await, 403);
    let answer = bob.put(&path, json!({ "reply_policy": "public" })).await;
    assert_eq!(answer.status.as_u16(), 404, "{}", answer.text());
}

/// An open site with Ann on it, and a peer with Mallory and Eve.
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

    async fn sends(&self, activity: &Value) -> u16 {
        let answer = self.peer.letter(activity).to(&self.app.shared_inbox()).await;
        self.app.settles().await;
        answer.status.as_u16()
    }

    fn reply(&self, to: &Value) -> Value {
        let mut note = self.peer.note(&self.mallory, "But", &[self.app.actor("ann").as_str()]);
        note["inReplyTo"] = to["uri"].clone();
        self.peer.publish(&note);
        note
    }
}

#[tokio::test]
async fn what_the_policy_excludes_is_refused_whoever_sends_it() {
    let scene = Scene::set().await;
    let closed = json!({
        "status": "Minutes", "visibility": "public",
        "reply_policy": "nobody", "favourite_policy": "nobody", "reblog_policy": "followers",
    });
    let post = scene.ann.posts_with(closed).await;
    let uri = text_of(&post, "uri");
    let note = scene.reply(&post);
    let mut asked = scene.peer.activity("ReplyRequest", &scene.mallory, uri.as_str());
    asked["instrument"] = note.clone();

    for (case, activity) in [
        ("a reply", scene.peer.create(&note)),
        ("a request to reply", asked),
        ("a like", scene.peer.activity("Like", &scene.mallory, uri.as_str())),
        ("a repost", scene.peer.activity("Announce", &scene.mallory, uri.as_str())),
    ] {
        scene.peer.forgets();
        assert_eq!(scene.sends(&activity).await, 202, "{case}");
        let refusals = scene.peer.received_of("Reject");
        assert_eq!(refusals.len(), 1, "{case}");
        assert!(scene.peer.received_of("Accept").is_empty(), "{case}");
    }
    let now = scene.ann.looks_at(&post).await.unwrap();
    assert_eq!(now["replies_count"], 0);
    assert_eq!((&now["favourites_count"], &now["reblogs_count"]), (&json!(0), &json!(0)));
    assert!(scene.ann.notifications().await.is_empty());
    // Nor does it come in by the back door.
    scene.ann.finds_status(note["id"].as_str().unwrap()).await;
    assert_eq!(scene.ann.conversation(&post).await.len(), 1);
}

#[tokio::test]
async fn a_reply_that_did_not_ask_waits_all_the_same() {
    let scene = Scene::set().await;
    let manual = json!({ "status": "Minutes", "visibility": "public", "reply_policy": "manual" });
    let post = scene.ann.posts_with(manual).await;
    let note = scene.reply(&post);

    assert_eq!(scene.sends(&scene.peer.create(&note)).await, 202);
    let waiting = scene.ann.get("/api/v1/interaction_requests").await.ok().json();
    assert_eq!(scene.ann.conversation(&post).await.len(), 1);
    scene.peer.forgets();
    let path = format!("/api/v1/interaction_requests/{}/authorize", text_of(&waiting[0], "id"));
    scene.ann.post(&path, json!({})).await.ok();
    scene.app.settles().await;

    assert_eq!(scene.ann.conversation(&post).await.len(), 2);
    let accept = eventually("the answer", async || scene.peer.received_of("Accept").pop()).await;
    assert_eq!(accept["object"], note["id"]);
    let stamp: Url = accept["result"].as_str().unwrap().parse().unwrap();
    let stamp = scene.peer.fetches(&stamp, &scene.mallory).await.ok().json();
    assert_eq!(stamp["type"], "ReplyAuthorization");
    assert_eq!(stamp["interactingObject"], note["id"]);
}

#[tokio::test]
async fn a_request_to_reply_is_taken_for_what_it_is() {
    let scene = Scene::set().await;
    let manual = json!({ "status": "Minutes", "visibility": "public", "reply_policy": "manual" });
    let post = scene.ann.posts_with(manual).await;
    let secret = scene.ann.posts_with(json!({ "status": "Secret", "visibility": "private" })).await;
    let uri = text_of(&post, "uri");
    let request = |object: &str, note: Value| {
        let mut request = scene.peer.activity("ReplyRequest", &scene.mallory, object);
        request["instrument"] = note;
        request
    };
    let mut theirs = scene.reply(&post);
    theirs["attributedTo"] = json!(scene.peer.person("eve"));
    let mut pointless = scene.reply(&post);
    pointless["inReplyTo"] = json!("https://elsewhere.example/notes/1");
    let mut foreign = scene.reply(&post);
    foreign["id"] = json!("https://elsewhere.example/notes/1");
    let good = scene.reply(&post);

    for (case, activity, status, waiting) in [
        ("with the post of somebody else", request(&uri, theirs), 403, 0),
        ("with an answer to something else", request(&uri, pointless), 400, 0),
        ("with a post of another site", request(&uri, foreign), 400, 0),
        ("with nothing", request(&uri, Value::Null), 400, 0),
        ("to what one may not see", request(&text_of(&secret, "uri"), scene.reply(&secret)), 202, 0),
        ("embedded", request(&uri, good.clone()), 202, 1),
        ("again under another id", request(&uri, good), 202, 1),
        ("by id", request(&uri, scene.reply(&post)["id"].clone()), 202, 2),
    ] {
        assert_eq!(scene.sends(&activity).await, status, "{case}");
        let found = scene.ann.get("/api/v1/interaction_requests").await.ok().json();
        assert_eq!(found.as_array().map(Vec::len), Some(waiting), "{case}");
    }
}

#[tokio::test]
async fn policies_of_others_are_read_in_every_shape() {
    let scene = Scene::set().await;
    let mallory = scene.mallory.as_str();
    let followers = format!("{mallory}/followers");
    for (case, policy, verdict) in [
        ("none", Value::Null, "automatic"),
        ("nothing said", json!({}), "automatic"),
        ("an empty list", json!({ "canReply": { "automaticApproval": [] } }), "automatic"),
        ("no object", json!("nobody"), "automatic"),
        ("a part that is no object", json!({ "canReply": "nobody" }), "automatic"),
        ("everybody", json!({ "canReply": { "automaticApproval": PUBLIC } }), "automatic"),
        ("everybody, in short", json!({ "canReply": { "always": ["as:Public"] } }), "automatic"),
        ("the author alone", json!({ "canReply": { "automaticApproval": [mallory] } }), "denied"),
        ("the author alone, as one", json!({ "canReply": { "always": mallory } }), "denied"),
        ("followers", json!({ "canReply": { "automaticApproval": [followers] } }), "denied"),
        ("everybody may ask", json!({ "canReply": { "manualApproval": [PUBLIC] } }), "manual"),
        ("everybody may ask, older", json!({ "canReply": { "approvalRequired": PUBLIC } }), "manual"),
        ("in a list", json!([{ "canReply": [{ "automaticApproval": [{ "id": mallory }] }] }]), "denied"),
        ("with a prefix", json!({ "gts:canReply": { "gts:automaticApproval": [mallory] } }), "denied"),
        ("nothing readable", json!({ "canReply": { "automaticApproval": [7, {}] } }), "denied"),
    ] {
        let mut note = scene.peer.note(&scene.mallory, case, &[]);
        note["interactionPolicy"] = policy;
        scene.peer.publish(&note);

        let seen = scene.ann.finds_status(note["id"].as_str().unwrap()).await.expect(case);

        assert_eq!(seen["reply_approval"]["current_user"], verdict, "{case}");
    }
}

#[tokio::test]
async fn replies_to_a_third_site_are_left_out_only_if_clearly_forbidden() {
    let scene = Scene::set().await;
    let home = Peer::start(&["trent"]).await;
    let trent = home.person("trent");
    for (case, allowed, stamped, shown) in [
        ("open", json!([PUBLIC]), false, 2),
        ("followers, whom we do not know", json!([trent, format!("{trent}/followers")]), false, 2),
        ("the author alone", json!([trent]), false, 1),
        ("the author alone, but with a stamp", json!([trent]), true, 2),
    ] {
        let mut post = home.note(&trent, case, &[]);
        post["interactionPolicy"] = json!({ "canReply": { "automaticApproval": allowed } });
        home.publish(&post);
        let known = scene.ann.finds_status(post["id"].as_str().unwrap()).await.expect("the post is here");
        let mut note = scene.peer.note(&scene.mallory, "But", &[scene.app.actor("ann").as_str()]);
        note["inReplyTo"] = post["id"].clone();
        note["tag"] = json!([{ "type": "Mention", "href": scene.app.actor("ann"), "name": "@ann" }]);
        if stamped {
            let stamp = json!({
                "id": home.fresh_id("stamps"),
                "type": "ReplyAuthorization",
                "attributedTo": trent,
                "interactingObject": note["id"],
                "interactionTarget": post["id"],
            });
            home.publish(&stamp);
            note["replyAuthorization"] = stamp["id"].clone();
        }

        assert_eq!(scene.sends(&scene.peer.create(&note)).await, 202, "{case}");

        assert_eq!(scene.ann.conversation(&known).await.len(), shown, "{case}");
    }
}
