//! What moderators decide holds on this site, whatever comes from elsewhere, until they undo it.

use breezeway::base::Error;
use breezeway::base::id::{AccountId, ModerationActionId};
use breezeway::base::page::Page;
use breezeway::domain::auth::Role;
use breezeway::domain::moderation::{self, ActionKind, Grounds};
use breezeway::domain::notifications::{self, notify::Message};
use breezeway::domain::organisation::{self, PeerState};
use breezeway::domain::statuses::{self, Draft, Reader, Visibility, edit, store};
use breezeway::domain::{accounts, timelines};
use breezeway::testing::rooms::SALES;
use breezeway::testing::{Rooms, each_site};
use breezeway::{args, sql};

fn because() -> Grounds {
    Grounds::because("against our rules")
}

async fn undo(site: &Rooms, by: AccountId, action: ModerationActionId) {
    moderation::undo(&site.services, by, action, "a mistake").await.unwrap();
}

async fn in_organisation(site: &Rooms, reader: AccountId) -> usize {
    let mut conn = site.conn().await;
    let reader = Reader::Person(reader);
    let page = timelines::organisation(&site.services, &mut conn, &reader, Page::first(20)).await.unwrap();
    page.statuses.len()
}

async fn found(site: &Rooms, name: &str) -> usize {
    accounts::search(&mut site.conn().await, None, name, 10, 0).await.unwrap().len()
}

#[tokio::test]
async fn only_moderators_act_with_a_reason_and_not_on_everybody() {
    each_site(async |site| {
        let (ann, bob) = (site.person("ann").await, site.person("bob").await);
        let (moderator, admin) =
            (site.staff("mod", Role::Moderator).await, site.staff("boss", Role::Admin).await);
        let s = &site.services;

        for (by, on) in [(ann, bob), (moderator, admin), (moderator, moderator)] {
            let refused = moderation::suspend_person(s, by, on, because()).await;
            assert!(matches!(refused, Err(Error::Forbidden { .. })), "{by} on {on}");
        }
        let refused = moderation::limit_person(s, moderator, bob, Grounds::because(" ")).await;
        assert!(matches!(refused, Err(Error::Invalid { field: "reason", .. })));
        assert!(moderation::block_site(s, ann, SALES, because()).await.is_err());
        assert!(moderation::block_site(s, moderator, "eng.example.org", because()).await.is_err());
        assert!(moderation::log(&mut site.conn().await, ann, Page::first(5)).await.is_err());
        assert!(moderation::log(&mut site.conn().await, admin, Page::first(5)).await.unwrap().is_empty());

        moderation::suspend_person(s, admin, moderator, because()).await.unwrap();
        let refused = moderation::limit_person(s, moderator, bob, because()).await;
        assert!(matches!(refused, Err(Error::Forbidden { .. })), "suspended themselves");
    })
    .await;
}

#[tokio::test]
async fn a_removed_post_stays_removed_whatever_its_origin_says() {
    each_site(async |site| {
        let (ann, moderator) = (site.person("ann").await, site.staff("mod", Role::Moderator).await);
        let far = site.colleague("far").await;
        let post = site.receives(far, "1", Visibility::Organisation, None).await.unwrap();
        let reader = Reader::Person(ann);
        let reblog = statuses::reblog(&site.services, ann, post).await.unwrap();

        let action = moderation::remove_post(&site.services, moderator, post, because()).await.unwrap();
        let again = moderation::remove_post(&site.services, moderator, post, because()).await.unwrap();
        assert_eq!(action, again);
        assert!(!site.reads(&reader, post).await);
        assert!(!site.home(ann).await.contains(&reblog), "no repost brings it back");

        // An Update and a second Create.
        let before = site.status(post).await.unwrap();
        let mut after = before.clone();
        after.content = "<p>harmless</p>".to_owned();
        let details = edit::Details {
            mentions: vec![ann],
            tags: Vec::new(),
            title: None,
            at: site.services.clock.now(),
        };
        let mut tx = site.services.db.begin().await.unwrap();
        edit::apply_in(&site.services, &mut tx, &before, after, details).await.unwrap();
        tx.commit().await.unwrap();
        assert_eq!(site.receives(far, "1", Visibility::Organisation, None).await, None);
        assert!(!site.reads(&reader, post).await);

        undo(&site, moderator, action).await;
        assert!(site.reads(&reader, post).await);

        // A Delete and a Create of the same address.
        moderation::remove_post(&site.services, moderator, post, because()).await.unwrap();
        let mut tx = site.services.db.begin().await.unwrap();
        let row = store::get(&mut tx, post).await.unwrap();
        statuses::delete::delete_in(&site.services, &mut tx, &row).await.unwrap();
        tx.commit().await.unwrap();
        assert_eq!(site.receives(far, "1", Visibility::Organisation, None).await, None);
    })
    .await;
}

#[tokio::test]
async fn a_limited_person_is_seen_by_followers_only() {
    each_site(async |site| {
        let (ann, bob) = (site.person("ann").await, site.person("bob").await);
        let (moderator, far) = (site.staff("mod", Role::Moderator).await, site.colleague("far").await);
        site.follows(ann, far).await;
        site.receives(far, "1", Visibility::Organisation, None).await.unwrap();
        assert_eq!((in_organisation(&site, ann).await, in_organisation(&site, bob).await), (1, 1));

        let action = moderation::limit_person(&site.services, moderator, far, because()).await.unwrap();

        assert_eq!((in_organisation(&site, ann).await, in_organisation(&site, bob).await), (1, 0));
        assert_eq!(site.home(ann).await.len(), 1);
        assert_eq!(found(&site, "far").await, 0);
        let mut tx = site.services.db.begin().await.unwrap();
        for (to, told) in [(ann, true), (bob, false)] {
            let message =
                Message { to, kind: notifications::Kind::Follow, from: far, status: None, report: None };
            let new = notifications::notify_all(&site.services, &mut tx, &[message]).await.unwrap();
            assert_eq!(!new.is_empty(), told);
        }
        tx.commit().await.unwrap();

        undo(&site, moderator, action).await;
        assert_eq!(in_organisation(&site, bob).await, 1);
        assert_eq!(found(&site, "far").await, 1);
    })
    .await;
}

#[tokio::test]
async fn a_suspended_person_of_this_site_can_do_nothing_and_comes_back_whole() {
    each_site(async |site| {
        let (ann, bob) = (site.person("ann").await, site.person("bob").await);
        let moderator = site.staff("mod", Role::Moderator).await;
        site.follows(ann, bob).await;
        let post = site.posts(bob, "hello").await;
        assert_eq!(site.home(ann).await, [post]);

        let action = moderation::suspend_person(&site.services, moderator, bob, because()).await.unwrap();

        assert!(site.home(ann).await.is_empty());
        assert!(!site.reads(&Reader::Person(bob), post).await);
        assert_eq!(found(&site, "bob").await, 0);
        let draft = Draft { text: "let me".to_owned(), ..Draft::default() };
        assert!(statuses::create(&site.services, bob, draft).await.is_err());
        assert!(moderation::is_refused(&site.account_of(bob).await));

        undo(&site, moderator, action).await;

        assert_eq!(site.home(ann).await, [post]);
        assert_eq!(site.account_of(bob).await.followers_count, 1);
        assert!(!moderation::is_refused(&site.account_of(bob).await));
    })
    .await;
}

#[tokio::test]
async fn nothing_that_another_site_sends_ends_a_suspension() {
    each_site(async |site| {
        let (moderator, far) = (site.staff("mod", Role::Moderator).await, site.colleague("far").await);
        site.services.caches.put_actor("https://sales.example.org/users/far", far.0);
        moderation::suspend_person(&site.services, moderator, far, because()).await.unwrap();
        assert_eq!(site.services.caches.actor("https://sales.example.org/users/far"), None);

        // An Update of the profile, a Delete, and the same actor again.
        for _ in 0..2 {
            let mut tx = site.services.db.begin().await.unwrap();
            let mut profile = site.profile("far", SALES);
            profile.display_name = "Brand New".to_owned();
            accounts::receive::upsert(&site.services, &mut tx, &profile).await.unwrap();
            assert!(accounts::store::get(&mut tx, far).await.unwrap().suspended_at.is_some());
            accounts::receive::delete(&site.services, &mut tx, far).await.unwrap();
            tx.commit().await.unwrap();
            assert!(site.account_of(far).await.suspended_at.is_some());
        }
    })
    .await;
}

#[tokio::test]
async fn a_blocked_site_is_neither_seen_nor_heard_until_it_is_unblocked() {
    each_site(async |site| {
        let (ann, moderator) = (site.person("ann").await, site.staff("mod", Role::Moderator).await);
        site.peers_with(SALES).await;
        let far = site.colleague("far").await;
        site.follows(ann, far).await;
        let post = site.receives(far, "1", Visibility::Organisation, None).await.unwrap();
        let s = &site.services;
        assert!(organisation::may_listen_to(s, &mut site.conn().await, SALES).await.unwrap());

        let action = moderation::block_site(s, moderator, " Sales.Example.org ", because()).await.unwrap();

        assert!(!organisation::may_speak_to(s, &mut site.conn().await, SALES).await.unwrap());
        assert!(site.home(ann).await.is_empty());
        assert_eq!(in_organisation(&site, ann).await, 0);
        assert!(!site.reads(&Reader::Person(ann), post).await);
        assert_eq!(found(&site, "far").await, 0);
        assert!(moderation::is_refused(&site.account_of(far).await));

        // A new handshake, or its end, changes nothing.
        let mut tx = s.db.begin().await.unwrap();
        let asked =
            organisation::receive::invitation(s, &mut tx, Rooms::site(SALES), "https://sales.example.org/f");
        assert!(matches!(asked.await, Err(Error::Forbidden { .. })));
        organisation::receive::refresh(s, &mut tx, Rooms::site(SALES)).await.unwrap();
        organisation::receive::undo(s, &mut tx, SALES).await.unwrap();
        tx.commit().await.unwrap();
        assert!(!organisation::may_listen_to(s, &mut site.conn().await, SALES).await.unwrap());
        assert!(organisation::invite(s, organisation::By::Site, Rooms::site(SALES)).await.is_err());

        undo(&site, moderator, action).await;
        assert_eq!(site.home(ann).await, [post]);
        assert!(!moderation::is_refused(&site.account_of(far).await));
    })
    .await;
}

#[tokio::test]
async fn an_unknown_site_can_be_blocked_beforehand() {
    each_site(async |site| {
        let moderator = site.staff("mod", Role::Moderator).await;

        moderation::block_site(&site.services, moderator, "https://evil.example/x", because()).await.unwrap();

        let peer = organisation::store::find(&mut site.conn().await, "evil.example").await.unwrap().unwrap();
        assert_eq!(peer.state, PeerState::None);
        assert!(peer.blocked_at.is_some());
    })
    .await;
}

#[tokio::test]
async fn the_log_names_everybody_and_only_grows() {
    each_site(async |site| {
        let (bob, moderator) = (site.person("bob").await, site.staff("mod", Role::Moderator).await);
        let post = site.posts(bob, "hello").await;
        let s = &site.services;
        let removed = moderation::remove_post(s, moderator, post, because()).await.unwrap();
        let limited = moderation::limit_person(s, moderator, bob, because()).await.unwrap();
        let undone = moderation::undo(s, moderator, removed, "").await.unwrap();
        assert_eq!(moderation::undo(s, moderator, removed, "").await.unwrap(), undone);
        assert!(matches!(moderation::undo(s, moderator, undone, "").await, Err(Error::Conflict { .. })));

        let mut conn = site.conn().await;
        let log = moderation::log(&mut conn, moderator, Page::first(2)).await.unwrap();
        assert_eq!(log[0].action.id, undone);
        assert_eq!((log[0].action.kind, log[0].can_be_undone()), (ActionKind::Undo, false));
        assert_eq!((log[1].action.id, log[1].can_be_undone()), (limited, true));
        let older = Page::before(Some(limited.0), 2);
        let older = moderation::log(&mut conn, moderator, older).await.unwrap();
        assert_eq!((older.len(), older[0].undone_by), (1, Some(undone)));
        assert_eq!(older[0].moderator.as_ref().unwrap().username, "mod");
        assert_eq!(older[0].person.as_ref().unwrap().id, bob);
        assert!(older[0].post.is_some());
        drop(conn);

        for statement in [
            sql!("UPDATE moderation_log SET reason = 'nothing happened'"),
            sql!("DELETE FROM moderation_log"),
        ] {
            let mut tx = s.db.begin().await.unwrap();
            let error = tx.execute(statement, args![]).await.unwrap_err();
            assert!(error.chain().contains("append-only"), "{}", error.chain());
        }
    })
    .await;
}

#[tokio::test]
async fn acting_again_after_an_undo_is_a_new_action() {
    each_site(async |site| {
        let (bob, moderator) = (site.person("bob").await, site.staff("mod", Role::Moderator).await);

        let first = moderation::limit_person(&site.services, moderator, bob, because()).await.unwrap();
        undo(&site, moderator, first).await;
        let second = moderation::limit_person(&site.services, moderator, bob, because()).await.unwrap();

        assert_ne!(first, second);
        undo(&site, moderator, first).await;
        assert!(site.account_of(bob).await.limited_at.is_some(), "the first one is undone already");
    })
    .await;
}
