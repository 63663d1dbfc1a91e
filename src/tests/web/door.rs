//! Signing in and out, registering, choosing a new password.

use breezeway::domain::auth::{Role, link};
use breezeway::testing::{Browser, TestApp};

use super::{PASSWORD, member, with_role};

#[tokio::test]
async fn the_first_administrator_opens_the_site() {
    let app = TestApp::start().await;
    let link = link::first_run(app.services()).await.unwrap().expect("a link");
    let browser = Browser::new(app.url("/"));
    let path = link.url.strip_prefix(app.services().origin.base()).unwrap();

    let form = browser.open(path).await.text();
    assert!(form.contains("Name of this site"));
    let fields = [
        ("site_name", "Research"),
        ("display_name", "Ada Byron"),
        ("username", "ada"),
        ("email", "ada@example.org"),
        ("password", PASSWORD),
    ];
    let home = browser.post(path, &fields).await;

    assert_eq!(home.status, 200);
    assert!(home.text().contains("Quiet so far"), "{}", home.text());
    assert!(home.text().contains(r#"href="/desk""#));
    assert_eq!(browser.open(path).await.status, 403, "the link works once");
}

#[tokio::test]
async fn a_wrong_password_says_so_and_keeps_the_name() {
    let app = TestApp::start().await;
    member(&app, "ann").await;
    let browser = Browser::new(app.url("/"));

    let answer = browser.post("/sign-in", &[("login", "ann"), ("password", "guessed")]).await;

    assert_eq!(answer.status, 422);
    assert!(answer.text().contains("is not right"));
    assert!(answer.text().contains(r#"value="ann""#));
    assert!(!answer.text().contains("guessed"));
}

#[tokio::test]
async fn guessing_on_and_on_is_stopped() {
    let app = TestApp::build().with(|config| config.limits.sign_in_per_minute = 5).start().await;
    let browser = Browser::new(app.url("/"));

    let mut last = 0;
    for _ in 0..60 {
        last = browser.post("/sign-in", &[("login", "ann"), ("password", "guessed")]).await.status.as_u16();
        if last == 429 {
            break;
        }
    }

    assert_eq!(last, 429);
}

#[tokio::test]
async fn who_is_not_signed_in_is_led_to_the_door_and_back() {
    let app = TestApp::start().await;
    member(&app, "ann").await;
    let browser = Browser::new(app.url("/"));

    let door = browser.open("/people?q=bob").await.text();
    assert!(door.contains(r#"name="back" value="/people?q=bob""#), "{door}");
    let fields = [("login", "ann"), ("password", PASSWORD), ("back", "/people?q=bob")];
    let page = browser.post("/sign-in", &fields).await.text();

    assert!(page.contains("Nobody found"));
}

#[tokio::test]
async fn signing_in_never_leads_to_another_site() {
    let app = TestApp::start().await;
    member(&app, "ann").await;
    let browser = Browser::new(app.url("/"));

    let fields = [("login", "ann"), ("password", PASSWORD), ("back", "//evil.example/")];
    let page = browser.post("/sign-in", &fields).await;

    assert!(page.text().contains("Quiet so far"));
}

#[tokio::test]
async fn signing_out_ends_the_session() {
    let app = TestApp::start().await;
    let ann = member(&app, "ann").await;

    let answer = ann.browser.submit("/settings", "/sign-out", &[]).await;

    assert!(answer.text().contains("You are signed out."));
    assert_eq!(ann.browser.cookie(&app.services().config.site.session_cookie()), None);
}

#[tokio::test]
async fn a_colleague_joins_by_an_invitation_of_an_administrator() {
    let app = TestApp::start().await;
    let root = with_role(&app, "root_admin", Role::Admin).await;

    let page =
        root.browser.submit("/desk/invitations", "/desk/invitations", &[("role", "member")]).await.text();
    let base = app.services().origin.base();
    let link = page.split("value=\"").find(|part| part.starts_with(base)).expect("a link");
    let path = link.split('"').next().unwrap().strip_prefix(base).unwrap();
    let browser = Browser::new(app.url("/"));
    let fields = [("username", "bob"), ("email", "bob@example.org"), ("password", PASSWORD)];
    let home = browser.post(path, &fields).await;

    assert!(home.text().contains(r#"href="/@bob""#), "{}", home.text());
    assert_eq!(browser.open("/desk/invitations").await.status, 403);
}

#[tokio::test]
async fn changing_the_password_needs_the_old_one() {
    let app = TestApp::start().await;
    let ann = member(&app, "ann").await;

    let fields = [("current", "no"), ("password", "another good one")];
    let refused = ann.browser.submit("/settings", "/settings/password", &fields).await;
    let fields = [("current", PASSWORD), ("password", "another good one")];
    let done = ann.browser.submit("/settings", "/settings/password", &fields).await;

    assert_eq!(refused.status, 422);
    assert!(done.text().contains("Your password is changed"));
}
