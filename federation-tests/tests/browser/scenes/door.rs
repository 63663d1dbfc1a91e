//! Coming in and going out.

use std::sync::Arc;

use breezeway::domain::auth::Role;
use breezeway::testing::person::PASSWORD;

use crate::stage::Stage;

pub async fn a_person_signs_in_and_out(stage: Arc<Stage>) {
    let site = stage.engineering();
    let ann = stage.somebody(site, "ann", Role::Member).await;
    let tab = stage.stranger(site).await;

    // Whoever comes to a page inside is led there after the door.
    tab.open("/notifications").await;
    tab.comes_to("/sign-in").await;
    tab.write("#login", &ann.email).await;
    tab.write("#password", PASSWORD).await;
    tab.press("main form button.primary").await;
    tab.comes_to("/notifications").await;
    tab.sees_in("main h1", "Notifications").await;

    tab.choose("header.masthead", "[formaction='/sign-out']").await;
    tab.finds("#login").await;
    tab.open("/settings").await;
    tab.comes_to("/sign-in").await;
}

pub async fn a_wrong_password_keeps_the_name(stage: Arc<Stage>) {
    let site = stage.engineering();
    let ann = stage.somebody(site, "ann", Role::Member).await;
    let tab = stage.stranger(site).await;

    tab.open("/sign-in").await;
    tab.write("#login", &ann.name).await;
    tab.write("#password", "not my password").await;
    tab.press("main form button.primary").await;

    tab.finds("main [role=alert]").await;
    assert_eq!(tab.value("#login").await, ann.name);
    assert_eq!(tab.value("#password").await, "", "a password is not given back");
}

pub async fn a_colleague_is_invited_and_joins(stage: Arc<Stage>) {
    let site = stage.engineering();
    let mia = stage.somebody(site, "mia", Role::Admin).await;
    let desk = stage.signed_in(site, &mia).await;
    desk.open("/desk/invitations").await;
    desk.press("main form button.primary").await;
    desk.finds("main input.copy").await;
    let link = desk.value("main input.copy").await;

    let name = stage.fresh("noor");
    let tab = stage.stranger(site).await;
    tab.open(&link).await;
    tab.write("#display_name", "Noor Castillo").await;
    tab.write("#username", &name).await;
    tab.write("#email", &format!("{name}@example.org")).await;
    tab.write("#password", PASSWORD).await;
    tab.press("main form button.primary").await;
    tab.finds("nav.rail").await;
    tab.open(&format!("/@{name}")).await;
    tab.sees_in("main h1", "Noor Castillo").await;

    // A link works once.
    let other = stage.stranger(site).await;
    other.open(&link).await;
    assert_eq!(other.count("#username").await, 0, "a used link lets nobody in");
}
