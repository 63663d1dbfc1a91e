//! Reporting, and the desk where reports are read.

use std::sync::Arc;

use breezeway::domain::auth::Role;

use crate::stage::Stage;

pub async fn a_post_is_reported_and_removed(stage: Arc<Stage>) {
    let (ann, bob) = stage.ann_and_bob().await;
    let text = format!("{} sells ladders at lunch", ann.name);
    bob.follows(&ann).await;
    ann.posts(&text).await;
    let his = stage.signed_in(stage.sales(), &bob).await;
    his.finds_at("/", &text).await;
    his.choose(".post", "a[href^='/report?post=']").await;
    his.press("[name=category]").await;
    his.write("#comment", "The fourth time this week").await;
    his.press("main form button.primary").await;
    his.finds(".flash").await;

    let mia = stage.somebody(stage.sales(), "mia", Role::Moderator).await;
    let desk = stage.signed_in(stage.sales(), &mia).await;
    desk.open("/desk").await;
    desk.press_words(&ann.name).await;
    desk.sees("The fourth time this week").await;
    desk.press("[name=act][value^='remove_post:']").await;
    desk.write("#reason", "Lunch is no market").await;
    desk.press("#action button.primary").await;
    desk.finds(".flash").await;

    // Gone here, whatever the origin has; and the log says who did it and why.
    his.loses_at("/", &text).await;
    desk.finds_at("/desk/log", "Lunch is no market").await;
    desk.sees(&mia.name).await;
    assert!(ann.reads().await.contains(&text), "what a site removes, it removes for itself");
}

pub async fn a_suspension_is_taken_back(stage: Arc<Stage>) {
    let site = stage.engineering();
    let (ann, _) = stage.ann_and_bob().await;
    let mia = stage.somebody(site, "mia", Role::Moderator).await;
    let hers = stage.signed_in(site, &ann).await;
    hers.open("/").await;
    hers.finds("nav.rail").await;

    let desk = stage.signed_in(site, &mia).await;
    desk.open(&format!("/@{}", ann.name)).await;
    desk.choose("header.profile", "a[href^='/desk/act?person=']").await;
    desk.press("#action [name=act][value='suspend_person']").await;
    let reason = format!("{} was somebody else", ann.name);
    desk.write("#reason", &reason).await;
    desk.press("#action button.primary").await;
    desk.finds(".flash").await;
    hers.open("/").await;
    assert_eq!(hers.count("nav.rail").await, 0, "a suspended person is signed out");

    // The newest line of the log is the suspension.
    desk.finds_at("/desk/log", &reason).await;
    desk.press_in(".case", &reason, "[formaction$='/undo']").await;
    desk.finds(".flash").await;
    let again = stage.signed_in(site, &ann).await;
    again.open("/").await;
    again.finds("nav.rail").await;
}
