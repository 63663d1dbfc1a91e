//! The page of another site, and what authors hear of the way of a post.

use breezeway::domain::auth::Role;
use breezeway::domain::statuses::Visibility;
use breezeway::testing::{Peer, TestApp, eventually};
use http::StatusCode;

use super::{Reader, member, post, with_role};

struct Scene {
    app: TestApp,
    admin: Reader,
    peer: Peer,
    page: String,
}

/// An open site, its administrator, and a peer that was invited.
async fn invited() -> Scene {
    let app = TestApp::build().open().start().await;
    let admin = with_role(&app, "boss", Role::Admin).await;
    let peer = Peer::start(&["mallory"]).await;
    app.invites(&peer.host()).await;
    app.settles().await;
    let page = format!("/desk/sites/{}", peer.host());
    Scene { app, admin, peer, page }
}

#[tokio::test]
async fn an_administrator_sees_how_deliveries_to_a_site_stand() {
    let scene = invited().await;

    let page = scene.admin.sees(&scene.page).await;
    assert!(page.contains("Takes what is sent") && page.contains("Last taken"), "{page}");
    assert!(scene.admin.sees("/desk/sites").await.contains(&format!("href=\"{}\"", scene.page)));

    let moderator = with_role(&scene.app, "mod_one", Role::Moderator).await;
    assert_eq!(moderator.browser.open(&scene.page).await.status, 403);
    let check = format!("{}/check", scene.page);
    assert_eq!(moderator.browser.submit("/desk", &check, &[]).await.status, 403);
    assert_eq!(scene.admin.browser.open("/desk/sites/nowhere.example").await.status, 404);
}

#[tokio::test]
async fn what_a_site_refused_is_shown_sent_again_and_thrown_away() {
    let scene = invited().await;
    scene.peer.answers_posts_with(StatusCode::GONE);
    scene.app.removes(&scene.peer.host()).await;
    let page = eventually("it is given up", async || {
        let page = scene.admin.sees(&scene.page).await;
        page.contains("410 Gone").then_some(page)
    })
    .await;
    assert!(page.contains(">Undo</strong>") && page.contains("Refused"), "{page}");
    assert!(scene.admin.sees("/desk/sites").await.contains("1 delivery given up"));

    scene.peer.forgets();
    let said = scene.admin.browser.submit(&scene.page, &format!("{}/resend", scene.page), &[]).await.text();
    assert!(said.contains("1 delivery is sent again."), "{said}");
    eventually("it is refused again", async || scene.peer.received_of("Undo").pop()).await;
    let letter = eventually("it is shown again", async || {
        let page = scene.admin.sees(&scene.page).await;
        let letter = page.split("name=\"letter\" value=\"").nth(1)?;
        letter.split('"').next().map(str::to_owned)
    })
    .await;

    let fields = [("letter", letter.as_str())];
    let said =
        scene.admin.browser.submit(&scene.page, &format!("{}/discard", scene.page), &fields).await.text();
    assert!(said.contains("1 delivery is thrown away.") && said.contains("Thrown away so far"), "{said}");
    assert!(!said.contains("name=\"letter\""), "{said}");
}

#[tokio::test]
async fn an_administrator_checks_the_connection() {
    let scene = invited().await;
    let check = format!("{}/check", scene.page);

    let page = scene.admin.browser.submit(&scene.page, &check, &[]).await.text();
    assert!(page.contains("It works; somebody should look at what is marked."), "{page}");
    assert!(page.contains("<strong>inbox</strong>") && page.contains("takes a signed post"), "{page}");

    scene.peer.answers_posts_with(StatusCode::FORBIDDEN);
    let page = scene.admin.browser.submit(&scene.page, &check, &[]).await.text();
    assert!(page.contains("It does not work: inbox.") && page.contains("breezeway peer invite"), "{page}");
}

#[tokio::test]
async fn an_author_hears_how_far_a_post_came_and_others_do_not() {
    let scene = invited().await;
    let (ann, bob) = (member(&scene.app, "ann").await, member(&scene.app, "bob").await);
    let (peer, host) = (&scene.peer, scene.peer.host());
    let follow = peer.activity("Follow", &peer.person("mallory"), scene.app.actor("ann").as_str());
    peer.letter(&follow).to(&scene.app.shared_inbox()).await.ok();
    eventually("the follow is accepted", async || peer.received_of("Accept").pop()).await;
    scene.app.settles().await;

    let arrived = post(&scene.app, ann.id, "Hello", Visibility::Private).await;
    scene.app.settles().await;
    let page = ann.sees(&format!("/@ann/{arrived}")).await;
    assert!(page.contains(&format!("Reached {host}.")) && !page.contains("Step by step"), "{page}");

    peer.answers_posts_with(StatusCode::BAD_GATEWAY);
    let open = post(&scene.app, ann.id, "Hello?", Visibility::Organisation).await;
    let late = post(&scene.app, ann.id, "Hello!", Visibility::Private).await;
    let said = "does not have it yet and gets it as soon as it answers.";
    eventually("it waits", async || {
        ann.sees(&format!("/@ann/{late}")).await.contains(&format!("{host} {said}")).then_some(())
    })
    .await;
    assert!(!bob.sees(&format!("/@ann/{open}")).await.contains("class=\"way"), "bob is told nothing");

    let nowhere = post(&scene.app, ann.id, "Only here", Visibility::Site).await;
    assert!(!ann.sees(&format!("/@ann/{nowhere}")).await.contains("class=\"way"));
}
