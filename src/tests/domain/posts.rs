//! Writing, answering, editing, deleting, liking, reposting: rows and counters.

use breezeway::base::Error;
use breezeway::domain::statuses::{self, Draft, Edit, Reader, Visibility, context, store};
use breezeway::domain::{Event, notifications};
use breezeway::testing::{Rooms, each_site, rooms::post_uri};

async fn counts(site: &Rooms, id: breezeway::base::id::StatusId) -> (i64, i64, i64) {
    let status = site.status(id).await.unwrap();
    (status.replies_count, status.reblogs_count, status.favourites_count)
}

#[tokio::test]
async fn a_favourite_counts_once() {
    each_site(async |site| {
        let (ann, bob) = (site.person("ann").await, site.person("bob").await);
        let post = site.posts(ann, "hello").await;
        site.events().await;

        for _ in 0..2 {
            statuses::favourite(&site.services, bob, post).await.unwrap();
        }

        assert_eq!(counts(&site, post).await, (0, 0, 1));
        assert!(matches!(site.events().await[..], [Event::StatusFavourited { .. }]));
        for _ in 0..2 {
            statuses::unfavourite(&site.services, bob, post).await.unwrap();
        }
        assert_eq!(counts(&site, post).await, (0, 0, 0));
        assert!(matches!(site.events().await[..], [Event::StatusUnfavourited { .. }]));
    })
    .await;
}

#[tokio::test]
async fn a_repost_counts_once_and_never_widens() {
    each_site(async |site| {
        let (ann, bob) = (site.person("ann").await, site.person("bob").await);
        site.follows(bob, ann).await;
        let on_site = site.posts_to(Visibility::Site, ann, "for this house").await;
        let private = site.posts_to(Visibility::Private, ann, "for followers").await;

        let reblog = statuses::reblog(&site.services, bob, on_site).await.unwrap();
        assert_eq!(statuses::reblog(&site.services, bob, on_site).await.unwrap(), reblog);
        assert_eq!(statuses::reblog(&site.services, bob, reblog).await.unwrap(), reblog);

        assert_eq!(site.status(reblog).await.unwrap().visibility, Visibility::Site);
        assert_eq!(counts(&site, on_site).await, (0, 1, 0));
        let refused = statuses::reblog(&site.services, bob, private).await;
        assert!(matches!(refused, Err(Error::Forbidden { .. })));
        let own = statuses::reblog(&site.services, ann, private).await.unwrap();
        assert_eq!(site.status(own).await.unwrap().visibility, Visibility::Private);

        statuses::unreblog(&site.services, bob, on_site).await.unwrap();
        statuses::unreblog(&site.services, bob, on_site).await.unwrap();
        assert_eq!(counts(&site, on_site).await, (0, 0, 0));
        assert!(site.status(reblog).await.is_none());
    })
    .await;
}

#[tokio::test]
async fn an_answer_is_counted_and_is_never_wider_than_what_it_answers() {
    each_site(async |site| {
        let (ann, bob) = (site.person("ann").await, site.person("bob").await);
        site.follows(bob, ann).await;
        let post = site.posts_to(Visibility::Private, ann, "for followers").await;

        let answer = site.answers(bob, post, "thanks").await;

        assert_eq!(site.status(answer).await.unwrap().visibility, Visibility::Private);
        assert_eq!(counts(&site, post).await, (1, 0, 0));
        statuses::delete(&site.services, bob, answer).await.unwrap();
        assert_eq!(counts(&site, post).await, (0, 0, 0));
        assert_eq!(site.account_of(bob).await.statuses_count, 0);
    })
    .await;
}

#[tokio::test]
async fn an_edit_keeps_what_was_there() {
    each_site(async |site| {
        let (ann, bob) = (site.person("ann").await, site.person("bob").await);
        let post = site.posts(ann, "first #one").await;

        let edit = Edit { text: Some("second @bob #two".to_owned()), ..Edit::default() };
        statuses::edit(&site.services, ann, post, edit).await.unwrap();
        let again = Edit { spoiler_text: Some("careful".to_owned()), ..Edit::default() };
        statuses::edit(&site.services, ann, post, again).await.unwrap();

        let mut conn = site.conn().await;
        let versions = store::list_edits(&mut conn, post).await.unwrap();
        assert_eq!(versions.len(), 2);
        assert!(versions[0].content.contains("first") && versions[1].content.contains("second"));
        let reader = Reader::Person(bob);
        let view = statuses::hydrate::hydrate_one(&site.services, &mut conn, &reader, post);
        let view = view.await.unwrap();
        assert!(view.status.content.contains("second") && view.status.sensitive);
        assert_eq!(view.tags, [("two".to_owned(), "two".to_owned())]);
        assert_eq!(view.mentions[0].id, bob);
        let foreign = statuses::edit(&site.services, bob, post, Edit::default()).await;
        assert!(matches!(foreign, Err(Error::NotFound { .. })));
        let empty = Edit { text: Some(" ".to_owned()), ..Edit::default() };
        assert!(matches!(statuses::edit(&site.services, ann, post, empty).await, Err(Error::Invalid { .. })));
    })
    .await;
}

#[tokio::test]
async fn what_is_deleted_does_not_come_back() {
    each_site(async |site| {
        let (ann, bob, far) =
            (site.person("ann").await, site.person("bob").await, site.colleague("dan").await);
        site.follows(ann, far).await;
        let own = site.posts(ann, "hello").await;
        let uri = site.status(own).await.unwrap().uri;
        assert!(matches!(
            statuses::delete(&site.services, bob, own).await,
            Err(Error::NotFound { what: "status" })
        ));

        statuses::delete(&site.services, ann, own).await.unwrap();
        let theirs = site.receives(far, "1", Visibility::Organisation, None).await.unwrap();
        let mut tx = site.services.db.begin().await.unwrap();
        let row = store::get(&mut tx, theirs).await.unwrap();
        statuses::delete::delete_in(&site.services, &mut tx, &row).await.unwrap();
        tx.commit().await.unwrap();

        let mut conn = site.conn().await;
        for uri in [uri, post_uri("1")] {
            assert!(store::find_tombstone(&mut conn, &uri).await.unwrap().is_some());
        }
        assert!(site.home(ann).await.is_empty());
        assert_eq!(site.receives(far, "1", Visibility::Organisation, None).await, None, "it came too late");
    })
    .await;
}

#[tokio::test]
async fn an_answer_that_came_first_finds_its_parent() {
    each_site(async |site| {
        let (ann, far) = (site.person("ann").await, site.colleague("dan").await);
        let parent = post_uri("parent");
        let answer = site.receives(far, "answer", Visibility::Organisation, Some(&parent)).await.unwrap();
        let below = site.answers(ann, answer, "yes").await;
        assert_eq!(site.status(answer).await.unwrap().in_reply_to_id, None);

        let parent = site.receives(far, "parent", Visibility::Organisation, None).await.unwrap();

        assert_eq!(site.status(answer).await.unwrap().in_reply_to_id, Some(parent));
        assert_eq!(counts(&site, parent).await, (1, 0, 0));
        let mut conn = site.conn().await;
        let thread = context::context(&site.services, &mut conn, &Reader::Person(ann), below).await.unwrap();
        let above: Vec<_> = thread.ancestors.iter().map(|view| view.status.id).collect();
        assert_eq!(above, [parent, answer]);
        let thread = context::context(&site.services, &mut conn, &Reader::Person(ann), parent).await.unwrap();
        let under: Vec<_> = thread.descendants.iter().map(|view| view.status.id).collect();
        assert_eq!(under, [answer, below]);
    })
    .await;
}

#[tokio::test]
async fn nothing_and_too_much_are_refused() {
    each_site(async |site| {
        let ann = site.person("ann").await;
        let most = site.services.config.limits.status_characters as usize;
        for text in ["  ".to_owned(), "x".repeat(most + 1)] {
            let draft = Draft { text, ..Draft::default() };
            assert!(matches!(
                statuses::create(&site.services, ann, draft).await,
                Err(Error::Invalid { field: "status", .. })
            ));
        }
        assert!(site.events().await.is_empty());
    })
    .await;
}

#[tokio::test]
async fn somebody_is_told_once() {
    each_site(async |site| {
        let (ann, bob) = (site.person("ann").await, site.person("bob").await);
        let post = site.posts(ann, "hello").await;
        let message = notifications::notify::Message {
            to: ann,
            kind: notifications::Kind::Favourite,
            from: bob,
            status: Some(post),
            report: None,
        };

        let mut tx = site.services.db.begin().await.unwrap();
        let twice = [message.clone(), message];
        let first = notifications::notify_all(&site.services, &mut tx, &twice).await.unwrap();
        let second = notifications::notify_all(&site.services, &mut tx, &twice).await.unwrap();
        tx.commit().await.unwrap();

        assert_eq!(first.len(), 1);
        assert_eq!(second, []);
        let page = breezeway::base::page::Page::first(10);
        let mut conn = site.conn().await;
        let filter = notifications::store::Filter::default();
        let told = notifications::list(&site.services, &mut conn, ann, &filter, page).await.unwrap();
        assert_eq!(told.len(), 1);
        assert_eq!(told[0].status.as_ref().unwrap().status.id, post);
        assert_eq!(notifications::store::count_unread(&mut conn, ann, 40).await.unwrap(), 1);
    })
    .await;
}
