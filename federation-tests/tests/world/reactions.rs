//! Reactions, articles and pages of other kinds of servers.

use breezeway::testing::{Peer, Person, TestApp, person::text_of};
use serde_json::{Value, json};
use url::Url;

/// An open site on which Ann posted, and a peer with Mallory, Eve and Trent.
struct Scene {
    app: TestApp,
    ann: Person,
    peer: Peer,
    mallory: Url,
    post: Value,
}

impl Scene {
    async fn set() -> Self {
        let app = TestApp::build().open().start().await;
        let ann = app.person("ann").await;
        let peer = Peer::start(&["mallory", "eve", "trent"]).await;
        let mallory = peer.person("mallory");
        let post = ann.posts("Released!").await;
        Self { app, ann, peer, mallory, post }
    }

    fn reaction(&self, by: &Url, sign: &str) -> Value {
        let mut react = self.peer.activity("EmojiReact", by, self.post["uri"].clone());
        react["content"] = json!(sign);
        react
    }

    async fn sends(&self, activity: &Value) -> u16 {
        let answer = self.peer.letter(activity).to(&self.app.shared_inbox()).await;
        self.app.settles().await;
        answer.status.as_u16()
    }

    async fn now(&self) -> Value {
        self.ann.looks_at(&self.post).await.unwrap()
    }

    /// The signs with how many people.
    async fn signs(&self) -> Vec<(String, i64)> {
        let reactions = self.now().await["reactions"].as_array().unwrap().clone();
        reactions.iter().map(|one| (text_of(one, "name"), one["count"].as_i64().unwrap())).collect()
    }
}

fn sign(name: &str, count: i64) -> (String, i64) {
    (name.to_owned(), count)
}

#[tokio::test]
async fn reactions_are_counted_by_sign_and_told_once() {
    let scene = Scene::set().await;
    let eve = scene.peer.person("eve");

    scene.sends(&scene.reaction(&scene.mallory, "🎉")).await;
    scene.sends(&scene.reaction(&eve, "🚀")).await;
    scene.sends(&scene.reaction(&eve, "🎉")).await;
    scene.sends(&scene.reaction(&eve, "🎉")).await;

    assert_eq!(scene.signs().await, [sign("🎉", 2), sign("🚀", 1)]);
    assert_eq!(scene.now().await["favourites_count"], 0);
    let told: Vec<String> =
        scene.ann.notifications().await.iter().map(|note| text_of(note, "type")).collect();
    assert_eq!(told, ["reaction", "reaction"], "one for each person");
}

#[tokio::test]
async fn a_like_with_a_sign_is_a_reaction_and_with_a_heart_a_like() {
    let scene = Scene::set().await;
    let like = |by: &Url, field: &str, sign: &str| {
        let mut like = scene.peer.activity("Like", by, scene.post["uri"].clone());
        like[field] = json!(sign);
        like
    };

    scene.sends(&like(&scene.mallory, "_misskey_reaction", "👍")).await;
    scene.sends(&like(&scene.peer.person("eve"), "content", "❤️")).await;
    scene.sends(&like(&scene.peer.person("trent"), "content", "like")).await;

    assert_eq!(scene.signs().await, [sign("👍", 1)]);
    assert_eq!(scene.now().await["favourites_count"], 2);
}

#[tokio::test]
async fn a_small_picture_is_shown_from_this_site() {
    let scene = Scene::set().await;
    let mut react = scene.reaction(&scene.mallory, ":blobcat:");
    react["tag"] = json!({ "type": "Emoji", "id": null, "name": ":blobcat:",
        "icon": { "type": "Image", "url": scene.peer.url("/blobcat.png") } });

    assert_eq!(scene.sends(&react).await, 202);

    let shown = scene.now().await["reactions"][0].clone();
    assert_eq!(shown["name"], json!(format!("blobcat@{}", scene.peer.host())));
    let address = text_of(&shown, "url");
    assert!(address.starts_with(scene.app.url("/emojis/").as_str()), "{address}");
    assert!(!scene.now().await.to_string().contains(scene.peer.url("/blobcat.png").as_str()));
}

#[tokio::test]
async fn a_reaction_is_taken_back_whole_or_by_id() {
    let scene = Scene::set().await;
    let (party, rocket) = (scene.reaction(&scene.mallory, "🎉"), scene.reaction(&scene.mallory, "🚀"));
    let mut thumb = scene.peer.activity("Like", &scene.mallory, scene.post["uri"].clone());
    thumb["content"] = json!("👍");
    for activity in [&party, &rocket, &thumb] {
        scene.sends(activity).await;
    }
    let mut lost_id = party.clone();
    lost_id["id"] = json!(scene.peer.fresh_id("activities"));
    let undo = |object: Value| scene.peer.activity("Undo", &scene.mallory, object);

    scene.sends(&undo(lost_id)).await;
    assert_eq!(scene.signs().await, [sign("🚀", 1), sign("👍", 1)]);
    scene.sends(&undo(rocket["id"].clone())).await;
    assert_eq!(scene.signs().await, [sign("👍", 1)]);
    scene.sends(&undo(thumb)).await;
    assert!(scene.signs().await.is_empty());
}

#[tokio::test]
async fn what_is_no_sign_or_too_much_is_acknowledged_and_not_kept() {
    let scene = Scene::set().await;
    let mut bad = vec![
        scene.reaction(&scene.mallory, "hello"),
        scene.reaction(&scene.mallory, ""),
        scene.reaction(&scene.mallory, ":unknown:"),
        scene.reaction(&scene.mallory, "<img src=x>"),
        scene.reaction(&scene.mallory, &"🎉".repeat(100)),
    ];
    let mut number = scene.reaction(&scene.mallory, "");
    number["content"] = json!(7);
    let mut script = scene.reaction(&scene.mallory, ":x:");
    script["tag"] =
        json!([{ "type": "Emoji", "name": "x", "icon": { "type": "Image", "url": "javascript:x()" } }]);
    let mut elsewhere = scene.reaction(&scene.mallory, "🎉");
    elsewhere["object"] = json!(scene.app.url("/users/ann/statuses/1"));
    bad.extend([number, script, elsewhere]);

    for activity in &bad {
        assert_eq!(scene.sends(activity).await, 202, "{activity}");
    }
    assert!(scene.signs().await.is_empty());

    for sign in ["🍏", "🍐", "🍊", "🍋", "🍌", "🍉", "🍇"] {
        scene.sends(&scene.reaction(&scene.mallory, sign)).await;
    }
    assert_eq!(scene.signs().await.len(), 5, "of one person");
}

#[tokio::test]
async fn nobody_reacts_for_somebody_else_or_where_it_is_not_theirs_to_see() {
    let scene = Scene::set().await;
    let eve = scene.peer.person("eve");
    let party = scene.reaction(&scene.mallory, "🎉");
    scene.sends(&party).await;

    let stolen = scene.peer.activity("Undo", &eve, party);
    assert_eq!(scene.sends(&stolen).await, 403);
    let inbox = scene.app.shared_inbox();
    let rocket = scene.reaction(&scene.mallory, "🚀");
    let forged = scene.peer.letter(&rocket).signed_by(&eve).to(&inbox).await;
    assert!(matches!(forged.status.as_u16(), 401 | 403));
    let secret = scene.ann.posts_with(json!({ "status": "For followers", "visibility": "private" })).await;
    let mut peeking = scene.reaction(&eve, "👀");
    peeking["object"] = secret["uri"].clone();
    assert_eq!(scene.sends(&peeking).await, 202);

    assert_eq!(scene.signs().await, [sign("🎉", 1)]);
    assert_eq!(scene.ann.looks_at(&secret).await.unwrap()["reactions"], json!([]));
}

/// A post of Mallory's for Ann, changed by the test before it is sent.
async fn receives(scene: &Scene, change: Value) -> Option<Value> {
    let mut note = scene.peer.note(&scene.mallory, "The whole text.", &[scene.app.actor("ann").as_str()]);
    note["tag"] = json!([{ "type": "Mention", "href": scene.app.actor("ann"), "name": "@ann" }]);
    for (name, value) in change.as_object().unwrap() {
        note[name] = value.clone();
    }
    assert_eq!(scene.sends(&scene.peer.create(&note)).await, 202, "{note}");
    scene.ann.finds_status(note["id"].as_str().unwrap()).await
}

#[tokio::test]
async fn articles_and_pages_come_whole_with_their_title() {
    let scene = Scene::set().await;

    for kind in ["Article", "Page", "as:Page"] {
        let seen = receives(&scene, json!({ "type": kind, "name": ["How we ship"], "summary": "In short" }))
            .await
            .unwrap();
        assert_eq!(
            (text_of(&seen, "title"), text_of(&seen, "spoiler_text")),
            ("How we ship".to_owned(), String::new())
        );
        assert!(text_of(&seen, "content").contains("The whole text."), "{seen}");
    }
    let warned = json!({ "type": "Article", "name": "How we ship", "summary": "food", "sensitive": true });
    assert_eq!(receives(&scene, warned).await.unwrap()["spoiler_text"], "food");
    let lemmy = json!({ "type": "Page", "name": "Look", "content": null,
        "attachment": [{ "type": "Link", "href": "https://example.org/look" }] });
    let seen = receives(&scene, lemmy).await.unwrap();
    assert!(text_of(&seen, "content").contains("href=\"https://example.org/look\""), "{seen}");
    assert_eq!(seen["media_attachments"], json!([]));
    let short = json!({ "type": "Article", "name": "Long", "content": null,
        "preview": { "type": "Note", "content": "<p>In a few words</p>" } });
    assert!(text_of(&receives(&scene, short).await.unwrap(), "content").contains("In a few words"));
    let nameless = receives(&scene, json!({ "type": "Article", "name": null })).await.unwrap();
    assert_eq!(nameless["title"], json!(null));
}

#[tokio::test]
async fn titles_of_other_sites_are_made_harmless() {
    let scene = Scene::set().await;
    let name = "<script>x()</script>Ship\u{202e}\nit";

    let seen = receives(&scene, json!({ "type": "Article", "name": name })).await.unwrap();

    let title = text_of(&seen, "title");
    assert!(!title.contains(['\u{202e}', '\n', '<']), "{title}");
    assert!(!text_of(&seen, "content").contains("<script"));
    let long = receives(&scene, json!({ "type": "Page", "name": "x".repeat(10_000) })).await.unwrap();
    assert_eq!(text_of(&long, "title").len(), 500);
    for odd in [json!(7), json!({ "x": 1 }), json!([])] {
        assert_eq!(
            receives(&scene, json!({ "type": "Page", "name": odd })).await.unwrap()["title"],
            json!(null)
        );
    }
}

#[tokio::test]
async fn an_article_is_edited_and_deleted_by_its_author() {
    let scene = Scene::set().await;
    let mut note = scene.peer.note(&scene.mallory, "First we test.", &[scene.app.actor("ann").as_str()]);
    note["type"] = json!("Article");
    note["name"] = json!("How we ship");
    note["tag"] = json!([{ "type": "Mention", "href": scene.app.actor("ann"), "name": "@ann" }]);
    scene.sends(&scene.peer.create(&note)).await;
    let seen = scene.ann.hears_from("mention", "mallory").await["status"].clone();
    note["name"] = json!("How we think");
    note["updated"] = json!(scene.app.now().to_rfc3339());

    let eve = scene.peer.person("eve");
    assert_eq!(scene.sends(&scene.peer.activity("Update", &eve, note.clone())).await, 403);
    // Only named: it is read from its site.
    scene.peer.publish(&note);
    assert_eq!(scene.sends(&scene.peer.activity("Update", &scene.mallory, note["id"].clone())).await, 202);

    let after = scene.ann.looks_at(&seen).await.unwrap();
    assert_eq!((&after["title"], after["edited_at"].is_string()), (&json!("How we think"), true));
    assert_eq!(scene.sends(&scene.peer.activity("Delete", &eve, note["id"].clone())).await, 403);
    assert_eq!(scene.sends(&scene.peer.activity("Delete", &scene.mallory, note["id"].clone())).await, 202);
    assert!(scene.ann.looks_at(&seen).await.is_none());
}

#[tokio::test]
async fn odd_polls_do_no_harm() {
    let scene = Scene::set().await;
    let many: Vec<Value> = (0..700).map(|n| json!({ "name": format!("{n}") })).collect();
    for (odd, options) in [
        (json!({ "oneOf": [] }), 0),
        (json!({ "oneOf": "https://x.example/" }), 0),
        (json!({ "oneOf": [7, null, { "type": "Note" }] }), 0),
        (json!({ "anyOf": { "type": "Note", "name": "Only", "replies": { "totalItems": 1e300 } } }), 1),
        (json!({ "oneOf": many }), 500),
        (json!({ "oneOf": [{ "name": "a" }], "endTime": "soon", "closed": 7, "votersCount": "many" }), 1),
    ] {
        let mut question = odd.clone();
        question["type"] = json!("Question");
        let seen = receives(&scene, question).await.unwrap();
        assert_eq!(seen["poll"]["options"].as_array().map_or(0, Vec::len), options, "{seen}");
    }
}
