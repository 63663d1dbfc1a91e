//! What a person sets, without scripts.

use breezeway::domain::auth::{self, Role, Scopes};
use breezeway::domain::data::export;
use breezeway::domain::{follows, statuses::Visibility};
use breezeway::testing::{Browser, TestApp, eventually};

use super::{PASSWORD, member, post, with_role};

const PAGES: [&str; 6] = [
    "/settings/profile",
    "/settings/appearance",
    "/settings/privacy",
    "/settings/security",
    "/settings/data",
    "/settings/moving",
];

#[tokio::test]
async fn every_part_is_there_and_leads_to_the_others() {
    let app = TestApp::start().await;
    let ann = member(&app, "ann").await;
    let stranger = Browser::new(app.url("/"));

    for page in PAGES {
        let text = ann.sees(page).await;
        for other in PAGES {
            assert!(text.contains(&format!("href=\"{other}\"")), "{page} leads to {other}");
        }
        assert!(stranger.open(page).await.text().contains("Sign in"), "{page} is for members");
    }
}

#[tokio::test]
async fn the_language_and_the_look_are_the_persons_own() {
    let app = TestApp::start().await;
    let ann = member(&app, "ann").await;
    let fields = [
        ("theme", "dark"),
        ("text", "larger"),
        ("language", "de"),
        ("zone", "Europe/Berlin"),
        ("still", "1"),
    ];

    let saved = ann.browser.submit("/settings/appearance", "/settings/appearance", &fields).await.ok().text();

    assert!(saved.contains("Gespeichert.") && saved.contains("Einstellungen"), "{saved}");
    let home = ann.sees("/").await;
    for said in ["lang=\"de\"", "data-theme=\"dark\"", "data-text=\"larger\"", "data-still"] {
        assert!(home.contains(said), "{said}: {home}");
    }
    let elsewhere = Browser::new(app.url("/"));
    elsewhere.post("/sign-in", &[("login", "ann"), ("password", PASSWORD)]).await;
    assert!(
        elsewhere.open("/").await.text().contains("data-theme=\"dark\""),
        "it is the person's, not the browser's"
    );
    ann.browser.submit("/settings", "/sign-out", &[]).await;
    assert!(
        ann.browser.open("/sign-in").await.text().contains("data-theme=\"dark\""),
        "the door looks like the house"
    );
    let refused = elsewhere
        .submit("/settings/appearance", "/settings/appearance", &[("zone", "Nowhere"), ("language", "de")])
        .await;
    assert_eq!(refused.status, 422);
    assert!(refused.text().contains("Die Zeitzone muss eine Zeitzone sein"), "{}", refused.text());
}

#[tokio::test]
async fn lines_of_the_profile_are_written_and_taken_away() {
    let app = TestApp::start().await;
    let (ann, bob) = (member(&app, "ann").await, member(&app, "bob").await);
    let save = async |fields: &[(&str, &str)]| {
        ann.browser.submit("/settings/profile", "/settings/profile", fields).await
    };

    let lines = [
        ("display_name", "Ann"),
        ("line_name", "Pronouns"),
        ("line_value", "she, her"),
        ("line_name", ""),
        ("line_value", ""),
        ("line_name", "Skills"),
        ("line_value", "<b>maps</b> & https://maps.example.org"),
    ];
    save(&lines).await.ok();

    let form = ann.sees("/settings/profile").await;
    assert!(form.contains("value=\"she, her\"") && form.contains("&lt;b&gt;maps&lt;/b&gt;"), "{form}");
    let profile = bob.sees("/@ann").await;
    assert!(profile.contains("Pronouns") && !profile.contains("<b>maps"), "{profile}");
    let long = "x".repeat(256);
    let refused = save(&[("display_name", "Ann"), ("line_name", "Skills"), ("line_value", &long)]).await;
    assert_eq!(refused.status, 422);
    assert!(
        refused.text().contains("The lines must have at most 255 characters each."),
        "{}",
        refused.text()
    );
    save(&[("display_name", "Ann")]).await.ok();
    assert!(!bob.sees("/@ann").await.contains("Pronouns"));
}

#[tokio::test]
async fn new_posts_begin_as_one_set_it() {
    let app = TestApp::start().await;
    let ann = member(&app, "ann").await;

    let fields = [("locked", "1"), ("reach", "site"), ("repliers", "followers"), ("quoters", "nobody")];
    let saved = ann.browser.submit("/settings/privacy", "/settings/privacy", &fields).await.ok().text();

    assert!(
        saved.contains("value=\"nobody\" selected") && saved.contains("value=\"site\" selected"),
        "{saved}"
    );
    let mut conn = app.services().db.read().await.unwrap();
    let user = auth::store::get(&mut conn, ann.id).await.unwrap();
    assert_eq!(user.default_visibility, Visibility::Site.word());
    assert_eq!(user.settings.quotes.as_deref(), Some("nobody"));
    assert_eq!(user.settings.replies.as_deref(), Some("followers"));
}

#[tokio::test]
async fn programs_and_other_browsers_are_put_out() {
    let app = TestApp::start().await;
    let ann = member(&app, "ann").await;
    let token = auth::token::create(app.services(), ann.id, &Scopes::parse("read").unwrap(), "a script")
        .await
        .unwrap();
    let other = Browser::new(app.url("/"));
    other.post("/sign-in", &[("login", "ann"), ("password", PASSWORD)]).await;
    let page = ann.sees("/settings/security").await;
    assert!(page.contains("a script") && page.contains("Read everything that you can read"), "{page}");

    ann.browser.submit("/settings/security", "/settings/sessions/end", &[]).await.ok();
    let left = ann.browser.submit("/settings/security", "/settings/apps/revoke", &[]).await.ok().text();

    assert!(!left.contains("a script"), "{left}");
    assert!(other.open("/").await.text().contains("Sign in"));
    let mut conn = app.services().db.read().await.unwrap();
    assert!(auth::token::find(app.services(), &mut conn, &token).await.unwrap().is_none());
}

#[tokio::test]
async fn everything_is_fetched_by_its_owner_alone() {
    let app = TestApp::start().await;
    let (ann, boss) = (member(&app, "ann").await, with_role(&app, "boss", Role::Admin).await);
    post(&app, ann.id, "Hello", Visibility::Organisation).await;

    let asked = ann.browser.submit("/settings/data", "/settings/exports", &[]).await.ok().text();
    assert!(asked.contains("The file is being made"), "{asked}");
    export::make_next(app.services()).await.unwrap();
    let page = eventually("the file is there", async || {
        let page = ann.sees("/settings/data").await;
        page.contains("Fetch the file").then_some(page)
    })
    .await;

    let path = page.split("href=\"").find(|part| part.starts_with("/settings/exports/")).unwrap();
    let path = path.split('"').next().unwrap();
    let file = ann.browser.open(path).await;
    assert_eq!(file.header("content-type"), "application/zip");
    assert!(file.header("content-disposition").starts_with("attachment"));
    assert!(file.body.starts_with(b"PK"), "a package");
    assert_eq!(boss.browser.open(path).await.status, 404, "also not for administrators");
}

#[tokio::test]
async fn a_table_is_brought_and_what_fails_is_named() {
    let app = TestApp::start().await;
    let (ann, bob) = (member(&app, "ann").await, member(&app, "bob").await);
    let table = b"Account address\nbob\nnobody\n";

    let begun = ann
        .browser
        .upload(
            "/settings/data",
            "/settings/imports",
            &[("kind", "following")],
            ("file", "follows.csv", table),
        )
        .await
        .ok()
        .text();

    assert!(begun.contains("being taken over"), "{begun}");
    let page = eventually("it is taken over", async || {
        let page = ann.sees("/settings/data").await;
        page.contains("1 of 2 taken over").then_some(page)
    })
    .await;
    assert!(
        page.contains("1 line could not be taken over") && page.contains("There is nobody by that name"),
        "{page}"
    );
    let mut conn = app.services().db.read().await.unwrap();
    let follow = follows::store::find(&mut conn, ann.id, bob.id).await.unwrap();
    assert!(follow.is_some_and(|follow| follow.accepted));
    drop(conn);
    let wrong = ann
        .browser
        .upload(
            "/settings/data",
            "/settings/imports",
            &[("kind", "following")],
            ("file", "x.csv", b"<html> <p>"),
        )
        .await;
    assert_eq!(wrong.status, 422);
    assert!(wrong.text().contains("The file is no table of this kind."), "{}", wrong.text());
}
