//! Finding, following, muting and blocking people; notifications; the own profile.

use breezeway::domain::statuses::Visibility;
use breezeway::testing::TestApp;

use super::{member, post};

#[tokio::test]
async fn a_colleague_is_found_and_followed() {
    let app = TestApp::start().await;
    let (ann, bob) = (member(&app, "ann").await, member(&app, "bob").await);

    let found = ann.sees("/people?q=BO").await;
    let action = format!("/people/{}/follow", bob.id);
    assert!(found.contains(&action), "{found}");
    let page = ann.browser.submit("/people?q=BO", &action, &[("back", "/people?q=BO")]).await.text();

    assert!(page.contains("Following"));
    app.settles().await;
    assert!(bob.sees("/notifications").await.contains("follows you"));
}

#[tokio::test]
async fn blocking_can_be_undone_at_once() {
    let app = TestApp::start().await;
    let (ann, bob) = (member(&app, "ann").await, member(&app, "bob").await);

    let page =
        ann.browser.submit("/@bob", &format!("/people/{}/block", bob.id), &[("back", "/")]).await.text();
    assert!(page.contains("bob is blocked"));
    let undo = format!("/people/{}/unblock", bob.id);
    assert!(page.contains(&undo));
    ann.browser.submit("/", &undo, &[]).await;

    assert!(ann.sees("/@bob").await.contains(&format!("/people/{}/follow", bob.id)));
    assert!(!ann.sees("/").await.contains("bob is blocked"), "said once");
}

#[tokio::test]
async fn notifications_count_until_they_are_seen() {
    let app = TestApp::start().await;
    let (ann, bob) = (member(&app, "ann").await, member(&app, "bob").await);
    post(&app, bob.id, "@ann have you seen this", Visibility::Site).await;
    app.settles().await;

    assert!(ann.sees("/people").await.contains(r#"<span class="mark">1"#));
    let page = ann.sees("/notifications").await;
    assert!(
        page.contains("mentioned you") && page.contains("have you seen this") && page.contains("news fresh")
    );
    assert!(!ann.sees("/people").await.contains(r#"class="mark""#));
}

#[tokio::test]
async fn the_own_profile_is_changed() {
    let app = TestApp::start().await;
    let ann = member(&app, "ann").await;

    let fields = [("display_name", "Ann Weber"), ("bio", "Imports & exports"), ("discoverable", "1")];
    ann.browser.submit("/settings", "/settings/profile", &fields).await;

    let page = ann.sees("/@ann").await;
    assert!(page.contains("Ann Weber") && page.contains("Imports &amp; exports"), "{page}");
}
