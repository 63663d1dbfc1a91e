//! Threads: parents that come late, circles, and conversations too long for one page.

use breezeway::base::id::StatusId;
use breezeway::domain::statuses::{Reader, Visibility, context, store, threads};
use breezeway::testing::{Rooms, each_site, rooms::post_uri};

async fn conversations(site: &Rooms, ids: &[StatusId]) -> Vec<StatusId> {
    let mut all = Vec::new();
    for id in ids {
        all.push(site.status(*id).await.unwrap().conversation_id);
    }
    all
}

async fn around(site: &Rooms, reader: &Reader, id: StatusId) -> context::Context {
    context::context(&site.services, &mut site.conn().await, reader, id).await.unwrap()
}

fn ids(views: &[breezeway::domain::statuses::StatusView]) -> Vec<StatusId> {
    views.iter().map(|view| view.status.id).collect()
}

#[tokio::test]
async fn a_parent_that_comes_late_joins_the_threads_below_it() {
    each_site(async |site| {
        let bob = site.colleague("bob").await;
        let post = async |name: &str, to: Option<&str>| {
            let to = to.map(post_uri);
            site.receives(bob, name, Visibility::Organisation, to.as_deref()).await.unwrap()
        };
        let third = post("third", Some("second")).await;
        let fourth = post("fourth", Some("third")).await;
        let other = post("other", Some("second")).await;
        assert_eq!(conversations(&site, &[third, fourth, other]).await, [third, third, other]);

        let second = post("second", Some("first")).await;
        assert_eq!(conversations(&site, &[second, third, fourth, other]).await, [second; 4]);
        let first = post("first", None).await;

        assert_eq!(conversations(&site, &[first, second, third, fourth, other]).await, [first; 5]);
        let count = async |id| site.status(id).await.unwrap().replies_count;
        assert_eq!((count(first).await, count(second).await, count(third).await), (1, 2, 1));
        assert_eq!(site.status(third).await.unwrap().in_reply_to_account_id, Some(bob));
    })
    .await;
}

#[tokio::test]
async fn what_is_kept_about_a_thread_goes_with_it_when_it_turns_out_to_be_part_of_another() {
    each_site(async |site| {
        let bob = site.colleague("bob").await;
        let reply =
            site.receives(bob, "reply", Visibility::Organisation, Some(&post_uri("root"))).await.unwrap();
        let mut tx = site.services.db.begin().await.unwrap();
        threads::store::put_context(&mut tx, reply, "https://sales.example.org/threads/1");
        threads::store::insert_above(&mut tx, reply, "token", site.services.clock.now()).await.unwrap();
        tx.commit().await.unwrap();

        let root = site.receives(bob, "root", Visibility::Organisation, None).await.unwrap();

        let mut conn = site.conn().await;
        let names = threads::store::list_contexts(&mut conn, &[reply, root]).await.unwrap();
        assert_eq!(names, [(root, "https://sales.example.org/threads/1".to_owned())]);
        assert!(threads::store::find(&mut conn, reply).await.unwrap().is_none());
        let look = threads::store::find(&mut conn, root).await.unwrap().unwrap();
        assert_eq!(look.token, "token");
    })
    .await;
}

#[tokio::test]
async fn posts_that_answer_one_another_in_a_circle_are_each_shown_once() {
    each_site(async |site| {
        let (ann, bob) = (site.person("ann").await, site.colleague("bob").await);
        let post = async |name: &str, to: &str| {
            site.receives(bob, name, Visibility::Organisation, Some(&post_uri(to))).await.unwrap()
        };
        let (one, two, three) =
            (post("one", "three").await, post("two", "one").await, post("three", "two").await);
        let selfish = post("selfish", "selfish").await;
        let reader = Reader::Person(ann);

        let from_one = around(&site, &reader, one).await;

        assert_eq!(ids(&from_one.ancestors), [two, three]);
        assert_eq!(ids(&from_one.descendants), [two, three]);
        let alone = around(&site, &reader, selfish).await;
        assert!(alone.ancestors.is_empty() && alone.descendants.is_empty());
        let mut conn = site.conn().await;
        let members = threads::store::list_members(&mut conn, one, 100).await.unwrap();
        assert_eq!(members.iter().map(|member| member.id).collect::<Vec<_>>(), [one, two, three]);
        let listed = threads::store::list_thread(&mut conn, one, StatusId(0), 100).await.unwrap();
        assert_eq!(listed, [one, two, three]);
    })
    .await;
}

#[tokio::test]
async fn a_deep_conversation_is_whole_and_a_huge_one_is_cut_and_says_so() {
    each_site(async |site| {
        let (ann, bob) = (site.person("ann").await, site.colleague("bob").await);
        let reader = Reader::Person(ann);
        let root = site.posts(ann, "root").await;
        let mut to = site.status(root).await.unwrap().uri;
        let mut last = root;
        for level in 0..150 {
            let name = format!("level-{level}");
            last = site.receives(bob, &name, Visibility::Organisation, Some(&to)).await.unwrap();
            to = post_uri(&name);
        }
        let deep = around(&site, &reader, root).await;
        assert_eq!((deep.descendants.len(), deep.cut_below), (150, false));
        assert_eq!(around(&site, &reader, last).await.ancestors.len(), 150);

        for number in 0..300 {
            let name = format!("wide-{number}");
            site.receives(bob, &name, Visibility::Organisation, Some(&post_uri("level-0"))).await.unwrap();
        }

        let huge = around(&site, &reader, root).await;
        assert_eq!((huge.descendants.len(), huge.cut_below, huge.cut_above), (400, true, false));
        assert_eq!(huge.descendants[0].status.uri, post_uri("level-0"));
        let count = store::list(&mut site.conn().await, &[root]).await.unwrap()[0].replies_count;
        assert_eq!(count, 1);
    })
    .await;
}
