//! Polls between sites: asked here, voted in there, counted once, ended for all.

use std::time::Duration;

use breezeway::base::clock::{Clock, Hand};
use breezeway::testing::peer::PUBLIC;
use breezeway::testing::{Peer, Person, TestApp, eventually, person::text_of};
use federation_tests::{World, shake_hands};
use serde_json::{Value, json};
use url::Url;

fn lunch() -> Value {
    json!({ "status": "What is for lunch?", "poll": { "options": ["Soup", "Salad", "Bread"], "expires_in": 300 } })
}

fn tally(poll: &Value) -> Vec<i64> {
    poll["options"]
        .as_array()
        .unwrap()
        .iter()
        .map(|option| option["votes_count"].as_i64().unwrap_or(-1))
        .collect()
}

async fn votes(who: &Person, status: &Value, choices: &[i64]) -> Value {
    let path = format!("/api/v1/polls/{}/votes", text_of(&status["poll"], "id"));
    who.post(&path, json!({ "choices": choices })).await.ok().json()
}

/// Waits until the poll has these figures for somebody.
async fn reads(who: &Person, status: &Value, figures: &[i64]) {
    eventually(&format!("{} reads {figures:?}", who.handle), async || {
        let seen = who.looks_at(status).await?;
        (tally(&seen["poll"]) == figures).then_some(())
    })
    .await;
}

/// Two sites on one clock that stands still until it is moved.
async fn on_one_clock() -> (Vec<TestApp>, Hand) {
    let (clock, hand) = Clock::manual(Clock::system().now());
    let mut sites = Vec::new();
    for name in ["engineering", "sales"] {
        sites.push(TestApp::build().named(name).clock(clock.clone()).start().await);
    }
    shake_hands(&sites[0], &sites[1]).await;
    (sites, hand)
}

#[tokio::test]
async fn a_colleague_of_another_site_votes_and_both_read_the_same_figures() {
    let (world, ann, bob) = World::of_ann_and_bob().await;
    bob.follows(&ann).await;
    let mut asked = lunch();
    asked["poll"]["multiple"] = json!(true);
    let post = ann.posts_with(asked).await;
    let there = bob.sees("What is for lunch?").await;
    assert_eq!((tally(&there["poll"]), &there["poll"]["multiple"]), (vec![0, 0, 0], &json!(true)));

    let voted = votes(&bob, &there, &[0, 2]).await;

    assert_eq!(tally(&voted), [1, 0, 1], "seen at once");
    reads(&ann, &post, &[1, 0, 1]).await;
    world.settles().await;
    let mine = ann.looks_at(&post).await.unwrap();
    assert_eq!((&mine["poll"]["voters_count"], &mine["edited_at"]), (&json!(1), &json!(null)));
    assert!(ann.notifications().await.iter().all(|note| note["type"] == "follow"), "a vote is no mention");
    assert!(bob.conversation(&there).await.len() == 1, "a vote is no reply");
}

#[tokio::test]
async fn the_figures_go_to_all_sites_and_are_no_edit() {
    let (world, ann, bob) = World::of_ann_and_bob().await;
    bob.follows(&ann).await;
    let carl = world.site("engineering").person("carl").await;
    let post = ann.posts_with(lunch()).await;
    let there = bob.sees("What is for lunch?").await;
    bob.does("favourite", &there).await;

    votes(&carl, &post, &[1]).await;

    reads(&bob, &there, &[0, 1, 0]).await;
    world.settles().await;
    let seen = bob.looks_at(&there).await.unwrap();
    assert_eq!(seen["edited_at"], json!(null));
    let history = bob.get(&format!("/api/v1/statuses/{}/history", text_of(&there, "id"))).await.ok().json();
    assert_eq!(history.as_array().unwrap().len(), 1);
    assert!(bob.notifications().await.is_empty(), "who likes a poll is not told of votes");
}

#[tokio::test]
async fn the_end_is_told_at_both_sites_with_the_last_figures() {
    let (sites, hand) = on_one_clock().await;
    let (ann, bob) = (sites[0].person("ann").await, sites[1].person("bob").await);
    let carl = sites[0].person("carl").await;
    bob.follows(&ann).await;
    let mut asked = lunch();
    asked["poll"]["hide_totals"] = json!(true);
    let post = ann.posts_with(asked).await;
    let there = bob.sees("What is for lunch?").await;
    assert_eq!(tally(&there["poll"]), [-1, -1, -1]);
    votes(&bob, &there, &[0]).await;
    votes(&carl, &post, &[1]).await;
    for site in &sites {
        site.settles().await;
    }
    assert_eq!(tally(&bob.looks_at(&there).await.unwrap()["poll"]), [-1, -1, -1], "kept back until the end");

    hand.advance(Duration::from_secs(301));

    for who in [&ann, &carl, &bob] {
        who.hears_from("poll", "ann").await;
    }
    reads(&bob, &there, &[1, 1, 0]).await;
    assert_eq!(bob.looks_at(&there).await.unwrap()["poll"]["expired"], true);
}

#[tokio::test]
async fn an_edit_of_the_options_is_an_edit_everywhere() {
    let (_world, ann, bob) = World::of_ann_and_bob().await;
    bob.follows(&ann).await;
    let post = ann.posts_with(lunch()).await;
    let there = bob.sees("What is for lunch?").await;
    votes(&bob, &there, &[0]).await;
    reads(&ann, &post, &[1, 0, 0]).await;

    let other =
        json!({ "status": "And dinner?", "poll": { "options": ["Fish", "Rice"], "expires_in": 600 } });
    ann.put(&format!("/api/v1/statuses/{}", text_of(&post, "id")), other).await.ok();

    let seen = bob.sees("And dinner?").await;
    assert_eq!((tally(&seen["poll"]), seen["poll"]["own_votes"].clone()), (vec![0, 0], json!([])));
    assert!(seen["edited_at"].is_string());
    votes(&bob, &seen, &[0]).await;
    reads(&ann, &post, &[1, 0]).await;
}

/// An open site on which Ann asks, and a peer with Mallory and Eve.
struct Scene {
    app: TestApp,
    ann: Person,
    peer: Peer,
    mallory: Url,
    post: Value,
    hand: Hand,
}

impl Scene {
    async fn set(asked: Value) -> Self {
        let (clock, hand) = Clock::manual(Clock::system().now());
        let app = TestApp::build().open().clock(clock).start().await;
        let ann = app.person("ann").await;
        let peer = Peer::start(&["mallory", "eve"]).await;
        let mallory = peer.person("mallory");
        let post = ann.posts_with(asked).await;
        Self { app, ann, peer, mallory, post, hand }
    }

    fn vote(&self, by: &Url, choice: &str) -> Value {
        let note = json!({
            "id": self.peer.fresh_id("votes"),
            "type": "Note",
            "attributedTo": by,
            "name": choice,
            "inReplyTo": self.post["uri"],
            "to": self.app.actor("ann"),
        });
        let mut create = self.peer.activity("Create", by, note);
        create["to"] = json!(self.app.actor("ann"));
        create
    }

    async fn sends(&self, activity: &Value) -> u16 {
        let answer = self.peer.letter(activity).to(&self.app.shared_inbox()).await;
        self.app.settles().await;
        answer.status.as_u16()
    }

    async fn tally(&self) -> Vec<i64> {
        tally(&self.ann.looks_at(&self.post).await.unwrap()["poll"])
    }
}

#[tokio::test]
async fn a_vote_counts_once_however_often_it_is_sent() {
    let scene = Scene::set(lunch()).await;
    let vote = scene.vote(&scene.mallory, "Soup");
    let mut same_again = scene.vote(&scene.mallory, "Soup");
    same_again["object"]["id"] = vote["object"]["id"].clone();

    for activity in [&vote, &vote, &same_again] {
        assert_eq!(scene.sends(activity).await, 202);
    }

    assert_eq!(scene.tally().await, [1, 0, 0]);
}

#[tokio::test]
async fn a_change_of_mind_does_not_count() {
    let scene = Scene::set(lunch()).await;

    for choice in ["Soup", "Salad", "Soup"] {
        assert_eq!(scene.sends(&scene.vote(&scene.mallory, choice)).await, 202);
    }

    assert_eq!(scene.tally().await, [1, 0, 0]);
    scene.sends(&scene.vote(&scene.peer.person("eve"), "Salad")).await;
    assert_eq!(scene.tally().await, [1, 1, 0], "somebody else's does");
}

#[tokio::test]
async fn a_vote_for_what_is_not_offered_does_not_count() {
    let scene = Scene::set(lunch()).await;

    for choice in ["Cake", "", "soup", "0"] {
        assert_eq!(scene.sends(&scene.vote(&scene.mallory, choice)).await, 202, "{choice:?}");
    }
    let mut no_poll = scene.vote(&scene.mallory, "Soup");
    no_poll["object"]["inReplyTo"] = scene.ann.posts("no poll").await["uri"].clone();
    let mut nothing = scene.vote(&scene.mallory, "Soup");
    nothing["object"]["inReplyTo"] = json!(scene.app.url("/users/ann/statuses/1"));
    let mut numbered = scene.vote(&scene.mallory, "Soup");
    numbered["object"]["name"] = json!(7);
    for odd in [no_poll, nothing, numbered] {
        assert_eq!(scene.sends(&odd).await, 202, "{odd}");
    }

    assert_eq!(scene.tally().await, [0, 0, 0]);
    assert!(scene.ann.notifications().await.iter().all(|note| note["status"]["poll"].is_null()));
}

#[tokio::test]
async fn a_vote_after_the_end_does_not_count() {
    let scene = Scene::set(lunch()).await;
    scene.hand.advance(Duration::from_secs(301));

    assert_eq!(scene.sends(&scene.vote(&scene.mallory, "Soup")).await, 202);

    assert_eq!(scene.tally().await, [0, 0, 0]);
}

#[tokio::test]
async fn a_vote_of_somebody_who_may_not_see_the_poll_does_not_count() {
    let mut asked = lunch();
    asked["visibility"] = json!("private");
    let scene = Scene::set(asked).await;
    // Eve follows, so the poll is at her site; Mallory, who lives there too, does not.
    let eve = scene.peer.person("eve");
    scene.sends(&scene.peer.activity("Follow", &eve, scene.app.actor("ann").as_str())).await;

    assert_eq!(scene.sends(&scene.vote(&scene.mallory, "Soup")).await, 202);
    assert_eq!(scene.tally().await, [0, 0, 0]);

    scene.sends(&scene.vote(&eve, "Soup")).await;
    assert_eq!(scene.tally().await, [1, 0, 0]);
}

#[tokio::test]
async fn a_vote_of_somebody_blocked_does_not_count() {
    let scene = Scene::set(lunch()).await;
    let mallory = scene.ann.finds(&scene.peer.handle("mallory")).await.unwrap();
    scene.ann.post(&format!("/api/v1/accounts/{}/block", text_of(&mallory, "id")), json!({})).await.ok();

    assert_eq!(scene.sends(&scene.vote(&scene.mallory, "Soup")).await, 202);

    assert_eq!(scene.tally().await, [0, 0, 0]);
}

#[tokio::test]
async fn nobody_votes_in_the_name_of_somebody_else() {
    let scene = Scene::set(lunch()).await;
    let mut forged = scene.vote(&scene.mallory, "Soup");
    forged["object"]["attributedTo"] = json!(scene.peer.person("eve"));
    let other = Peer::start(&["trent"]).await;
    let mut foreign = scene.vote(&scene.mallory, "Soup");
    foreign["object"]["id"] = json!(other.fresh_id("votes"));

    for (activity, status) in [(forged, 403), (foreign, 400)] {
        assert_eq!(scene.sends(&activity).await, status, "{activity}");
    }

    assert_eq!(scene.tally().await, [0, 0, 0]);
}

/// A poll of Mallory's that reached Ann; `question` is what her site says of it now.
struct TheirPoll {
    scene: Scene,
    question: Value,
    seen: Value,
}

impl TheirPoll {
    async fn received() -> Self {
        let scene = Scene::set(json!({ "status": "hello" })).await;
        let end = scene.app.now() + Duration::from_hours(1);
        let mut question = scene.peer.note(&scene.mallory, "Tea?", &[scene.app.actor("ann").as_str()]);
        question["type"] = json!("Question");
        question["tag"] = json!([{ "type": "Mention", "href": scene.app.actor("ann"), "name": "@ann" }]);
        question["oneOf"] = options(&[("Yes", 2), ("No", 1)]);
        question["endTime"] = json!(end.to_rfc3339());
        question["votersCount"] = json!(3);
        scene.peer.publish(&question);
        assert_eq!(scene.sends(&scene.peer.create(&question)).await, 202);
        let seen = scene.ann.hears_from("mention", "mallory").await["status"].clone();
        Self { scene, question, seen }
    }

    async fn update(&self, question: &Value) -> u16 {
        self.scene.sends(&self.scene.peer.activity("Update", &self.scene.mallory, question.clone())).await
    }

    async fn now(&self) -> Value {
        self.scene.ann.looks_at(&self.seen).await.unwrap()
    }
}

fn options(all: &[(&str, i64)]) -> Value {
    let option = |(name, votes): &(&str, i64)| json!({ "type": "Note", "name": name, "replies": { "type": "Collection", "totalItems": votes } });
    all.iter().map(option).collect()
}

#[tokio::test]
async fn a_vote_goes_to_whoever_asked_and_to_nobody_else() {
    let poll = TheirPoll::received().await;
    assert_eq!((tally(&poll.seen["poll"]), &poll.seen["poll"]["voters_count"]), (vec![2, 1], &json!(3)));
    poll.scene.peer.forgets();

    votes(&poll.scene.ann, &poll.seen, &[1]).await;

    let sent = eventually("the vote arrives", async || poll.scene.peer.received_of("Create").pop()).await;
    let note = &sent["object"];
    assert_eq!(
        (&note["type"], &note["name"], &note["inReplyTo"]),
        (&json!("Note"), &json!("No"), &poll.question["id"])
    );
    assert_eq!(
        (&sent["to"], &sent["cc"], &note["to"]),
        (&json!([poll.scene.mallory]), &json!([]), &json!([poll.scene.mallory]))
    );
    assert!(note["content"].is_null() && !sent.to_string().contains(PUBLIC));
    assert_eq!(poll.scene.peer.received_of("Create").len(), 1);
}

#[tokio::test]
async fn new_figures_come_as_an_update_whatever_it_says_of_its_time() {
    let poll = TheirPoll::received().await;
    let mut question = poll.question.clone();
    for (at, figures) in
        [(None, [5, 1]), (Some("2026-01-01T00:00:00Z"), [6, 1]), (Some("2099-01-01T00:00:00Z"), [6, 2])]
    {
        question["oneOf"] = options(&[("Yes", figures[0]), ("No", figures[1])]);
        if let Some(at) = at {
            question["updated"] = json!(at);
        }
        assert_eq!(poll.update(&question).await, 202);
        let now = poll.now().await;
        assert_eq!((tally(&now["poll"]), &now["edited_at"]), (figures.to_vec(), &json!(null)));
    }

    question["closed"] = json!(true);
    poll.update(&question).await;
    assert_eq!(poll.now().await["poll"]["expired"], true);
    question["closed"] = json!(null);
    question["oneOf"] = options(&[("Yes", 0), ("No", 0)]);
    poll.update(&question).await;
    let now = poll.now().await;
    assert_eq!(
        (tally(&now["poll"]), &now["poll"]["expired"]),
        (vec![6, 2], &json!(true)),
        "what is final stays"
    );
}

#[tokio::test]
async fn figures_come_only_from_whoever_asked() {
    let poll = TheirPoll::received().await;
    let mut question = poll.question.clone();
    question["oneOf"] = options(&[("Yes", 900), ("No", 0)]);
    let eve = poll.scene.peer.person("eve");
    let mut forged = poll.scene.peer.activity("Update", &eve, question.clone());
    let mut own_name = question.clone();
    own_name["attributedTo"] = json!(eve);
    assert_eq!(poll.scene.sends(&forged).await, 403);
    forged["object"] = own_name;
    forged["id"] = json!(poll.scene.peer.fresh_id("activities"));
    assert_eq!(poll.scene.sends(&forged).await, 403);

    let numbers = json!([{ "name": "Yes", "replies": { "totalItems": -4 } }, { "name": "No", "replies": "https://x.example/" }]);
    question["oneOf"] = numbers;
    assert_eq!(poll.update(&question).await, 202, "odd numbers are none");

    assert!(tally(&poll.now().await["poll"]).iter().all(|votes| *votes <= 2));
}

#[tokio::test]
async fn figures_are_read_again_when_somebody_looks_and_they_are_old() {
    let poll = TheirPoll::received().await;
    let path = format!("/api/v1/polls/{}", text_of(&poll.seen["poll"], "id"));
    let mut question = poll.question.clone();
    question["oneOf"] = options(&[("Yes", 40), ("No", 2)]);
    poll.scene.peer.publish(&question);
    assert_eq!(tally(&poll.scene.ann.get(&path).await.ok().json()), [2, 1], "still fresh");

    poll.scene.hand.advance(Duration::from_secs(61));

    assert_eq!(tally(&poll.scene.ann.get(&path).await.ok().json()), [40, 2]);
    let asked = poll.scene.peer.fetched().len();
    poll.scene.ann.get(&path).await.ok();
    assert_eq!(poll.scene.peer.fetched().len(), asked, "asked once a minute");
}
