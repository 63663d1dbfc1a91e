//! Names and addresses that look like others, or like nothing that can be an address.

use breezeway::testing::text_of;
use serde_json::{Value, json};
use url::Url;

use crate::bad_input::Scene;

/// Another face of the peer, with whatever is different about it; its letter to Ann.
async fn says_hello(scene: &Scene, name: &str, change: impl FnOnce(&mut Value)) -> u16 {
    let id = scene.peer.url(&format!("/users/{name}"));
    let mut actor = scene.peer.document("/users/mallory").unwrap();
    let text = actor.to_string().replace("/users/mallory", &format!("/users/{name}"));
    actor = serde_json::from_str(&text).unwrap();
    actor["preferredUsername"] = json!(name);
    actor["name"] = json!(name);
    change(&mut actor);
    scene.peer.publish_at(id.path(), &actor);
    let note = scene.peer.note(&id, "Hello", &[scene.app.actor("ann").as_str()]);
    let mut create = scene.peer.create(&note);
    create["object"]["tag"] = json!([{ "type": "Mention", "href": scene.app.actor("ann"), "name": format!("@{}", scene.ann.handle) }]);
    let status = scene.peer.letter(&create).to(&scene.inbox()).await.status.as_u16();
    scene.app.settles().await;
    status
}

#[tokio::test]
async fn names_that_no_handle_can_have_are_refused() {
    let scene = Scene::set().await;
    let long = "x".repeat(3000);
    for (number, odd) in [
        "",
        " ",
        "ann smith",
        "ann@sales.example",
        "../ann",
        "ann?x",
        "ann#x",
        "\u{202e}nna",
        "an\u{200b}n",
        "a\u{0}nn",
        "<b>ann</b>",
        "\"ann\"",
        "ann\nsmith",
        &long,
    ]
    .iter()
    .enumerate()
    {
        let status =
            says_hello(&scene, &format!("odd{number}"), |actor| actor["preferredUsername"] = json!(odd))
                .await;
        assert!(matches!(status, 400 | 401), "{odd:?} {status}");
    }
    assert!(scene.ann.notifications().await.is_empty());
}

#[tokio::test]
async fn a_letter_of_another_alphabet_makes_no_second_ann() {
    let scene = Scene::set().await;
    // Cyrillic, Greek, full width, and a letter with an accent written apart.
    for (number, twin) in ["\u{430}nn", "\u{3b1}nn", "\u{ff41}nn", "a\u{301}nn"].iter().enumerate() {
        let status =
            says_hello(&scene, &format!("twin{number}"), |actor| actor["preferredUsername"] = json!(twin))
                .await;
        assert!(matches!(status, 400 | 401), "{twin:?} {status}");
        assert!(scene.ann.finds(&format!("{twin}@{}", scene.peer.host())).await.is_none());
    }
    assert!(scene.ann.notifications().await.is_empty());
}

#[tokio::test]
async fn marks_that_turn_the_writing_are_taken_out_of_names() {
    let scene = Scene::set().await;
    let name = "Ann\u{202e}htimS\u{2066}\u{200b}\u{0007}\n<script>x()</script>";

    assert_eq!(says_hello(&scene, "turner", |actor| actor["name"] = json!(name)).await, 202);

    let told = scene.ann.hears_from("mention", "turner").await;
    let shown = text_of(&told["account"], "display_name");
    assert!(
        !shown.chars().any(|c| c.is_control() || matches!(c, '\u{200b}'..='\u{202e}' | '\u{2066}')),
        "{shown:?}"
    );
    let browser = scene.ann.browser().await;
    let page = browser.open("/notifications").await.ok().text();
    assert!(!page.contains("<script>x()"), "a name is no markup");
}

#[tokio::test]
async fn an_address_with_a_name_or_password_in_it_is_nobody_s() {
    let scene = Scene::set().await;
    let with = |url: &Url| url.as_str().replacen("http://", "http://ann:secret@", 1);
    for field in ["id", "actor"] {
        let mut create = scene.create("Trust me");
        create[field] = json!(with(&create[field].as_str().unwrap().parse().unwrap()));
        let answer = scene.peer.letter(&create).signed_by(&scene.mallory).to(&scene.inbox()).await;
        assert!(answer.status.is_client_error(), "{field}: {} {}", answer.status, answer.text());
    }
    let mut create = scene.create("Trust me");
    create["object"]["id"] = json!(with(&create["object"]["id"].as_str().unwrap().parse().unwrap()));
    let object = scene.peer.letter(&create).to(&scene.inbox()).await;
    assert!(object.status.is_client_error(), "{} {}", object.status, object.text());
    let key = format!("{}#main-key", with(&scene.mallory));
    let key = scene.peer.letter(&scene.create("Trust me")).naming_key(&key).to(&scene.inbox()).await;
    scene.refused(&key, key.status.as_u16()).await;
    assert!(key.status.is_client_error(), "{}", key.text());
}

#[tokio::test]
async fn another_port_is_another_site() {
    let scene = Scene::set().await;
    let port = scene.mallory.port().unwrap();
    for other in [port - 1, 80] {
        let mut elsewhere = scene.mallory.clone();
        elsewhere.set_port(Some(other)).unwrap();
        let mut create = scene.create("Trust me");
        create["object"]["attributedTo"] = json!(elsewhere);
        let answer = scene.peer.letter(&create).to(&scene.inbox()).await;
        assert!(answer.status.is_client_error(), "{}", answer.text());
        create = scene.create("Trust me");
        create["object"]["id"] = json!(elsewhere.join("/notes/1").unwrap());
        let answer = scene.peer.letter(&create).to(&scene.inbox()).await;
        assert!(answer.status.is_client_error(), "{}", answer.text());
    }
    let answer = scene.peer.letter(&scene.create("Trust me")).unsigned().to(&scene.inbox()).await;
    scene.refused(&answer, 401).await;
}

#[tokio::test]
async fn what_stands_behind_a_hash_does_not_make_a_site() {
    let scene = Scene::set().await;
    let real = breezeway::testing::Peer::start(&["trent"]).await;
    let trent = real.person("trent");
    // Looks like Trent's at a glance; it is Mallory's own.
    for trick in [
        format!("{}#{trent}", scene.mallory),
        format!("{}?{trent}", scene.mallory),
        format!("http://{}@{}/users/trent", real.host(), scene.peer.host()),
        format!("http://{}\\@{}/users/trent", scene.peer.host(), real.host()),
    ] {
        let mut create = scene.create("I am Trent");
        create["actor"] = json!(trick);
        create["object"]["attributedTo"] = json!(trick);
        let answer = scene.peer.letter(&create).signed_by(&scene.mallory).to(&scene.inbox()).await;
        assert!(answer.status.is_client_error(), "{trick}: {} {}", answer.status, answer.text());
    }
    scene.app.settles().await;
    assert!(scene.ann.notifications().await.is_empty());
}

#[tokio::test]
async fn the_same_host_in_another_dress_is_the_same_host() {
    let scene = Scene::set().await;
    let port = scene.mallory.port().unwrap();
    // All of these are 127.0.0.1 to a parser of addresses: one account, however it is written.
    for host in ["127.1", "0x7f.0.0.1", "2130706433", "127.0.0.1."] {
        let dressed = format!("http://{host}:{port}/users/mallory");
        let mut create = scene.create(&format!("As {host}"));
        create["actor"] = json!(dressed);
        create["object"]["attributedTo"] = json!(dressed);
        let answer = scene.peer.letter(&create).signed_by(&scene.mallory).to(&scene.inbox()).await;
        assert_eq!(answer.status.as_u16(), 202, "{host}: {}", answer.text());
    }
    scene.app.settles().await;

    let mut authors: Vec<String> =
        scene.ann.notifications().await.iter().map(|told| text_of(&told["account"], "id")).collect();
    assert_eq!(authors.len(), 4);
    authors.dedup();
    assert_eq!(authors.len(), 1, "one Mallory");
}

#[tokio::test]
async fn a_name_of_the_same_machine_is_not_the_same_site() {
    let scene = Scene::set().await;
    let port = scene.mallory.port().unwrap();
    for host in ["localhost", "LOCALHOST", "localhost.", "[::1]", "127.0.0.2"] {
        let mut create = scene.create("Trust me");
        create["object"]["id"] = json!(format!("http://{host}:{port}/notes/1"));
        let answer = scene.peer.letter(&create).to(&scene.inbox()).await;
        assert!(answer.status.is_client_error(), "{host}: {}", answer.text());
    }
    assert!(scene.ann.notifications().await.is_empty());
}

#[tokio::test]
async fn handles_in_disguise_are_not_found() {
    let scene = Scene::set().await;
    let host = scene.app.host();
    for query in [
        format!("ann@{host}.evil.example"),
        format!("ann@{host}@{}", scene.peer.host()),
        format!("@@ann@{host}"),
        format!("ann%40{host}"),
        "ann@xn--".to_owned(),
        "ann@..".to_owned(),
        "ann@[::1".to_owned(),
        format!("a\u{202e}nn@{host}"),
        format!("http://{host}@{}/users/mallory", scene.peer.host()),
    ] {
        let path = format!(
            "/api/v2/search?type=accounts&resolve=true&q={}",
            url::form_urlencoded::byte_serialize(query.as_bytes()).collect::<String>()
        );
        let answer = scene.ann.get(&path).await;
        assert!(!answer.status.is_server_error(), "{query}: {}", answer.text());
        let found = answer.json();
        let names: Vec<&Value> = found["accounts"].as_array().into_iter().flatten().collect();
        assert!(names.iter().all(|account| account["username"] != "mallory"), "{query}: {found}");
    }
}
