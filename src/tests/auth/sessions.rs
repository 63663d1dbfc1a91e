//! Passwords and sessions.

use std::time::Duration;

use breezeway::base::Error;
use breezeway::domain::accounts;
use breezeway::domain::auth::{manage, password, session, sign_in, store};
use breezeway::testing::person::PASSWORD;
use breezeway::testing::{TestApp, eventually};

use super::app_with_hand;

#[tokio::test]
async fn one_signs_in_by_name_or_address_whatever_the_case() {
    let app = TestApp::start().await;
    let ann = app.person("ann").await;

    for login in ["ann", "@Ann", "ANN@example.org", " ann@example.org "] {
        let new = sign_in(app.services(), login, PASSWORD, "Firefox").await.unwrap();
        assert_eq!(new.session.account_id, ann.id, "{login}");
    }
}

#[tokio::test]
async fn an_unknown_name_and_a_wrong_password_look_alike() {
    let app = TestApp::start().await;
    app.person("ann").await;

    let wrong = sign_in(app.services(), "ann", "not the password", "").await.unwrap_err();
    let unknown = sign_in(app.services(), "nobody", "not the password", "").await.unwrap_err();

    assert!(matches!(wrong, Error::Forbidden { .. }));
    assert_eq!(wrong.to_string(), unknown.to_string());
}

#[tokio::test]
async fn a_session_says_who_until_it_is_closed() {
    let app = TestApp::start().await;
    let ann = app.person("ann").await;
    let services = app.services();
    let new = session::open(services, ann.id, "Firefox").await.unwrap();

    let mut conn = services.db.read().await.unwrap();
    let signed_in = session::find(services, &mut conn, &new.token).await.unwrap().unwrap();
    drop(conn);
    assert_eq!((signed_in.account.id, signed_in.csrf_token), (ann.id, new.session.csrf_token));

    session::close(services, ann.id, new.session.id).await.unwrap();

    let mut conn = services.db.read().await.unwrap();
    assert!(session::find(services, &mut conn, &new.token).await.unwrap().is_none());
}

#[tokio::test]
async fn nobody_closes_the_session_of_another() {
    let app = TestApp::start().await;
    let (ann, bob) = app.two_people().await;
    let new = session::open(app.services(), ann.id, "Firefox").await.unwrap();

    let refused = session::close(app.services(), bob.id, new.session.id).await;

    assert!(matches!(refused, Err(Error::NotFound { .. })), "{refused:?}");
}

#[tokio::test]
async fn a_visit_prolongs_a_session_and_absence_ends_it() {
    let (app, hand) = app_with_hand().await;
    let ann = app.person("ann").await;
    let services = app.services();
    let new = session::open(services, ann.id, "Firefox").await.unwrap();
    let found = async || {
        let mut conn = services.db.read().await.unwrap();
        session::find(services, &mut conn, &new.token).await.unwrap().is_some()
    };

    hand.advance(Duration::from_hours(29 * 24));
    assert!(found().await);
    eventually("the visit is noted", async || {
        let mut conn = services.db.read().await.unwrap();
        let sessions = session::list(services, &mut conn, ann.id).await.unwrap();
        (sessions[0].last_seen_at == services.clock.now()).then_some(())
    })
    .await;

    hand.advance(Duration::from_hours(29 * 24));
    assert!(found().await);
    hand.advance(session::LASTS + Duration::from_secs(1));
    assert!(!found().await);
}

#[tokio::test]
async fn a_changed_password_ends_the_other_sessions() {
    let app = TestApp::start().await;
    let ann = app.person("ann").await;
    let services = app.services();
    let here = session::open(services, ann.id, "Firefox").await.unwrap();
    let there = session::open(services, ann.id, "Safari").await.unwrap();

    let wrong = password::change(services, ann.id, "wrong password", "a brand new password", None).await;
    password::change(services, ann.id, PASSWORD, "a brand new password", Some(here.session.id))
        .await
        .unwrap();

    assert!(matches!(wrong, Err(Error::Invalid { field: "current_password", .. })), "{wrong:?}");
    let mut conn = services.db.read().await.unwrap();
    assert!(session::find(services, &mut conn, &here.token).await.unwrap().is_some());
    assert!(session::find(services, &mut conn, &there.token).await.unwrap().is_none());
    drop(conn);
    assert!(sign_in(services, "ann", PASSWORD, "").await.is_err());
    assert!(sign_in(services, "ann", "a brand new password", "").await.is_ok());
}

#[tokio::test]
async fn who_is_disabled_is_out_at_once_and_may_be_let_in_again() {
    let app = TestApp::start().await;
    let ann = app.person("ann").await;
    let services = app.services();
    let new = session::open(services, ann.id, "Firefox").await.unwrap();

    manage::disable(services, ann.id).await.unwrap();

    let mut conn = services.db.read().await.unwrap();
    assert!(session::find(services, &mut conn, &new.token).await.unwrap().is_none());
    drop(conn);
    let refused = sign_in(services, "ann", PASSWORD, "").await.unwrap_err();
    assert!(refused.to_string().contains("closed"), "{refused}");
    manage::enable(services, ann.id).await.unwrap();
    assert!(sign_in(services, "ann", PASSWORD, "").await.is_ok());
}

#[tokio::test]
async fn who_is_suspended_is_out_at_once() {
    let app = TestApp::start().await;
    let ann = app.person("ann").await;
    let services = app.services();
    let new = session::open(services, ann.id, "Firefox").await.unwrap();

    let mut tx = services.db.begin().await.unwrap();
    accounts::store::update_suspended(&mut tx, ann.id, Some(services.clock.now())).await.unwrap();
    tx.commit().await.unwrap();

    let mut conn = services.db.read().await.unwrap();
    assert!(session::find(services, &mut conn, &new.token).await.unwrap().is_none());
}

#[tokio::test]
async fn what_is_kept_does_not_let_anybody_in() {
    let app = TestApp::start().await;
    let ann = app.person("ann").await;

    let mut conn = app.services().db.read().await.unwrap();
    let hash = store::find_password_hash(&mut conn, ann.id).await.unwrap().unwrap();

    assert!(hash.starts_with("$argon2id$"));
    assert!(!hash.contains(PASSWORD));
}
