//! Somebody leaves: of another site, or of this one.

use breezeway::base::Error;
use breezeway::domain::accounts::update_profile::Change;
use breezeway::domain::auth::{self, NewPerson, Role};
use breezeway::domain::organisation::deliveries;
use breezeway::domain::statuses::{self, Visibility, store};
use breezeway::domain::{Event, accounts};
use breezeway::effects;
use breezeway::federation::delivery;
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

        assert_eq!(site.events().await, [Event::AccountDeleted { account: far }]);
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

#[tokio::test]
async fn whoever_leaves_this_site_takes_everything_along() {
    each_site(async |site| {
        site.peers_with(SALES).await;
        let (ann, bob, far) =
            (site.person_who_signs("ann").await, site.person("bob").await, site.colleague("far").await);
        for (one, other) in [(bob, ann), (ann, bob), (far, ann), (ann, far)] {
            site.follows(one, other).await;
        }
        let kept = site.posts(bob, "hello").await;
        let answer = site.answers(ann, kept, "good morning").await;
        let uri = site.status(answer).await.unwrap().uri;
        let to_answer = site.answers(bob, answer, "how are you?").await;
        statuses::favourite(&site.services, ann, kept).await.unwrap();
        statuses::reblog(&site.services, ann, kept).await.unwrap();
        // More than one transaction takes away.
        for number in 0..120 {
            site.posts(ann, &format!("post {number}")).await;
        }
        site.events().await;

        auth::leave(&site.services, ann).await.unwrap();

        let gone = site.account_of(ann).await;
        assert!(gone.is_hidden() && auth::store::find(&mut site.conn().await, ann).await.unwrap().is_none());
        let late = statuses::Draft { text: "one more thing".to_owned(), ..statuses::Draft::default() };
        let late = statuses::create(&site.services, ann, late).await;
        assert!(matches!(late, Err(Error::Forbidden { .. })), "{late:?}");
        effects::drain(&site.services).await.unwrap();
        assert!(store::list_ids_of(&mut site.conn().await, ann, 1).await.unwrap().is_empty());
        assert!(store::find_own_tombstone(&mut site.conn().await, &uri).await.unwrap().is_some());
        let after = site.status(kept).await.unwrap();
        assert_eq!((after.replies_count, after.reblogs_count, after.favourites_count), (0, 0, 0));
        let orphan = site.status(to_answer).await.unwrap();
        assert_eq!((orphan.in_reply_to_id, orphan.in_reply_to_account_id), (None, Some(ann)));
        assert_eq!(site.home(bob).await, [to_answer, kept]);
        let other = site.account_of(bob).await;
        assert_eq!((other.followers_count, other.following_count), (0, 0));
        auth::leave(&site.services, ann).await.unwrap();
        assert!(site.events().await.is_empty(), "the second time nothing happens");
    })
    .await;
}

#[tokio::test]
async fn the_farewell_is_signed_before_the_key_goes_and_nothing_else_is_sent() {
    each_site(async |site| {
        site.peers_with(SALES).await;
        let ann = site.person_who_signs("ann").await;
        let services = &site.services;
        site.events().await;
        site.posts(ann, "never sent, since sales is away").await;
        effects::drain(services).await.unwrap();
        let waiting =
            async || delivery::store::list_waiting(&mut site.conn().await, SALES, 50).await.unwrap();
        assert_eq!(waiting().await.len(), 1);

        auth::leave(services, ann).await.unwrap();
        effects::drain(services).await.unwrap();

        let letters = waiting().await;
        let [letter] = letters.as_slice() else { panic!("{letters:?}") };
        assert!(letter.body.contains("\"Delete\"") && letter.body.contains("proofValue"), "{}", letter.body);
        let keys = async || accounts::store::find_private_keys(&mut site.conn().await, ann).await.unwrap();
        delivery::sweep(services).await.unwrap();
        assert!(keys().await.is_some(), "it is signed when it is sent");
        let mut tx = services.db.begin().await.unwrap();
        let done = (&[letter.id], &[letter.activity_id]);
        deliveries::store::delete_done(&mut tx, done.0, done.1, services.clock.now()).await.unwrap();
        tx.commit().await.unwrap();
        delivery::sweep(services).await.unwrap();
        assert!(keys().await.is_none());
    })
    .await;
}

#[tokio::test]
async fn a_name_is_never_given_again() {
    each_site(async |site| {
        let ann = site.person("ann").await;
        auth::leave(&site.services, ann).await.unwrap();
        effects::drain(&site.services).await.unwrap();

        for name in ["ann", "Ann"] {
            let person = NewPerson {
                username: name.to_owned(),
                email: "ann@example.org".to_owned(),
                password: "correct horse battery staple".to_owned(),
                ..NewPerson::default()
            };
            let again = auth::create(&site.services, person).await;
            assert!(matches!(again, Err(Error::Conflict { .. })), "{again:?}");
        }
    })
    .await;
}

#[tokio::test]
async fn somebody_always_runs_the_site() {
    each_site(async |site| {
        let services = &site.services;
        let (one, other) = (site.staff("one", Role::Admin).await, site.staff("other", Role::Admin).await);
        let gone = site.staff("gone", Role::Admin).await;
        auth::manage::disable(services, gone).await.unwrap();

        let (first, second) = tokio::join!(auth::leave(services, one), auth::leave(services, other));

        assert!(first.is_ok() != second.is_ok(), "{first:?} {second:?}");
        let refused = first.and(second);
        assert!(matches!(refused, Err(Error::Forbidden { .. })), "{refused:?}");
        auth::leave(services, gone).await.unwrap();
        auth::leave(services, site.colleague("far").await).await.unwrap_err();
        auth::leave(services, breezeway::base::origin::INSTANCE_ACTOR).await.unwrap_err();
    })
    .await;
}

#[tokio::test]
async fn whoever_left_lets_nobody_in_any_more() {
    each_site(async |site| {
        let (boss, other) = (site.staff("boss", Role::Admin).await, site.staff("other", Role::Admin).await);
        let invited = async |by| auth::link::invite_as(&site.services, Role::Admin, Some(by)).await.unwrap();
        let code = |link: &auth::link::NewLink| link.url.rsplit('/').next().unwrap_or_default().to_owned();
        let (of_boss, of_other) = (invited(boss).await, invited(other).await);

        auth::leave(&site.services, other).await.unwrap();

        assert!(auth::link::get(&site.services, &code(&of_other)).await.is_err());
        assert!(auth::link::get(&site.services, &code(&of_boss)).await.is_ok());
    })
    .await;
}

#[tokio::test]
async fn a_request_that_began_before_somebody_left_changes_nothing() {
    each_site(async |site| {
        let (ann, bob) = (site.person("ann").await, site.person("bob").await);
        let post = site.posts(bob, "hello").await;
        auth::leave(&site.services, ann).await.unwrap();

        assert!(statuses::favourite::favourite(&site.services, ann, post).await.is_err());
        assert!(breezeway::domain::follows::block::block(&site.services, ann, bob).await.is_err());
        let change = Change { display_name: Some("Ann".to_owned()), ..Change::default() };
        assert!(accounts::update_profile::update_profile(&site.services, ann, change).await.is_err());
        assert_eq!(site.account_of(ann).await.display_name, "");
    })
    .await;
}
