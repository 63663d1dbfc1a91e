//! What is kept of other sites has an end: versions of their posts, what is gone, what was refused or waits.

use std::time::Duration;

use breezeway::base::Millis;
use breezeway::base::id::{AccountId, InteractionId, StatusId};
use breezeway::domain::statuses::consent::interaction::{MOST_PENDING, MOST_REFUSED, TOLD_BY_THEN, ask_in};
use breezeway::domain::statuses::consent::{Act, Ask, InteractionState, Verdict, store as consent};
use breezeway::domain::statuses::edit::{Details, MOST_VERSIONS, apply_in};
use breezeway::domain::statuses::{Visibility, store, sweep};
use breezeway::testing::{Rooms, each_site, rooms::post_uri};

async fn edits(site: &Rooms, id: StatusId, count: usize) {
    let mut tx = site.services.db.begin().await.unwrap();
    for number in 0..count {
        site.hand.advance(Duration::from_secs(1));
        let before = store::get(&mut tx, id).await.unwrap();
        let mut after = before.clone();
        after.content = format!("<p>Version {number}</p>");
        let at = site.services.clock.now();
        let details = Details { mentions: Vec::new(), tags: Vec::new(), title: None, at };
        apply_in(&site.services, &mut tx, &before, after, details).await.unwrap();
    }
    tx.commit().await.unwrap();
}

async fn versions(site: &Rooms, id: StatusId) -> Vec<String> {
    let edits = store::list_edits(&mut site.conn().await, id).await.unwrap();
    edits.into_iter().map(|version| version.content).collect()
}

#[tokio::test]
async fn of_a_post_that_is_edited_without_end_the_first_and_the_latest_versions_are_kept() {
    each_site(async |site| {
        let (ann, far) = (site.person("ann").await, site.colleague("far").await);
        let theirs = site.receives(far, "first", Visibility::Organisation, None).await.unwrap();
        let other = site.receives(far, "other", Visibility::Organisation, None).await.unwrap();
        let ours = site.posts(ann, "mine").await;
        let (most, count) = (MOST_VERSIONS as usize, MOST_VERSIONS as usize + 30);

        edits(&site, other, 3).await;
        edits(&site, ours, count).await;
        edits(&site, theirs, count).await;

        let kept = versions(&site, theirs).await;
        assert_eq!(kept.len(), most + 1);
        assert_eq!(kept[0], "<p>first</p>");
        let latest: Vec<_> = (count - 1 - most..count - 1).map(|n| format!("<p>Version {n}</p>")).collect();
        assert_eq!(kept[1..], latest);
        assert_eq!(site.status(theirs).await.unwrap().content, format!("<p>Version {}</p>", count - 1));
        assert_eq!(versions(&site, ours).await.len(), count, "of our own people all are kept");
        assert_eq!(versions(&site, other).await.len(), 3);
    })
    .await;
}

#[tokio::test]
async fn what_is_gone_elsewhere_is_forgotten_in_time_and_what_is_gone_here_never() {
    each_site(async |site| {
        let ann = site.person("ann").await;
        let ours = site.posts(ann, "mine").await;
        let uri = site.status(ours).await.unwrap().uri;
        breezeway::domain::statuses::delete(&site.services, ann, ours).await.unwrap();
        let now = site.services.clock.now();
        let mut tx = site.services.db.begin().await.unwrap();
        // More than one transaction of the sweep takes.
        for number in 0..1_500 {
            let old = post_uri(&format!("old-{number}"));
            store::insert_tombstone(&mut tx, &old, None, now).await.unwrap();
        }
        tx.commit().await.unwrap();
        site.hand.advance(sweep::GONE);
        let mut tx = site.services.db.begin().await.unwrap();
        let late = site.services.clock.now();
        store::insert_tombstone(&mut tx, &post_uri("late"), None, late).await.unwrap();
        tx.commit().await.unwrap();

        sweep::sweep(&site.services).await.unwrap();
        assert!(is_gone(&site, &post_uri("old-3")).await, "it is not older than that yet");
        site.hand.advance(Duration::from_millis(1));
        sweep::sweep(&site.services).await.unwrap();

        for number in [0, 3, 999, 1_499] {
            assert!(!is_gone(&site, &post_uri(&format!("old-{number}"))).await, "{number}");
        }
        assert!(is_gone(&site, &post_uri("late")).await);
        assert!(is_gone(&site, &uri).await, "our own are answered with 410 for ever");
    })
    .await;
}

async fn is_gone(site: &Rooms, uri: &str) -> bool {
    let at: Option<Millis> = store::find_tombstone(&mut site.conn().await, uri).await.unwrap();
    at.is_some()
}

/// Somebody asks to do something with the post.
async fn asks(site: &Rooms, who: AccountId, target: StatusId, ask: (Act, &str, Verdict)) -> InteractionState {
    let mut tx = site.services.db.begin().await.unwrap();
    let target = store::get(&mut tx, target).await.unwrap();
    let (act, name, verdict) = ask;
    let ask = Ask { act, account: who, object_uri: post_uri(name), request_uri: None, note: None };
    let asked = ask_in(&site.services, &mut tx, &target, &ask, verdict).await.unwrap();
    tx.commit().await.unwrap();
    asked.state
}

#[tokio::test]
async fn likes_that_are_refused_under_ever_new_ids_leave_a_few_rows_only() {
    each_site(async |site| {
        let (ann, far) = (site.person("ann").await, site.colleague("far").await);
        let post = site.posts(ann, "mine").await;
        let refused = async |number: i64| {
            let name = format!("like-{number}");
            asks(&site, far, post, (Act::Like, &name, Verdict::Denied)).await;
            let mut conn = site.conn().await;
            consent::list_refused_marks(&mut conn, InteractionId(i64::MAX), 1_000).await.unwrap().len()
        };
        let mut kept = 0;
        for number in 0..MOST_REFUSED + 10 {
            kept = refused(number).await;
        }
        assert_eq!(kept as i64, MOST_REFUSED + 10, "nothing is forgotten before it is told");

        site.hand.advance(TOLD_BY_THEN + Duration::from_secs(1));
        assert_eq!(refused(MOST_REFUSED + 10).await as i64, MOST_REFUSED);
    })
    .await;
}

#[tokio::test]
async fn refused_likes_are_forgotten_in_time_and_refused_replies_are_not() {
    each_site(async |site| {
        let (ann, far) = (site.person("ann").await, site.colleague("far").await);
        let post = site.posts(ann, "mine").await;
        let refused = |act, name| (act, name, Verdict::Denied);
        asks(&site, far, post, refused(Act::Like, "like")).await;
        asks(&site, far, post, refused(Act::Reply, "reply")).await;
        asks(&site, far, post, (Act::Quote, "quote", Verdict::Automatic)).await;

        site.hand.advance(sweep::REFUSED + Duration::from_secs(1));
        asks(&site, far, post, refused(Act::Announce, "announce")).await;
        sweep::sweep(&site.services).await.unwrap();

        let mut conn = site.conn().await;
        let mut known = Vec::new();
        for (act, name) in
            [(Act::Like, "like"), (Act::Reply, "reply"), (Act::Quote, "quote"), (Act::Announce, "announce")]
        {
            let found = consent::find_interaction(&mut conn, act, &post_uri(name), far).await.unwrap();
            known.push((name, found.is_some()));
        }
        assert_eq!(known, [("like", false), ("reply", true), ("quote", true), ("announce", true)]);
        let left = consent::list_refused_marks(&mut conn, InteractionId(i64::MAX), 10).await.unwrap();
        assert_eq!(left.len(), 1);
    })
    .await;
}

fn manual(name: &str) -> (Act, &str, Verdict) {
    (Act::Reply, name, Verdict::Manual)
}

#[tokio::test]
async fn who_asks_for_more_than_anybody_can_decide_is_refused() {
    each_site(async |site| {
        let (ann, far, near) =
            (site.person("ann").await, site.colleague("far").await, site.colleague("near").await);
        let post = site.posts(ann, "mine").await;
        for number in 0..MOST_PENDING {
            let state = asks(&site, far, post, manual(&format!("reply-{number}"))).await;
            assert_eq!(state, InteractionState::Pending, "{number}");
        }

        assert_eq!(asks(&site, far, post, manual("one too many")).await, InteractionState::Rejected);
        assert_eq!(asks(&site, near, post, manual("of another")).await, InteractionState::Pending);
        let again = asks(&site, far, post, manual("reply-3")).await;
        assert_eq!(again, InteractionState::Pending, "what waits goes on waiting");
    })
    .await;
}
