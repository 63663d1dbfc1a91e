//! Lists: who is on them, and what stands in them.

use std::time::Duration;

use breezeway::base::Error;
use breezeway::base::id::{AccountId, ListId, StatusId};
use breezeway::base::page::Page;
use breezeway::domain::lists::{self, Change, NewList, Pin, Replies};
use breezeway::domain::{follows, statuses, timelines};
use breezeway::testing::{Rooms, each_site};

async fn list(site: &Rooms, owner: AccountId, members: &[AccountId]) -> ListId {
    list_with(site, owner, members, NewList::default()).await
}

async fn list_with(site: &Rooms, owner: AccountId, members: &[AccountId], new: NewList) -> ListId {
    let new = NewList { title: "Team".to_owned(), ..new };
    let list = lists::create(&site.services, owner, new).await.unwrap();
    for member in members {
        site.follows(owner, *member).await;
    }
    lists::add(&site.services, owner, list.id, members).await.unwrap();
    list.id
}

async fn page(site: &Rooms, owner: AccountId, list: ListId, page: Page) -> Vec<StatusId> {
    let mut conn = site.conn().await;
    let timeline = timelines::list(&site.services, &mut conn, owner, list, page).await.unwrap();
    timeline.statuses.iter().map(|view| view.status.id).collect()
}

async fn posts_of(site: &Rooms, owner: AccountId, list: ListId) -> Vec<StatusId> {
    page(site, owner, list, Page::first(40)).await
}

async fn members(site: &Rooms, list: ListId) -> Vec<AccountId> {
    let mut ids = lists::store::list_members(&mut site.conn().await, list, 40, 0).await.unwrap();
    ids.sort_unstable();
    ids
}

#[tokio::test]
async fn only_who_is_followed_can_be_on_a_list_and_who_is_not_any_more_leaves_it() {
    each_site(async |site| {
        let (ann, bob, eve) = (site.person("ann").await, site.person("bob").await, site.person("eve").await);
        let team = list(&site, ann, &[bob]).await;

        let refused = lists::add(&site.services, ann, team, &[bob, eve]).await;
        lists::add(&site.services, ann, team, &[bob]).await.unwrap();

        assert!(matches!(refused, Err(Error::NotFound { .. })));
        assert_eq!(members(&site, team).await, [bob]);
        follows::unfollow(&site.services, ann, bob).await.unwrap();
        assert!(members(&site, team).await.is_empty());
    })
    .await;
}

#[tokio::test]
async fn the_lists_of_somebody_else_are_not_there() {
    each_site(async |site| {
        let (ann, bob) = (site.person("ann").await, site.person("bob").await);
        let team = list(&site, ann, &[bob]).await;
        let title = Change { title: Some("Mine".to_owned()), ..Default::default() };

        let mut conn = site.conn().await;
        let read = timelines::list(&site.services, &mut conn, bob, team, Page::first(20)).await;
        assert!(matches!(read, Err(Error::NotFound { .. })));
        drop(conn);
        assert!(matches!(lists::change(&site.services, bob, team, title).await, Err(Error::NotFound { .. })));
        assert!(matches!(lists::delete(&site.services, bob, team).await, Err(Error::NotFound { .. })));
        assert!(matches!(lists::restore(&site.services, bob, team).await, Err(Error::NotFound { .. })));
        assert!(matches!(lists::add(&site.services, bob, team, &[]).await, Err(Error::NotFound { .. })));
        assert!(matches!(
            lists::remove(&site.services, bob, team, &[bob]).await,
            Err(Error::NotFound { .. })
        ));
        let pinned = lists::pin(&site.services, bob, &Pin::list(team)).await;
        assert!(matches!(pinned, Err(Error::NotFound { .. })));
    })
    .await;
}

#[tokio::test]
async fn a_list_is_all_posts_of_its_members_by_time_page_by_page() {
    each_site(async |site| {
        let ann = site.person("ann").await;
        let mut people = Vec::new();
        for number in 0..6 {
            people.push(site.person(&format!("p{number}")).await);
        }
        let team = list(&site, ann, &people[..5]).await;
        let mut expected = Vec::new();
        // Uneven: some write much at once, one is not on the list, one writes nothing.
        for (turn, author) in
            [0, 0, 0, 1, 5, 2, 1, 3, 3, 0, 5, 2, 2, 2, 1, 0, 0, 3, 5, 1, 2].iter().enumerate()
        {
            let id = site.posts(people[*author], &format!("post {turn}")).await;
            if *author != 5 {
                expected.insert(0, id);
            }
        }

        assert_eq!(posts_of(&site, ann, team).await, expected);
        let (mut down, mut last) = (Vec::new(), None);
        loop {
            let part = page(&site, ann, team, Page::before(last, 4)).await;
            last = part.last().map(|id| id.0);
            if part.is_empty() {
                break;
            }
            down.extend(part);
        }
        assert_eq!(down, expected);
        let oldest = expected.last().copied().unwrap();
        let up = Page { min_id: Some(oldest.0), ..Page::first(4) };
        let end = expected.len() - 1;
        assert_eq!(page(&site, ann, team, up).await, expected[end - 4..end]);
        let since = Page { since_id: Some(oldest.0), ..Page::first(4) };
        assert_eq!(page(&site, ann, team, since).await, expected[..4]);
    })
    .await;
}

#[tokio::test]
async fn a_list_holds_the_replies_that_its_owner_wants() {
    each_site(async |site| {
        let (ann, bob, mei, eve, kim) = (
            site.person("ann").await,
            site.person("bob").await,
            site.person("mei").await,
            site.person("eve").await,
            site.person("kim").await,
        );
        let team = list(&site, ann, &[bob, mei]).await;
        site.follows(ann, eve).await;
        let (of_mei, of_eve, of_kim) =
            (site.posts(mei, "mei").await, site.posts(eve, "eve").await, site.posts(kim, "kim").await);
        let of_ann = site.posts(ann, "ann").await;
        let mine = site.posts(bob, "bob").await;
        let to_mei = site.answers(bob, of_mei, "to a member").await;
        let to_eve = site.answers(bob, of_eve, "to somebody followed").await;
        let to_ann = site.answers(bob, of_ann, "to the owner").await;
        let to_self = site.answers(bob, mine, "to myself").await;
        site.answers(bob, of_kim, "to a stranger").await;
        let sets = async |replies| {
            let change = Change { replies: Some(replies), ..Default::default() };
            lists::change(&site.services, ann, team, change).await.unwrap();
            posts_of(&site, ann, team).await
        };

        assert_eq!(sets(Replies::None).await, [to_self, mine, of_mei]);
        assert_eq!(sets(Replies::List).await, [to_self, to_ann, to_mei, mine, of_mei]);
        assert_eq!(sets(Replies::Followed).await, [to_self, to_ann, to_eve, to_mei, mine, of_mei]);
    })
    .await;
}

#[tokio::test]
async fn a_list_shows_what_its_owner_may_read_and_wants_of_each() {
    each_site(async |site| {
        let (ann, bob, eve) = (site.person("ann").await, site.person("bob").await, site.person("eve").await);
        let team = list(&site, ann, &[bob, eve]).await;
        let (mine, theirs) = (site.posts(bob, "mine").await, site.posts(eve, "theirs").await);
        site.posts_to(statuses::Visibility::Direct, bob, "@eve psst").await;
        let repost = statuses::reblog(&site.services, bob, theirs).await;
        assert!(repost.is_ok());
        assert_eq!(posts_of(&site, ann, team).await.len(), 3);

        let wishes = follows::follow::Wishes { reblogs: Some(false), ..Default::default() };
        follows::follow(&site.services, ann, bob, wishes).await.unwrap();
        assert_eq!(posts_of(&site, ann, team).await, [theirs, mine]);
        follows::mute(&site.services, ann, eve, false, Some(Duration::from_mins(1))).await.unwrap();
        assert_eq!(posts_of(&site, ann, team).await, [mine]);
        site.hand.advance(Duration::from_secs(61));
        assert_eq!(posts_of(&site, ann, team).await, [theirs, mine], "the mute has ended");
    })
    .await;
}

#[tokio::test]
async fn members_of_an_exclusive_list_do_not_stand_in_the_home() {
    each_site(async |site| {
        let (ann, bob, eve) = (site.person("ann").await, site.person("bob").await, site.person("eve").await);
        let team = list(&site, ann, &[bob]).await;
        site.follows(eve, bob).await;
        let before = site.posts(bob, "before").await;
        assert_eq!(site.home(ann).await, [before]);
        let exclusive = |yes| Change { exclusive: Some(yes), ..Default::default() };

        lists::change(&site.services, ann, team, exclusive(true)).await.unwrap();
        let apart = site.posts(bob, "apart").await;
        let repost = statuses::reblog(&site.services, bob, apart).await;
        assert!(repost.is_ok());
        assert!(site.home(ann).await.is_empty());
        assert_eq!(posts_of(&site, ann, team).await.len(), 3);
        assert!(site.home(eve).await.contains(&apart), "others read him as ever");

        lists::delete(&site.services, ann, team).await.unwrap();
        assert!(site.home(ann).await.contains(&apart), "a list that was thrown away keeps nobody apart");
        lists::restore(&site.services, ann, team).await.unwrap();
        assert!(site.home(ann).await.is_empty());
        lists::remove(&site.services, ann, team, &[bob]).await.unwrap();
        assert!(site.home(ann).await.contains(&apart));
    })
    .await;
}

#[tokio::test]
async fn a_list_that_was_thrown_away_can_be_taken_back_for_a_day() {
    each_site(async |site| {
        let (ann, bob) = (site.person("ann").await, site.person("bob").await);
        let team = list(&site, ann, &[bob]).await;
        lists::pin(&site.services, ann, &Pin::list(team)).await.unwrap();
        lists::pin(&site.services, ann, &Pin::tag("#Tea")).await.unwrap();
        let rail = async || {
            let pinned = lists::pins::list(&mut site.conn().await, ann).await.unwrap();
            pinned.into_iter().map(|entry| entry.title).collect::<Vec<_>>()
        };
        assert_eq!(rail().await, ["Team", "#tea"]);

        lists::delete(&site.services, ann, team).await.unwrap();
        lists::delete(&site.services, ann, team).await.unwrap();
        assert!(lists::store::list(&mut site.conn().await, ann).await.unwrap().is_empty());
        assert_eq!(rail().await, ["#tea"]);

        site.hand.advance(Duration::from_hours(23));
        lists::manage::sweep(&site.services).await.unwrap();
        lists::restore(&site.services, ann, team).await.unwrap();
        assert_eq!(members(&site, team).await, [bob]);
        assert_eq!(rail().await, ["Team", "#tea"]);

        lists::delete(&site.services, ann, team).await.unwrap();
        site.hand.advance(Duration::from_hours(25));
        lists::manage::sweep(&site.services).await.unwrap();
        let late = lists::restore(&site.services, ann, team).await;
        assert!(matches!(late, Err(Error::NotFound { .. })));
    })
    .await;
}

#[tokio::test]
async fn who_moves_stays_on_the_lists() {
    each_site(async |site| {
        let (ann, old, new) =
            (site.person("ann").await, site.colleague("bob").await, site.person("bobby").await);
        let team = list(&site, ann, &[old]).await;

        let mut tx = site.services.db.begin().await.unwrap();
        follows::succeed::succeed_in(&site.services, &mut tx, old, new).await.unwrap();
        tx.commit().await.unwrap();

        assert_eq!(members(&site, team).await, [new]);
    })
    .await;
}

#[tokio::test]
async fn a_title_is_a_line_and_lists_are_not_without_end() {
    each_site(async |site| {
        let ann = site.person("ann").await;
        let create = async |title: &str| {
            let new = NewList { title: title.to_owned(), ..Default::default() };
            lists::create(&site.services, ann, new).await.map(|list| list.title)
        };

        assert_eq!(create(" The \n team ").await.unwrap(), "The team");
        assert!(matches!(create(" \u{202e} ").await, Err(Error::Invalid { field: "title", .. })));
        assert!(matches!(create(&"x".repeat(101)).await, Err(Error::Invalid { field: "title", .. })));
        for number in 1..lists::manage::MOST {
            create(&format!("list {number}")).await.unwrap();
        }
        assert!(matches!(create("one more").await, Err(Error::Invalid { .. })));
    })
    .await;
}
