//! What was said before, said again under other names: no news. And what is said to be gone that is only not shown.

use breezeway::platform::hub::{News, Numbered};
use serde_json::{Value, json};
use tokio::sync::broadcast::Receiver;

use super::forwarded::Scene;

impl Scene {
    /// Ann follows Mallory, and hears what comes to her home from now on.
    async fn listens(&self) -> Receiver<Numbered> {
        let account = self.ann.asks_to_follow(&self.origin.handle("mallory")).await;
        let follow = breezeway::testing::eventually("the follow has arrived", async || {
            self.origin.received_of("Follow").pop()
        })
        .await;
        let accept = self.origin.activity("Accept", &self.mallory, follow);
        self.says(&accept).await;
        self.app.settles().await;
        assert!(account.is_object());
        self.app.services().hub.listen()
    }

    /// How much came to homes since the last call.
    async fn homes(&self, news: &mut Receiver<Numbered>) -> usize {
        self.app.settles().await;
        let mut count = 0;
        while let Ok(one) = news.try_recv() {
            count += usize::from(matches!(one.news, News::Home { .. }));
        }
        count
    }
}

#[tokio::test]
async fn a_known_post_under_ever_new_activities_is_no_news() {
    let scene = Scene::set().await;
    let mut news = scene.listens().await;
    let note = scene.note("Once is enough, @ann", true);
    let create = || {
        let mut create = scene.origin.create(&note);
        create["id"] = json!(scene.origin.fresh_id("Create"));
        create
    };

    scene.says(&create()).await;
    assert_eq!(scene.homes(&mut news).await, 1);
    for _ in 0..5 {
        scene.says(&create()).await;
    }

    assert_eq!(scene.homes(&mut news).await, 0, "nobody is told again");
    assert_eq!(scene.ann.home().await.len(), 1);
    let mentions: Vec<Value> =
        scene.ann.notifications().await.into_iter().filter(|one| one["type"] == "mention").collect();
    assert_eq!(mentions.len(), 1);
}

#[tokio::test]
async fn what_was_passed_on_first_comes_to_the_home_when_it_is_sent_and_only_then() {
    let scene = Scene::set().await;
    let mut news = scene.listens().await;
    let note = scene.note("By a detour, @ann", false);
    let create = || {
        let mut create = scene.origin.create(&note);
        create["id"] = json!(scene.origin.fresh_id("Create"));
        create
    };
    let mentions = async || {
        let all = scene.ann.notifications().await;
        all.into_iter().filter(|one| one["type"] == "mention").count()
    };

    let sealed = scene.origin.seal(&create(), &scene.mallory).done();
    assert_eq!(scene.pass_on(&sealed).await.status.as_u16(), 202);
    assert_eq!(scene.homes(&mut news).await, 0);
    assert_eq!((scene.ann.home().await.len(), mentions().await), (0, 1), "who is named hears at once");

    scene.says(&create()).await;
    assert_eq!(scene.homes(&mut news).await, 1, "now it is sent");
    assert_eq!((scene.ann.home().await.len(), mentions().await), (1, 1));

    scene.says(&create()).await;
    let sealed = scene.origin.seal(&create(), &scene.mallory).done();
    assert_eq!(scene.pass_on(&sealed).await.status.as_u16(), 202);
    assert_eq!(scene.homes(&mut news).await, 0, "and after that it is no news");
    assert_eq!((scene.ann.home().await.len(), mentions().await), (1, 1));
}

#[tokio::test]
async fn what_is_not_shown_to_us_is_not_gone_because_somebody_says_so() {
    let scene = Scene::set().await;
    let followers = format!("{}/followers", scene.mallory);
    let ann = scene.app.actor("ann");
    for (what, to, falls) in [
        ("for followers", json!([followers, ann.as_str()]), false),
        ("for Ann alone", json!([ann.as_str()]), false),
        ("for everybody", json!(["https://www.w3.org/ns/activitystreams#Public"]), true),
    ] {
        // Its site shows it to nobody who is not named by a follow: it answers 404.
        let mut note = scene.note(what, false);
        note["to"] = to;
        let create = scene.origin.create(&note);
        scene.says(&create).await;
        assert!(scene.find(&create).await.is_some(), "{what}");
        let delete = scene.origin.activity("Delete", &scene.mallory, note["id"].clone());

        let answer = scene.pass_on(&delete).await;

        assert_eq!(answer.status.as_u16(), if falls { 202 } else { 401 }, "{what}: {}", answer.text());
        assert_eq!(scene.find(&create).await.is_none(), falls, "{what}");
        if !falls {
            // A plain word of its site is another thing, and so is the author's own.
            scene.origin.publish(&json!({ "id": note["id"], "type": "Tombstone" }));
            let delete = scene.origin.activity("Delete", &scene.mallory, note["id"].clone());
            assert_eq!(scene.pass_on(&delete).await.status.as_u16(), 202, "{what}");
            assert!(scene.find(&create).await.is_none(), "{what}");
        }
    }
}

#[tokio::test]
async fn nobody_deletes_in_the_name_of_another_over_their_own_signature() {
    let scene = Scene::set().await;
    let mut note = scene.note("For followers", false);
    note["to"] = json!([format!("{}/followers", scene.mallory), scene.app.actor("ann")]);
    let create = scene.origin.create(&note);
    scene.says(&create).await;

    // Eve lives at the same site, Frank elsewhere; each signs as themselves, or seals with their own key.
    let (eve, frank) = (scene.origin.person("eve"), scene.carrier.person("frank"));
    let of_eve = scene.origin.activity("Delete", &eve, note["id"].clone());
    let by_eve = scene.origin.letter(&of_eve).to(&scene.app.shared_inbox()).await;
    let of_frank = scene.carrier.activity("Delete", &frank, note["id"].clone());
    let by_frank = scene.carrier.letter(&of_frank).to(&scene.app.shared_inbox()).await;
    let of_mallory = scene.origin.activity("Delete", &scene.mallory, note["id"].clone());
    let sealed = scene.pass_on(&scene.carrier.seal(&of_mallory, &frank).done()).await;

    for (who, answer, status) in [("eve", by_eve, 403), ("frank", by_frank, 400), ("a carrier", sealed, 401)]
    {
        assert_eq!(answer.status.as_u16(), status, "{who}: {}", answer.text());
    }
    assert!(scene.find(&create).await.is_some());
}

#[tokio::test]
async fn a_number_beyond_all_bounds_spoils_a_proof_and_changes_nothing() {
    let scene = Scene::set().await;
    for (number, what) in [("1e400", "too large"), ("-1e99999999999999999999", "much too large")] {
        let create = scene.create("Count me in", false);
        let sealed = scene.origin.seal(&create, &scene.mallory).done().to_string();
        let body = sealed.replacen('{', &format!("{{\"weight\":{number},"), 1);

        let letter = scene.carrier.letter(&create).signed_by(&scene.carrier.site());
        let answer = letter.with_body(body).to(&scene.app.shared_inbox()).await;

        assert!(matches!(answer.status.as_u16(), 400 | 401), "{what}: {} {}", answer.status, answer.text());
        assert!(scene.find(&create).await.is_none(), "{what}");
    }
}
