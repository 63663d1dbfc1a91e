//! What goes over the wire between two sites of our kind: Ed25519 over RFC 9421, in either mode and after a restart.

use breezeway::testing::{Person, Tap, TestApp, eventually};
use federation_tests::shake_hands;

/// Everything that was signed, and how.
fn check(tap: &Tap, what: &str, verbs: &[&str]) {
    let signed = tap.signed();
    let heads: Vec<&String> =
        signed.iter().filter(|head| verbs.iter().any(|verb| head.starts_with(verb))).collect();
    assert!(!heads.is_empty(), "{what}: nothing was sent");
    for head in heads {
        let line = head.lines().next().unwrap_or_default();
        assert!(head.contains("\r\nsignature-input: "), "{what}: {line} is signed in the older style");
        assert!(head.contains(r#"alg="ed25519""#), "{what}: {line} is signed with another key");
    }
}

/// A follow, a post, a like and an answer.
async fn talk(sites: &[TestApp; 2], ann: &Person, bob: &Person, words: &str) {
    bob.follows(ann).await;
    ann.posts(words).await;
    let seen = bob.sees(words).await;
    bob.does("favourite", &seen).await;
    bob.replies(&seen, "So do I").await;
    ann.hears("mention", bob).await;
    for site in sites {
        site.settles().await;
    }
}

#[tokio::test]
async fn peers_sign_with_ed25519_over_rfc_9421() {
    let sites = [
        TestApp::build().named("engineering").tapped().start().await,
        TestApp::build().named("sales").tapped().start().await,
    ];
    shake_hands(&sites[0], &sites[1]).await;
    let (ann, bob) = (sites[0].person("ann").await, sites[1].person("bob").await);

    talk(&sites, &ann, &bob, "I like ladders").await;

    for site in &sites {
        check(site.tap(), site.name(), &["post ", "get "]);
    }
}

#[tokio::test]
async fn open_sites_find_out_and_sign_with_ed25519_over_rfc_9421() {
    let mut sites = [
        TestApp::build().named("engineering").open().tapped().start().await,
        TestApp::build().named("sales").open().tapped().start().await,
    ];
    let (ann, bob) = (sites[0].person("ann").await, sites[1].person("bob").await);

    talk(&sites, &ann, &bob, "I like ladders").await;
    for site in &sites {
        check(site.tap(), site.name(), &["post "]);
        site.tap().forgets();
    }

    // What was found out is still known after a restart, from the first request on.
    sites[1].restart().await;
    let stranger = sites[0].person("carol").await;
    eventually("Bob finds Carol", async || bob.finds(&stranger.handle).await).await;
    check(sites[0].tap(), "after the restart", &["get "]);
}
