//! Activities that are rightly signed and say anything: taken or refused, never answered with 500.
#![no_main]

use std::sync::LazyLock;

use breezeway::testing::{Peer, Person, TestApp};
use libfuzzer_sys::fuzz_target;
use serde_json::{Value, json};
use tokio::runtime::Runtime;

struct World {
    runtime: Runtime,
    app: TestApp,
    peer: Peer,
    ann: Person,
    post: String,
}

static WORLD: LazyLock<World> = LazyLock::new(|| {
    let runtime = Runtime::new().expect("a runtime");
    let (app, peer, ann, post) = runtime.block_on(async {
        let app = TestApp::build().open().start().await;
        let ann = app.person("ann").await;
        let peer = Peer::start(&["mallory"]).await;
        let post = ann.posts("Hello").await;
        let uri = post["uri"].as_str().expect("a post has an address").to_owned();
        (app, peer, ann, uri)
    });
    World { runtime, app, peer, ann, post }
});

/// Puts the addresses of this world where the seeds have a word for them.
fn placed(text: &str) -> String {
    let world = &*WORLD;
    let words = [
        ("$MALLORY", world.peer.person("mallory").to_string()),
        ("$PEER", format!("http://{}", world.peer.host())),
        ("$ANN", world.app.actor("ann").to_string()),
        ("$POST", world.post.clone()),
        ("$SITE", format!("http://{}", world.app.host())),
    ];
    words.iter().fold(text.to_owned(), |text, (word, value)| text.replace(word, value))
}

fuzz_target!(|text: &str| {
    let Ok(mut activity) = serde_json::from_str::<Value>(&placed(text)) else { return };
    if !activity.is_object() {
        return;
    }
    if activity["actor"].is_null() {
        activity["actor"] = json!(WORLD.peer.person("mallory"));
    }
    // Each is new, so that none is left aside as a repeat.
    if activity["id"].is_null() || activity["id"] == "" {
        activity["id"] = json!(WORLD.peer.fresh_id("activities"));
    }
    WORLD.runtime.block_on(async {
        let letter = WORLD.peer.letter(&activity).signed_by(&WORLD.peer.person("mallory"));
        let answer = letter.to(&WORLD.app.shared_inbox()).await;
        let status = answer.status;
        assert!(!status.is_server_error() || status == 503, "{status}: {activity}");
        let home = WORLD.ann.get("/api/v1/notifications").await;
        assert!(home.status.is_success(), "{} after {activity}", home.status);
    });
});
