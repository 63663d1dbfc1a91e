//! What one writes, from the first letter on: nothing is lost.

use std::sync::Arc;

use breezeway::domain::auth::Role;
use breezeway::testing::person::PASSWORD;

use crate::stage::Stage;

const WORDS: &str = ".composer.whole textarea";

pub async fn a_draft_is_kept_and_posted(stage: Arc<Stage>) {
    let site = stage.engineering();
    let ann = stage.somebody(site, "ann", Role::Member).await;
    let tab = stage.signed_in(site, &ann).await;
    tab.open("/compose").await;
    tab.write(WORDS, "Half a thought").await;
    tab.choose(".composer .send", "[value=draft]").await;
    tab.finds_at("/drafts", "Half a thought").await;
    assert!(ann.home().await.is_empty(), "a draft is nobody else's");

    tab.press("main a[href^='/compose?draft=']").await;
    tab.finds(WORDS).await;
    assert_eq!(tab.value(WORDS).await, "Half a thought");
    tab.writes_in(".composer.whole", "A whole thought").await;
    ann.sees("A whole thought").await;
    tab.loses_at("/drafts", "thought").await;
}

pub async fn the_preview_shows_what_is_meant(stage: Arc<Stage>) {
    let site = stage.engineering();
    let ann = stage.somebody(site, "ann", Role::Member).await;
    let tab = stage.signed_in(site, &ann).await;
    tab.open("/compose").await;
    tab.write(WORDS, "Read **this**").await;
    tab.press(".composer.whole [data-preview]").await;
    tab.sees_in(".preview-pane strong", "this").await;
    assert!(ann.home().await.is_empty(), "looking is not posting");
}

pub async fn words_outlive_the_session(stage: Arc<Stage>) {
    let site = stage.engineering();
    let ann = stage.somebody(site, "ann", Role::Member).await;
    let tab = stage.signed_in(site, &ann).await;
    tab.open("/compose").await;
    tab.write(WORDS, "Written before the session ended").await;
    tab.forgets_cookies().await;
    tab.press(".composer.whole .send button.primary").await;

    tab.write("#login", &ann.email).await;
    tab.write("#password", PASSWORD).await;
    tab.press("main form button.primary").await;
    tab.finds("nav.rail").await;
    tab.finds_at("/drafts", "Written before the session ended").await;
}

pub async fn what_is_typed_is_kept_by_itself(stage: Arc<Stage>) {
    let site = stage.engineering();
    let ann = stage.somebody(site, "ann", Role::Member).await;
    let tab = stage.signed_in(site, &ann).await;
    tab.open("/compose").await;
    tab.write(WORDS, "Nobody pressed anything").await;
    tab.sees_in(".composer.whole .saved", "Saved").await;

    // On another device.
    let other = stage.signed_in(site, &ann).await;
    other.finds_at("/drafts", "Nobody pressed anything").await;
    other.press("main a[href^='/compose?draft=']").await;
    other.finds(WORDS).await;
    assert_eq!(other.value(WORDS).await, "Nobody pressed anything");
}

pub async fn a_colleague_of_the_other_site_is_completed(stage: Arc<Stage>) {
    let (ann, bob) = stage.ann_and_bob().await;
    bob.follows(&ann).await;
    let tab = stage.signed_in(stage.sales(), &bob).await;
    tab.open("/compose").await;
    tab.types(WORDS, &format!("Ask @{}", ann.name)).await;
    tab.finds(".complete [role=option]").await;
    tab.press_enter(WORDS).await;
    assert_eq!(tab.value(WORDS).await.trim_end(), format!("Ask @{}", ann.handle));
}
