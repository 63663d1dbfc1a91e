//! What people keep and like, and threads that they do not want to hear of.

use breezeway::base::Error;
use breezeway::base::id::{AccountId, StatusId};
use breezeway::domain::notifications::notify::{Message, notify_all};
use breezeway::domain::notifications::{self, Kind, store::Filter};
use breezeway::domain::statuses::bookmark::{list_bookmarks, list_favourites};
use breezeway::domain::statuses::{self, Reader, Visibility, hydrate};
use breezeway::domain::{accounts, filters, follows, lists, tags};
use breezeway::testing::{Rooms, each_site, rooms::post_uri};

async fn kept(site: &Rooms, person: AccountId) -> Vec<StatusId> {
    let kept = list_bookmarks(&site.services, &mut site.conn().await, person, 20, 0).await.unwrap();
    kept.statuses.iter().map(|view| view.status.id).collect()
}

/// Tells `to` that `from` answered; whether it was told.
async fn tells(site: &Rooms, to: AccountId, from: AccountId, status: StatusId) -> bool {
    let message = Message { to, kind: Kind::Mention, from, status: Some(status), report: None };
    let mut tx = site.services.db.begin().await.unwrap();
    let told = notify_all(&site.services, &mut tx, &[message]).await.unwrap();
    tx.commit().await.unwrap();
    !told.is_empty()
}

#[tokio::test]
async fn keeping_a_post_twice_is_keeping_it_once_and_tells_nobody() {
    each_site(async |site| {
        let (ann, bob) = (site.person("ann").await, site.person("bob").await);
        let (one, two) = (site.posts(ann, "one").await, site.posts(ann, "two").await);
        site.events().await;

        for status in [one, two, one] {
            statuses::bookmark(&site.services, bob, status).await.unwrap();
            site.hand.advance(std::time::Duration::from_secs(1));
        }

        assert_eq!(kept(&site, bob).await, [two, one], "the latest first; the second time changes nothing");
        assert!(kept(&site, ann).await.is_empty());
        let view =
            hydrate(&site.services, &mut site.conn().await, &Reader::Person(bob), &[one]).await.unwrap();
        assert!(view[0].bookmarked && !view[0].favourited);
        statuses::unbookmark(&site.services, bob, two).await.unwrap();
        statuses::unbookmark(&site.services, bob, two).await.unwrap();
        assert_eq!(kept(&site, bob).await, [one]);
        assert!(site.events().await.is_empty());
    })
    .await;
}

#[tokio::test]
async fn what_may_no_longer_be_read_is_kept_but_not_shown() {
    each_site(async |site| {
        let (ann, bob) = (site.person("ann").await, site.person("bob").await);
        site.follows(bob, ann).await;
        let status = site.posts_to(Visibility::Private, ann, "for my followers").await;
        statuses::bookmark(&site.services, bob, status).await.unwrap();

        follows::unfollow(&site.services, bob, ann).await.unwrap();
        assert!(kept(&site, bob).await.is_empty());
        let again = statuses::bookmark(&site.services, bob, status).await;
        assert!(matches!(again, Err(Error::NotFound { .. })));

        site.follows(bob, ann).await;
        assert_eq!(kept(&site, bob).await, [status]);
        follows::unfollow(&site.services, bob, ann).await.unwrap();
        statuses::unbookmark(&site.services, bob, status).await.unwrap();
        let gone = statuses::unbookmark(&site.services, bob, status).await;
        assert!(matches!(gone, Err(Error::NotFound { .. })), "nothing is told of what may not be read");
    })
    .await;
}

#[tokio::test]
async fn what_somebody_likes_stands_in_the_order_of_liking() {
    each_site(async |site| {
        let (ann, bob) = (site.person("ann").await, site.person("bob").await);
        let (one, two) = (site.posts(ann, "one").await, site.posts(ann, "two").await);
        statuses::favourite(&site.services, bob, two).await.unwrap();
        site.hand.advance(std::time::Duration::from_secs(1));
        statuses::favourite(&site.services, bob, one).await.unwrap();

        let mut conn = site.conn().await;
        let first = list_favourites(&site.services, &mut conn, bob, 1, 0).await.unwrap();
        let second = list_favourites(&site.services, &mut conn, bob, 1, 1).await.unwrap();

        let ids: Vec<_> =
            [first, second].iter().flat_map(|page| page.statuses.clone()).map(|v| v.status.id).collect();
        assert_eq!(ids, [one, two]);
    })
    .await;
}

#[tokio::test]
async fn of_a_muted_thread_nothing_is_told_and_all_can_be_read() {
    each_site(async |site| {
        let (ann, bob) = (site.person("ann").await, site.person("bob").await);
        let post = site.posts(ann, "Who brings cake?").await;
        let (first, other) = (site.answers(bob, post, "I do").await, site.posts(bob, "Elsewhere").await);

        statuses::mute_thread(&site.services, ann, first).await.unwrap();
        statuses::mute_thread(&site.services, ann, first).await.unwrap();

        let second = site.answers(bob, first, "With cherries").await;
        assert!(!tells(&site, ann, bob, second).await);
        assert!(tells(&site, ann, bob, other).await, "other threads are told of");
        assert!(tells(&site, bob, ann, post).await, "others are told");
        let reader = Reader::Person(ann);
        let view = hydrate(&site.services, &mut site.conn().await, &reader, &[second]).await.unwrap();
        assert!(view[0].thread_muted && !view[0].muted);

        statuses::unmute_thread(&site.services, ann, post).await.unwrap();
        let third = site.answers(bob, first, "And cream").await;
        assert!(tells(&site, ann, bob, third).await);
        let mut conn = site.conn().await;
        let page = breezeway::base::page::Page::first(20);
        let told =
            notifications::list(&site.services, &mut conn, ann, &Filter::default(), page).await.unwrap();
        assert_eq!(told.len(), 2);
    })
    .await;
}

#[tokio::test]
async fn a_thread_stays_muted_when_its_beginning_arrives() {
    each_site(async |site| {
        let (ann, far) = (site.person("ann").await, site.colleague("far").await);
        let to = post_uri("first");
        let reply = site.receives(far, "reply", Visibility::Organisation, Some(&to)).await.unwrap();
        statuses::mute_thread(&site.services, ann, reply).await.unwrap();

        site.receives(far, "first", Visibility::Organisation, None).await.unwrap();
        let late = site.receives(far, "late", Visibility::Organisation, Some(&to)).await.unwrap();

        assert!(!tells(&site, ann, far, late).await);
    })
    .await;
}

#[tokio::test]
async fn a_follower_reads_only_the_languages_that_they_wished_for() {
    each_site(async |site| {
        let (ann, bob) = (site.person("ann").await, site.person("bob").await);
        let wish = |languages: &[&str]| follows::follow::Wishes {
            languages: Some(languages.iter().map(|code| (*code).to_owned()).collect()),
            ..Default::default()
        };
        let writes = async |text: &str, language: &str| {
            let draft = statuses::Draft {
                text: text.to_owned(),
                language: Some(language.to_owned()),
                ..Default::default()
            };
            site.drafts(bob, draft).await
        };
        writes("Earlier", "fr").await;

        let tie = follows::follow(&site.services, ann, bob, wish(&["de", "en"])).await.unwrap();
        assert_eq!(tie.languages, ["de", "en"]);
        let german = writes("Guten Tag", "de").await;
        writes("Bonjour", "fr").await;
        let french = writes("Au revoir", "fr").await;
        assert_eq!(site.home(ann).await, [german]);

        statuses::reblog(&site.services, bob, french).await.ok();
        assert_eq!(site.home(ann).await, [german], "nor in a repost");
        let tie = follows::follow(&site.services, ann, bob, wish(&[])).await.unwrap();
        assert!(tie.languages.is_empty());
        let more = writes("Encore", "fr").await;
        assert_eq!(site.home(ann).await, [more, german]);
        let odd = follows::follow(&site.services, ann, bob, wish(&["%"])).await;
        assert!(matches!(odd, Err(Error::Invalid { .. })));
    })
    .await;
}

#[tokio::test]
async fn who_leaves_takes_along_what_they_marked_and_sorted() {
    each_site(async |site| {
        let (ann, bob) = (site.person("ann").await, site.person("bob").await);
        site.follows(ann, bob).await;
        let status = site.posts(bob, "hello #tea").await;
        statuses::bookmark(&site.services, ann, status).await.unwrap();
        statuses::mute_thread(&site.services, ann, status).await.unwrap();
        tags::follow(&site.services, ann, "tea").await.unwrap();
        let new = lists::NewList { title: "Team".to_owned(), ..Default::default() };
        let list = lists::create(&site.services, ann, new).await.unwrap();
        lists::pin(&site.services, ann, &lists::Pin::list(list.id)).await.unwrap();
        let new = filters::NewFilter {
            title: "No cats".to_owned(),
            contexts: [filters::Context::Home].into_iter().collect(),
            words: vec![("cat".to_owned(), true)],
            ..Default::default()
        };
        filters::create(&site.services, ann, new).await.unwrap();

        let mut tx = site.services.db.begin().await.unwrap();
        accounts::leave::forget_own_in(&mut tx, ann).await.unwrap();
        tx.commit().await.unwrap();

        let mut conn = site.conn().await;
        assert!(kept(&site, ann).await.is_empty());
        assert!(tags::store::list(&mut conn, ann, 9, 0).await.unwrap().is_empty());
        assert!(lists::store::list(&mut conn, ann).await.unwrap().is_empty());
        assert!(lists::pins::list(&mut conn, ann).await.unwrap().is_empty());
        assert!(filters::store::list(&mut conn, ann).await.unwrap().is_empty());
        assert!(statuses::store::list_thread_mutes(&mut conn, &[ann], &[status]).await.unwrap().is_empty());
    })
    .await;
}
