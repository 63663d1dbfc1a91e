//! What another site may leave here: reports, deletions, likes that were refused. Each has an end.

use breezeway::domain::moderation::{self, Which};
use breezeway::domain::statuses::consent::interaction::MOST_REFUSED;
use breezeway::domain::statuses::store;
use breezeway::testing::{Peer, TestApp};
use serde_json::{Value, json};

/// What the tests allow a site in a day.
const RATION: u32 = 3;

async fn strict() -> TestApp {
    let app = TestApp::build().open().with(|config| {
        config.limits.flags_per_day = RATION;
        config.limits.unknown_deletions_per_day = RATION;
    });
    app.start().await
}

async fn says(app: &TestApp, peer: &Peer, activity: &Value) {
    let answer = peer.letter(activity).to(&app.shared_inbox()).await;
    assert_eq!(answer.status.as_u16(), 202, "{}", answer.text());
}

#[tokio::test]
async fn reports_of_one_site_beyond_a_ration_do_not_reach_the_desk() {
    let app = strict().await;
    let moderator = app.moderator("mod").await;
    let ann = app.actor("ann");
    app.person("ann").await;
    let (noisy, quiet) = (Peer::start(&["mallory"]).await, Peer::start(&["trent"]).await);

    for _ in 0..RATION + 4 {
        let flag = noisy.activity("Flag", &noisy.site(), json!([ann.as_str()]));
        // Asked to come again, it would keep back what else it has to say.
        says(&app, &noisy, &flag).await;
    }
    says(&app, &quiet, &quiet.activity("Flag", &quiet.site(), json!([ann.as_str()]))).await;

    let mut conn = app.services().db.read().await.unwrap();
    let open = moderation::list(&mut conn, moderator.id, Which::Open, None, 40).await.unwrap();
    assert_eq!(open.len(), RATION as usize + 1, "the others of the one, and that of another site");
}

#[tokio::test]
async fn deletions_of_what_never_was_are_remembered_up_to_a_ration() {
    let app = strict().await;
    app.person("ann").await;
    let peer = Peer::start(&["mallory"]).await;
    let mallory = peer.person("mallory");
    let notes: Vec<Value> = (0..RATION + 2)
        .map(|number| {
            let mut note = peer.note(&mallory, &format!("Note {number}"), &[app.actor("ann").as_str()]);
            note["tag"] = json!([{ "type": "Mention", "href": app.actor("ann"), "name": "@ann" }]);
            note
        })
        .collect();
    for (number, note) in notes.iter().enumerate() {
        let delete = peer.activity("Delete", &mallory, note["id"].clone());
        let answer = peer.letter(&delete).to(&app.shared_inbox()).await;
        // What is acknowledged is kept; the rest is to come again.
        assert_eq!(answer.status.as_u16(), if number < RATION as usize { 202 } else { 429 });
    }
    for note in &notes {
        says(&app, &peer, &peer.create(note)).await;
    }

    let mut conn = app.services().db.read().await.unwrap();
    let mut known = Vec::new();
    for note in &notes {
        let uri = note["id"].as_str().unwrap();
        known.push(store::find_by_uri(&mut conn, uri).await.unwrap().is_some());
    }
    assert_eq!(known, [false, false, false, true, true]);
}

#[tokio::test]
async fn deletions_of_what_is_known_are_not_counted() {
    let app = strict().await;
    app.person("ann").await;
    let peer = Peer::start(&["mallory"]).await;
    let mallory = peer.person("mallory");
    for number in 0..RATION * 2 {
        let mut note = peer.note(&mallory, &format!("Note {number}"), &[app.actor("ann").as_str()]);
        note["tag"] = json!([{ "type": "Mention", "href": app.actor("ann"), "name": "@ann" }]);
        says(&app, &peer, &peer.create(&note)).await;
        says(&app, &peer, &peer.activity("Delete", &mallory, note["id"].clone())).await;
        let mut conn = app.services().db.read().await.unwrap();
        let uri = note["id"].as_str().unwrap();
        assert!(store::find_by_uri(&mut conn, uri).await.unwrap().is_none(), "note {number}");
        assert!(store::find_tombstone(&mut conn, uri).await.unwrap().is_some(), "note {number}");
    }
}

#[tokio::test]
async fn likes_that_are_refused_under_ever_new_ids_are_all_told_so() {
    let app = strict().await;
    let ann = app.person("ann").await;
    let post = ann.posts_with(json!({ "status": "Quiet", "favourite_policy": "nobody" })).await;
    let peer = Peer::start(&["mallory"]).await;
    let count = MOST_REFUSED as usize + 10;
    for _ in 0..count {
        let like = peer.activity("Like", &peer.person("mallory"), post["uri"].as_str().unwrap());
        says(&app, &peer, &like).await;
    }

    app.settles().await;
    assert_eq!(peer.received_of("Reject").len(), count);
    assert_eq!(ann.looks_at(&post).await.unwrap()["favourites_count"], 0);
}
