//! How far one has read, and what came since.

use std::collections::HashSet;
use std::time::Duration;

use breezeway::base::id::{AccountId, StatusId};
use breezeway::base::page::Page;
use breezeway::domain::statuses::Visibility;
use breezeway::domain::timelines::marks::{self, Mark, Place};
use breezeway::domain::timelines::{self, since};
use breezeway::domain::{follows, statuses};
use breezeway::testing::each_site;
use breezeway::testing::rooms::{Rooms, SALES};

const HOUR: Duration = Duration::from_hours(1);

async fn marked(site: &Rooms, person: AccountId, place: Place, up_to: i64) -> Mark {
    marks::mark(&site.services, person, place, up_to).await.expect("marked");
    found(site, person, place).await.expect("a mark")
}

async fn found(site: &Rooms, person: AccountId, place: Place) -> Option<Mark> {
    marks::find(&site.services, &mut site.conn().await, person, place).await.expect("asked")
}

async fn summary(site: &Rooms, person: AccountId) -> Option<since::Since> {
    let mark = found(site, person, Place::Home).await.expect("a mark");
    since::since(&site.services, &mut site.conn().await, person, &mark).await.expect("asked")
}

/// All of a home after a place, page by page, as the pages show it.
async fn by_hand(site: &Rooms, person: AccountId, after: i64) -> Vec<statuses::StatusView> {
    let mut all = Vec::new();
    let mut page = Page::first(7);
    loop {
        let mut conn = site.conn().await;
        let home = timelines::home(&site.services, &mut conn, person, page).await.expect("a page");
        let Some((_, oldest)) = home.span else { return all };
        all.extend(home.statuses.iter().filter(|view| home.place_of(view.status.id) > after).cloned());
        page = Page::before(Some(oldest.0), 7);
    }
}

#[tokio::test]
async fn a_mark_never_goes_back_and_each_place_has_its_own() {
    each_site(async |site| {
        let ann = site.person("ann").await;
        assert_eq!(found(&site, ann, Place::Home).await, None);

        assert_eq!(marked(&site, ann, Place::Home, 40).await.last_read, 40);
        assert_eq!(marked(&site, ann, Place::Home, 7).await.last_read, 40);
        assert_eq!(marked(&site, ann, Place::Thread(StatusId(3)), 5).await.last_read, 5);
        assert_eq!(marked(&site, ann, Place::Thread(StatusId(4)), 6).await.last_read, 6);

        assert_eq!(found(&site, ann, Place::Home).await.map(|mark| mark.last_read), Some(40));
        assert_eq!(found(&site, ann, Place::Thread(StatusId(3))).await.map(|mark| mark.last_read), Some(5));
        assert_eq!(found(&site, ann, Place::Site).await, None);
    })
    .await;
}

#[tokio::test]
async fn a_visit_ends_after_half_an_hour_and_then_it_is_the_one_before() {
    each_site(async |site| {
        let ann = site.person("ann").await;
        let start = site.services.clock.now();
        assert!(!marked(&site, ann, Place::Home, 10).await.was_here(), "the first visit");

        site.hand.advance(Duration::from_mins(29));
        assert!(!marked(&site, ann, Place::Home, 20).await.was_here(), "still the first visit");
        let left = site.services.clock.now();
        assert_eq!(left, start + Duration::from_mins(29));

        site.hand.advance(Duration::from_mins(30));
        let seen = found(&site, ann, Place::Home).await.expect("a mark");
        assert_eq!((seen.before_read, seen.before_at), (20, left), "looking is enough to know");
        let again = marked(&site, ann, Place::Home, 30).await;
        assert_eq!((again.last_read, again.before_read, again.before_at), (30, 20, left));
        site.hand.advance(Duration::from_mins(29));
        let on = marked(&site, ann, Place::Home, 50).await;
        assert_eq!(
            (on.last_read, on.before_read, on.before_at),
            (50, 20, left),
            "the line stays where it is"
        );
    })
    .await;
}

#[tokio::test]
async fn marks_in_old_threads_are_forgotten_and_no_others() {
    each_site(async |site| {
        let ann = site.person("ann").await;
        marked(&site, ann, Place::Thread(StatusId(3)), 5).await;
        marked(&site, ann, Place::Home, 5).await;
        site.hand.advance(Duration::from_hours(181 * 24));
        marked(&site, ann, Place::Thread(StatusId(4)), 5).await;

        marks::sweep(&site.services).await.expect("swept");

        assert_eq!(found(&site, ann, Place::Thread(StatusId(3))).await, None);
        assert!(found(&site, ann, Place::Thread(StatusId(4))).await.is_some());
        assert!(found(&site, ann, Place::Home).await.is_some());
    })
    .await;
}

#[tokio::test]
async fn the_summary_counts_what_the_home_shows() {
    each_site(async |site| {
        site.peers_with(SALES).await;
        let ann = site.person("ann").await;
        let people = [site.person("bob").await, site.person("cat").await, site.colleague("dan").await];
        let (muted, blocker) = (site.person("eve").await, site.person("fay").await);
        for other in people.into_iter().chain([muted, blocker]) {
            site.follows(ann, other).await;
        }
        let own = site.posts(ann, "what do you think?").await;
        site.posts(people[0], "before").await;
        let seen = by_hand(&site, ann, 0).await;
        marked(&site, ann, Place::Home, seen[0].status.id.0).await;
        site.hand.advance(HOUR * 9);

        for number in 0..6 {
            site.posts(people[0], &format!("bob {number}")).await;
            site.posts(muted, &format!("eve {number}")).await;
            site.posts(blocker, &format!("fay {number}")).await;
            site.receives(people[2], &number.to_string(), Visibility::Organisation, None).await;
        }
        let answer = site.answers(people[1], own, "@ann I like it").await;
        site.answers(people[0], answer, "@ann so do I").await;
        let stranger = site.person("gil").await;
        let handed = site.posts(stranger, "handed on").await;
        statuses::reblog(&site.services, people[1], handed).await.expect("reposted");
        follows::mute(&site.services, ann, muted, true, None).await.expect("muted");
        follows::block(&site.services, blocker, ann).await.expect("blocked");

        let since = summary(&site, ann).await.expect("enough for a summary");

        let shown = by_hand(&site, ann, seen[0].status.id.0).await;
        let authors: HashSet<AccountId> = shown.iter().map(|view| view.account.id).collect();
        let hosts: HashSet<&str> = shown.iter().map(|view| view.account.host.as_str()).collect();
        assert_eq!(since.posts, shown.len());
        assert_eq!((since.people, since.sites), (authors.len(), hosts.len()));
        assert_eq!((since.posts, since.people, since.sites, since.more), (15, 3, 2, false));
        assert_eq!(since.mentions, 2);
        let busy: Vec<_> =
            since.conversations.iter().map(|busy| (busy.post.status.id, busy.answers)).collect();
        assert_eq!(busy, [(own, 2)]);
        assert_eq!(since.conversations[0].first, answer);
    })
    .await;
}

#[tokio::test]
async fn no_summary_after_a_short_while_of_little_or_at_the_first_visit() {
    each_site(async |site| {
        let (ann, bob) = (site.person("ann").await, site.person("bob").await);
        site.follows(ann, bob).await;
        let first = site.posts(bob, "hello").await;
        marked(&site, ann, Place::Home, first.0).await;
        for number in 0..7 {
            site.posts(bob, &format!("bob {number}")).await;
        }
        assert!(summary(&site, ann).await.is_none(), "the first visit");

        site.hand.advance(HOUR * 9);
        assert!(summary(&site, ann).await.is_none(), "seven are quickly read");
        site.posts(bob, "one more").await;
        assert_eq!(summary(&site, ann).await.map(|since| since.posts), Some(8));

        let newest = by_hand(&site, ann, 0).await[0].status.id;
        marked(&site, ann, Place::Home, newest.0).await;
        site.hand.advance(HOUR * 7);
        for number in 0..9 {
            site.posts(bob, &format!("later {number}")).await;
        }
        assert!(summary(&site, ann).await.is_none(), "seven hours are a short while");
    })
    .await;
}

#[tokio::test]
async fn catching_up_goes_from_the_oldest_to_the_newest_and_leaves_nothing_out() {
    each_site(async |site| {
        site.peers_with(SALES).await;
        let (ann, bob, dan) =
            (site.person("ann").await, site.person("bob").await, site.colleague("dan").await);
        site.follows(ann, bob).await;
        site.follows(ann, dan).await;
        let before = site.posts(bob, "before").await;
        let mut written = Vec::new();
        for number in 0..9 {
            written.push(site.posts(bob, &format!("bob {number}")).await);
            written.extend(site.receives(dan, &number.to_string(), Visibility::Organisation, None).await);
        }

        let (mut read, mut after) = (Vec::new(), before.0);
        loop {
            let mut conn = site.conn().await;
            let left = since::left(&mut conn, ann, after, 100).await.expect("asked");
            assert_eq!(left, written.len() - read.len());
            let page = since::in_order(&site.services, &mut conn, ann, after, 4).await.expect("a page");
            read.extend(page.statuses.iter().map(|view| view.status.id));
            let Some(newest) = page.newest() else { break };
            after = newest;
        }

        assert_eq!(read, written);
    })
    .await;
}

#[tokio::test]
async fn the_marks_of_somebody_who_leaves_go_with_them() {
    each_site(async |site| {
        let ann = site.person("ann").await;
        marked(&site, ann, Place::Home, 5).await;

        let mut tx = site.services.db.begin().await.expect("a transaction");
        breezeway::domain::accounts::leave::forget_own_in(&mut tx, ann).await.expect("forgotten");
        tx.commit().await.expect("committed");

        assert_eq!(found(&site, ann, Place::Home).await, None);
    })
    .await;
}
