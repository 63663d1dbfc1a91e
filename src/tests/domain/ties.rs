//! Follows, blocks and mutes.

use std::time::Duration;

use breezeway::base::Error;
use breezeway::domain::accounts::update_profile::{Change, update_profile};
use breezeway::domain::follows::{self, follow::Wishes};
use breezeway::domain::{Event, statuses};
use breezeway::testing::each_site;

#[tokio::test]
async fn following_twice_is_following_once() {
    each_site(async |site| {
        let (ann, bob) = (site.person("ann").await, site.person("bob").await);

        let tie = follows::follow(&site.services, ann, bob, Wishes::default()).await.unwrap();
        let again = Wishes { reblogs: Some(false), notify: Some(true), ..Wishes::default() };
        let changed = follows::follow(&site.services, ann, bob, again).await.unwrap();

        assert!(tie.following && tie.showing_reblogs && !tie.notifying);
        assert!(changed.following && !changed.showing_reblogs && changed.notifying);
        let events = site.events().await;
        assert!(matches!(events[..], [Event::FollowRequested { .. }, Event::FollowAccepted { .. }]));
        assert_eq!(site.account_of(bob).await.followers_count, 1);
        assert_eq!(site.account_of(ann).await.following_count, 1);
    })
    .await;
}

#[tokio::test]
async fn somebody_who_confirms_follows_is_asked() {
    each_site(async |site| {
        let (ann, bob) = (site.person("ann").await, site.person("bob").await);
        let locked = Change { locked: Some(true), ..Change::default() };
        update_profile(&site.services, bob, locked).await.unwrap();

        let tie = follows::follow(&site.services, ann, bob, Wishes::default()).await.unwrap();
        assert!(tie.requested && !tie.following);
        assert_eq!(site.account_of(bob).await.followers_count, 0);

        let tie = follows::accept(&site.services, bob, ann).await.unwrap();
        follows::accept(&site.services, bob, ann).await.unwrap();
        assert!(tie.followed_by);
        assert_eq!(site.account_of(bob).await.followers_count, 1);

        let tie = follows::reject(&site.services, bob, ann).await.unwrap();
        assert!(!tie.followed_by);
        assert_eq!(site.account_of(bob).await.followers_count, 0);
        assert!(matches!(follows::reject(&site.services, bob, ann).await, Err(Error::NotFound { .. })));
    })
    .await;
}

#[tokio::test]
async fn somebody_elsewhere_is_asked_until_their_site_answers() {
    each_site(async |site| {
        let (ann, bob) = (site.person("ann").await, site.colleague("bob").await);

        let tie = follows::follow(&site.services, ann, bob, Wishes::default()).await.unwrap();

        assert!(tie.requested && !tie.following);
        let mut tx = site.services.db.begin().await.unwrap();
        follows::follow::accept_in(&site.services, &mut tx, ann, bob).await.unwrap();
        follows::follow::accept_in(&site.services, &mut tx, ann, bob).await.unwrap();
        tx.commit().await.unwrap();
        let accepted = site.events().await;
        let accepted = accepted.iter().filter(|event| matches!(event, Event::FollowAccepted { .. }));
        assert_eq!(accepted.count(), 1);
    })
    .await;
}

#[tokio::test]
async fn unfollowing_takes_the_posts_out_of_the_home() {
    each_site(async |site| {
        let (ann, bob) = (site.person("ann").await, site.person("bob").await);
        let before = site.posts(bob, "before").await;
        follows::follow(&site.services, ann, bob, Wishes::default()).await.unwrap();
        let after = site.posts(bob, "after").await;
        assert_eq!(site.home(ann).await, [after, before]);

        let tie = follows::unfollow(&site.services, ann, bob).await.unwrap();
        follows::unfollow(&site.services, ann, bob).await.unwrap();

        assert!(!tie.following);
        assert!(site.home(ann).await.is_empty());
        let ended = site.events().await;
        assert_eq!(ended.iter().filter(|event| matches!(event, Event::Unfollowed { .. })).count(), 1);
    })
    .await;
}

#[tokio::test]
async fn a_block_ends_follows_both_ways_and_hides_both() {
    each_site(async |site| {
        let (ann, bob) = (site.person("ann").await, site.person("bob").await);
        site.follows(ann, bob).await;
        site.follows(bob, ann).await;
        let post = site.posts(bob, "hello").await;
        site.events().await;

        let tie = follows::block(&site.services, ann, bob).await.unwrap();
        follows::block(&site.services, ann, bob).await.unwrap();

        assert!(tie.blocking && !tie.following && !tie.followed_by);
        let events = site.events().await;
        assert_eq!(events.iter().filter(|event| matches!(event, Event::Blocked { .. })).count(), 1);
        assert_eq!(events.len(), 3, "{events:?}");
        assert!(site.home(ann).await.is_empty());
        let liked = statuses::favourite(&site.services, ann, post).await;
        assert!(matches!(liked, Err(Error::NotFound { .. })));
        let followed = follows::follow(&site.services, bob, ann, Wishes::default()).await;
        assert!(matches!(followed, Err(Error::Forbidden { .. })));

        follows::unblock(&site.services, ann, bob).await.unwrap();
        follows::unblock(&site.services, ann, bob).await.unwrap();
        assert!(follows::follow(&site.services, bob, ann, Wishes::default()).await.unwrap().following);
        assert!(follows::block(&site.services, ann, ann).await.is_err());
    })
    .await;
}

#[tokio::test]
async fn a_mute_ends_by_itself() {
    each_site(async |site| {
        let (ann, bob) = (site.person("ann").await, site.person("bob").await);
        site.follows(ann, bob).await;
        let post = site.posts(bob, "loud").await;
        let hour = Some(Duration::from_hours(1));

        let tie = follows::mute(&site.services, ann, bob, true, hour).await.unwrap();

        assert!(tie.muting && tie.muting_notifications && tie.following);
        assert!(site.home(ann).await.is_empty());
        site.hand.advance(Duration::from_secs(3601));
        assert_eq!(site.home(ann).await, [post]);
    })
    .await;
}
