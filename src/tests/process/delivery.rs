//! `breezeway delivery …` and `peer show`, beside a running server.

use breezeway::testing::http::{Http, send};
use breezeway::testing::{Peer, eventually};
use http::{Method, StatusCode};
use serde_json::{Value, json};

use super::Place;

async fn posts(place: &Place, token: &str, text: &str) -> Value {
    let url = place.url.join("/api/v1/statuses").unwrap();
    let request = Http::default().request(Method::POST, url).bearer_auth(token);
    send(request.json(&json!({ "status": text }))).await.ok().json()
}

fn text(value: &Value) -> &str {
    value.as_str().unwrap()
}

#[tokio::test]
async fn what_was_refused_is_listed_traced_sent_again_and_thrown_away() {
    let place = Place::new();
    let _running = place.serve().await;
    place.prints(&["account", "create", "ann", "--email", "ann@example.org"]);
    let token = place.prints(&["token", "create", "--account", "ann", "--scopes", "read write follow"]);
    let peer = Peer::start(&["mallory"]).await;
    let ann = place.url.join("/users/ann").unwrap();
    let follow = peer.activity("Follow", &peer.person("mallory"), ann.as_str());
    peer.letter(&follow).to(&place.url.join("/inbox").unwrap()).await.ok();
    eventually("the follow is accepted", async || peer.received_of("Accept").pop()).await;
    peer.answers_posts_with(StatusCode::NOT_FOUND);

    let post = posts(&place, &token, "Hello").await;
    let list = eventually("it is given up", async || {
        let list: Value = serde_json::from_str(&place.prints(&["delivery", "list", "--json"])).unwrap();
        list["dead_letters"].as_array().is_some_and(|all| !all.is_empty()).then_some(list)
    })
    .await;
    let letter = &list["dead_letters"][0];
    assert_eq!((text(&letter["kind"]), text(&letter["cause"])), ("Create", "refused"));
    assert_eq!(letter["about"], post["uri"]);

    let listed = place.prints(&["delivery", "list", &peer.host()]);
    assert!(listed.contains("1 given up") && listed.contains("404 Not Found"), "{listed}");
    for address in [text(&post["url"]), text(&post["uri"])] {
        let trace = place.prints(&["delivery", "trace", address]);
        assert!(trace.contains(&peer.host()) && trace.contains("404 Not Found"), "{trace}");
    }
    let shown = place.prints(&["peer", "show", &peer.host()]);
    assert!(shown.contains("1 given up") && shown.contains("404 Not Found"), "{shown}");

    peer.forgets();
    peer.answers_posts_with(StatusCode::ACCEPTED);
    place.prints(&["delivery", "retry", text(&letter["id"])]);
    eventually("it is sent again", async || peer.received_of("Create").pop()).await;
    eventually("it is written down", async || {
        place.prints(&["delivery", "trace", text(&post["url"])]).contains("arrived").then_some(())
    })
    .await;

    peer.answers_posts_with(StatusCode::GONE);
    let post = posts(&place, &token, "Hello?").await;
    eventually("it is given up", async || {
        place.prints(&["delivery", "list"]).contains("410 Gone").then_some(())
    })
    .await;
    assert!(
        place.prints(&["delivery", "drop", "--host", &peer.host()]).contains("1 dead letter is thrown away")
    );
    let trace: Value =
        serde_json::from_str(&place.prints(&["delivery", "trace", "--json", text(&post["url"])])).unwrap();
    assert_eq!(text(&trace["passages"][0]["state"]), "dropped");
}

#[tokio::test]
async fn what_is_not_there_is_said_to_be_not_there() {
    let place = Place::new();
    place.prints(&["migrate"]);
    let table: &[(&[&str], &str)] = &[
        (&["delivery", "retry", "42"], "dead letter"),
        (&["delivery", "trace", "https://elsewhere.example/@ann/1"], "write its address"),
        (&["peer", "show", "sales.example.org"], "breezeway peer invite sales.example.org"),
    ];
    for (command, remedy) in table {
        let output = place.run(command);
        let said = String::from_utf8_lossy(&output.stderr);
        assert_eq!(output.status.code(), Some(1), "{command:?}");
        assert!(said.contains(remedy), "{command:?}: {said}");
    }
    assert!(place.prints(&["delivery", "retry", "--all"]).contains("no such dead letter"));
    assert!(place.prints(&["delivery", "list"]).contains("Nothing was ever sent"));
}

#[tokio::test]
async fn the_doctor_names_what_fails_and_ends_with_a_status() {
    let place = Place::new();
    place.prints(&["migrate"]);

    let output = place.run(&["peer", "doctor", "127.0.0.1:1"]);
    let (out, err) = (String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr));
    assert_eq!(output.status.code(), Some(1), "{out}{err}");
    assert!(out.contains("FAIL  connection") && out.contains("ok    name"), "{out}");
    assert!(err.contains("127.0.0.1:1 does not work: connection"), "{err}");

    let output = place.run(&["peer", "doctor", "127.0.0.1:1", "--json"]);
    let report: Value = serde_json::from_slice(&output.stdout).unwrap();
    let verdict = |name: &str| {
        let steps = report["steps"].as_array().unwrap();
        steps.iter().find(|step| step["name"] == name).unwrap()["verdict"].clone()
    };
    assert_eq!(output.status.code(), Some(1));
    assert_eq!(
        (verdict("name"), verdict("connection"), verdict("inbox")),
        (json!("ok"), json!("fail"), json!("skipped"))
    );

    let other = Place::new();
    let _running = (place.serve().await, other.serve().await);
    let said = place.prints(&["peer", "doctor", other.url.as_str()]);
    assert!(said.contains("ok    webfinger") && !said.contains("FAIL"), "{said}");
}
