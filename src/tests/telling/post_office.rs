//! The way to the mail server: what it refuses, when it is down, and when it breaks off.

use std::time::Duration;

use breezeway::base::{Clock, Millis};
use breezeway::domain::mail;
use breezeway::testing::{MailServer, Manner, TestApp, eventually};

const START: Millis = Millis(1_767_323_045_000);

async fn outcome(app: &TestApp, like: &str) -> Option<String> {
    let mut conn = app.services().db.read().await.unwrap();
    let (outcome,): (Option<String>,) = conn
        .one(breezeway::sql!("SELECT MAX(outcome) FROM mails WHERE source LIKE $1"), breezeway::args![like])
        .await
        .unwrap();
    outcome
}

#[tokio::test]
async fn a_server_that_breaks_off_gets_the_mail_again_under_the_same_name() {
    let server = MailServer::start(&[Manner::DiesAfterData]).await;
    let (clock, hand) = Clock::manual(START);
    let app = TestApp::build().clock(clock).mailing_to(server.port()).start().await;
    app.person("ann").await;

    mail::ask_reset(app.services(), "ann").await.unwrap();
    eventually("the first time", async || (server.mails().len() == 1).then_some(())).await;
    assert_eq!(outcome(&app, "reset:%").await, None, "it is not known whether it arrived");
    eventually("again", async || {
        hand.advance(Duration::from_secs(10));
        (server.mails().len() == 2).then_some(())
    })
    .await;
    eventually("it is done", async || outcome(&app, "reset:%").await).await;

    let mails = server.mails();
    assert_eq!(mails[0].header("message-id"), mails[1].header("message-id"));
    assert!(mails[0].header("message-id").starts_with('<'));
    assert_eq!(mails[1].header("to"), "ann@example.org");
    assert_eq!(outcome(&app, "reset:%").await.as_deref(), Some("sent"));
    hand.advance(Duration::from_hours(2));
    tokio::time::sleep(Duration::from_secs(3)).await;
    assert_eq!(server.mails().len(), 2, "what was taken is not sent again");
}

#[tokio::test]
async fn a_server_that_says_later_is_asked_later_and_one_that_says_no_is_not() {
    let server = MailServer::start(&[Manner::PutsOff, Manner::Takes, Manner::Refuses]).await;
    let (clock, hand) = Clock::manual(START);
    let app = TestApp::build().clock(clock).mailing_to(server.port()).start().await;
    app.two_people().await;

    mail::ask_reset(app.services(), "ann").await.unwrap();
    eventually("ann has hers", async || {
        hand.advance(Duration::from_secs(5));
        (server.mails().len() == 1).then_some(())
    })
    .await;
    mail::ask_reset(app.services(), "bob").await.unwrap();
    eventually("bob's is refused", async || {
        let mut conn = app.services().db.read().await.unwrap();
        (mail::store::count_waiting(&mut conn).await.unwrap() == 0).then_some(())
    })
    .await;

    assert_eq!(outcome(&app, "reset:%").await.as_deref(), Some("sent"));
    assert_eq!(server.mails().len(), 1);
}

#[tokio::test]
async fn what_is_asked_for_while_the_server_is_down_is_sent_when_it_is_back() {
    // A port on which nobody listens.
    let gone = tokio::net::TcpListener::bind(("127.0.0.1", 0)).await.unwrap();
    let port = gone.local_addr().unwrap().port();
    drop(gone);
    let (clock, hand) = Clock::manual(START);
    let app = TestApp::build().clock(clock).mailing_to(port).start().await;
    app.person("ann").await;

    mail::ask_reset(app.services(), "ann").await.unwrap();
    eventually("it was tried", async || {
        let mut conn = app.services().db.read().await.unwrap();
        let (tried,): (i64,) = conn
            .one(
                breezeway::sql!("SELECT COUNT(*) FROM mails WHERE last_error IS NOT NULL"),
                breezeway::args![],
            )
            .await
            .unwrap();
        (tried == 1).then_some(())
    })
    .await;

    hand.advance(Duration::from_hours(3));
    let server = MailServer::start_at(port, &[]).await;
    eventually("it is sent", async || {
        hand.advance(Duration::from_secs(10));
        outcome(&app, "reset:%").await
    })
    .await;
    assert_eq!(server.mails().len(), 1);
}
