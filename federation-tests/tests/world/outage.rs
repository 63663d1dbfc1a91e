//! A site is away for a while, or falls in the middle of something: afterwards everything is there, in order.

use breezeway::testing::person::plain;
use breezeway::testing::{Person, eventually, text_of};
use federation_tests::World;
use serde_json::{Value, json};

/// The whole home, oldest first.
async fn home(person: &Person) -> Vec<Value> {
    let mut all: Vec<Value> = Vec::new();
    loop {
        let older = all.last().map(|last| format!("&max_id={}", text_of(last, "id"))).unwrap_or_default();
        let page = person.get(&format!("/api/v1/timelines/home?limit=40{older}")).await.ok().json();
        match page.as_array() {
            Some(page) if !page.is_empty() => all.extend(page.iter().cloned()),
            _ => break,
        }
    }
    all.reverse();
    all
}

/// The texts of one author in a home, oldest first.
async fn read(reader: &Person, author: &Person) -> Vec<String> {
    let by = |status: &&Value| status["account"]["username"] == author.name.as_str();
    home(reader).await.iter().filter(by).map(plain).collect()
}

async fn reads_at_last(reader: &Person, author: &Person, expected: &[String]) {
    // An edit or an end may come after the last of the posts.
    eventually(&format!("{} reads {expected:?} of {}", reader.name, author.name), async || {
        (read(reader, author).await == expected).then_some(())
    })
    .await;
}

fn numbered(name: &str, count: usize) -> Vec<String> {
    (1..=count).map(|number| format!("{name} {number}")).collect()
}

#[tokio::test]
async fn what_was_written_during_an_outage_arrives_whole_and_in_order() {
    let mut world = World::of(&["engineering", "sales", "legal"]).await;
    let ann = world.site("engineering").person("ann").await;
    let bob = world.site("sales").person("bob").await;
    let cas = world.site("legal").person("cas").await;
    for author in [&ann, &cas] {
        bob.follows(author).await;
    }
    cas.follows(&ann).await;

    world.site_mut("sales").stop().await;
    let mut posts = Vec::new();
    for text in numbered("ann", 60) {
        posts.push(ann.posts(&text).await);
    }
    for text in numbered("cas", 30) {
        cas.posts(&text).await;
    }
    // Some of it was never meant so: edited, deleted, and liked while nobody could hear it.
    let mut expected = numbered("ann", 60);
    for at in [3, 20] {
        let path = format!("/api/v1/statuses/{}", text_of(&posts[at], "id"));
        ann.put(&path, json!({ "status": format!("ann {} again", at + 1) })).await.ok();
        expected[at] = format!("ann {} again", at + 1);
    }
    ann.delete(&format!("/api/v1/statuses/{}", text_of(&posts[50], "id"))).await.ok();
    expected.remove(50);
    reads_at_last(&cas, &ann, &expected).await;
    world.site_mut("sales").restart().await;

    reads_at_last(&bob, &ann, &expected).await;
    reads_at_last(&bob, &cas, &numbered("cas", 30)).await;
}

#[tokio::test]
async fn a_restart_in_the_middle_of_it_loses_nothing() {
    let (mut world, ann, bob) = World::of_ann_and_bob().await;
    bob.follows(&ann).await;
    ann.follows(&bob).await;

    for number in 1..=40 {
        ann.posts(&format!("ann {number}")).await;
        bob.posts(&format!("bob {number}")).await;
        if number % 10 == 5 {
            world.site_mut("sales").restart().await;
        }
        if number % 10 == 9 {
            world.site_mut("engineering").restart().await;
        }
    }

    reads_at_last(&bob, &ann, &numbered("ann", 40)).await;
    reads_at_last(&ann, &bob, &numbered("bob", 40)).await;
}

#[tokio::test]
async fn a_conversation_goes_on_where_an_outage_cut_it() {
    let (mut world, ann, bob) = World::of_ann_and_bob().await;
    bob.follows(&ann).await;
    ann.posts("Who has the ladder?").await;
    let seen = bob.sees("Who has the ladder?").await;
    world.site_mut("engineering").stop().await;

    let reply = bob.replies(&seen, "I have").await;
    bob.does("favourite", &seen).await;
    let path = format!("/api/v1/statuses/{}", text_of(&reply, "id"));
    let again = json!({ "status": format!("@{} no, Cas has", ann.handle) });
    bob.put(&path, again).await.ok();
    world.site_mut("engineering").restart().await;

    let told = ann.hears("mention", &bob).await;
    ann.hears("favourite", &bob).await;
    eventually("the last words count", async || {
        let now = ann.looks_at(&told["status"]).await?;
        plain(&now).contains("no, Cas has").then_some(())
    })
    .await;
    world.settles().await;
    assert_eq!(ann.notifications().await.iter().filter(|one| one["type"] == "mention").count(), 1);
}
