//! Pages that mails lead to, the settings, and the list of notifications, without scripts.

use breezeway::domain::auth::{self, Role};
use breezeway::domain::mail::{self, Stream};
use breezeway::testing::http::{Http, send};
use breezeway::testing::person::PASSWORD;
use breezeway::testing::{Browser, Person, SentMail, TestApp, eventually};
use http::Method;
use serde_json::json;

async fn next_mail(app: &TestApp, subject: &str) -> SentMail {
    eventually(&format!("a mail about {subject}"), async || {
        app.mails().into_iter().find(|mail| mail.header("subject").contains(subject))
    })
    .await
}

async fn ask_for_a_password(app: &TestApp, login: &str) -> String {
    let browser = Browser::new(app.url("/"));
    browser.submit("/forgot", "/forgot", &[("login", login)]).await.ok().text()
}

#[tokio::test]
async fn a_lost_password_is_chosen_anew_by_mail() {
    let app = TestApp::build().mailing().start().await;
    app.person("ann").await;
    let browser = Browser::new(app.url("/"));
    assert!(browser.open("/sign-in").await.text().contains("/forgot"));

    ask_for_a_password(&app, "ann").await;
    let mail = next_mail(&app, "new password").await;
    let path = mail.path("/new-password/");
    let home = browser.post(&path, &[("password", "an entirely new secret")]).await;

    assert_eq!(home.status, 200, "{}", home.text());
    let again = Browser::new(app.url("/"));
    let fields = [("login", "ann"), ("password", "an entirely new secret")];
    assert_eq!(again.post("/sign-in", &fields).await.status, 200);
    let mut conn = app.services().db.read().await.unwrap();
    let ann = auth::login::find(&mut conn, "ann").await.unwrap().unwrap();
    assert!(auth::confirm::is_confirmed(&mut conn, ann).await.unwrap(), "the link was sent to that address");
}

#[tokio::test]
async fn nobody_learns_who_has_an_account() {
    let app = TestApp::build().mailing().start().await;
    app.person("ann").await;

    let known = ask_for_a_password(&app, "ann@example.org").await;
    let unknown = ask_for_a_password(&app, "eve@example.org").await;

    assert_eq!(known, unknown);
    next_mail(&app, "new password").await;
    eventually("both are done", async || {
        let mut conn = app.services().db.read().await.unwrap();
        (mail::store::count_waiting(&mut conn).await.unwrap() == 0).then_some(())
    })
    .await;
    assert_eq!(app.mails().len(), 1);
}

#[tokio::test]
async fn where_mail_is_off_nobody_is_led_to_wait_for_one() {
    let app = TestApp::start().await;
    let browser = Browser::new(app.url("/"));

    assert!(!browser.open("/sign-in").await.text().contains("/forgot"));
    assert!(browser.open("/forgot").await.text().contains("sends no mails"));
}

#[tokio::test]
async fn a_colleague_is_invited_by_mail_and_the_address_is_theirs() {
    let app = TestApp::build().mailing().start().await;
    let admin = app.admin("ada").await.browser().await;

    let page = "/desk/invitations";
    let fields = [("role", "member"), ("email", "mei@example.org")];
    let sent = admin.submit(page, page, &fields).await.ok().text();
    assert!(sent.contains("on its way to mei@example.org") && !sent.contains("/join/"), "{sent}");
    let path = next_mail(&app, "invites you").await.path("/join/");
    let mei = Browser::new(app.url("/"));
    let fields = [("username", "mei"), ("email", "mei@example.org"), ("password", PASSWORD)];
    assert_eq!(mei.post(&path, &fields).await.status, 200);

    let mut conn = app.services().db.read().await.unwrap();
    let account = auth::login::find(&mut conn, "mei").await.unwrap().unwrap();
    assert!(auth::confirm::is_confirmed(&mut conn, account).await.unwrap());
    let taken = admin.submit(page, page, &[("role", "member"), ("email", "mei@example.org")]).await;
    assert_eq!(taken.status, 422);
    let wrong = admin.submit(page, page, &[("role", "member"), ("email", "mei")]).await;
    assert_eq!(wrong.status, 422);
    let link = admin.submit(page, page, &[("role", "member"), ("email", "")]).await.ok().text();
    assert!(link.contains("/join/"), "without an address there is a link to hand on");
}

#[tokio::test]
async fn another_address_than_the_invited_one_is_asked_about() {
    let app = TestApp::build().mailing().start().await;
    let link = auth::link::invite_to(app.services(), Role::Member, None, "mei@example.org").await.unwrap();
    let mei = Browser::new(app.url("/"));
    let path = link.url.strip_prefix(app.services().origin.base()).unwrap();
    let fields = [("username", "mei"), ("email", "mei.lin@example.org"), ("password", PASSWORD)];
    assert_eq!(mei.post(path, &fields).await.status, 200);

    let mail = next_mail(&app, "your address").await;
    assert_eq!(mail.header("to"), "mei.lin@example.org");
    let path = mail.path("/confirm/");
    let stranger = Browser::new(app.url("/"));
    assert!(stranger.open(&path).await.ok().text().contains("mei.lin@example.org"));
    assert!(stranger.post(&path, &[]).await.ok().text().contains("is confirmed"));

    assert_eq!(stranger.open(&path).await.status, 403, "once");
    let mut conn = app.services().db.read().await.unwrap();
    let account = auth::login::find(&mut conn, "mei").await.unwrap().unwrap();
    assert!(auth::confirm::is_confirmed(&mut conn, account).await.unwrap());
}

#[tokio::test]
async fn one_post_without_a_session_ends_the_mails() {
    let app = TestApp::build().mailing().start().await;
    let ann = app.person("ann").await;
    let link = mail::unsubscribe::link(app.services(), ann.id, Stream::Digest);
    let program = Http::default();
    let url: url::Url = link.parse().unwrap();
    let digest = async || {
        let mut conn = app.services().db.read().await.unwrap();
        mail::wishes::get(app.services(), &mut conn, ann.id).await.unwrap().digest
    };

    // Scanners open every link.
    let page = send(program.request(Method::GET, url.clone())).await;
    assert_eq!(page.status, 200);
    assert_eq!(digest().await, "weekly");
    let body = [("List-Unsubscribe", "One-Click")];
    let answer = send(program.request(Method::POST, url).form(&body)).await;
    assert_eq!(answer.status, 200);
    assert_eq!(digest().await, "never");
    let forged: url::Url = link.replace("/digest/", "/news/").parse().unwrap();
    assert_eq!(send(program.request(Method::POST, forged).form(&body)).await.status, 403);
}

#[tokio::test]
async fn somebody_chooses_what_to_hear_of() {
    let app = TestApp::build().mailing().start().await;
    let (ann, bob) = app.two_people().await;
    let (page, browser) = ("/settings/notifications", ann.browser().await);
    let shown = browser.open(page).await.ok().text();
    assert!(shown.contains("is not confirmed") && !shown.contains("Reports to the moderators"), "{shown}");

    let fields = [
        ("page-mention", "1"),
        ("digest", "daily"),
        ("hour", "7"),
        ("weekday", "2"),
        ("zone", "Europe/Berlin"),
        ("language", "de"),
        ("quiet", "1"),
        ("quiet_from", "22"),
        ("quiet_until", "6"),
        ("not_following", "accept"),
        ("limited", "drop"),
    ];
    browser.submit(page, page, &fields).await.ok();

    let mut conn = app.services().db.read().await.unwrap();
    let wishes = mail::wishes::get(app.services(), &mut conn, ann.id).await.unwrap();
    assert_eq!((wishes.digest.as_str(), wishes.hour, wishes.news_off), ("daily", 7, true));
    assert_eq!((wishes.quiet_from, wishes.quiet_until), (Some(22), Some(6)));
    drop(conn);
    let post = ann.posts("hello").await;
    bob.does("favourite", &post).await;
    app.settles().await;
    assert!(ann.notifications().await.is_empty(), "likes are not wanted");
    let wrong = browser.submit(page, page, &[("zone", "Europe/Atlantis")]).await;
    assert_eq!(wrong.status, 422);
    assert!(wrong.text().contains("does not know this time zone"));
}

#[tokio::test]
async fn notifications_are_shown_by_kind_read_and_removed() {
    let app = TestApp::start().await;
    let (ann, bob) = app.two_people().await;
    let post = ann.posts("hello").await;
    bob.does("favourite", &post).await;
    bob.posts("@ann look").await;
    ann.hears("mention", &bob).await;
    ann.hears("favourite", &bob).await;
    let browser = ann.browser().await;

    let mentions = browser.open("/notifications?only=mentions").await.ok().text();
    assert!(mentions.contains("mentioned you") && !mentions.contains("liked your post"), "{mentions}");
    assert_eq!(unread(&ann).await, 2, "a tab is not all");
    browser.submit("/notifications?only=mentions", "/notifications/read", &[]).await.ok();
    assert_eq!(unread(&ann).await, 0);
    assert!(browser.open("/notifications?only=polls").await.ok().text().contains("Nothing of this kind"));
    let all = browser.open("/notifications").await.ok().text();
    assert!(all.contains("mentioned you") && all.contains("liked your post"));
    browser.submit("/notifications", "/notifications/clear", &[]).await.ok();
    assert!(ann.notifications().await.is_empty());
}

async fn unread(person: &Person) -> i64 {
    person.get("/api/v1/notifications/unread_count").await.ok().json()["count"].as_i64().unwrap()
}

#[tokio::test]
async fn what_is_held_back_stands_among_the_requests() {
    let app = TestApp::start().await;
    let (ann, bob) = app.two_people().await;
    let policy = json!({ "for_not_following": "filter" });
    ann.request(Method::PATCH, "/api/v2/notifications/policy").json(&policy).send().await.unwrap();
    bob.posts("@ann look").await;
    app.settles().await;
    assert!(ann.notifications().await.is_empty());
    let browser = ann.browser().await;

    let page = browser.open("/notifications?only=requests").await.ok().text();
    assert!(page.contains("Held back") && page.contains("one notification"), "{page}");
    let take = format!("/notifications/held/{}/take", bob.id);
    browser.submit("/notifications?only=requests", &take, &[]).await.ok();

    assert_eq!(ann.notifications().await.len(), 1);
    assert!(!browser.open("/notifications?only=requests").await.text().contains("Held back"));
}
