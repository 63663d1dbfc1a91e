//! Mails, digests, wishes and policies: what is told to whom, when, and how often.

use std::time::Duration;

use breezeway::base::Millis;
use breezeway::base::config::DigestRhythm;
use breezeway::base::id::AccountId;
use breezeway::base::page::Page;
use breezeway::domain::mail::wishes::Choice;
use breezeway::domain::mail::{self, About, NewMail, Outcome, Stream, queue};
use breezeway::domain::notifications::notify::Message;
use breezeway::domain::notifications::{self, Kind, Policy, Told, Verdict, Ways, policy, wishes};
use breezeway::domain::statuses::Visibility;
use breezeway::domain::{auth, push};
use breezeway::testing::{Rooms, each_mailing_site, each_site};

const HOUR: Duration = Duration::from_hours(1);

fn at(text: &str) -> Millis {
    Millis::from_rfc3339(text).unwrap()
}

async fn confirmed(site: &Rooms, name: &str) -> AccountId {
    let person = site.person(name).await;
    let mut tx = site.services.db.begin().await.unwrap();
    let now = site.services.clock.now();
    assert!(
        auth::store::update_confirmed(&mut tx, person, &format!("{name}@example.org"), now).await.unwrap()
    );
    tx.commit().await.unwrap();
    person
}

async fn tell(site: &Rooms, to: AccountId, kind: Kind, from: AccountId) -> Vec<Told> {
    tell_of(site, Message { to, kind, from, status: None, report: None }).await
}

async fn tell_of(site: &Rooms, message: Message) -> Vec<Told> {
    let mut tx = site.services.db.begin().await.unwrap();
    let told = notifications::notify_all(&site.services, &mut tx, &[message]).await.unwrap();
    notifications::letters::ask_in(&site.services, &mut tx, &told).await.unwrap();
    push::ask_in(&site.services, &mut tx, &told).await.unwrap();
    tx.commit().await.unwrap();
    told
}

async fn listed(site: &Rooms, person: AccountId) -> Vec<Kind> {
    let filter = notifications::store::Filter::default();
    let mut conn = site.conn().await;
    let all = notifications::list(&site.services, &mut conn, person, &filter, Page::first(20)).await.unwrap();
    all.into_iter().map(|view| view.notification.kind).collect()
}

async fn waiting(site: &Rooms) -> i64 {
    mail::store::count_waiting(&mut site.conn().await).await.unwrap()
}

fn choice(digest: DigestRhythm) -> Choice {
    Choice {
        digest,
        hour: 8,
        weekday: 3,
        zone: "Europe/Berlin".to_owned(),
        language: String::new(),
        quiet: None,
        news_off: false,
    }
}

fn mail_to(address: &str, run_at: Millis) -> NewMail {
    NewMail {
        account: None,
        address: address.to_owned(),
        about: About::Reset { login: "ann".to_owned() },
        source: format!("test:{address}"),
        run_at,
        lasts: HOUR,
    }
}

#[tokio::test]
async fn a_mail_is_asked_for_once_and_taken_by_one() {
    each_mailing_site(async |site| {
        let now = site.services.clock.now();
        for new in [true, false] {
            let mut tx = site.services.db.begin().await.unwrap();
            let mail = mail_to("ann@example.org", now);
            assert_eq!(mail::post_in(&site.services, &mut tx, mail).await.unwrap(), new);
            tx.commit().await.unwrap();
        }

        let (one, two) = tokio::join!(queue::take(&site.services), queue::take(&site.services));

        let taken: Vec<_> = [one.unwrap(), two.unwrap()].into_iter().flatten().collect();
        assert_eq!(taken.len(), 1);
        assert_eq!(taken[0].attempts, 1);
        // Whoever took it is gone: after the lease somebody else does.
        site.hand.advance(HOUR / 2);
        let again = queue::take(&site.services).await.unwrap().unwrap();
        assert_eq!(again.attempts, 2);
        let mut tx = site.services.db.begin().await.unwrap();
        queue::finish_in(&site.services, &mut tx, &again, Outcome::Sent).await.unwrap();
        tx.commit().await.unwrap();
        site.hand.advance(HOUR);
        assert!(queue::take(&site.services).await.unwrap().is_none());
    })
    .await;
}

#[tokio::test]
async fn a_mail_that_does_not_leave_is_tried_until_it_is_of_no_use() {
    each_mailing_site(async |site| {
        let mut tx = site.services.db.begin().await.unwrap();
        let mail = mail_to("ann@example.org", site.services.clock.now());
        mail::post_in(&site.services, &mut tx, mail).await.unwrap();
        tx.commit().await.unwrap();

        let mut attempts = 0;
        for _ in 0..120 {
            if let Some(mail) = queue::take(&site.services).await.unwrap() {
                attempts += 1;
                queue::put_off(&site.services, &mail, "nobody answers").await.unwrap();
            }
            site.hand.advance(Duration::from_mins(1));
        }

        assert!((6..12).contains(&attempts), "{attempts}");
        let outcome =
            mail::store::find_outcome(&mut site.conn().await, "test:ann@example.org").await.unwrap();
        assert_eq!(outcome.as_deref(), Some("late"));
        assert_eq!(waiting(&site).await, 0);
    })
    .await;
}

#[tokio::test]
async fn where_mail_is_off_nothing_waits_for_it() {
    each_site(async |site| {
        let (ann, bob) = (confirmed(&site, "ann").await, site.person("bob").await);

        assert_eq!(tell(&site, ann, Kind::FollowRequest, bob).await.len(), 1);
        mail::ask_reset(&site.services, "ann").await.unwrap();
        mail::wishes::ask_digests(&site.services).await.unwrap();

        assert_eq!(waiting(&site).await, 0);
    })
    .await;
}

#[tokio::test]
async fn asking_for_a_new_password_is_the_same_for_everybody() {
    each_mailing_site(async |site| {
        site.person("ann").await;

        for login in ["ann", "@Ann", "ann@example.org", "nobody", "nobody@example.org"] {
            mail::ask_reset(&site.services, login).await.unwrap();
        }

        // Two of them are the same.
        assert_eq!(waiting(&site).await, 4);
    })
    .await;
}

#[tokio::test]
async fn what_is_told_in_a_while_is_one_mail_and_only_of_what_one_wants() {
    each_mailing_site(async |site| {
        site.hand.set(at("2026-07-01T10:00:00Z"));
        let (ann, bob, mei) =
            (confirmed(&site, "ann").await, site.person("bob").await, site.person("mei").await);

        tell(&site, ann, Kind::Follow, bob).await;
        assert_eq!(waiting(&site).await, 0, "followers are not told by mail");
        tell(&site, ann, Kind::FollowRequest, bob).await;
        tell(&site, ann, Kind::FollowRequest, mei).await;
        assert_eq!(waiting(&site).await, 1);
        // Bob's address is not known to be his.
        tell(&site, bob, Kind::FollowRequest, ann).await;
        assert_eq!(waiting(&site).await, 1);

        assert!(queue::take(&site.services).await.unwrap().is_none(), "they may see it on the page first");
        site.hand.advance(Duration::from_mins(16));
        let mail = queue::take(&site.services).await.unwrap().unwrap();
        assert_eq!((mail.account_id, mail.about()), (Some(ann), Some(About::News)));
        let mut conn = site.conn().await;
        let told = notifications::letters::to_tell(&site.services, &mut conn, ann).await.unwrap();
        assert_eq!(told.len(), 2);

        let mut tx = site.services.db.begin().await.unwrap();
        let newest = told[0].notification.id;
        notifications::letters::mark_told_in(&site.services, &mut tx, ann, newest).await.unwrap();
        tx.commit().await.unwrap();
        let mut conn = site.conn().await;
        assert!(notifications::letters::to_tell(&site.services, &mut conn, ann).await.unwrap().is_empty());
    })
    .await;
}

#[tokio::test]
async fn whoever_has_seen_it_gets_no_mail_of_it() {
    each_mailing_site(async |site| {
        let (ann, bob) = (confirmed(&site, "ann").await, site.person("bob").await);
        let told = tell(&site, ann, Kind::FollowRequest, bob).await;

        let mut tx = site.services.db.begin().await.unwrap();
        notifications::store::update_read(&mut tx, ann, told[0].id).await.unwrap();
        tx.commit().await.unwrap();

        let mut conn = site.conn().await;
        assert!(notifications::letters::to_tell(&site.services, &mut conn, ann).await.unwrap().is_empty());
    })
    .await;
}

#[tokio::test]
async fn a_digest_is_asked_for_once_at_its_hour() {
    each_mailing_site(async |site| {
        // A Tuesday; the digest is due on Wednesday at eight in Berlin.
        site.hand.set(at("2026-06-30T10:00:00Z"));
        let ann = confirmed(&site, "ann").await;
        mail::wishes::choose(&site.services, ann, choice(DigestRhythm::Weekly)).await.unwrap();

        site.hand.set(at("2026-07-01T05:59:59Z"));
        mail::wishes::ask_digests(&site.services).await.unwrap();
        assert_eq!(waiting(&site).await, 0);
        site.hand.set(at("2026-07-01T06:00:00Z"));
        mail::wishes::ask_digests(&site.services).await.unwrap();
        mail::wishes::ask_digests(&site.services).await.unwrap();
        assert_eq!(waiting(&site).await, 1);
        let mail = queue::take(&site.services).await.unwrap().unwrap();
        assert_eq!(mail.about(), Some(About::Digest { since: at("2026-06-24T06:00:00Z") }));

        // The site was down for three weeks: one digest, of all that time.
        site.hand.set(at("2026-07-24T12:00:00Z"));
        mail::wishes::ask_digests(&site.services).await.unwrap();
        mail::wishes::ask_digests(&site.services).await.unwrap();
        assert_eq!(waiting(&site).await, 2);
        let wishes = mail::wishes::get(&site.services, &mut site.conn().await, ann).await.unwrap();
        assert_eq!(wishes.next_at, Some(at("2026-07-29T06:00:00Z")));
    })
    .await;
}

#[tokio::test]
async fn people_who_chose_nothing_get_what_the_site_has_once_their_address_is_theirs() {
    each_mailing_site(async |site| {
        site.hand.set(at("2026-06-30T10:00:00Z"));
        let (ann, bob) = (confirmed(&site, "ann").await, site.person("bob").await);

        mail::wishes::ask_digests(&site.services).await.unwrap();

        let found = mail::store::list_wishes(&mut site.conn().await, &[ann, bob]).await.unwrap();
        assert_eq!(found.len(), 1);
        assert_eq!((found[0].account_id, found[0].digest.as_str()), (ann, "weekly"));
        assert_eq!(found[0].next_at, Some(at("2026-07-06T08:00:00Z")));
    })
    .await;
}

#[tokio::test]
async fn one_link_ends_mails_of_one_kind() {
    each_mailing_site(async |site| {
        let (ann, bob) = (confirmed(&site, "ann").await, site.person("bob").await);
        let link = mail::unsubscribe::link(&site.services, ann, Stream::News);
        let pass = link.rsplit('/').next().unwrap().to_owned();

        for (person, stream, pass) in
            [(bob, "news", pass.as_str()), (ann, "digest", &pass), (ann, "all", &pass), (ann, "news", "1.x")]
        {
            let refused = mail::unsubscribe::unsubscribe(&site.services, person, stream, pass).await;
            assert!(refused.is_err(), "{person} {stream} {pass}");
        }
        for _ in 0..2 {
            mail::unsubscribe::unsubscribe(&site.services, ann, "news", &pass).await.unwrap();
        }

        tell(&site, ann, Kind::FollowRequest, bob).await;
        assert_eq!(waiting(&site).await, 0);
        let wishes = mail::wishes::get(&site.services, &mut site.conn().await, ann).await.unwrap();
        assert_eq!((wishes.news_off, wishes.digest.as_str()), (true, "weekly"));
    })
    .await;
}

#[tokio::test]
async fn a_digest_tells_what_was_missed_in_the_order_of_time() {
    each_mailing_site(async |site| {
        let (ann, bob, mei) =
            (confirmed(&site, "ann").await, site.person("bob").await, site.person("mei").await);
        site.follows(ann, bob).await;
        site.follows(ann, mei).await;
        let since = site.services.clock.now();
        let mut conn = site.conn().await;
        let empty = notifications::digest::gather(&site.services, &mut conn, ann, since).await.unwrap();
        assert!(empty.is_empty());
        drop(conn);

        site.hand.advance(HOUR);
        for text in ["one", "two", "three"] {
            site.posts(bob, text).await;
        }
        let last = site.posts(mei, "four").await;
        site.posts(ann, "my own").await;
        tell(&site, ann, Kind::FollowRequest, bob).await;

        let mut conn = site.conn().await;
        let digest = notifications::digest::gather(&site.services, &mut conn, ann, since).await.unwrap();
        let authors: Vec<AccountId> = digest.posts.iter().map(|post| post.account.id).collect();
        assert_eq!(authors, [mei, bob, bob], "two of one person, the newest first");
        assert_eq!((digest.more_posts, digest.news.len(), digest.more_news), (1, 1, 0));
        drop(conn);

        // What was read is no news.
        notifications::markers::mark(
            &site.services,
            ann,
            &[
                (notifications::markers::Timeline::Home, last.0),
                (notifications::markers::Timeline::Notifications, i64::MAX),
            ],
        )
        .await
        .unwrap();
        let mut conn = site.conn().await;
        let digest = notifications::digest::gather(&site.services, &mut conn, ann, since).await.unwrap();
        assert!(digest.is_empty());
    })
    .await;
}

#[tokio::test]
async fn nobody_is_told_what_they_do_not_want_to_hear() {
    each_site(async |site| {
        let (ann, bob) = (site.person("ann").await, site.person("bob").await);
        let off = Ways { page: false, push: true, mail: true };
        wishes::choose(&site.services, ann, &[(Kind::Follow, off)]).await.unwrap();

        assert!(tell(&site, ann, Kind::Follow, bob).await.is_empty());
        assert_eq!(tell(&site, ann, Kind::FollowRequest, bob).await.len(), 1);

        assert_eq!(listed(&site, ann).await, [Kind::FollowRequest]);
        let all = wishes::get(&mut site.conn().await, ann).await.unwrap();
        let follow = all.iter().find(|(kind, _)| *kind == Kind::Follow).unwrap().1;
        assert_eq!(follow, Ways { page: false, push: false, mail: false });
        let refused = wishes::choose(&site.services, ann, &[(Kind::AdminReport, off)]).await;
        assert!(refused.is_err(), "moderators hear of reports");
    })
    .await;
}

#[tokio::test]
async fn what_a_policy_filters_waits_until_somebody_decides() {
    each_site(async |site| {
        let (ann, bob, far) =
            (site.person("ann").await, site.person("bob").await, site.colleague("far").await);
        let strict = Policy { not_following: Verdict::Filter, ..Policy::usual(ann) };
        policy::decide(&site.services, strict).await.unwrap();
        site.follows(ann, bob).await;

        assert_eq!(tell(&site, ann, Kind::Follow, bob).await.len(), 1);
        assert!(tell(&site, ann, Kind::Follow, far).await.is_empty());
        assert_eq!(listed(&site, ann).await, [Kind::Follow]);
        let mut conn = site.conn().await;
        let requests = policy::list_requests(&mut conn, ann, 10).await.unwrap();
        assert_eq!((requests.len(), requests[0].account.id, requests[0].count), (1, far, 1));
        assert_eq!(notifications::store::count_unread(&mut conn, ann, 100).await.unwrap(), 1);
        drop(conn);

        policy::accept(&site.services, ann, &[far]).await.unwrap();
        assert_eq!(listed(&site, ann).await.len(), 2);
        assert_eq!(tell(&site, ann, Kind::FollowRequest, far).await.len(), 1, "taken from now on");
        assert!(policy::get_request(&mut site.conn().await, ann, far).await.is_err());
    })
    .await;
}

#[tokio::test]
async fn what_is_dismissed_is_gone_and_what_is_dropped_never_was() {
    each_site(async |site| {
        let (ann, bob) = (site.person("ann").await, site.person("bob").await);
        let filter = Policy { not_following: Verdict::Filter, ..Policy::usual(ann) };
        policy::decide(&site.services, filter).await.unwrap();
        tell(&site, ann, Kind::Follow, bob).await;
        policy::dismiss(&site.services, ann, &[bob]).await.unwrap();
        assert_eq!(
            notifications::store::policies::count_requests(&mut site.conn().await, ann).await.unwrap(),
            (0, 0)
        );

        let drop_them = Policy { not_following: Verdict::Drop, ..filter };
        policy::decide(&site.services, drop_them).await.unwrap();
        assert!(tell(&site, ann, Kind::FollowRequest, bob).await.is_empty());
        assert_eq!(
            notifications::store::policies::count_requests(&mut site.conn().await, ann).await.unwrap(),
            (0, 0)
        );
    })
    .await;
}

#[tokio::test]
async fn only_unasked_private_posts_are_held_back() {
    each_site(async |site| {
        let (ann, bob) = (site.person("ann").await, site.person("bob").await);
        let policy = Policy { private_mentions: Verdict::Filter, ..Policy::usual(ann) };
        policy::decide(&site.services, policy).await.unwrap();
        let private = site.posts_to(Visibility::Direct, bob, "@ann psst").await;
        let open = site.posts(bob, "@ann hello").await;

        let of =
            |status| Message { to: ann, kind: Kind::Mention, from: bob, status: Some(status), report: None };

        assert!(tell_of(&site, of(private)).await.is_empty());
        assert_eq!(tell_of(&site, of(open)).await.len(), 1);
    })
    .await;
}

#[tokio::test]
async fn an_address_is_confirmed_by_the_link_that_was_sent_there_and_by_no_other() {
    each_mailing_site(async |site| {
        let ann = site.person("ann").await;
        let first = auth::confirm::make_link(&site.services, ann).await.unwrap();
        let second = auth::confirm::make_link(&site.services, ann).await.unwrap();
        let code = |url: &str| url.rsplit('/').next().unwrap().to_owned();

        assert!(auth::confirm::confirm(&site.services, &code(&first.url)).await.is_err(), "an earlier one");
        assert!(!auth::confirm::is_confirmed(&mut site.conn().await, ann).await.unwrap());
        assert_eq!(auth::confirm::confirm(&site.services, &code(&second.url)).await.unwrap(), ann);
        assert!(auth::confirm::is_confirmed(&mut site.conn().await, ann).await.unwrap());
        assert!(auth::confirm::confirm(&site.services, &code(&second.url)).await.is_err(), "once");

        let reset = auth::link::reset_by_mail(&site.services, ann).await.unwrap();
        assert!(auth::confirm::confirm(&site.services, &code(&reset.url)).await.is_err(), "another purpose");
    })
    .await;
}
