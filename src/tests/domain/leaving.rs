//! Somebody of another site leaves.

use breezeway::domain::statuses::{self, Visibility, store};
use breezeway::domain::{Event, accounts};
use breezeway::testing::each_site;
use breezeway::testing::rooms::{SALES, post_uri};

#[tokio::test]
async fn whoever_leaves_takes_everything_along() {
    each_site(async |site| {
        let (ann, far) = (site.person("ann").await, site.colleague("far").await);
        site.follows(ann, far).await;
        site.follows(far, ann).await;
        let own = site.posts(ann, "hello").await;
        let uri = site.status(own).await.unwrap().uri;
        let theirs = site.receives(far, "1", Visibility::Organisation, None).await.unwrap();
        site.receives(far, "2", Visibility::Organisation, Some(&uri)).await.unwrap();
        statuses::reblog(&site.services, ann, theirs).await.unwrap();
        let mut tx = site.services.db.begin().await.unwrap();
        statuses::favourite::favourite_in(&site.services, &mut tx, far, own, &post_uri("like"))
            .await
            .unwrap();
        let row = store::get(&mut tx, own).await.unwrap();
        let at = site.services.clock.now();
        statuses::reblog::reblog_in(&site.services, &mut tx, far, &row, &post_uri("share"), at)
            .await
            .unwrap();
        tx.commit().await.unwrap();
        let before = site.status(own).await.unwrap();
        assert_eq!((before.replies_count, before.reblogs_count, before.favourites_count), (1, 1, 1));
        site.events().await;

        let mut tx = site.services.db.begin().await.unwrap();
        accounts::receive::delete(&site.services, &mut tx, far).await.unwrap();
        accounts::receive::delete(&site.services, &mut tx, far).await.unwrap();
        tx.commit().await.unwrap();

        assert_eq!(site.events().await, [Event::AccountDeleted { account: far, inboxes: Vec::new() }]);
        let after = site.status(own).await.unwrap();
        assert_eq!((after.replies_count, after.reblogs_count, after.favourites_count), (0, 0, 0));
        assert_eq!(site.home(ann).await, [own]);
        let account = site.account_of(ann).await;
        assert_eq!((account.followers_count, account.following_count), (0, 0));
        let gone = site.account_of(far).await;
        assert!(gone.is_hidden() && gone.display_name.is_empty());
        assert_eq!(site.receives(far, "1", Visibility::Organisation, None).await, None, "it came too late");
    })
    .await;
}

#[tokio::test]
async fn nobody_elsewhere_deletes_a_person_of_this_site() {
    each_site(async |site| {
        let ann = site.person("ann").await;

        let mut tx = site.services.db.begin().await.unwrap();
        accounts::receive::delete(&site.services, &mut tx, ann).await.unwrap();
        tx.commit().await.unwrap();

        assert!(!site.account_of(ann).await.is_hidden());
    })
    .await;
}

#[tokio::test]
async fn a_handle_that_somebody_else_has_is_not_taken_over() {
    each_site(async |site| {
        let far = site.colleague("far").await;
        let mut profile = site.profile("far", SALES);
        profile.uri = "https://sales.example.org/users/impostor".to_owned();

        let mut tx = site.services.db.begin().await.unwrap();
        let taken = accounts::receive::upsert(&site.services, &mut tx, &profile).await;
        drop(tx);

        assert!(taken.is_err());
        assert_eq!(site.account_of(far).await.uri, "https://sales.example.org/users/far");
    })
    .await;
}
