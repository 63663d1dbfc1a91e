//! `breezeway account delete`: without a server, and beside one.

use breezeway::testing::http::{Http, send};
use http::Method;

use super::Place;

#[test]
fn an_account_is_deleted_when_its_name_is_said_twice() {
    let place = Place::new();
    place.prints(&["migrate"]);
    for name in ["ann", "bob", "cas"] {
        place.prints(&["account", "create", name, "--email", &format!("{name}@example.org")]);
    }

    for arguments in [&["ann"][..], &["ann", "bob"], &["ann", ""]] {
        let output = place.run(&[&["account", "delete"], arguments].concat());
        let said = String::from_utf8_lossy(&output.stderr);
        assert_eq!(output.status.code(), Some(1), "{arguments:?}: {said}");
        assert!(said.contains("breezeway account delete ann ann"), "{arguments:?}: {said}");
    }
    assert!(place.prints(&["account", "delete", "ann", "ann"]).contains("@ann is deleted"));
    assert!(place.prints(&["account", "delete", "bob@example.org", "--yes"]).contains("@bob is deleted"));

    let again = place.run(&["account", "delete", "ann", "ann"]);
    let said = String::from_utf8_lossy(&again.stderr);
    assert!(said.contains("nobody here is called \"ann\""), "{said}");
    let taken = place.run(&["account", "create", "ann", "--email", "other@example.org"]);
    assert!(String::from_utf8_lossy(&taken.stderr).contains("taken"), "{taken:?}");
    place.prints(&["token", "create", "--account", "cas"]);
}

#[test]
fn the_last_administrator_is_not_deleted() {
    let place = Place::new();
    place.prints(&["migrate"]);
    place.prints(&["account", "create", "ada", "--email", "ada@example.org", "--role", "admin"]);

    let output = place.run(&["account", "delete", "ada", "--yes"]);

    let said = String::from_utf8_lossy(&output.stderr);
    assert_eq!(output.status.code(), Some(1));
    assert!(said.contains("make somebody else an administrator first"), "{said}");
}

#[tokio::test]
async fn a_token_ends_at_a_running_server_at_once() {
    let place = Place::new();
    let _running = place.serve().await;
    place.prints(&["account", "create", "ann", "--email", "ann@example.org"]);
    let token = place.prints(&["token", "create", "--account", "ann"]);
    let ask = async || {
        let url = place.url.join("/api/v1/accounts/verify_credentials").unwrap();
        send(Http::default().request(Method::GET, url).bearer_auth(&token)).await.status
    };
    assert_eq!(ask().await, 200);

    place.prints(&["account", "delete", "ann", "ann"]);

    assert_eq!(ask().await, 401);
}
