//! Sites that share a name are told apart, and the address of a form leads to its page.

use breezeway::domain::accounts::{self, Kind, NewAccount};
use breezeway::domain::auth::Role;
use breezeway::domain::organisation::{self, Peer, PeerState};
use breezeway::domain::statuses::Visibility;
use breezeway::testing::TestApp;

use super::{member, post, with_role};

/// Another site with somebody on it, as if both were known for long.
async fn knows(app: &TestApp, host: &str, name: &str) {
    let (services, now) = (app.services(), app.now());
    let at = format!("https://{host}");
    let site = Peer {
        id: services.ids.next(),
        host: host.to_owned(),
        state: PeerState::Accepted,
        actor_uri: Some(format!("{at}/actor")),
        inbox: Some(format!("{at}/inbox")),
        name: name.to_owned(),
        colour: String::new(),
        organisation_uri: None,
        follow_uri: None,
        blocked_at: None,
        created_at: now,
        updated_at: now,
    };
    let uri = format!("{at}/users/far");
    let far = NewAccount {
        username: "far".to_owned(),
        host: host.to_owned(),
        kind: Kind::Person,
        url: format!("{at}/@far"),
        display_name: String::new(),
        note: String::new(),
        fields: Vec::new(),
        avatar_url: None,
        header_url: None,
        locked: false,
        discoverable: true,
        inbox: format!("{uri}/inbox"),
        shared_inbox: Some(format!("{at}/inbox")),
        outbox: None,
        followers_uri: None,
        following_uri: None,
        featured_uri: None,
        also_known_as: Vec::new(),
        moved_to: None,
        indexable: true,
        created_at: now,
        keys: Vec::new(),
        uri,
    };
    let mut tx = services.db.begin().await.unwrap();
    organisation::store::upsert(&mut tx, &site).await.unwrap();
    assert!(accounts::store::insert(&mut tx, services.ids.next(), &far, now).await.unwrap());
    tx.commit().await.unwrap();
    services.caches.forget_peers();
}

#[tokio::test]
async fn sites_of_one_name_show_their_hosts() {
    let app = TestApp::start().await;
    let ann = member(&app, "ann").await;
    for (host, name) in [
        ("sales.example.org", "Sales"),
        ("sales.example.net", "sales "),
        ("legal.example.org", "Legal"),
        ("false.example.org", "Engineering"),
    ] {
        knows(&app, host, name).await;
    }

    for (host, chip) in [
        ("sales.example.org", "Sales (sales.example.org)"),
        ("sales.example.net", "sales (sales.example.net)"),
        ("legal.example.org", "Legal"),
        ("false.example.org", "Engineering (false.example.org)"),
    ] {
        let page = ann.sees(&format!("/@far@{host}")).await;
        assert!(page.contains(&format!("<span>{chip}</span>")), "{host}: {page}");
    }
}

#[tokio::test]
async fn the_address_of_a_form_leads_to_its_page() {
    let app = TestApp::start().await;
    let admin = with_role(&app, "boss", Role::Admin).await;
    let ann = member(&app, "ann").await;
    let id = post(&app, ann.id, "Hello", Visibility::Organisation).await;
    knows(&app, "sales.example.org", "Sales").await;
    let like = format!("/posts/{id}/like");
    let paths = [
        like.as_str(),
        "/people/1/follow",
        "/requests/1/accept",
        "/sign-out",
        "/settings/profile",
        "/settings/password",
        "/settings/aliases",
        "/settings/aliases/remove",
        "/settings/move",
        "/settings/stay",
        "/settings/sessions/1/end",
        "/desk/log/1/undo",
        "/desk/sites/sales.example.org/check",
        "/desk/sites/sales.example.org/try",
    ];

    for path in paths {
        let page = admin.browser.open(path).await;
        assert_eq!(page.status, 200, "{path}: {}", page.text());
    }

    assert!(admin.sees(&like).await.contains("Hello"));
    assert!(admin.sees("/desk/sites/sales.example.org/check").await.contains("Last taken"));
    assert_eq!(ann.browser.open("/desk/sites/sales.example.org/check").await.status, 403);
    let stranger = breezeway::testing::Browser::new(app.url("/"));
    assert!(stranger.open("/settings/password").await.text().contains("Sign in"));
}

#[test]
fn no_address_answers_to_forms_alone() {
    let router = include_str!("../../web/router.rs");
    let alone: Vec<&str> =
        router.lines().filter(|line| line.contains(".route(") && line.contains(", post(")).collect();

    assert!(alone.is_empty(), "who reloads these gets 405: {alone:?}");
}
