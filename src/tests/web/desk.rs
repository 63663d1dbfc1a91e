//! Reporting, and what moderators do about it.

use breezeway::base::id::StatusId;
use breezeway::domain::auth::Role;
use breezeway::domain::statuses::Visibility;
use breezeway::testing::TestApp;

use super::{Reader, member, post, with_role};

struct Scene {
    app: TestApp,
    ann: Reader,
    moderator: Reader,
    post: String,
    case: String,
}

/// Bob wrote something, Ann reported it, a moderator sits at the desk.
async fn reported() -> Scene {
    let app = TestApp::start().await;
    let (ann, bob) = (member(&app, "ann").await, member(&app, "bob").await);
    let moderator = with_role(&app, "mod_one", Role::Moderator).await;
    let id: StatusId = post(&app, bob.id, "a rude word", Visibility::Site).await;
    let (person, post) = (bob.id.to_string(), id.to_string());
    let fields = [
        ("person", person.as_str()),
        ("post", post.as_str()),
        ("category", "violation"),
        ("comment", "he is rude again"),
    ];
    let answer = ann.browser.submit(&format!("/report?post={id}"), "/report", &fields).await.text();
    assert!(answer.contains("Thank you."), "{answer}");
    let desk = moderator.sees("/desk").await;
    let case = desk.split("href=\"").find(|part| part.starts_with("/desk/reports/")).expect("a case");
    let case = case.split('"').next().unwrap().to_owned();
    Scene { app, ann, moderator, post, case }
}

#[tokio::test]
async fn a_report_waits_at_the_desk_with_its_post() {
    let scene = reported().await;

    assert!(scene.moderator.sees("/").await.contains(r#"class="mark">1"#));
    let case = scene.moderator.sees(&scene.case).await;
    assert!(case.contains("he is rude again") && case.contains("a rude word"));
    assert_eq!(scene.ann.browser.open("/desk").await.status, 403);
    assert_eq!(scene.ann.browser.open(&scene.case).await.status, 403);
}

#[tokio::test]
async fn a_post_is_removed_and_brought_back() {
    let scene = reported().await;
    let act = format!("remove_post:{}", scene.post);
    let fields = [("act", act.as_str()), ("reason", "rude"), ("resolve", "1")];

    let done = scene.moderator.browser.submit(&scene.case, &scene.case, &fields).await.text();
    assert!(done.contains("written to the log") && done.contains("Nothing waits"), "{done}");
    assert!(!scene.ann.sees("/timelines/site").await.contains("a rude word"));

    let undo =
        done.split("formaction=\"").find(|part| part.starts_with("/desk/log/")).expect("a way to undo");
    let undo = undo.split('"').next().unwrap();
    scene.moderator.browser.submit("/desk/log", undo, &[]).await;

    assert!(scene.ann.sees("/timelines/site").await.contains("a rude word"));
    let log = scene.moderator.sees("/desk/log").await;
    assert!(log.contains("Removed a post of") && log.contains("Undid what was done about"));
}

#[tokio::test]
async fn nothing_is_decided_without_a_reason() {
    let scene = reported().await;

    let fields = [("act", "suspend_person"), ("reason", "")];
    let answer = scene.moderator.browser.submit(&scene.case, &scene.case, &fields).await;

    assert_eq!(answer.status, 422);
    assert!(answer.text().contains("The reason must have"));
    assert!(answer.text().contains(r#"value="suspend_person" checked"#));
    assert!(scene.ann.sees("/timelines/site").await.contains("a rude word"));
}

#[tokio::test]
async fn who_is_suspended_is_gone_from_the_site() {
    let scene = reported().await;

    let fields = [("act", "suspend_person"), ("reason", "for the third time"), ("resolve", "1")];
    scene.moderator.browser.submit(&scene.case, &scene.case, &fields).await;

    assert_eq!(scene.ann.browser.open("/@bob").await.status, 404);
    assert!(!scene.ann.sees("/people").await.contains("@bob"));
    assert!(scene.moderator.sees("/@bob").await.contains("suspended this person"));
    assert!(scene.moderator.sees("/desk/resolved").await.contains("he is rude again"));
    scene.app.settles().await;
}

#[tokio::test]
async fn a_moderator_acts_without_a_report_too() {
    let scene = reported().await;
    let page = format!("/desk/act?post={}", scene.post);

    let act = format!("remove_post:{}", scene.post);
    let fields = [("act", act.as_str()), ("reason", "seen by chance")];
    let done = scene.moderator.browser.submit(&page, &page, &fields).await.text();

    assert!(done.contains("seen by chance"), "{done}");
    assert!(!scene.ann.sees("/timelines/site").await.contains("a rude word"));
}
