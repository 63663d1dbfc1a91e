//! What one keeps, sorts and leaves out, in a browser without scripts.

use breezeway::testing::person::text_of;
use breezeway::testing::{Browser, TestApp};

async fn sees(browser: &Browser, path: &str) -> String {
    browser.open(path).await.ok().text()
}

#[tokio::test]
async fn a_post_is_kept_and_found_again() {
    let app = TestApp::start().await;
    let (ann, bob) = app.two_people().await;
    let id = text_of(&bob.posts("The recipe").await, "id");
    let browser = ann.browser().await;
    assert!(sees(&browser, "/bookmarks").await.contains("Nothing kept yet"));

    browser.submit("/timelines/site", &format!("/posts/{id}/keep"), &[]).await.ok();

    let page = sees(&browser, "/bookmarks").await;
    assert!(page.contains("The recipe") && page.contains(&format!("/posts/{id}/unkeep")));
    browser.submit("/bookmarks", &format!("/posts/{id}/unkeep"), &[]).await.ok();
    assert!(sees(&browser, "/bookmarks").await.contains("Nothing kept yet"));
    ann.post(&format!("/api/v1/statuses/{id}/favourite"), serde_json::json!({})).await.ok();
    assert!(sees(&browser, "/favourites").await.contains("The recipe"));
}

#[tokio::test]
async fn a_list_is_made_filled_read_pinned_and_taken_back() {
    let app = TestApp::start().await;
    let (ann, bob) = app.two_people().await;
    ann.follows(&bob).await;
    bob.posts("From the team").await;
    let browser = ann.browser().await;

    let refused = browser.submit("/lists", "/lists", &[("title", " ")]).await;
    assert_eq!(refused.status, 422);
    browser.submit("/lists", "/lists", &[("title", "Release team")]).await.ok();
    let list = ann.get("/api/v1/lists").await.ok().json();
    let id = text_of(&list[0], "id");
    assert!(sees(&browser, &format!("/lists/{id}")).await.contains("Nobody is on this list"));
    let (edit, bob_id) = (format!("/lists/{id}/edit"), bob.id.to_string());
    browser.submit(&edit, &format!("/lists/{id}/people/add"), &[("person", &bob_id)]).await.ok();

    assert!(sees(&browser, &format!("/lists/{id}")).await.contains("From the team"));
    browser.submit("/lists", &format!("/lists/{id}/pin"), &[]).await.ok();
    assert!(sees(&browser, "/people").await.contains("Release team"), "it stands in the rail of every page");
    browser.submit(&edit, &format!("/lists/{id}/delete"), &[]).await.ok();
    assert!(!sees(&browser, "/people").await.contains("Release team"));
    browser.submit("/lists", &format!("/lists/{id}/restore"), &[]).await.ok();
    assert!(sees(&browser, &format!("/lists/{id}")).await.contains("From the team"));
    let other = bob.browser().await;
    assert_eq!(other.open(&format!("/lists/{id}")).await.status, 404);
    assert_eq!(other.open(&edit).await.status, 404);
}

#[tokio::test]
async fn a_filter_folds_a_post_under_its_name() {
    let app = TestApp::start().await;
    let (ann, bob) = app.two_people().await;
    ann.follows(&bob).await;
    bob.posts("About my cat").await;
    let browser = ann.browser().await;
    let fields = [("title", "No pets"), ("words", "cat\ndog"), ("context", "home"), ("action", "warn")];

    let refused = browser.submit("/filters/new", "/filters/new", &[("title", "x")]).await;
    assert_eq!(refused.status, 422, "it must hold somewhere");
    browser.submit("/filters/new", "/filters/new", &fields).await.ok();

    let home = sees(&browser, "/").await;
    assert!(home.contains("Filtered: No pets") && home.contains("About my cat"));
    assert!(!sees(&browser, "/timelines/site").await.contains("Filtered: No pets"));
    let id = text_of(&ann.get("/api/v2/filters").await.ok().json()[0], "id");
    let one = format!("/filters/{id}");
    assert!(sees(&browser, &one).await.contains("cat\ndog"));
    let hidden = [("title", "No pets"), ("words", "cat"), ("context", "home"), ("action", "hide")];
    browser.submit(&one, &one, &hidden).await.ok();
    assert!(!sees(&browser, "/").await.contains("About my cat"));
    browser.submit("/filters", &format!("{one}/delete"), &[]).await.ok();
    assert!(sees(&browser, "/").await.contains("About my cat"));
}

#[tokio::test]
async fn a_hashtag_is_followed_on_its_page() {
    let app = TestApp::start().await;
    let (ann, bob) = app.two_people().await;
    bob.posts("Green #Tea").await;
    let browser = ann.browser().await;

    browser.submit("/tags/tea", "/tags/tea/follow", &[]).await.ok();

    assert!(sees(&browser, "/").await.contains("Green"));
    assert!(sees(&browser, "/tags").await.contains("/tags/tea/unfollow"));
    browser.submit("/tags", "/tags", &[("tag", "#Coffee")]).await.ok();
    assert!(sees(&browser, "/tags").await.contains("Coffee"));
    assert_eq!(browser.submit("/tags", "/tags", &[("tag", "two words")]).await.status, 422);
    browser.submit("/tags", "/tags/tea/unfollow", &[]).await.ok();
    assert!(!sees(&browser, "/tags").await.contains("/tags/tea/unfollow"));
}

#[tokio::test]
async fn somebody_is_followed_and_muted_with_options() {
    let app = TestApp::start().await;
    let (ann, bob) = app.two_people().await;
    ann.follows(&bob).await;
    let browser = ann.browser().await;
    let id = bob.id.to_string();

    let wishes = [("notify", "1"), ("languages", "DE, en")];
    browser.submit("/@bob", &format!("/people/{id}/wishes"), &wishes).await.ok();
    let tie = ann.relationship(&id).await;
    assert_eq!((&tie["showing_reblogs"], &tie["notifying"]), (&false.into(), &true.into()));
    assert_eq!(tie["languages"], serde_json::json!(["de", "en"]));

    let how = [("how", "1"), ("for", "day")];
    browser.submit("/@bob", &format!("/people/{id}/mute"), &how).await.ok();
    let tie = ann.relationship(&id).await;
    assert_eq!((&tie["muting"], &tie["muting_notifications"]), (&true.into(), &false.into()));
    assert!(tie["muting_expires_at"].is_string());
    let page = sees(&browser, "/muted").await;
    assert!(page.contains("bob") && page.contains("Until "));
    browser.submit("/muted", &format!("/people/{id}/unmute"), &[]).await.ok();
    assert!(sees(&browser, "/muted").await.contains("Nobody is muted"));
    browser.submit("/@bob", &format!("/people/{id}/block"), &[]).await.ok();
    assert!(sees(&browser, "/blocked").await.contains(&format!("/people/{id}/unblock")));
}

#[tokio::test]
async fn a_profile_has_posts_replies_media_and_about_and_counts_nobody() {
    let app = TestApp::start().await;
    let (ann, bob) = app.two_people().await;
    ann.follows(&bob).await;
    bob.posts("Hello").await;
    let picture = bob.uploads_picture("A ladder").await;
    bob.posts_with(serde_json::json!({ "status": "Look", "media_ids": [picture["id"]] })).await;
    let browser = ann.browser().await;

    assert!(sees(&browser, "/@bob").await.contains("Hello"));
    let media = sees(&browser, "/@bob/media").await;
    assert!(media.contains("A ladder") && !media.contains("Hello"));
    let about = sees(&browser, "/@bob/about").await;
    assert!(about.contains("Who follows bob") && about.contains("@ann"));
    assert!(!about.contains("1 follower") && !about.contains("followers</b>"));
}
