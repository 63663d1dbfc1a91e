//! Starting, stopping and starting again.

use breezeway::app::{Options, Site, StartError};
use breezeway::base::config::Config;
use breezeway::testing::TestApp;

#[tokio::test]
async fn several_sites_run_in_one_process() {
    let one = TestApp::build().named("engineering").start().await;
    let other = TestApp::build().named("sales").start().await;

    assert_ne!(one.host(), other.host());
    for app in [&one, &other] {
        assert_eq!(app.anybody_gets("/health").await.ok().json()["status"], "ok");
    }
}

#[tokio::test]
async fn a_second_start_finds_all_again() {
    let mut app = TestApp::start().await;
    let (host, actor) = (app.host(), app.anybody_gets("/actor").await);

    app.restart().await;

    assert_eq!(app.host(), host);
    assert_eq!(app.anybody_gets("/actor").await.text(), actor.text());
}

#[tokio::test]
async fn a_site_that_would_change_its_address_does_not_start() {
    let folder = tempfile::tempdir().unwrap();
    let mut config = Config::loopback("127.0.0.1:0".parse().unwrap(), folder.path());
    config.site.url = "https://eng.example.org".parse().unwrap();
    Site::start(Options::new(config.clone())).await.unwrap().stop().await;

    config.site.url = "https://engineering.example.org".parse().unwrap();
    let error = Site::start(Options::new(config)).await.unwrap_err();

    assert!(matches!(error, StartError::Moved { .. }), "{error}");
    assert!(error.to_string().contains("https://eng.example.org"), "{error}");
}
