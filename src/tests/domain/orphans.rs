//! Thousands of replies that come before what they answer: joined in batches, with a few statements each.

use breezeway::base::id::{AccountId, StatusId};
use breezeway::domain::event::Event;
use breezeway::domain::statuses::model::NewStatus;
use breezeway::domain::statuses::write::{self, ADOPTED_AT_ONCE};
use breezeway::domain::statuses::{Status, Visibility, store, threads};
use breezeway::effects;
use breezeway::testing::{Rooms, each_site, rooms::post_uri};

const ORPHANS: usize = 3_000;

/// What one batch may take: it does not grow with the number of replies.
const STATEMENTS: u64 = 30;

fn reply(site: &Rooms, author: AccountId, number: usize, to: &str) -> NewStatus {
    let uri = post_uri(&format!("reply-{to}-{number}"));
    NewStatus {
        id: site.services.ids.next(),
        url: uri.clone(),
        account_id: author,
        local: false,
        visibility: Visibility::Organisation,
        content: "<p>First!</p>".to_owned(),
        source: String::new(),
        source_type: "text/plain".to_owned(),
        spoiler_text: String::new(),
        sensitive: false,
        language: None,
        parent: None,
        in_reply_to_uri: Some(post_uri(to)),
        app_id: None,
        mentions: Vec::new(),
        tags: Vec::new(),
        created_at: site.services.clock.now(),
        uri,
    }
}

/// Replies of the author to `to`, which is not here yet. Each has a thread of its own with a name and a look-up.
async fn replies(site: &Rooms, author: AccountId, to: &str, count: usize) -> Vec<StatusId> {
    let mut tx = site.services.db.begin().await.unwrap();
    let mut ids = Vec::new();
    for number in 0..count {
        let status = reply(site, author, number, to);
        assert!(write::insert(&site.services, &mut tx, &status).await.unwrap());
        threads::store::put_context(&mut tx, status.id, &post_uri(&format!("thread-{number}")));
        threads::ask_above_in(&site.services, &mut tx, &status).await.unwrap();
        ids.push(status.id);
    }
    tx.commit().await.unwrap();
    while !site.events().await.is_empty() {}
    ids
}

async fn rows(site: &Rooms, ids: &[StatusId]) -> Vec<Status> {
    let mut rows = store::list(&mut site.conn().await, ids).await.unwrap();
    rows.sort_unstable_by_key(|row| row.id);
    rows
}

async fn joined(site: &Rooms, ids: &[StatusId], parent: StatusId) -> usize {
    rows(site, ids).await.iter().filter(|row| row.in_reply_to_id == Some(parent)).count()
}

#[tokio::test]
async fn thousands_of_replies_that_came_first_join_their_post_in_batches() {
    each_site(async |site| {
        let (ann, bob) = (site.person("ann").await, site.colleague("bob").await);
        site.follows(ann, bob).await;
        let orphans = replies(&site, bob, "root", ORPHANS).await;
        // A reply to a reply goes along.
        let below = site
            .receives(bob, "below", Visibility::Organisation, Some(&post_uri("reply-root-2999")))
            .await
            .unwrap();
        site.events().await;
        assert!(site.home(ann).await.iter().all(|id| *id == below), "nobody knows whom they answer");

        let before = site.services.db.counted();
        let root = site.receives(bob, "root", Visibility::Organisation, None).await.unwrap();
        let after = site.services.db.counted();

        assert_eq!(joined(&site, &orphans, root).await, ADOPTED_AT_ONCE, "one batch with the post itself");
        assert!(after.statements - before.statements <= STATEMENTS, "{before:?} {after:?}");

        let before = site.services.db.counted();
        effects::drain(&site.services).await.unwrap();
        while is_left(&site).await {
            effects::drain(&site.services).await.unwrap();
        }
        let after = site.services.db.counted();

        let batches = (ORPHANS / ADOPTED_AT_ONCE) as u64;
        assert!(after.commits - before.commits <= batches + 1, "{before:?} {after:?}");
        assert!(after.statements - before.statements <= (batches + 2) * STATEMENTS, "{before:?} {after:?}");
        assert_eq!(joined(&site, &orphans, root).await, ORPHANS);
        for row in rows(&site, &[&orphans[..], &[below]].concat()).await {
            assert_eq!(row.conversation_id, root, "{row:?}");
        }
        assert_eq!(site.status(root).await.unwrap().replies_count, ORPHANS as i64);
        let mut conn = site.conn().await;
        assert!(threads::store::list_contexts(&mut conn, &orphans).await.unwrap().is_empty());
        assert_eq!(threads::store::list_contexts(&mut conn, &[root]).await.unwrap().len(), 1);
        assert!(threads::store::find(&mut conn, orphans[7]).await.unwrap().is_none());
        drop(conn);
        let home = site.home(ann).await;
        assert_eq!(&home[..3], &[root, below, orphans[ORPHANS - 1]], "newest first");
    })
    .await;
}

async fn is_left(site: &Rooms) -> bool {
    let mut conn = site.conn().await;
    breezeway::domain::event::store::is_due(&mut conn, site.services.clock.now()).await.unwrap()
}

#[tokio::test]
async fn a_crash_between_two_batches_of_replies_loses_and_doubles_nothing() {
    each_site(async |site| {
        let bob = site.colleague("bob").await;
        let orphans = replies(&site, bob, "root", 3 * ADOPTED_AT_ONCE - 1).await;
        let root = site.receives(bob, "root", Visibility::Organisation, None).await.unwrap();

        // The second batch is written and then the process is gone before its commit.
        let mut tx = site.services.db.begin().await.unwrap();
        write::adopt_more(&site.services, &mut tx, root).await.unwrap();
        drop(tx);
        assert_eq!(joined(&site, &orphans, root).await, ADOPTED_AT_ONCE);
        // Once more than needed does no harm either.
        let mut tx = site.services.db.begin().await.unwrap();
        write::adopt_more(&site.services, &mut tx, root).await.unwrap();
        tx.commit().await.unwrap();
        while is_left(&site).await {
            effects::drain(&site.services).await.unwrap();
        }

        assert_eq!(joined(&site, &orphans, root).await, orphans.len());
        assert_eq!(site.status(root).await.unwrap().replies_count, orphans.len() as i64);
    })
    .await;
}

#[tokio::test]
async fn replies_left_over_when_their_post_is_gone_again_stay_as_they_are() {
    each_site(async |site| {
        let bob = site.colleague("bob").await;
        let orphans = replies(&site, bob, "root", ADOPTED_AT_ONCE + 5).await;
        let root = site.receives(bob, "root", Visibility::Organisation, None).await.unwrap();
        let events = site.events().await;
        assert!(events.contains(&Event::ParentArrived { status: root }), "{events:?}");
        let mut tx = site.services.db.begin().await.unwrap();
        store::delete(&mut tx, root).await.unwrap();
        write::adopt_more(&site.services, &mut tx, root).await.unwrap();
        tx.commit().await.unwrap();

        assert!(site.events().await.is_empty(), "nothing is left to do");
        assert!(rows(&site, &orphans).await.iter().all(|row| row.in_reply_to_id.is_none()));
    })
    .await;
}
