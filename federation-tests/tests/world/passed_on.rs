//! An answer from a site that a reader's site has never heard of, passed on by the site of whom it answers.

use breezeway::testing::{Person, TestApp, eventually};
use federation_tests::shake_hands;
use serde_json::Value;

async fn conversation_has(person: &Person, status: &Value, words: &str) -> bool {
    person.conversation(status).await.iter().any(|text| text.contains(words))
}

#[tokio::test]
async fn who_follows_the_author_reads_the_answers_of_sites_unknown_to_them() {
    let engineering = TestApp::build().named("engineering").open().start().await;
    let sales = TestApp::build().named("sales").open().start().await;
    let depot = TestApp::build().named("depot").open().start().await;
    let (ann, bob) = (engineering.person("ann").await, sales.person("bob").await);
    let carol = depot.person("carol").await;
    bob.follows(&ann).await;
    carol.follows(&ann).await;
    ann.posts("Who has the big ladder?").await;
    let asked = bob.sees("Who has the big ladder?").await;
    let seen = carol.sees("Who has the big ladder?").await;

    let answer = bob.replies(&asked, "It stands behind the depot.").await;

    eventually("Carol reads the answer", async || {
        conversation_has(&carol, &seen, "behind the depot").await.then_some(())
    })
    .await;
    bob.delete(&format!("/api/v1/statuses/{}", answer["id"].as_str().unwrap())).await.ok();
    eventually("Carol no longer reads it", async || {
        (!conversation_has(&carol, &seen, "behind the depot").await).then_some(())
    })
    .await;
}

#[tokio::test]
async fn a_closed_site_takes_nothing_of_strangers_from_a_peer() {
    let engineering = TestApp::build().named("engineering").start().await;
    let sales = TestApp::build().named("sales").start().await;
    let depot = TestApp::build().named("depot").start().await;
    shake_hands(&engineering, &sales).await;
    shake_hands(&engineering, &depot).await;
    let (ann, bob) = (engineering.person("ann").await, sales.person("bob").await);
    let carol = depot.person("carol").await;
    bob.follows(&ann).await;
    carol.follows(&ann).await;
    ann.posts("Who has the big ladder?").await;
    let asked = bob.sees("Who has the big ladder?").await;
    let seen = carol.sees("Who has the big ladder?").await;

    bob.replies(&asked, "It stands behind the depot.").await;
    ann.hears("mention", &bob).await;
    sales.settles().await;

    // Engineering passes it on; the depot does not speak with sales, and says so.
    tokio::time::sleep(std::time::Duration::from_millis(500)).await;
    assert!(!conversation_has(&carol, &seen, "behind the depot").await);
    ann.posts("And the small one?").await;
    carol.sees("And the small one?").await;
}
