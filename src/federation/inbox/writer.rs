//! Writing what came in: whatever waits goes into one transaction, and everybody is answered after its commit.

use std::collections::HashSet;

use async_trait::async_trait;
use tokio::sync::{mpsc, oneshot};
use tracing::debug;

use crate::base::{Error, Result};
use crate::federation::delivery::store::{insert_received, list_received};
use crate::federation::signer::PASSED_ON;
use crate::platform::db::Tx;
use crate::platform::services::Services;

/// How many changes one transaction takes.
const BATCH: usize = 256;

/// What became of an activity.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// It changed something, or said again what was so.
    Done,
    /// Its id was taken in before.
    Known,
    /// It concerns nobody here, as the text says.
    Ignored(&'static str),
}

/// A change with everything read that must be read elsewhere. May be applied again after a failed transaction.
#[async_trait]
pub trait Change: Send + Sync {
    /// Writes it.
    async fn apply(&self, services: &Services, tx: &mut Tx) -> Result<Outcome>;

    /// The id of an activity that must not be taken in any more after this change, should it come later.
    fn taken_back(&self) -> Option<&str> {
        None
    }
}

/// Hands changes to the one task that writes them.
#[derive(Clone, Debug)]
pub struct Writer(mpsc::Sender<Work>);

/// A change that waits for the writer.
pub struct Work {
    activity: String,
    change: Box<dyn Change>,
    done: oneshot::Sender<Result<Outcome>>,
}

impl Writer {
    /// The two ends: one for the inbox, one for [`run`].
    pub fn channel() -> (Self, mpsc::Receiver<Work>) {
        let (sender, receiver) = mpsc::channel(4 * BATCH);
        (Self(sender), receiver)
    }

    /// Resolves when the change is committed or refused.
    ///
    /// # Errors
    /// As the change; [`Error::Internal`] while the site stops.
    pub async fn write(&self, activity: &str, change: Box<dyn Change>) -> Result<Outcome> {
        let (done, outcome) = oneshot::channel();
        let work = Work { activity: activity.to_owned(), change, done };
        self.0.send(work).await.map_err(|_| Error::internal("the site is stopping"))?;
        outcome.await.map_err(|_| Error::internal("the site is stopping"))?
    }
}

/// Writes until no inbox is left.
pub async fn run(services: Services, mut waiting: mpsc::Receiver<Work>) {
    let mut batch = Vec::with_capacity(BATCH);
    while waiting.recv_many(&mut batch, BATCH).await > 0 {
        match together(&services, &batch).await {
            Ok(outcomes) => {
                for (work, outcome) in batch.drain(..).zip(outcomes) {
                    let _ = work.done.send(Ok(outcome));
                }
            }
            // One of them is refused or failed: each by itself, so that it takes nobody with it.
            Err(problem) => {
                debug!("A batch of {} is written one by one: {}", batch.len(), problem.chain());
                for work in batch.drain(..) {
                    let outcome = alone(&services, &work).await;
                    let _ = work.done.send(outcome);
                }
            }
        }
    }
}

async fn together(services: &Services, batch: &[Work]) -> Result<Vec<Outcome>> {
    let now = services.clock.now();
    let mut tx = services.db.begin().await?;
    tx.keep_order().await?;
    let taken_back = batch.iter().filter_map(|work| work.change.taken_back());
    let uris: Vec<&str> = batch.iter().map(|work| work.activity.as_str()).chain(taken_back).collect();
    let mut fresh = insert_received(&mut tx, &uris, now).await?;
    // What its author's site sent itself is not taken in again for being passed on, with old words or figures.
    let passed_on: Vec<&str> =
        batch.iter().filter_map(|work| work.activity.strip_suffix(PASSED_ON)).collect();
    let sent = if passed_on.is_empty() { HashSet::new() } else { list_received(&mut tx, &passed_on).await? };
    let mut outcomes = Vec::with_capacity(batch.len());
    for work in batch {
        // Taken out, so that a repeat within the batch is one too.
        let was_sent = work.activity.strip_suffix(PASSED_ON).is_some_and(|id| sent.contains(id));
        outcomes.push(if fresh.remove(&work.activity) && !was_sent {
            work.change.apply(services, &mut tx).await?
        } else {
            Outcome::Known
        });
        if let Some(id) = work.change.taken_back() {
            fresh.remove(id);
        }
    }
    tx.commit().await?;
    Ok(outcomes)
}

async fn alone(services: &Services, work: &Work) -> Result<Outcome> {
    let outcomes = together(services, std::slice::from_ref(work)).await?;
    outcomes.into_iter().next().ok_or_else(|| Error::internal("a change without an outcome"))
}
