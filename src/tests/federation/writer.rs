//! Many activities in one transaction: what is refused takes nobody with it and costs nobody anything.

use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};

use async_trait::async_trait;
use breezeway::base::id::{AccountId, StatusId};
use breezeway::base::{Error, Result};
use breezeway::domain::{accounts, statuses};
use breezeway::federation::inbox::{Change, Outcome, Writer, run_writer};
use breezeway::platform::db::{Counted, Tx};
use breezeway::platform::services::Services;
use breezeway::testing::{Rooms, each_site};

/// As many as wait at once under load.
const BATCH: u32 = 64;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Fate {
    Taken,
    /// Refused before a row was changed; something was gathered already.
    Refused,
    /// Refused after a row was changed.
    RefusedLate,
    /// The database did not take it.
    Failed,
}

/// Counts a post of the account, leaves a tombstone by its name, and notes the commit.
#[derive(Clone)]
struct Trace {
    name: String,
    fate: Fate,
    account: AccountId,
    committed: Arc<AtomicU32>,
    takes_back: Option<String>,
}

#[async_trait]
impl Change for Trace {
    async fn apply(&self, services: &Services, tx: &mut Tx) -> Result<Outcome> {
        accounts::store::update_statuses_count(tx, self.account, 1, None);
        let committed = Arc::clone(&self.committed);
        tx.after_commit(move || {
            committed.fetch_add(1, Ordering::SeqCst);
        });
        if self.fate == Fate::Refused {
            return Err(Error::forbidden("not like that"));
        }
        statuses::store::insert_tombstone(tx, &self.name, None, services.clock.now()).await?;
        match self.fate {
            Fate::RefusedLate => Err(Error::forbidden("not like that either")),
            // No such home, no such post: the engine refuses the row.
            Fate::Failed => {
                let row = statuses::store::insert_home_entry(tx, AccountId(0), StatusId(0)).await;
                row.map(|()| Outcome::Done)
            }
            _ => Ok(Outcome::Done),
        }
    }

    fn taken_back(&self) -> Option<&str> {
        self.takes_back.as_deref()
    }
}

/// Hands changes over together, each with the id of its activity; answers what became of each, and what it cost.
pub async fn write_together(
    services: &Services,
    changes: Vec<(String, Box<dyn Change>)>,
) -> (Vec<Result<Outcome>>, Counted) {
    let (writer, waiting) = Writer::channel();
    let before = services.db.counted();
    let writer_of_them = &writer;
    let waits =
        changes.into_iter().map(|(id, change)| async move { writer_of_them.write(&id, change).await });
    // On one thread, all of them are handed over before the writer begins.
    let task = tokio::spawn(run_writer(services.clone(), waiting));
    let outcomes = futures::future::join_all(waits).await;
    drop(writer);
    task.await.unwrap();
    let after = services.db.counted();
    let (commits, statements) = (after.commits - before.commits, after.statements - before.statements);
    (outcomes, Counted { commits, statements })
}

/// A site whose inbox is asked to take many at once.
struct Scene {
    rooms: Rooms,
    account: AccountId,
    committed: Arc<AtomicU32>,
}

impl Scene {
    async fn of(rooms: Rooms) -> Self {
        let account = rooms.colleague("bob").await;
        Self { rooms, account, committed: Arc::default() }
    }

    fn trace(&self, name: impl Into<String>, fate: Fate) -> Trace {
        let (account, committed) = (self.account, Arc::clone(&self.committed));
        Trace { name: name.into(), fate, account, committed, takes_back: None }
    }

    /// Sixty-four of which the tenth has this fate.
    fn batch(&self, fate: Fate) -> Vec<Trace> {
        (0..BATCH)
            .map(|number| {
                let fate = if number == 10 { fate } else { Fate::Taken };
                self.trace(format!("https://sales.example.org/{number}"), fate)
            })
            .collect()
    }

    /// Hands them over together; answers what became of each, and how many commits that took.
    async fn write(&self, traces: Vec<Trace>) -> (Vec<Result<Outcome>>, u64) {
        let named = traces.into_iter().map(|trace| (trace.name.clone(), Box::new(trace) as Box<dyn Change>));
        let (outcomes, counted) = write_together(&self.rooms.services, named.collect()).await;
        (outcomes, counted.commits)
    }

    async fn is_written(&self, name: &str) -> bool {
        statuses::store::find_tombstone(&mut self.rooms.conn().await, name).await.unwrap().is_some()
    }

    /// How many left what was gathered, and how many what follows the commit.
    async fn counted(&self) -> (i64, u32) {
        let account = accounts::store::get(&mut self.rooms.conn().await, self.account).await.unwrap();
        (account.statuses_count, self.committed.load(Ordering::SeqCst))
    }
}

async fn one_of_many_takes_nobody_with_it(rooms: Rooms, fate: Fate) {
    let scene = Scene::of(rooms).await;

    let (outcomes, commits) = scene.write(scene.batch(fate)).await;

    assert_eq!(commits, 1, "{fate:?}: one transaction for all of them");
    for (number, outcome) in outcomes.iter().enumerate() {
        let name = format!("https://sales.example.org/{number}");
        assert_eq!(outcome.is_ok(), number != 10, "{fate:?}: {name}: {outcome:?}");
        assert_eq!(scene.is_written(&name).await, number != 10, "{fate:?}: {name}");
    }
    assert_eq!(scene.counted().await, (63, 63), "{fate:?}: nothing is left of the one");
}

#[tokio::test]
async fn a_refusal_within_a_batch_costs_no_further_transaction() {
    each_site(async |rooms| one_of_many_takes_nobody_with_it(rooms, Fate::Refused).await).await;
}

#[tokio::test]
async fn a_refusal_after_a_change_is_taken_back_alone() {
    each_site(async |rooms| one_of_many_takes_nobody_with_it(rooms, Fate::RefusedLate).await).await;
}

#[tokio::test]
async fn a_failure_of_the_database_is_taken_back_alone() {
    each_site(async |rooms| one_of_many_takes_nobody_with_it(rooms, Fate::Failed).await).await;
}

#[tokio::test]
async fn what_was_refused_is_refused_again_and_not_taken_for_known() {
    each_site(async |rooms| {
        let scene = Scene::of(rooms).await;
        let refused = || scene.trace("https://sales.example.org/a", Fate::Refused);
        let other = scene.trace("https://sales.example.org/b", Fate::Taken);

        let (together, _) = scene.write(vec![refused(), other, refused()]).await;
        let (later, _) = scene.write(vec![refused()]).await;
        let (allowed, _) = scene.write(vec![scene.trace("https://sales.example.org/a", Fate::Taken)]).await;

        assert!(matches!(together[0], Err(Error::Forbidden { .. })), "{together:?}");
        assert!(matches!(together[1], Ok(Outcome::Done)), "{together:?}");
        assert!(matches!(together[2], Err(Error::Forbidden { .. })), "{together:?}");
        assert!(matches!(later[0], Err(Error::Forbidden { .. })), "{later:?}");
        assert!(matches!(allowed[0], Ok(Outcome::Done)), "{allowed:?}");
    })
    .await;
}

#[tokio::test]
async fn who_may_not_take_back_does_not_keep_it_from_coming() {
    each_site(async |rooms| {
        let scene = Scene::of(rooms).await;
        let like = || scene.trace("https://sales.example.org/like", Fate::Taken);
        let undo = |fate| {
            let takes_back = Some("https://sales.example.org/like".to_owned());
            Trace { takes_back, ..scene.trace(format!("https://sales.example.org/undo-{fate:?}"), fate) }
        };

        let (refused, _) = scene.write(vec![undo(Fate::Refused), undo(Fate::RefusedLate)]).await;
        let (came, _) = scene.write(vec![like()]).await;

        assert!(refused.iter().all(Result::is_err), "{refused:?}");
        assert!(matches!(came[0], Ok(Outcome::Done)), "{came:?}");
    })
    .await;
}

#[tokio::test]
async fn what_was_taken_back_before_it_came_stays_away() {
    each_site(async |rooms| {
        let scene = Scene::of(rooms).await;
        let like = scene.trace("https://sales.example.org/like", Fate::Taken);
        let undo = Trace {
            takes_back: Some(like.name.clone()),
            ..scene.trace("https://sales.example.org/undo", Fate::Taken)
        };
        let refused = Trace {
            takes_back: Some(like.name.clone()),
            ..scene.trace("https://sales.example.org/no-undo", Fate::Refused)
        };

        let (outcomes, _) = scene.write(vec![refused, undo, like]).await;

        assert!(outcomes[0].is_err(), "{outcomes:?}");
        assert!(matches!(outcomes[1], Ok(Outcome::Done)), "{outcomes:?}");
        assert!(matches!(outcomes[2], Ok(Outcome::Known)), "{outcomes:?}");
    })
    .await;
}
