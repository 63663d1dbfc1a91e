//! Planned posts: posted once, at their time, whatever happens meanwhile.

use std::time::Duration;

use breezeway::base::id::{AccountId, MediaId, ScheduledId};
use breezeway::base::{Error, Millis, Result};
use breezeway::domain::media;
use breezeway::domain::statuses::drafts::{self, Form, Keep};
use breezeway::domain::statuses::scheduled::{self, Plan, Planned};
use breezeway::domain::statuses::{self, Draft, NewPoll, Visibility, Words};
use breezeway::testing::{Rooms, each_site};
use breezeway::{args, sql};

use super::drafts::{is_there, upload};

const HOUR: Duration = Duration::from_hours(1);

fn at(site: &Rooms, from_now: Duration) -> Millis {
    site.services.clock.now() + from_now
}

pub async fn plans(site: &Rooms, person: AccountId, text: &str, from_now: Duration) -> Result<ScheduledId> {
    let draft = Draft { text: text.to_owned(), ..Draft::default() };
    plans_with(site, person, draft, from_now).await
}

async fn plans_with(
    site: &Rooms,
    person: AccountId,
    draft: Draft,
    from_now: Duration,
) -> Result<ScheduledId> {
    let plan = Plan { draft, run_at: at(site, from_now), form: None };
    scheduled::plan(&site.services, person, plan).await
}

pub async fn planned(site: &Rooms, person: AccountId) -> Vec<Planned> {
    scheduled::list(&mut site.conn().await, person).await.unwrap()
}

/// What stands in the person's home, newest first.
async fn posted(site: &Rooms, person: AccountId) -> Vec<String> {
    let mut texts = Vec::new();
    for id in site.home(person).await {
        texts.push(site.status(id).await.unwrap().source);
    }
    texts
}

#[tokio::test]
async fn a_planned_post_is_posted_when_its_time_has_come() {
    each_site(async |site| {
        let ann = site.person("ann").await;
        plans(&site, ann, "later", HOUR).await.unwrap();
        plans(&site, ann, "soon", HOUR / 2).await.unwrap();
        assert!(site.events().await.is_empty(), "planning tells nobody");

        scheduled::run_due(&site.services).await.unwrap();
        assert!(posted(&site, ann).await.is_empty());
        site.hand.advance(HOUR / 2);
        scheduled::run_due(&site.services).await.unwrap();

        assert_eq!(posted(&site, ann).await, ["soon"]);
        let left: Vec<_> = planned(&site, ann).await.into_iter().map(|plan| plan.words.text).collect();
        assert_eq!(left, ["later"]);
        let id = site.home(ann).await[0];
        assert_eq!(site.status(id).await.unwrap().created_at, site.services.clock.now());
    })
    .await;
}

#[tokio::test]
async fn a_crash_at_any_moment_posts_once() {
    each_site(async |site| {
        let ann = site.person("ann").await;
        let id = plans(&site, ann, "once", HOUR).await.unwrap();
        site.hand.advance(HOUR);
        let now = site.services.clock.now();

        // The program dies after the post was written and before the commit.
        let mut tx = site.services.db.begin().await.unwrap();
        let written = scheduled::run_in(&site.services, &mut tx, id, Some(now)).await.unwrap();
        assert!(written.is_some());
        drop(tx);
        assert!(posted(&site, ann).await.is_empty());
        assert_eq!(planned(&site, ann).await.len(), 1);

        // It dies right after the commit, and runs again.
        for _ in 0..3 {
            scheduled::run_due(&site.services).await.unwrap();
            let mut tx = site.services.db.begin().await.unwrap();
            scheduled::run_in(&site.services, &mut tx, id, Some(now)).await.unwrap();
            tx.commit().await.unwrap();
        }
        assert_eq!(posted(&site, ann).await, ["once"]);
    })
    .await;
}

#[tokio::test]
async fn several_workers_post_once() {
    each_site(async |site| {
        let ann = site.person("ann").await;
        for number in 0..10 {
            plans(&site, ann, &number.to_string(), HOUR).await.unwrap();
        }
        site.hand.advance(HOUR);

        let workers = (0..4).map(|_| {
            let services = site.services.clone();
            tokio::spawn(async move { scheduled::run_due(&services).await })
        });
        for worker in workers.collect::<Vec<_>>() {
            worker.await.unwrap().unwrap();
        }

        assert_eq!(posted(&site, ann).await.len(), 10);
        assert!(planned(&site, ann).await.is_empty());
    })
    .await;
}

#[tokio::test]
async fn what_could_not_be_posted_is_refused_when_it_is_planned() {
    each_site(async |site| {
        let (ann, bob) = (site.person("ann").await, site.person("bob").await);
        let hidden = site.posts_to(Visibility::Direct, bob, "for myself").await;
        site.events().await;
        let text = || "words".to_owned();
        let poll = NewPoll { options: vec!["one".to_owned()], expires_in: HOUR, ..NewPoll::default() };

        for wrong in [
            Draft::default(),
            Draft { text: text(), in_reply_to: Some(hidden), ..Draft::default() },
            Draft { text: text(), media: vec![upload(&site, bob).await], ..Draft::default() },
            Draft { text: text(), poll: Some(poll), ..Draft::default() },
        ] {
            assert!(plans_with(&site, ann, wrong.clone(), HOUR).await.is_err(), "{wrong:?}");
        }
        for wrong in [Duration::ZERO, Duration::from_secs(299), Duration::from_hours(24 * 366 * 10)] {
            let refused = plans(&site, ann, "words", wrong).await;
            assert!(matches!(refused, Err(Error::Invalid { field: "scheduled_at", .. })), "{wrong:?}");
        }

        assert!(planned(&site, ann).await.is_empty());
        assert!(posted(&site, ann).await.is_empty(), "nothing is left of the trial");
        assert!(site.events().await.is_empty());
        assert_eq!(site.account_of(ann).await.statuses_count, 0);
    })
    .await;
}

#[tokio::test]
async fn a_plan_is_changed_and_cancelled_by_its_author_only() {
    each_site(async |site| {
        let (ann, bob) = (site.person("ann").await, site.person("bob").await);
        let id = plans(&site, ann, "at one", HOUR).await.unwrap();
        let two = at(&site, 2 * HOUR);

        for refused in [
            scheduled::change(&site.services, bob, id, Some(two), None).await,
            scheduled::cancel(&site.services, bob, id).await,
            scheduled::run_now(&site.services, bob, id).await.map(|_| ()),
            scheduled::lay_aside(&site.services, bob, id).await.map(|_| ()),
        ] {
            assert!(matches!(refused, Err(Error::NotFound { .. })));
        }
        let soon = scheduled::change(&site.services, ann, id, Some(at(&site, Duration::ZERO)), None).await;
        assert!(matches!(soon, Err(Error::Invalid { field: "scheduled_at", .. })));
        let draft = Draft { text: "at two".to_owned(), ..Draft::default() };
        scheduled::change(&site.services, ann, id, Some(two), Some(draft)).await.unwrap();

        site.hand.advance(HOUR);
        scheduled::run_due(&site.services).await.unwrap();
        assert!(posted(&site, ann).await.is_empty());
        site.hand.advance(HOUR);
        scheduled::run_due(&site.services).await.unwrap();
        assert_eq!(posted(&site, ann).await, ["at two"]);

        let other = plans(&site, ann, "never", HOUR).await.unwrap();
        scheduled::cancel(&site.services, ann, other).await.unwrap();
        let gone = scheduled::cancel(&site.services, ann, other).await;
        assert!(matches!(gone, Err(Error::NotFound { .. })));
        site.hand.advance(HOUR);
        scheduled::run_due(&site.services).await.unwrap();
        assert_eq!(posted(&site, ann).await, ["at two"]);
    })
    .await;
}

#[tokio::test]
async fn a_plan_becomes_a_draft_or_a_post_at_once() {
    each_site(async |site| {
        let ann = site.person("ann").await;
        let (one, two) =
            (plans(&site, ann, "one", HOUR).await.unwrap(), plans(&site, ann, "two", HOUR).await.unwrap());

        let draft = scheduled::lay_aside(&site.services, ann, one).await.unwrap();
        scheduled::run_now(&site.services, ann, two).await.unwrap();

        let draft = drafts::get(&mut site.conn().await, ann, draft).await.unwrap();
        assert_eq!(draft.words.text, "one");
        assert_eq!(posted(&site, ann).await, ["two"]);
        assert!(planned(&site, ann).await.is_empty());
        let again = scheduled::run_now(&site.services, ann, two).await;
        assert!(matches!(again, Err(Error::NotFound { .. })));
    })
    .await;
}

#[tokio::test]
async fn the_same_request_again_is_the_same_plan_and_the_draft_goes() {
    each_site(async |site| {
        let ann = site.person("ann").await;
        let form = Form { key: "one".to_owned(), draft: None };
        let words = Words { text: "later".to_owned(), ..Words::default() };
        drafts::keep(&site.services, ann, Keep { form: form.clone(), words: words.clone() }).await.unwrap();
        let plan = Plan {
            draft: Draft { idempotency_key: form.mark(), ..words.clone().into_draft() },
            run_at: at(&site, HOUR),
            form: Some(form.clone()),
        };

        let first = scheduled::plan(&site.services, ann, plan.clone()).await.unwrap();
        let second = scheduled::plan(&site.services, ann, plan).await.unwrap();

        assert_eq!(first, second);
        let late = drafts::keep(&site.services, ann, Keep { form, words }).await.unwrap();
        assert_eq!(late, drafts::Kept::Used);
        assert!(drafts::list(&mut site.conn().await, ann).await.unwrap().is_empty());
    })
    .await;
}

#[tokio::test]
async fn what_cannot_be_posted_any_more_is_kept_with_the_reason() {
    each_site(async |site| {
        let (ann, bob) = (site.person("ann").await, site.person("bob").await);
        let post = site.posts(bob, "who has the key").await;
        let answer = Draft { text: "I".to_owned(), in_reply_to: Some(post), ..Draft::default() };
        let id = plans_with(&site, ann, answer, HOUR).await.unwrap();
        statuses::delete(&site.services, bob, post).await.unwrap();
        site.hand.advance(HOUR);

        for _ in 0..2 {
            scheduled::run_due(&site.services).await.unwrap();
        }

        let kept = planned(&site, ann).await;
        assert_eq!(kept[0].problem.as_deref(), Some("status not found"));
        assert_eq!(kept[0].words.text, "I");
        let draft = Draft { text: "I have it".to_owned(), ..Draft::default() };
        scheduled::change(&site.services, ann, id, Some(at(&site, HOUR)), Some(draft)).await.unwrap();
        assert_eq!(planned(&site, ann).await[0].problem, None);
        site.hand.advance(HOUR);
        scheduled::run_due(&site.services).await.unwrap();
        assert_eq!(posted(&site, ann).await, ["I have it"]);
    })
    .await;
}

#[tokio::test]
async fn nobody_posts_who_may_not_sign_in_any_more() {
    each_site(async |site| {
        let (ann, bob) = (site.person("ann").await, site.person("bob").await);
        plans(&site, ann, "from ann", HOUR).await.unwrap();
        plans(&site, bob, "from bob", HOUR).await.unwrap();
        let mut tx = site.services.db.begin().await.unwrap();
        let now = site.services.clock.now();
        let disable = sql!("UPDATE users SET disabled_at = $2 WHERE account_id = $1");
        tx.execute(disable, args![ann, now]).await.unwrap();
        let suspend = sql!("UPDATE accounts SET suspended_at = $2 WHERE id = $1");
        tx.execute(suspend, args![bob, now]).await.unwrap();
        tx.commit().await.unwrap();

        site.hand.advance(HOUR);
        scheduled::run_due(&site.services).await.unwrap();

        for person in [ann, bob] {
            assert_eq!(site.account_of(person).await.statuses_count, 0);
            assert!(planned(&site, person).await[0].problem.is_some());
        }
    })
    .await;
}

#[tokio::test]
async fn pictures_of_a_plan_wait_and_hang_on_its_post() {
    each_site(async |site| {
        let ann = site.person("ann").await;
        let picture = upload(&site, ann).await;
        let draft = Draft { media: vec![picture], ..Draft::default() };
        plans_with(&site, ann, draft, 48 * HOUR).await.unwrap();

        site.hand.advance(30 * HOUR);
        media::sweep::sweep(&site.services).await.unwrap();
        assert!(is_there(&site, picture).await);
        site.hand.advance(18 * HOUR);
        scheduled::run_due(&site.services).await.unwrap();

        let post = site.home(ann).await[0];
        let hangs = media::store::list_of_statuses(&mut site.conn().await, &[post]).await.unwrap();
        assert_eq!(hangs.iter().map(|media| media.id).collect::<Vec<MediaId>>(), [picture]);
    })
    .await;
}

#[tokio::test]
async fn a_day_has_room_for_twenty_five() {
    each_site(async |site| {
        let ann = site.person("ann").await;
        // 2026-01-02 03:04 UTC: the whole hour stands in one day.
        for _ in 0..scheduled::MOST_A_DAY {
            plans(&site, ann, "again", HOUR).await.unwrap();
        }

        let refused = plans(&site, ann, "one more", HOUR).await;
        assert!(matches!(refused, Err(Error::Invalid { field: "scheduled_at", .. })));
        let tomorrow = plans(&site, ann, "tomorrow", 24 * HOUR).await.unwrap();
        let refused = scheduled::change(&site.services, ann, tomorrow, Some(at(&site, HOUR)), None).await;
        assert!(matches!(refused, Err(Error::Invalid { field: "scheduled_at", .. })));
        let first = planned(&site, ann).await[0].id;
        scheduled::change(&site.services, ann, first, Some(at(&site, 2 * HOUR)), None).await.unwrap();
    })
    .await;
}
