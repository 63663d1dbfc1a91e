//! What another site may send by mistake or on purpose: refused with the right status, and nothing changes.

use std::time::Duration;

use breezeway::platform::crypto::KeyPair;
use breezeway::testing::http::Answer;
use breezeway::testing::{Peer, Person, TestApp, eventually};
use serde_json::{Value, json};
use url::Url;

/// An open site with Ann on it, and a peer with Mallory and Eve.
pub struct Scene {
    pub app: TestApp,
    pub ann: Person,
    pub peer: Peer,
    pub mallory: Url,
}

impl Scene {
    pub async fn set() -> Self {
        let app = TestApp::build().open().start().await;
        let ann = app.person("ann").await;
        let peer = Peer::start(&["mallory", "eve"]).await;
        let mallory = peer.person("mallory");
        Self { app, ann, peer, mallory }
    }

    pub fn inbox(&self) -> Url {
        self.app.shared_inbox()
    }

    /// A note for Ann.
    pub fn create(&self, text: &str) -> Value {
        let note = self.peer.note(&self.mallory, text, &[self.app.actor("ann").as_str()]);
        let mut create = self.peer.create(&note);
        let mention = json!([{ "type": "Mention", "href": self.app.actor("ann"), "name": format!("@{}", self.ann.handle) }]);
        create["object"]["tag"] = mention;
        create
    }

    /// The answer was `status`, nothing changed, and the site still works.
    pub async fn refused(&self, answer: &Answer, status: u16) {
        assert_eq!(answer.status.as_u16(), status, "{}", answer.text());
        self.app.settles().await;
        assert!(self.ann.notifications().await.is_empty(), "what was refused changed something");
        self.still_works().await;
    }

    pub async fn still_works(&self) {
        let answer = self.peer.letter(&self.create("A proper letter")).to(&self.inbox()).await;
        assert_eq!(answer.status.as_u16(), 202, "{}", answer.text());
        eventually("the proper letter has arrived", async || {
            (self.ann.notifications().await.len() == 1).then_some(())
        })
        .await;
    }
}

#[tokio::test]
async fn a_proper_letter_is_taken_in_either_style() {
    let scene = Scene::set().await;

    let cavage = scene.peer.letter(&scene.create("One")).to(&scene.inbox()).await;
    let rfc9421 = scene.peer.letter(&scene.create("Two")).rfc9421().to(&scene.app.inbox("ann")).await;

    assert_eq!(
        (cavage.status.as_u16(), rfc9421.status.as_u16()),
        (202, 202),
        "{} {}",
        cavage.text(),
        rfc9421.text()
    );
    eventually("both have arrived", async || (scene.ann.notifications().await.len() == 2).then_some(()))
        .await;
}

#[tokio::test]
async fn an_unsigned_letter_is_refused() {
    let scene = Scene::set().await;

    let answer = scene.peer.letter(&scene.create("Trust me")).unsigned().to(&scene.inbox()).await;

    scene.refused(&answer, 401).await;
}

#[tokio::test]
async fn a_signature_with_another_key_is_refused() {
    let scene = Scene::set().await;
    let (rsa, ed25519) = (KeyPair::generate_rsa().unwrap(), KeyPair::generate_ed25519().unwrap());

    let cavage = scene.peer.letter(&scene.create("Trust me")).with_key(&rsa).to(&scene.inbox()).await;
    let rfc9421 =
        scene.peer.letter(&scene.create("Trust me")).rfc9421().with_key(&ed25519).to(&scene.inbox()).await;

    assert_eq!(rfc9421.status.as_u16(), 401, "{}", rfc9421.text());
    scene.refused(&cavage, 401).await;
}

#[tokio::test]
async fn a_letter_whose_body_was_swapped_is_refused() {
    let scene = Scene::set().await;
    let other = scene.create("Something else").to_string();

    let answer = scene.peer.letter(&scene.create("One thing")).swapping_body(other).to(&scene.inbox()).await;

    scene.refused(&answer, 401).await;
}

#[tokio::test]
async fn a_signature_that_leaves_out_what_matters_is_refused() {
    let scene = Scene::set().await;
    for part in ["(request-target)", "host", "date", "digest"] {
        let answer = scene.peer.letter(&scene.create("Trust me")).without(&[part]).to(&scene.inbox()).await;
        assert_eq!(answer.status.as_u16(), 401, "without {part}: {}", answer.text());
    }

    let mut last = None;
    for part in ["@method", "@target-uri", "content-digest", "created"] {
        let letter = scene.peer.letter(&scene.create("Trust me")).rfc9421().without(&[part]);
        let answer = letter.to(&scene.inbox()).await;
        assert_eq!(answer.status.as_u16(), 401, "without {part}: {}", answer.text());
        last = Some(answer);
    }

    scene.refused(&last.unwrap(), 401).await;
}

#[tokio::test]
async fn a_letter_from_yesterday_or_tomorrow_is_refused() {
    const DAY: Duration = Duration::from_hours(24);
    let scene = Scene::set().await;
    let tomorrow = breezeway::base::Clock::system().now() + DAY;

    let late = scene.peer.letter(&scene.create("Late")).written_ago(DAY).to(&scene.inbox()).await;
    let early =
        scene.peer.letter(&scene.create("Early")).rfc9421().written(tomorrow).to(&scene.inbox()).await;

    assert_eq!(early.status.as_u16(), 401, "{}", early.text());
    scene.refused(&late, 401).await;
}

#[tokio::test]
async fn a_letter_for_another_site_is_refused() {
    let scene = Scene::set().await;

    let answer =
        scene.peer.letter(&scene.create("Not yours")).for_host("sales.example.org").to(&scene.inbox()).await;

    scene.refused(&answer, 401).await;
}

#[tokio::test]
async fn nobody_speaks_for_somebody_else() {
    let scene = Scene::set().await;

    let eve = scene.peer.person("eve");
    let answer = scene.peer.letter(&scene.create("I am Mallory")).signed_by(&eve).to(&scene.inbox()).await;

    // Taken as passed on by Eve: the post is looked for at its origin, which has none.
    scene.refused(&answer, 202).await;
}

#[tokio::test]
async fn a_key_of_another_site_is_refused() {
    let scene = Scene::set().await;
    let other = Peer::start(&["trent"]).await;

    let key = format!("{}#main-key", other.person("trent"));
    let answer = scene.peer.letter(&scene.create("Trust me")).naming_key(&key).to(&scene.inbox()).await;

    assert!(matches!(answer.status.as_u16(), 401 | 403), "{}: {}", answer.status, answer.text());
    scene.refused(&answer, answer.status.as_u16()).await;
}

#[tokio::test]
async fn ids_of_another_host_are_refused() {
    let scene = Scene::set().await;
    let other = Peer::start(&["trent"]).await;

    let mut foreign_id = scene.create("Trust me");
    foreign_id["id"] = json!(other.fresh_id("activities"));
    let answer = scene.peer.letter(&foreign_id).to(&scene.inbox()).await;

    assert!(answer.status.is_client_error(), "{}", answer.status);
    scene.refused(&answer, answer.status.as_u16()).await;
}

#[tokio::test]
async fn a_post_in_the_name_of_another_site_is_not_believed() {
    let scene = Scene::set().await;
    let other = Peer::start(&["trent"]).await;
    let note = other.note(&other.person("trent"), "The real words", &[scene.app.actor("ann").as_str()]);
    let mut create = scene.peer.activity("Create", &scene.mallory, note);
    create["object"]["content"] = json!("<p>Forged words</p>");
    create["object"]["tag"] = json!([{ "type": "Mention", "href": scene.app.actor("ann"), "name": "@ann" }]);

    scene.peer.letter(&create).to(&scene.inbox()).await;
    scene.app.settles().await;

    let told = scene.ann.notifications().await;
    assert!(!told.iter().any(|note| note.to_string().contains("Forged words")), "{told:?}");
    scene.peer.letter(&scene.create("A proper letter")).to(&scene.inbox()).await;
}

#[tokio::test]
async fn a_letter_over_one_mebibyte_is_refused() {
    let scene = Scene::set().await;
    let mut create = scene.create("Long");
    create["object"]["content"] = json!("x".repeat(1 << 20));

    let answer = scene.peer.letter(&create).to(&scene.inbox()).await;

    scene.refused(&answer, 413).await;
}

#[tokio::test]
async fn a_letter_nested_too_deeply_is_refused() {
    let scene = Scene::set().await;
    let actor = scene.mallory.as_str();
    let deep = |depth: usize| {
        let open = format!(
            r#"{{"id":"{}","type":"Create","actor":"{actor}","object":"#,
            scene.peer.fresh_id("activities")
        );
        format!("{open}{}{}}}", "[".repeat(depth), "]".repeat(depth))
    };

    let answer = scene.peer.letter(&scene.create("")).with_body(deep(100)).to(&scene.inbox()).await;
    let abyss = scene.peer.letter(&scene.create("")).with_body(deep(200_000)).to(&scene.inbox()).await;

    assert_eq!(abyss.status.as_u16(), 400, "{}", abyss.text());
    scene.refused(&answer, 400).await;
}

#[tokio::test]
async fn what_is_no_activity_is_refused() {
    let scene = Scene::set().await;
    let actor = scene.mallory.as_str();
    let bodies = [
        String::new(),
        "not JSON".to_owned(),
        "[]".to_owned(),
        "null".to_owned(),
        json!({ "id": scene.peer.fresh_id("activities"), "type": 7, "actor": actor, "object": "x" })
            .to_string(),
        json!({ "id": 7, "type": "Like", "actor": actor, "object": "x" }).to_string(),
        json!({ "id": scene.peer.fresh_id("activities"), "type": "Create", "actor": actor, "object": 7 })
            .to_string(),
        json!({ "id": scene.peer.fresh_id("activities"), "type": "Follow", "actor": actor }).to_string(),
    ];

    let mut last = None;
    for body in bodies {
        let answer =
            scene.peer.letter(&json!({ "actor": actor })).with_body(body.clone()).to(&scene.inbox()).await;
        assert_eq!(answer.status.as_u16(), 400, "{body}: {}", answer.text());
        last = Some(answer);
    }

    scene.refused(&last.unwrap(), 400).await;
}

#[tokio::test]
async fn what_nobody_understands_is_acknowledged_and_ignored() {
    let scene = Scene::set().await;
    let dance = scene.peer.activity("Dance", &scene.mallory, scene.app.actor("ann").as_str());

    let answer = scene.peer.letter(&dance).to(&scene.inbox()).await;

    scene.refused(&answer, 202).await;
}

#[tokio::test]
async fn a_repeat_changes_nothing() {
    let scene = Scene::set().await;
    let create = scene.create("Once");
    let follow = scene.peer.activity("Follow", &scene.mallory, scene.app.actor("ann").as_str());

    for _ in 0..3 {
        for activity in [&create, &follow] {
            let answer = scene.peer.letter(activity).to(&scene.inbox()).await;
            assert_eq!(answer.status.as_u16(), 202, "{}", answer.text());
        }
    }
    scene.app.settles().await;

    let mut kinds: Vec<String> = scene
        .ann
        .notifications()
        .await
        .iter()
        .map(|note| note["type"].as_str().unwrap().to_owned())
        .collect();
    kinds.sort();
    assert_eq!(kinds, ["follow", "mention"]);
    let me = scene.ann.get("/api/v1/accounts/verify_credentials").await.ok().json();
    assert_eq!(me["followers_count"], 1);
}

#[tokio::test]
async fn a_deleted_post_does_not_come_back_by_a_late_create() {
    let scene = Scene::set().await;
    let create = scene.create("Gone before it came");
    let delete = scene.peer.activity("Delete", &scene.mallory, create["object"]["id"].clone());

    scene.peer.letter(&delete).to(&scene.inbox()).await;
    scene.app.settles().await;
    scene.peer.letter(&create).to(&scene.inbox()).await;
    scene.app.settles().await;

    assert!(scene.ann.notifications().await.is_empty());
}

#[tokio::test]
async fn markup_from_elsewhere_is_made_harmless() {
    let scene = Scene::set().await;
    let mut create = scene.create("Harmless");
    create["object"]["content"] = json!(
        r#"<p onclick="x()">Harmless<script>x()</script><img src=x onerror=x()><a href="javascript:x()">a</a></p>"#
    );

    scene.peer.letter(&create).to(&scene.inbox()).await;

    let note = scene.ann.hears_from("mention", "mallory").await;
    let content = note["status"]["content"].as_str().unwrap();
    for bad in ["script", "onclick", "onerror", "<img"] {
        assert!(!content.contains(bad), "{content}");
    }
}
