//! `breezeway account …`, `token …` and `peer …`: without a server, and beside one.

use breezeway::testing::http::{Http, send};
use http::Method;

use super::Place;

#[test]
fn an_account_and_a_token_are_made_without_a_server() {
    let place = Place::new();
    place.prints(&["migrate"]);

    let made = place.prints(&[
        "account",
        "create",
        "ann",
        "--email",
        "ann@example.org",
        "--password",
        "correct horse battery",
    ]);
    let token = place.prints(&["token", "create", "--account", "ann", "--scopes", "read write"]);

    assert_eq!(made, format!("@ann@{}", place.url.authority()));
    assert_eq!(token.len(), 43, "only the token is printed: {token}");
}

#[tokio::test]
async fn a_token_made_beside_a_running_server_works_there() {
    let place = Place::new();
    let _running = place.serve().await;

    let link = place.prints(&["account", "create", "ann", "--email", "ann@example.org", "--role", "admin"]);
    let token = place.prints(&["token", "create", "--account", "ann"]);

    assert!(link.contains("/new-password/"), "{link}");
    let url = place.url.join("/api/v1/accounts/verify_credentials").unwrap();
    let answer = send(Http::default().request(Method::GET, url).bearer_auth(token)).await.ok();
    assert_eq!(answer.json()["username"], "ann");
}

#[test]
fn errors_say_what_to_do() {
    let place = Place::new();
    place.prints(&["migrate"]);
    place.prints(&["account", "create", "annika", "--email", "annika@example.org"]);
    let table: &[(&[&str], &str)] = &[
        (&["account", "promote", "anikka", "--role", "admin"], "did you mean annika?"),
        (&["account", "create", "annika", "--email", "a@example.org"], "taken"),
        (&["account", "create", "bob", "--email", "bob"], "as in ann@example.org"),
        (&["token", "create", "--account", "annika", "--scopes", "everything"], "no scope \"everything\""),
        (&["peer", "accept", "sales.example.org"], "breezeway peer invite sales.example.org"),
        (&["--config", "missing.toml", "check"], "check the path"),
    ];
    for (arguments, remedy) in table {
        let output = place.run(arguments);

        let said = String::from_utf8_lossy(&output.stderr);
        assert_eq!(output.status.code(), Some(1), "{arguments:?}: {said}");
        assert!(said.contains(remedy), "{arguments:?}: {said}");
    }
}

#[tokio::test]
async fn somebody_moves_to_another_department_by_the_command_line() {
    let (engineering, sales) = (Place::new(), Place::new());
    let _running = (engineering.serve().await, sales.serve().await);
    engineering.prints(&["account", "create", "ann", "--email", "ann@example.org"]);
    sales.prints(&["account", "create", "anna", "--email", "anna@example.org"]);
    let old = format!("@ann@{}", engineering.url.authority());
    let new = format!("@anna@{}", sales.url.authority());

    let early = engineering.run(&["account", "move", "ann", &new]);
    assert!(String::from_utf8_lossy(&early.stderr).contains("must name the old account"), "{early:?}");
    sales.prints(&["account", "alias", "anna", &old]);
    assert!(sales.prints(&["account", "alias", "anna"]).ends_with("/users/ann"));
    let moved = engineering.prints(&["account", "move", "ann", &new]);
    assert!(moved.contains("has moved to"), "{moved}");

    let again = engineering.run(&["account", "move", "ann", "--undo"]);
    assert!(again.status.success(), "{again:?}");
    let soon = engineering.run(&["account", "move", "ann", &new]);
    assert!(String::from_utf8_lossy(&soon.stderr).contains("30 days"), "{soon:?}");
}

#[tokio::test]
async fn keys_are_made_anew_beside_a_running_server() {
    let place = Place::new();
    let _running = place.serve().await;
    place.prints(&["account", "create", "ann", "--email", "ann@example.org"]);
    let key = async |path: &str| {
        let url = place.url.join(path).unwrap();
        let answer = Http::default().get(url, "application/activity+json").await.ok().json();
        answer["publicKey"]["publicKeyPem"].clone()
    };
    for (path, arguments) in
        [("/users/ann", ["account", "rotate-keys", "ann"]), ("/actor", ["account", "rotate-keys", "--site"])]
    {
        let before = key(path).await;

        place.prints(&arguments);

        assert_ne!(key(path).await, before, "{path}");
    }
}

#[tokio::test]
async fn two_sites_shake_hands_by_their_command_lines() {
    let (engineering, sales) = (Place::new(), Place::new());
    let _running = (engineering.serve().await, sales.serve().await);
    let hosts = (engineering.url.authority(), sales.url.authority());

    engineering.prints(&["peer", "invite", hosts.1]);
    sales.prints(&["peer", "accept", hosts.0]);

    for (place, other) in [(&engineering, hosts.1), (&sales, hosts.0)] {
        let list = place.prints(&["peer", "list"]);
        assert!(list.contains("accepted") && list.contains(other), "{list}");
    }
}

#[test]
fn a_command_makes_no_site_where_there_is_none() {
    let commands: &[&[&str]] = &[
        &["account", "invite"],
        &["token", "create", "--account", "ann"],
        &["peer", "list"],
        &["peer", "show", "sales.example.org"],
        &["delivery", "list"],
        &["delivery", "retry", "--all"],
    ];
    for command in commands {
        let place = Place::new();

        let output = place.run(command);

        let said = String::from_utf8_lossy(&output.stderr);
        assert_eq!(output.status.code(), Some(1), "{command:?}: {said}");
        assert!(said.contains("there is no site in ./data") && said.contains("breezeway serve"), "{said}");
        assert!(!place.path().join("data").exists(), "{command:?} made something");
    }
}
