//! Links that work once.

use std::time::Duration;

use breezeway::base::Error;
use breezeway::base::id::AccountId;
use breezeway::domain::auth::{self, Registration, Role, link, register, sign_in, store};
use breezeway::domain::instance;
use breezeway::testing::TestApp;

use super::{app_with_hand, code_of, registration};

async fn role_of(app: &TestApp, account: AccountId) -> Role {
    let mut conn = app.services().db.read().await.unwrap();
    store::get(&mut conn, account).await.unwrap().role
}

#[tokio::test]
async fn the_first_link_makes_an_administrator_and_names_the_site() {
    let app = TestApp::start().await;
    let first = link::first_run(app.services()).await.unwrap().unwrap();

    let named = Registration { site_name: Some("Research".to_owned()), ..registration("ann") };
    let ann = register(app.services(), code_of(&first.url), named).await.unwrap();

    assert_eq!(role_of(&app, ann.id).await, Role::Admin);
    let mut conn = app.services().db.read().await.unwrap();
    assert_eq!(instance::name(app.services(), &mut conn).await.unwrap(), "Research");
    drop(conn);
    assert!(link::first_run(app.services()).await.unwrap().is_none(), "a site has one first administrator");
}

#[tokio::test]
async fn a_new_first_link_ends_the_one_before() {
    let app = TestApp::start().await;
    let before = link::first_run(app.services()).await.unwrap().unwrap();
    let now = link::first_run(app.services()).await.unwrap().unwrap();

    let refused = register(app.services(), code_of(&before.url), registration("ann")).await;

    assert!(matches!(refused, Err(Error::NotFound { .. })), "{refused:?}");
    assert!(register(app.services(), code_of(&now.url), registration("ann")).await.is_ok());
}

#[tokio::test]
async fn the_first_link_ends_when_somebody_became_administrator_in_another_way() {
    let app = TestApp::start().await;
    let first = link::first_run(app.services()).await.unwrap().unwrap();
    app.admin("boss").await;

    let refused = register(app.services(), code_of(&first.url), registration("eve")).await;

    assert!(matches!(refused, Err(Error::NotFound { .. })), "{refused:?}");
}

#[tokio::test]
async fn an_invitation_works_once_and_gives_its_role() {
    let app = TestApp::start().await;
    let invitation = link::invite_as(app.services(), Role::Moderator, None).await.unwrap();
    let code = code_of(&invitation.url);

    let bob = register(app.services(), code, registration("bob")).await.unwrap();
    let again = register(app.services(), code, registration("eve")).await;

    assert_eq!(role_of(&app, bob.id).await, Role::Moderator);
    assert!(matches!(again, Err(Error::NotFound { .. })), "{again:?}");
}

#[tokio::test]
async fn a_mistake_does_not_use_up_an_invitation() {
    let app = TestApp::start().await;
    app.person("ann").await;
    let invitation = link::invite_as(app.services(), Role::Member, None).await.unwrap();
    let code = code_of(&invitation.url);

    let taken = register(app.services(), code, registration("Ann")).await;
    let short = Registration { password: "short".to_owned(), ..registration("bob") };
    let weak = register(app.services(), code, short).await;

    assert!(matches!(taken, Err(Error::Conflict { .. })), "{taken:?}");
    assert!(matches!(weak, Err(Error::Invalid { field: "password", .. })), "{weak:?}");
    assert!(register(app.services(), code, registration("bob")).await.is_ok());
}

#[tokio::test]
async fn an_invitation_expires() {
    let (app, hand) = app_with_hand().await;
    let invitation = link::invite_as(app.services(), Role::Member, None).await.unwrap();

    hand.advance(link::INVITATION + Duration::from_secs(1));

    assert!(link::get(app.services(), code_of(&invitation.url)).await.is_err());
}

#[tokio::test]
async fn a_member_cannot_invite() {
    let app = TestApp::start().await;
    let ann = app.person("ann").await;
    let mut conn = app.services().db.read().await.unwrap();
    let user = store::get(&mut conn, ann.id).await.unwrap();
    drop(conn);

    let refused = link::invite(app.services(), &user, Role::Member).await;

    assert!(matches!(refused, Err(Error::Forbidden { .. })), "{refused:?}");
}

#[tokio::test]
async fn a_new_password_by_link_ends_sessions_and_tokens() {
    let app = TestApp::start().await;
    let ann = app.person("ann").await;
    let services = app.services();
    let session = auth::session::open(services, ann.id, "Firefox").await.unwrap();
    let reset = link::reset_password(services, ann.id, None).await.unwrap();

    link::use_for_password(services, code_of(&reset.url), "a brand new password").await.unwrap();

    let mut conn = services.db.read().await.unwrap();
    assert!(auth::session::find(services, &mut conn, &session.token).await.unwrap().is_none());
    assert!(auth::token::find(services, &mut conn, ann.token()).await.unwrap().is_none());
    drop(conn);
    assert!(sign_in(services, "ann", "a brand new password", "").await.is_ok());
    let again = link::use_for_password(services, code_of(&reset.url), "yet another password").await;
    assert!(matches!(again, Err(Error::NotFound { .. })), "{again:?}");
}

#[tokio::test]
async fn a_link_for_a_password_makes_no_account_and_an_invitation_no_password() {
    let app = TestApp::start().await;
    let ann = app.person("ann").await;
    let reset = link::reset_password(app.services(), ann.id, None).await.unwrap();
    let invitation = link::invite_as(app.services(), Role::Admin, None).await.unwrap();

    let account = register(app.services(), code_of(&reset.url), registration("eve")).await;
    let password =
        link::use_for_password(app.services(), code_of(&invitation.url), "a brand new password").await;

    assert!(account.is_err());
    assert!(password.is_err());
}
