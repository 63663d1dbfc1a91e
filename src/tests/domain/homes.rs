//! What stands in a home, and its pages.

use breezeway::base::page::Page;
use breezeway::domain::statuses::{self, Draft, Visibility};
use breezeway::testing::{each_site, rooms::post_uri};

#[tokio::test]
async fn a_home_holds_own_posts_and_those_of_the_people_one_follows() {
    each_site(async |site| {
        let (ann, bob, cat) = (site.person("ann").await, site.person("bob").await, site.person("cat").await);
        let far = site.colleague("dan").await;
        site.follows(ann, bob).await;
        site.follows(ann, far).await;

        let own = site.posts(ann, "mine").await;
        let bobs = site.posts_to(Visibility::Private, bob, "for followers").await;
        site.posts(cat, "a stranger's").await;
        let far = site.receives(far, "1", Visibility::Organisation, None).await.unwrap();

        assert_eq!(site.home(ann).await, [far, bobs, own]);
    })
    .await;
}

#[tokio::test]
async fn answers_to_strangers_stay_out() {
    each_site(async |site| {
        let (ann, bob, cat) = (site.person("ann").await, site.person("bob").await, site.person("cat").await);
        site.follows(ann, bob).await;
        let question = site.posts(cat, "who knows?").await;

        site.answers(bob, question, "I do").await;
        let to_ann = site.posts(ann, "anybody?").await;
        let answer = site.answers(bob, to_ann, "here").await;
        let more = site.answers(bob, answer, "and to myself").await;

        assert_eq!(site.home(ann).await, [more, answer, to_ann]);
        site.follows(ann, cat).await;
        let now = site.answers(bob, question, "again").await;
        assert!(site.home(ann).await.contains(&now));
    })
    .await;
}

#[tokio::test]
async fn answers_to_what_is_not_here_stay_out() {
    each_site(async |site| {
        let (ann, far) = (site.person("ann").await, site.colleague("dan").await);
        site.follows(ann, far).await;

        let unknown = post_uri("elsewhere");
        site.receives(far, "1", Visibility::Organisation, Some(&unknown)).await.unwrap();

        assert!(site.home(ann).await.is_empty());
    })
    .await;
}

#[tokio::test]
async fn a_direct_post_stands_in_the_home_of_those_it_names() {
    each_site(async |site| {
        let (ann, bob, cat) = (site.person("ann").await, site.person("bob").await, site.person("cat").await);
        site.follows(ann, bob).await;
        site.follows(cat, bob).await;

        let direct = site.posts_to(Visibility::Direct, bob, "@ann a word").await;

        assert_eq!(site.home(ann).await, [direct]);
        assert!(site.home(cat).await.is_empty());
    })
    .await;
}

#[tokio::test]
async fn a_new_follow_brings_no_direct_posts_and_nothing_that_one_may_not_read() {
    each_site(async |site| {
        let (ann, bob, cat) = (site.person("ann").await, site.person("bob").await, site.person("cat").await);
        site.posts_to(Visibility::Direct, bob, "@cat a word").await;
        let open = site.posts(bob, "hello").await;
        let question = site.posts(cat, "who knows?").await;
        site.answers(bob, question, "I do").await;

        site.follows(ann, bob).await;

        assert_eq!(site.home(ann).await, [open]);
    })
    .await;
}

#[tokio::test]
async fn a_repost_comes_once_and_only_to_those_who_want_reposts() {
    each_site(async |site| {
        let (ann, bob, cat) = (site.person("ann").await, site.person("bob").await, site.person("cat").await);
        let eve = site.person("eve").await;
        for target in [bob, cat] {
            site.follows(ann, target).await;
        }
        site.follows(eve, bob).await;
        let post = site.posts(cat, "worth reading").await;

        let reblog = statuses::reblog(&site.services, bob, post).await.unwrap();

        assert_eq!(site.home(ann).await, [post], "the post itself is there");
        assert_eq!(site.home(eve).await, [reblog]);
    })
    .await;
}

#[tokio::test]
async fn pages_go_both_ways() {
    each_site(async |site| {
        let ann = site.person("ann").await;
        let mut ids = Vec::new();
        for number in 0..6 {
            ids.push(site.posts(ann, &format!("number {number}")).await);
        }
        let page = |max: Option<usize>, since: Option<usize>, min: Option<usize>| Page {
            max_id: max.map(|at| ids[at].0),
            since_id: since.map(|at| ids[at].0),
            min_id: min.map(|at| ids[at].0),
            limit: 2,
        };

        assert_eq!(site.home_page(ann, Page::first(2)).await, [ids[5], ids[4]]);
        assert_eq!(site.home_page(ann, page(Some(4), None, None)).await, [ids[3], ids[2]]);
        assert_eq!(site.home_page(ann, page(None, Some(1), None)).await, [ids[5], ids[4]]);
        assert_eq!(site.home_page(ann, page(None, None, Some(1))).await, [ids[3], ids[2]]);
        assert_eq!(site.home_page(ann, page(Some(3), None, Some(0))).await, [ids[2], ids[1]]);
    })
    .await;
}

#[tokio::test]
async fn the_same_mark_on_a_request_posts_once() {
    each_site(async |site| {
        let (ann, bob) = (site.person("ann").await, site.person("bob").await);
        let draft =
            || Draft { text: "once".to_owned(), idempotency_key: Some("k1".to_owned()), ..Draft::default() };

        let first = site.drafts(ann, draft()).await;
        let second = site.drafts(ann, draft()).await;
        let other = site.drafts(bob, draft()).await;

        assert_eq!(first, second);
        assert_ne!(first, other);
        assert_eq!(site.home(ann).await, [first]);
    })
    .await;
}
