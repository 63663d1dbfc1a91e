//! What open pages are told, and that they are told nothing of what their reader may not read (any more).

use std::collections::HashSet;

use breezeway::base::id::{AccountId, StatusId};
use breezeway::domain::moderation::{self, Grounds};
use breezeway::domain::statuses::{self, Edit, Visibility};
use breezeway::domain::timelines::live::{Interest, Item, List};
use breezeway::domain::{auth, follows};
use breezeway::effects;
use breezeway::platform::hub::{News, Numbered};
use breezeway::testing::each_site;
use breezeway::testing::rooms::Rooms;
use tokio::sync::broadcast::Receiver;

fn page(person: AccountId, list: Option<List>, shown: &[StatusId]) -> Interest {
    Interest { person, list, thread: None, shown: shown.iter().map(|id| id.0).collect() }
}

/// What the site told since it was asked last.
async fn told(site: &Rooms, ear: &mut Receiver<Numbered>) -> Vec<News> {
    effects::drain(&site.services).await.expect("effects run");
    let mut news = Vec::new();
    while let Ok(one) = ear.try_recv() {
        news.push(one.news);
    }
    news
}

async fn admitted(site: &Rooms, page: &Interest, news: &[News]) -> Vec<Item> {
    page.admit(&site.services, &mut site.conn().await, news).await.expect("asked")
}

#[tokio::test]
async fn a_new_post_is_told_where_it_stands_and_nowhere_else() {
    each_site(async |site| {
        let (ann, bob, cat) = (site.person("ann").await, site.person("bob").await, site.person("cat").await);
        site.follows(ann, bob).await;
        effects::drain(&site.services).await.expect("effects run");
        let mut ear = site.services.hub.listen();

        let here = site.posts_to(Visibility::Site, bob, "for this site").await;
        let wide = site.posts_to(Visibility::Organisation, bob, "for all").await;
        let answer = site.answers(cat, wide, "an answer").await;
        let news = told(&site, &mut ear).await;

        let new = |ids: &[StatusId]| Item::New { ids: ids.to_vec() };
        let home = page(ann, Some(List::Home), &[]);
        assert_eq!(admitted(&site, &home, &news).await, [new(&[wide, here])]);
        let organisation = page(ann, Some(List::Organisation), &[]);
        assert_eq!(admitted(&site, &organisation, &news).await, [new(&[wide])]);
        assert_eq!(admitted(&site, &page(ann, Some(List::Site), &[]), &news).await, [new(&[wide, here])]);
        assert_eq!(admitted(&site, &page(cat, Some(List::Home), &[]), &news).await[..0], []);
        let thread = Interest { thread: Some(wide), ..page(ann, None, &[wide]) };
        assert_eq!(
            admitted(&site, &thread, &news).await,
            [
                Item::Answered { ids: vec![answer] },
                Item::Counted { id: wide, replies: 1, reposts: 0, likes: 0 }
            ]
        );
    })
    .await;
}

#[tokio::test]
async fn figures_edits_and_deletions_of_what_is_shown_are_told() {
    each_site(async |site| {
        let (ann, bob) = (site.person("ann").await, site.person("bob").await);
        let (shown, other) = (site.posts(bob, "shown").await, site.posts(bob, "not on this page").await);
        effects::drain(&site.services).await.expect("effects run");
        let mut ear = site.services.hub.listen();
        let page = page(ann, None, &[shown]);

        statuses::favourite(&site.services, ann, shown).await.expect("liked");
        statuses::favourite(&site.services, ann, other).await.expect("liked");
        let news = told(&site, &mut ear).await;
        assert_eq!(
            admitted(&site, &page, &news).await,
            [Item::Counted { id: shown, replies: 0, reposts: 0, likes: 1 }]
        );

        let edit = Edit { text: Some("other words".to_owned()), ..Edit::default() };
        statuses::edit(&site.services, bob, shown, edit).await.expect("edited");
        let news = told(&site, &mut ear).await;
        assert_eq!(admitted(&site, &page, &news).await[0], Item::Changed { id: shown });

        statuses::delete(&site.services, bob, shown).await.expect("deleted");
        let news = told(&site, &mut ear).await;
        assert_eq!(admitted(&site, &page, &news).await, [Item::Gone { id: shown }]);
    })
    .await;
}

#[tokio::test]
async fn the_unread_are_told_to_their_person_alone() {
    each_site(async |site| {
        let (ann, bob) = (site.person("ann").await, site.person("bob").await);
        let post = site.posts(ann, "hello").await;
        effects::drain(&site.services).await.expect("effects run");
        let mut ear = site.services.hub.listen();

        statuses::favourite(&site.services, bob, post).await.expect("liked");
        let news = told(&site, &mut ear).await;

        assert_eq!(admitted(&site, &page(ann, None, &[]), &news).await, [Item::Notifications]);
        assert_eq!(admitted(&site, &page(bob, None, &[]), &news).await, []);
    })
    .await;
}

/// What may happen between a post and the moment at which an open page would hear of it.
#[derive(Clone, Copy, Debug)]
enum Turn {
    Blocked,
    BlockedByMe,
    Muted,
    Unfollowed,
    Suspended,
    Removed,
    Left,
}

async fn turn(site: &Rooms, turn: Turn, (ann, bob, desk): (AccountId, AccountId, AccountId), post: StatusId) {
    let services = &site.services;
    let grounds = || Grounds::because("a reason");
    match turn {
        Turn::Blocked => drop(follows::block(services, bob, ann).await.expect("blocked")),
        Turn::BlockedByMe => drop(follows::block(services, ann, bob).await.expect("blocked")),
        Turn::Muted => drop(follows::mute(services, ann, bob, true, None).await.expect("muted")),
        Turn::Unfollowed => drop(follows::unfollow(services, ann, bob).await.expect("unfollowed")),
        Turn::Suspended => {
            moderation::suspend_person(services, desk, bob, grounds()).await.expect("suspended");
        }
        Turn::Removed => {
            moderation::remove_post(services, desk, post, grounds()).await.expect("removed");
        }
        Turn::Left => {
            let mut tx = services.db.begin().await.expect("a transaction");
            let account = site.account_of(bob).await;
            breezeway::domain::accounts::leave::close_in(services, &mut tx, &account).await.expect("closed");
            tx.commit().await.expect("committed");
        }
    }
}

#[tokio::test]
async fn nothing_arrives_of_a_post_whose_reader_lost_access() {
    use Turn::{Blocked, BlockedByMe, Left, Muted, Removed, Suspended, Unfollowed};
    for what in [Blocked, BlockedByMe, Muted, Unfollowed, Suspended, Removed, Left] {
        each_site(async |site| {
            let (ann, bob) = (site.person("ann").await, site.person("bob").await);
            let desk = site.staff("mod", auth::Role::Moderator).await;
            site.follows(ann, bob).await;
            effects::drain(&site.services).await.expect("effects run");
            let mut ear = site.services.hub.listen();
            let post = site.posts_to(Visibility::Private, bob, "for followers").await;
            let answer = site.answers(bob, post, "and more").await;
            let news = told(&site, &mut ear).await;
            let home = Interest { thread: Some(post), ..page(ann, Some(List::Home), &[post]) };
            let before = admitted(&site, &home, &news).await;
            assert!(before.contains(&Item::New { ids: vec![answer, post] }), "{what:?}: {before:?}");
            assert!(before.contains(&Item::Answered { ids: vec![answer] }), "{what:?}: {before:?}");

            turn(&site, what, (ann, bob, desk), post).await;
            let after = admitted(&site, &home, &news).await;

            let told: HashSet<StatusId> = after
                .iter()
                .flat_map(|item| match item {
                    Item::New { ids } => ids.clone(),
                    _ => Vec::new(),
                })
                .collect();
            assert!(!told.contains(&post), "{what:?}: {after:?}");
            let of_post = |item: &&Item| match item {
                Item::Changed { id } | Item::Counted { id, .. } => *id == post,
                Item::Answered { ids } => ids.contains(&post),
                _ => false,
            };
            if !matches!(what, Turn::Muted) {
                assert_eq!(after.iter().find(of_post), None, "{what:?}: {after:?}");
                assert!(after.contains(&Item::Gone { id: post }), "{what:?}: {after:?}");
            }
        })
        .await;
    }
}

#[tokio::test]
async fn of_what_is_not_on_the_page_nothing_is_told_not_even_that_it_is_gone() {
    each_site(async |site| {
        let (ann, bob) = (site.person("ann").await, site.person("bob").await);
        effects::drain(&site.services).await.expect("effects run");
        let mut ear = site.services.hub.listen();
        let secret = site.posts_to(Visibility::Direct, bob, "to myself").await;
        statuses::delete(&site.services, bob, secret).await.expect("deleted");

        let news = told(&site, &mut ear).await;

        assert!(news.contains(&News::Gone { status: secret.0 }));
        for list in [List::Home, List::Site, List::Organisation] {
            assert_eq!(admitted(&site, &page(ann, Some(list), &[]), &news).await, [], "{list:?}");
        }
    })
    .await;
}
