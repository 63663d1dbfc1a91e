//! A site that was put back from a backup becomes right again by itself.

use std::path::Path;

use breezeway::testing::{Person, TestApp, eventually};
use federation_tests::World;
use serde_json::json;

/// Copies the folder of a site that does not run.
fn copy(from: &Path, to: &Path) {
    std::fs::create_dir_all(to).unwrap();
    for entry in std::fs::read_dir(from).unwrap() {
        let entry = entry.unwrap();
        let target = to.join(entry.file_name());
        if entry.file_type().unwrap().is_dir() {
            copy(&entry.path(), &target);
        } else {
            std::fs::copy(entry.path(), target).unwrap();
        }
    }
}

async fn backs_up(site: &mut TestApp, backup: &Path) {
    site.stop().await;
    copy(&site.data().unwrap(), backup);
    site.restart().await;
}

async fn puts_back(site: &mut TestApp, backup: &Path) {
    site.stop().await;
    std::fs::remove_dir_all(site.data().unwrap()).unwrap();
    copy(backup, &site.data().unwrap());
    site.restart().await;
}

/// Whether `who` follows `whom`, as the site of `who` has it.
async fn follows(who: &Person, whom: &Person) -> bool {
    let account = who.finds(&whom.handle).await.unwrap();
    who.relationship(account["id"].as_str().unwrap()).await["following"] == true
}

async fn unfollows(who: &Person, whom: &Person) {
    let account = who.finds(&whom.handle).await.unwrap();
    let path = format!("/api/v1/accounts/{}/unfollow", account["id"].as_str().unwrap());
    who.post(&path, json!({})).await.ok();
}

async fn followers_of(person: &Person) -> i64 {
    person.get("/api/v1/accounts/verify_credentials").await.ok().json()["followers_count"].as_i64().unwrap()
}

/// Ann of engineering; Bob and Carol of sales. Carol follows Ann when the backup of `site` is made; afterwards she no
/// longer does, and Bob does.
async fn scene(restored: &str) -> Option<(World, [Person; 3])> {
    let mut world = World::of(&["engineering", "sales"]).await;
    // Rows on a PostgreSQL server do not lie in the folder.
    world.site(restored).data()?;
    let ann = world.site("engineering").person("ann").await;
    let bob = world.site("sales").person("bob").await;
    let carol = world.site("sales").person("carol").await;
    carol.follows(&ann).await;
    world.settles().await;
    let backup = tempfile::tempdir().unwrap();

    backs_up(world.site_mut(restored), backup.path()).await;
    unfollows(&carol, &ann).await;
    bob.follows(&ann).await;
    world.settles().await;
    eventually("engineering knows", async || (followers_of(&ann).await == 1).then_some(())).await;
    puts_back(world.site_mut(restored), backup.path()).await;
    Some((world, [ann, bob, carol]))
}

#[tokio::test]
async fn the_followers_site_is_put_back() {
    let Some((world, [ann, bob, carol])) = scene("sales").await else { return };
    assert!(follows(&carol, &ann).await && !follows(&bob, &ann).await, "as it was at the time of the backup");

    ann.posts_with(json!({ "status": "For followers", "visibility": "private" })).await;
    world.settles().await;

    eventually("Carol no longer follows", async || (!follows(&carol, &ann).await).then_some(())).await;
    eventually("Bob is not counted", async || (followers_of(&ann).await == 0).then_some(())).await;
    assert!(!follows(&bob, &ann).await);
    bob.follows(&ann).await;
    world.settles().await;
    ann.posts_with(json!({ "status": "For Bob again", "visibility": "private" })).await;
    bob.sees("For Bob again").await;
}

#[tokio::test]
async fn the_site_of_the_followed_is_put_back() {
    let Some((world, [ann, bob, carol])) = scene("engineering").await else { return };
    assert!(follows(&bob, &ann).await && !follows(&carol, &ann).await);
    assert_eq!(followers_of(&ann).await, 1, "Carol, as at the time of the backup");

    ann.posts("For everybody").await;
    world.settles().await;

    eventually("Bob no longer follows", async || (!follows(&bob, &ann).await).then_some(())).await;
    eventually("Carol is not counted", async || (followers_of(&ann).await == 0).then_some(())).await;
    bob.follows(&ann).await;
    world.settles().await;
    assert_eq!(followers_of(&ann).await, 1);
}
