//! Whom one follows, and whom one would rather not hear.

use std::sync::Arc;

use crate::stage::Stage;

pub async fn a_person_follows_across_and_ends_it(stage: Arc<Stage>) {
    let (ann, bob) = stage.ann_and_bob().await;
    let his = stage.signed_in(stage.sales(), &bob).await;

    // Nobody at sales has heard of Ann: her address finds her.
    his.open(&format!("/people?q={}", ann.handle)).await;
    his.press(".person [formaction$='/follow']").await;
    his.finds_at(&format!("/@{}", ann.handle), "Following").await;
    ann.posts("Good morning to those who follow me").await;
    his.finds_at("/", "Good morning to those who follow me").await;

    his.open(&format!("/@{}", ann.handle)).await;
    his.press("main [formaction$='/unfollow']").await;
    his.finds("main [formaction$='/follow']").await;
    his.loses_at("/", "Good morning to those who follow me").await;
}

pub async fn a_request_is_accepted(stage: Arc<Stage>) {
    let (ann, bob) = stage.ann_and_bob().await;
    let hers = stage.signed_in(stage.engineering(), &ann).await;
    hers.open("/settings").await;
    hers.press("[name=locked]").await;
    hers.press("main form[action='/settings/profile'] button.primary").await;
    hers.finds(".flash").await;

    let his = stage.signed_in(stage.sales(), &bob).await;
    his.open(&format!("/people?q={}", ann.handle)).await;
    his.press(".person [formaction$='/follow']").await;
    hers.finds_at("/notifications", &bob.name).await;
    hers.press("[formaction$='/accept']").await;
    his.finds_at(&format!("/@{}", ann.handle), "Following").await;
}

pub async fn a_muted_person_is_not_heard(stage: Arc<Stage>) {
    let (ann, bob) = stage.ann_and_bob().await;
    bob.follows(&ann).await;
    ann.posts("My third post before breakfast").await;
    let his = stage.signed_in(stage.sales(), &bob).await;
    his.finds_at("/", "My third post before breakfast").await;

    his.choose(".post", "[formaction$='/mute']").await;
    his.loses_at("/", "My third post before breakfast").await;
    his.open(&format!("/@{}", ann.handle)).await;
    his.press("main [formaction$='/unmute']").await;
    his.finds_at("/", "My third post before breakfast").await;
}

pub async fn a_blocked_person_is_gone(stage: Arc<Stage>) {
    let (ann, bob) = stage.ann_and_bob().await;
    bob.follows(&ann).await;
    ann.posts("Nobody asked me").await;
    let his = stage.signed_in(stage.sales(), &bob).await;
    his.finds_at("/", "Nobody asked me").await;

    his.open(&format!("/@{}", ann.handle)).await;
    his.choose("header.profile", "[formaction$='/block']").await;
    his.loses_at("/", "Nobody asked me").await;
    his.open(&format!("/@{}", ann.handle)).await;
    his.press("main [formaction$='/unblock']").await;
    his.finds("main [formaction$='/follow']").await;
}
