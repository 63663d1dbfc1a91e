//! Reports: by people here, by other sites, and what moderators see of them.

use breezeway::base::Error;
use breezeway::base::id::{AccountId, StatusId};
use breezeway::domain::Event;
use breezeway::domain::auth::Role;
use breezeway::domain::moderation::{
    self, Category, Grounds, NewReport, Reporter, Which, desk, receive, report,
};
use breezeway::domain::statuses::{self, Visibility};
use breezeway::testing::{Rooms, each_site, rooms::post_uri};

fn about(target: AccountId, statuses: &[StatusId]) -> NewReport {
    NewReport {
        target,
        statuses: statuses.to_vec(),
        comment: "insults".to_owned(),
        category: Category::Violation,
        forward: true,
    }
}

async fn waiting(site: &Rooms, moderator: AccountId) -> Vec<moderation::ReportLine> {
    moderation::list(&mut site.conn().await, moderator, Which::Open, None, 10).await.unwrap()
}

#[tokio::test]
async fn a_report_keeps_the_words_and_waits_at_the_desk() {
    each_site(async |site| {
        let (ann, moderator) = (site.person("ann").await, site.staff("mod", Role::Moderator).await);
        let far = site.colleague("far").await;
        let post = site.receives(far, "rude", Visibility::Organisation, None).await.unwrap();
        site.events().await;

        let made = report(&site.services, ann, about(far, &[post])).await.unwrap();
        let same = report(&site.services, ann, about(far, &[post])).await.unwrap();

        assert_eq!(made.id, same.id);
        assert!(made.forward);
        assert_eq!(site.events().await, [Event::ReportCreated { report: made.id }]);
        let lines = waiting(&site, moderator).await;
        assert_eq!((lines.len(), lines[0].posts, lines[0].words.as_str()), (1, 1, "rude"));
        assert!(matches!(&lines[0].reporter, Reporter::Person(person) if person.id == ann));
        assert_eq!(desk::count_open(&mut site.conn().await, moderator).await.unwrap(), 1);
        assert_eq!(desk::count_open(&mut site.conn().await, ann).await.unwrap(), 0);
        let curious = moderation::list(&mut site.conn().await, ann, Which::Open, None, 10).await;
        assert!(matches!(curious, Err(Error::Forbidden { .. })));
    })
    .await;
}

#[tokio::test]
async fn a_report_that_makes_no_sense_is_refused() {
    each_site(async |site| {
        let (ann, bob, cat) = (site.person("ann").await, site.person("bob").await, site.person("cat").await);
        let secret = site.posts_to(Visibility::Direct, bob, "@cat a word").await;
        let cats = site.posts(cat, "hello").await;
        let s = &site.services;

        assert!(matches!(report(s, ann, about(ann, &[])).await, Err(Error::Forbidden { .. })));
        for post in [secret, cats, StatusId(1)] {
            assert!(matches!(report(s, ann, about(bob, &[post])).await, Err(Error::NotFound { .. })));
        }
        let long = NewReport { comment: "x".repeat(1_001), ..about(bob, &[]) };
        assert!(matches!(report(s, ann, long).await, Err(Error::Invalid { field: "comment", .. })));
        let local = report(s, ann, about(bob, &[])).await.unwrap();
        assert!(!local.forward, "there is no other site to tell");
    })
    .await;
}

#[tokio::test]
async fn a_case_shows_the_conversation_with_what_was_removed_and_no_secrets() {
    each_site(async |site| {
        let (ann, bob, cat) = (site.person("ann").await, site.person("bob").await, site.person("cat").await);
        let moderator = site.staff("mod", Role::Moderator).await;
        let top = site.posts(cat, "a question").await;
        let rude = site.answers(bob, top, "a rude answer").await;
        let below = site.answers(ann, rude, "please").await;
        let secret = statuses::Draft {
            text: "@cat between us".to_owned(),
            in_reply_to: Some(rude),
            visibility: Some(Visibility::Direct),
            ..statuses::Draft::default()
        };
        site.drafts(bob, secret).await;
        let made = report(&site.services, ann, about(bob, &[rude])).await.unwrap();
        moderation::remove_post(&site.services, moderator, below, Grounds::because("by mistake"))
            .await
            .unwrap();
        let grounds = Grounds { reason: "an insult".to_owned(), report: Some(made.id), resolve: true };
        moderation::remove_post(&site.services, moderator, rude, grounds).await.unwrap();

        let mut conn = site.conn().await;
        let case = moderation::case(&site.services, &mut conn, moderator, made.id).await.unwrap();

        let [shown] = &case.posts[..] else { panic!("one post") };
        assert_eq!(shown.post.as_ref().unwrap().status.id, rude);
        assert!(shown.post.as_ref().unwrap().status.removed_at.is_some());
        let ids = |views: &[statuses::StatusView]| views.iter().map(|v| v.status.id).collect::<Vec<_>>();
        assert_eq!(ids(&shown.above), [top]);
        assert_eq!(ids(&shown.below), [below]);
        assert!(case.line.report.resolved_at.is_some());
        assert_eq!(case.history.len(), 2);
        let theirs = moderation::case(&site.services, &mut conn, ann, made.id).await;
        assert!(matches!(theirs, Err(Error::Forbidden { .. })));
    })
    .await;
}

#[tokio::test]
async fn a_deleted_post_leaves_its_words_with_the_report() {
    each_site(async |site| {
        let (ann, bob) = (site.person("ann").await, site.person("bob").await);
        let moderator = site.staff("mod", Role::Moderator).await;
        let post = site.posts(bob, "something rude").await;
        let made = report(&site.services, ann, about(bob, &[post])).await.unwrap();

        statuses::delete(&site.services, bob, post).await.unwrap();

        let case =
            moderation::case(&site.services, &mut site.conn().await, moderator, made.id).await.unwrap();
        assert!(case.posts[0].post.is_none());
        assert_eq!(case.posts[0].snapshot.content, "something rude");
    })
    .await;
}

#[tokio::test]
async fn a_private_conversation_opens_only_as_far_as_the_reporter_reads() {
    each_site(async |site| {
        let (ann, bob) = (site.person("ann").await, site.person("bob").await);
        let moderator = site.staff("mod", Role::Moderator).await;
        let direct = site.posts_to(Visibility::Direct, bob, "@ann a threat").await;
        let made = report(&site.services, ann, about(bob, &[direct])).await.unwrap();

        let case =
            moderation::case(&site.services, &mut site.conn().await, moderator, made.id).await.unwrap();

        assert!(case.posts[0].post.is_some());
        assert!(!site.reads(&statuses::Reader::Person(moderator), direct).await, "only in the case");
    })
    .await;
}

#[tokio::test]
async fn a_flag_names_the_site_and_never_the_person() {
    each_site(async |site| {
        let (bob, moderator) = (site.person("bob").await, site.staff("mod", Role::Moderator).await);
        let post = site.posts(bob, "hello").await;
        let (uri, bob_uri) = (site.status(post).await.unwrap().uri, site.account_of(bob).await.uri);
        site.peers_with("sales.example.org").await;
        let from = site.colleague("instance").await;
        let from = site.account_of(from).await;
        let flag = |objects: &[&str]| receive::Flag {
            uri: "https://sales.example.org/flags/1".to_owned(),
            objects: objects.iter().map(|uri| (*uri).to_owned()).collect(),
            comment: "x".repeat(6_000),
            category: Category::Spam,
        };

        let mut tx = site.services.db.begin().await.unwrap();
        let nobody = post_uri("1");
        for objects in [&[nobody.as_str()][..], &["https://eng.example.org/users/nobody"]] {
            let ignored = receive::flag(&site.services, &mut tx, &from, &flag(objects)).await.unwrap();
            assert_eq!(ignored, None);
        }
        let taken = receive::flag(&site.services, &mut tx, &from, &flag(&[&bob_uri, &uri])).await.unwrap();
        let again = receive::flag(&site.services, &mut tx, &from, &flag(&[&bob_uri, &uri])).await.unwrap();
        tx.commit().await.unwrap();

        assert!(taken.is_some() && again.is_none());
        let lines = waiting(&site, moderator).await;
        assert_eq!((lines.len(), lines[0].posts, lines[0].report.comment.len()), (1, 1, 5_000));
        assert!(matches!(&lines[0].reporter, Reporter::Site { host } if host == "sales.example.org"));
    })
    .await;
}

#[tokio::test]
async fn a_report_is_resolved_and_taken_up_again() {
    each_site(async |site| {
        let (ann, bob) = (site.person("ann").await, site.person("bob").await);
        let moderator = site.staff("mod", Role::Moderator).await;
        let made = report(&site.services, ann, about(bob, &[])).await.unwrap();
        let s = &site.services;

        assert!(moderation::resolve(s, ann, made.id, "").await.is_err());
        moderation::resolve(s, moderator, made.id, "talked to them").await.unwrap();
        moderation::resolve(s, moderator, made.id, "").await.unwrap();
        assert!(waiting(&site, moderator).await.is_empty());
        let done =
            moderation::list(&mut site.conn().await, moderator, Which::Resolved, None, 10).await.unwrap();
        assert_eq!(done[0].report.resolved_by, Some(moderator));

        moderation::reopen(s, moderator, made.id, "it goes on").await.unwrap();
        moderation::reopen(s, moderator, made.id, "").await.unwrap();
        assert_eq!(waiting(&site, moderator).await.len(), 1);
        moderation::resolve(s, moderator, made.id, "").await.unwrap();
        assert!(waiting(&site, moderator).await.is_empty());
    })
    .await;
}

#[tokio::test]
async fn nobody_sees_who_reported_them() {
    each_site(async |site| {
        let ann = site.person("ann").await;
        let (moderator, other) =
            (site.staff("mod", Role::Moderator).await, site.staff("other", Role::Moderator).await);
        let made = report(&site.services, ann, about(moderator, &[])).await.unwrap();

        assert!(waiting(&site, moderator).await.is_empty());
        let own = moderation::case(&site.services, &mut site.conn().await, moderator, made.id).await;
        assert!(matches!(own, Err(Error::NotFound { .. })));
        let closed = moderation::resolve(&site.services, moderator, made.id, "").await;
        assert!(matches!(closed, Err(Error::NotFound { .. })));
        assert_eq!(waiting(&site, other).await.len(), 1);
    })
    .await;
}
