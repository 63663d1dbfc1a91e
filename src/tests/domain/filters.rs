//! Filters, in every place where posts are read.

use std::time::Duration;

use breezeway::base::Error;
use breezeway::base::id::{AccountId, StatusId};
use breezeway::base::page::Page;
use breezeway::domain::filters::{self, Action, Change, Context, FilterView, NewFilter, WordChange};
use breezeway::domain::notifications::notify::{Message, notify_all};
use breezeway::domain::notifications::{self, Kind, store::Filter as Wanted};
use breezeway::domain::statuses::{self, Draft, Reader, StatusView, filtered, hydrate};
use breezeway::domain::timelines;
use breezeway::testing::{Rooms, each_site};

async fn filter(
    site: &Rooms,
    person: AccountId,
    contexts: &[Context],
    action: Action,
    word: &str,
) -> FilterView {
    let new = NewFilter {
        title: format!("No {word}"),
        contexts: contexts.iter().copied().collect(),
        action,
        words: vec![(word.to_owned(), true)],
        expires_in: None,
    };
    filters::create(&site.services, person, new).await.unwrap()
}

async fn home(site: &Rooms, person: AccountId) -> Vec<StatusView> {
    let mut conn = site.conn().await;
    timelines::home(&site.services, &mut conn, person, Page::first(20)).await.unwrap().statuses
}

fn found(views: &[StatusView]) -> Vec<(StatusId, Vec<String>)> {
    let words = |view: &StatusView| view.filtered.iter().flat_map(|hit| hit.words.clone()).collect();
    views.iter().map(|view| (view.status.id, words(view))).collect()
}

#[tokio::test]
async fn a_filter_warns_or_hides_where_it_holds_and_never_own_posts() {
    each_site(async |site| {
        let (ann, bob) = (site.person("ann").await, site.person("bob").await);
        site.follows(ann, bob).await;
        let own = site.posts(ann, "My cat and my dog").await;
        let (cat, dog) = (site.posts(bob, "A Cat!").await, site.posts(bob, "A dog").await);
        filter(&site, ann, &[Context::Home], Action::Warn, "cat").await;
        filter(&site, ann, &[Context::Home], Action::Hide, "dog").await;

        let read = found(&home(&site, ann).await);
        assert_eq!(read, [(cat, vec!["cat".to_owned()]), (own, vec![])]);
        let mut conn = site.conn().await;
        let reader = Reader::Person(ann);
        let public = timelines::local(&site.services, &mut conn, &reader, Page::first(20)).await.unwrap();
        assert_eq!(found(&public.statuses), [(dog, vec![]), (cat, vec![]), (own, vec![])]);
        let others = timelines::home(&site.services, &mut conn, bob, Page::first(20)).await.unwrap();
        assert!(others.statuses.iter().all(|view| view.filtered.is_empty()));

        let mut asked = hydrate(&site.services, &mut conn, &reader, &[dog]).await.unwrap();
        filtered::apply(&site.services, &mut conn, &reader, None, &mut asked).await.unwrap();
        assert_eq!(found(&asked), [(dog, vec!["dog".to_owned()])], "asked for just this, one sees it");
    })
    .await;
}

#[tokio::test]
async fn a_filter_holds_in_threads_profiles_notifications_and_of_what_is_reposted() {
    each_site(async |site| {
        let (ann, bob) = (site.person("ann").await, site.person("bob").await);
        let eve = site.person("eve").await;
        site.follows(ann, eve).await;
        let post = site.posts(ann, "Pets?").await;
        let answer = site.answers(bob, post, "@ann a cat").await;
        let message = Message { to: ann, kind: Kind::Mention, from: bob, status: Some(answer), report: None };
        let mut tx = site.services.db.begin().await.unwrap();
        notify_all(&site.services, &mut tx, &[message]).await.unwrap();
        tx.commit().await.unwrap();
        statuses::reblog(&site.services, eve, answer).await.ok();
        let told = async || {
            let mut conn = site.conn().await;
            let page = Page::first(20);
            notifications::list(&site.services, &mut conn, ann, &Wanted::default(), page).await.unwrap().len()
        };
        let thread = async || {
            let mut conn = site.conn().await;
            let reader = Reader::Person(ann);
            let thread = statuses::context::context(&site.services, &mut conn, &reader, post).await.unwrap();
            thread.descendants.len()
        };
        let profile = async || {
            let (mut conn, reader) = (site.conn().await, Reader::Person(ann));
            let all = timelines::PersonFilter::default();
            let page = Page::first(20);
            timelines::person(&site.services, &mut conn, &reader, bob, all, page)
                .await
                .unwrap()
                .statuses
                .len()
        };
        assert_eq!((told().await, thread().await, profile().await), (1, 1, 1));
        let reposted = home(&site, ann).await.len();

        let view = filter(&site, ann, &[Context::Thread], Action::Hide, "cat").await;
        assert_eq!((told().await, thread().await, profile().await), (1, 0, 1));
        let place = |context: Context| Change {
            contexts: Some([context].into_iter().collect()),
            ..Default::default()
        };
        filters::change(&site.services, ann, view.filter.id, place(Context::Notifications)).await.unwrap();
        assert_eq!((told().await, thread().await, profile().await), (0, 1, 1));
        filters::change(&site.services, ann, view.filter.id, place(Context::Profile)).await.unwrap();
        assert_eq!((told().await, thread().await, profile().await), (1, 1, 0));
        assert_eq!(home(&site, ann).await.len(), reposted);
        filters::change(&site.services, ann, view.filter.id, place(Context::Home)).await.unwrap();
        let left = home(&site, ann).await;
        assert!(left.iter().all(|view| view.shown().status.id != answer), "a repost is as unwanted");
        assert!(left.len() < reposted);
    })
    .await;
}

#[tokio::test]
async fn a_filter_ends_in_its_time_and_every_change_holds_at_once() {
    each_site(async |site| {
        let (ann, bob) = (site.person("ann").await, site.person("bob").await);
        site.follows(ann, bob).await;
        site.posts(bob, "A cat").await;
        let view = filter(&site, ann, &[Context::Home], Action::Hide, "cat").await;
        let (id, word) = (view.filter.id, view.words[0].id);
        let shown = async || home(&site, ann).await.len();
        let changes = async |change: Change| {
            filters::change(&site.services, ann, id, change).await.unwrap();
        };
        assert_eq!(shown().await, 0);

        changes(Change { expires_in: Some(Some(Duration::from_mins(1))), ..Default::default() }).await;
        assert_eq!(shown().await, 0);
        site.hand.advance(Duration::from_mins(1));
        assert_eq!(shown().await, 1, "its time is over");
        changes(Change { expires_in: Some(None), ..Default::default() }).await;
        assert_eq!(shown().await, 0, "for ever again");

        let other = WordChange::Set(word, Some("dog".to_owned()), None);
        filters::words::change(&site.services, ann, other).await.unwrap();
        assert_eq!(shown().await, 1);
        changes(Change { words: vec![WordChange::Add("at".to_owned(), false)], ..Default::default() }).await;
        assert_eq!(shown().await, 0);

        filters::delete(&site.services, ann, id).await.unwrap();
        filters::delete(&site.services, ann, id).await.unwrap();
        assert_eq!(shown().await, 1);
        filters::restore(&site.services, ann, id).await.unwrap();
        assert_eq!(shown().await, 0);
        changes(Change { action: Some(Action::Warn), ..Default::default() }).await;
        assert_eq!(shown().await, 1);
    })
    .await;
}

#[tokio::test]
async fn every_word_of_a_post_counts_and_a_post_can_be_named_by_itself() {
    each_site(async |site| {
        let (ann, bob) = (site.person("ann").await, site.person("bob").await);
        site.follows(ann, bob).await;
        let view = filter(&site, ann, &[Context::Home], Action::Warn, "café").await;
        let drafts = async |draft: Draft| site.drafts(bob, draft).await;
        let text = |text: &str| text.to_owned();
        let warned =
            drafts(Draft { text: text("x"), spoiler_text: text("CAFE"), ..Default::default() }).await;
        let titled = drafts(Draft { text: text("x"), title: text("Un Café"), ..Default::default() }).await;
        let plain = drafts(Draft { text: text("cafeteria"), ..Default::default() }).await;

        let read = home(&site, ann).await;
        let hit: Vec<_> = read.iter().filter(|view| !view.filtered.is_empty()).map(|v| v.status.id).collect();
        assert_eq!(hit, [titled, warned]);

        filtered::add(&site.services, ann, view.filter.id, plain).await.unwrap();
        let again = filtered::add(&site.services, ann, view.filter.id, plain).await.unwrap();
        let read = home(&site, ann).await;
        assert_eq!(read[0].filtered[0].statuses, [plain]);
        filters::words::remove_status(&site.services, ann, again.id).await.unwrap();
        assert!(home(&site, ann).await[0].filtered.is_empty());
    })
    .await;
}

#[tokio::test]
async fn the_filters_of_somebody_else_are_not_there_and_nonsense_is_refused() {
    each_site(async |site| {
        let (ann, bob) = (site.person("ann").await, site.person("bob").await);
        let view = filter(&site, ann, &[Context::Home], Action::Warn, "cat").await;
        let (id, word) = (view.filter.id, view.words[0].id);
        let hidden = site.posts_to(statuses::Visibility::Direct, bob, "a secret").await;
        let services = &site.services;

        assert!(matches!(filters::get(&mut site.conn().await, bob, id).await, Err(Error::NotFound { .. })));
        let change = filters::change(services, bob, id, Change::default()).await;
        assert!(matches!(change, Err(Error::NotFound { .. })));
        assert!(matches!(filters::delete(services, bob, id).await, Err(Error::NotFound { .. })));
        let removed = filters::words::change(services, bob, WordChange::Remove(word)).await;
        assert!(matches!(removed, Err(Error::NotFound { .. })));
        assert!(matches!(
            filters::words::add(services, bob, id, "x", true).await,
            Err(Error::NotFound { .. })
        ));
        assert!(matches!(filtered::add(services, ann, id, hidden).await, Err(Error::NotFound { .. })));
        for word in ["", " \u{301} ", &"x".repeat(101)] {
            let refused = filters::words::add(services, ann, id, word, true).await;
            assert!(matches!(refused, Err(Error::Invalid { .. })), "{word:?}");
        }
        let nowhere = Change { contexts: Some([].into_iter().collect()), ..Default::default() };
        assert!(matches!(filters::change(services, ann, id, nowhere).await, Err(Error::Invalid { .. })));
        let untouched = filters::get(&mut site.conn().await, ann, id).await.unwrap();
        assert_eq!(untouched, view);
    })
    .await;
}
