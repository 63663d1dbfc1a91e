//! Documents that lie about who is who.

use breezeway::testing::peer::Trick;
use breezeway::testing::{Peer, text_of};
use serde_json::json;

use crate::bad_input::Scene;

#[tokio::test]
async fn nobody_takes_over_the_key_of_somebody_else() {
    let scene = Scene::set().await;
    let other = Peer::start(&["trent"]).await;
    // Mallory is known with her key; then Trent says that it is his.
    scene.peer.letter(&scene.create("First")).to(&scene.inbox()).await.ok();
    let mut trent = other.document("/users/trent").unwrap();
    trent["publicKey"] = json!([
        { "id": format!("{}#main-key", scene.mallory), "owner": other.person("trent"),
          "publicKeyPem": other.rsa().public_pem().unwrap() },
        { "id": format!("{}#main-key", other.person("trent")), "owner": scene.mallory,
          "publicKeyPem": other.rsa().public_pem().unwrap() },
    ]);
    other.publish_at("/users/trent", &trent);
    let key = format!("{}#main-key", scene.mallory);
    let create = scene.create("In Mallory's name");
    let forged = scene.peer.letter(&create).naming_key(&key).with_key(other.rsa()).to(&scene.inbox()).await;
    assert_eq!(forged.status.as_u16(), 401, "{}", forged.text());
    scene.ann.finds(&other.handle("trent")).await;

    let forged = scene.peer.letter(&create).naming_key(&key).with_key(other.rsa()).to(&scene.inbox()).await;
    let real = scene.peer.letter(&scene.create("Second")).to(&scene.inbox()).await;

    assert_eq!(forged.status.as_u16(), 401, "{}", forged.text());
    assert_eq!(real.status.as_u16(), 202, "{}", real.text());
}

#[tokio::test]
async fn a_neighbour_s_document_does_not_change_who_somebody_is() {
    let scene = Scene::set().await;
    scene.peer.letter(&scene.create("First")).to(&scene.inbox()).await.ok();
    // At Eve's address stands a document that says it is Mallory, with a key of Eve's.
    let eves = breezeway::platform::crypto::KeyPair::generate_rsa().unwrap();
    let mut document = scene.peer.document("/users/mallory").unwrap();
    document["publicKey"]["publicKeyPem"] = json!(eves.public_pem().unwrap());
    document["inbox"] = json!(scene.peer.url("/users/eve/inbox"));
    scene.peer.publish_at("/users/eve", &document);
    let mut create = scene.create("I am Eve");
    create["actor"] = json!(scene.peer.person("eve"));
    create["object"]["attributedTo"] = json!(scene.peer.person("eve"));

    let answer = scene.peer.letter(&create).with_key(&eves).to(&scene.inbox()).await;

    assert_eq!(answer.status.as_u16(), 401, "{}", answer.text());
}

#[tokio::test]
async fn an_actor_of_another_site_s_address_is_not_taken() {
    let scene = Scene::set().await;
    let other = Peer::start(&["trent"]).await;
    // Mallory's address answers with Trent's document, or sends on to it.
    let trent = other.document("/users/trent").unwrap();
    let says = Trick::says("application/activity+json", trent.to_string());
    for trick in [says, Trick::RedirectsTo(other.person("trent").to_string())] {
        scene.peer.plays("/users/mallory", trick);
        let answer = scene.peer.letter(&scene.create("As Trent")).to(&scene.inbox()).await;
        assert!(answer.status.is_client_error(), "{} {}", answer.status, answer.text());
    }
}

#[tokio::test]
async fn an_inbox_at_another_site_is_not_written_to() {
    let scene = Scene::set().await;
    let victim = Peer::start(&["trent"]).await;
    let mut mallory = scene.peer.document("/users/mallory").unwrap();
    mallory["endpoints"]["sharedInbox"] = json!(victim.url("/inbox"));
    scene.peer.publish(&mallory);
    let follow = scene.peer.activity("Follow", &scene.mallory, scene.app.actor("ann").as_str());
    scene.peer.letter(&follow).to(&scene.inbox()).await.ok();
    breezeway::testing::eventually("the follow is accepted", async || scene.peer.received_of("Accept").pop())
        .await;

    scene.ann.posts("For those who asked").await;
    scene.app.settles().await;
    assert!(victim.received().is_empty(), "a follower does not make us write to others");

    mallory["inbox"] = json!(victim.url("/users/trent/inbox"));
    let update = scene.peer.activity("Update", &scene.mallory, mallory);
    let answer = scene.peer.letter(&update).to(&scene.inbox()).await;
    assert!(answer.status.is_client_error(), "{}", answer.text());
}

#[tokio::test]
async fn webfinger_does_not_lend_names_of_other_sites() {
    let scene = Scene::set().await;
    let other = Peer::start(&["trent"]).await;
    let says = |subject: &str, href: &str| json!({ "subject": subject, "links": [{ "rel": "self", "type": "application/activity+json", "href": href }] });
    let trent = other.person("trent");
    let handle = scene.peer.handle("chief");
    for (subject, href) in [
        (format!("acct:{handle}"), trent.to_string()),
        (format!("acct:{}", other.handle("trent")), trent.to_string()),
        (format!("acct:{handle}"), scene.mallory.to_string()),
        (format!("acct:{handle}"), scene.app.actor("ann").to_string()),
        (format!("acct:{handle}"), "file:///etc/passwd".to_owned()),
        (format!("acct:{handle}"), "http://169.254.169.254/".to_owned()),
        ("chief".to_owned(), String::new()),
    ] {
        scene.peer.says_of("chief", says(&subject, &href));
        let found = scene.ann.finds(&handle).await;
        let handle_of = |account: &serde_json::Value| text_of(account, "acct");
        assert!(
            found.as_ref().is_none_or(|account| handle_of(account) != handle),
            "{subject} {href}: {found:?}"
        );
    }
}

#[tokio::test]
async fn a_post_that_names_itself_otherwise_than_its_activity_is_refused() {
    let scene = Scene::set().await;
    let other = Peer::start(&["trent"]).await;
    let theirs = other.note(&other.person("trent"), "Theirs", &[]);
    for (kind, object) in [
        ("Update", theirs.clone()),
        ("Delete", theirs["id"].clone()),
        ("Delete", json!(scene.app.actor("ann"))),
        (
            "Update",
            json!({ "id": scene.app.actor("ann"), "type": "Person", "preferredUsername": "ann",
                           "inbox": scene.app.inbox("ann") }),
        ),
    ] {
        let activity = scene.peer.activity(kind, &scene.mallory, object.clone());
        let answer = scene.peer.letter(&activity).to(&scene.inbox()).await;
        assert!(answer.status.is_client_error(), "{kind} {object}: {} {}", answer.status, answer.text());
    }
    let me = scene.ann.get("/api/v1/accounts/verify_credentials").await.ok().json();
    assert_eq!(me["username"], "ann");
    scene.still_works().await;
}

#[tokio::test]
async fn nobody_likes_or_follows_in_the_name_of_ours() {
    let scene = Scene::set().await;
    let post = scene.ann.posts("Mine").await;
    for kind in ["Like", "Announce", "Follow", "Block", "Undo"] {
        let mut activity = scene.peer.activity(kind, &scene.app.actor("ann"), post["uri"].clone());
        activity["id"] = json!(scene.app.url("/activities/1"));
        let answer = scene.peer.letter(&activity).signed_by(&scene.mallory).to(&scene.inbox()).await;
        assert!(answer.status.is_client_error(), "{kind}: {} {}", answer.status, answer.text());
    }
    let post = scene.ann.looks_at(&post).await.unwrap();
    assert_eq!((&post["favourites_count"], &post["reblogs_count"]), (&json!(0), &json!(0)));
}
