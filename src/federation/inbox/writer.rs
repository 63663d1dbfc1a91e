//! Writing what came in: whatever waits goes into one transaction, and everybody is answered after its commit.

use std::collections::HashSet;

use async_trait::async_trait;
use tokio::sync::{mpsc, oneshot};
use tracing::debug;

use super::ahead::{self, Asks};
use crate::base::{Error, Result};
use crate::federation::delivery::store::{delete_received_of, insert_received, list_received};
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

    /// What it will ask of the database, to be read for a whole batch at once. None for what may change something
    /// that others ask about: after it nothing is known ahead.
    fn asks(&self) -> Option<Asks> {
        None
    }

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

/// How a batch is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Manner {
    /// What is refused has written nothing, or the whole batch is given up.
    Plain,
    /// Each activity can be rolled back alone, for two statements more.
    Apart,
}

/// Writes until no inbox is left.
pub async fn run(services: Services, mut waiting: mpsc::Receiver<Work>) {
    let mut batch = Vec::with_capacity(BATCH);
    while waiting.recv_many(&mut batch, BATCH).await > 0 {
        let outcomes = match together(&services, &batch, Manner::Plain).await {
            Ok(outcomes) => Ok(outcomes),
            Err(problem) => {
                debug!("A batch of {} is written again: {}", batch.len(), problem.chain());
                together(&services, &batch, Manner::Apart).await
            }
        };
        match outcomes {
            Ok(outcomes) => {
                for (work, outcome) in batch.drain(..).zip(outcomes) {
                    let _ = work.done.send(outcome);
                }
            }
            // What was gathered, or the commit, failed: each by itself, so that none takes others with it.
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

/// Applies them in one transaction; a refusal is an outcome like others.
async fn together(services: &Services, batch: &[Work], manner: Manner) -> Result<Vec<Result<Outcome>>> {
    let now = services.clock.now();
    let mut tx = services.db.begin().await?;
    tx.keep_order().await?;
    let taken_back = batch.iter().filter_map(|work| work.change.taken_back());
    let uris: Vec<&str> = batch.iter().map(|work| work.activity.as_str()).chain(taken_back).collect();
    let inserted = insert_received(&mut tx, &uris, now).await?;
    let mut fresh: HashSet<&str> = inserted.iter().map(String::as_str).collect();
    // What its author's site sent itself is not taken in again for being passed on, with old words or figures.
    let passed_on: Vec<&str> =
        batch.iter().filter_map(|work| work.activity.strip_suffix(PASSED_ON)).collect();
    let sent = if passed_on.is_empty() { HashSet::new() } else { list_received(&mut tx, &passed_on).await? };
    ahead::look(&mut tx, batch.iter().map(|work| work.change.as_ref())).await?;
    let mut outcomes = Vec::with_capacity(batch.len());
    for work in batch {
        // Taken out, so that a repeat within the batch is one too.
        let was_sent = work.activity.strip_suffix(PASSED_ON).is_some_and(|id| sent.contains(id));
        let known = !fresh.remove(work.activity.as_str());
        let outcome = if known || was_sent {
            Ok(Outcome::Known)
        } else {
            apply(services, &mut tx, work, manner).await?
        };
        if outcome.is_err() {
            fresh.insert(&work.activity);
        } else if let Some(id) = work.change.taken_back() {
            fresh.remove(id);
        }
        if work.change.asks().is_none() {
            tx.forget();
        }
        outcomes.push(outcome);
    }
    // What is fresh still was refused: it is not taken in, and nor is what it wanted to take back.
    if !fresh.is_empty() {
        delete_received_of(&mut tx, fresh.into_iter().map(str::to_owned).collect()).await?;
    }
    tx.commit().await?;
    Ok(outcomes)
}

/// What becomes of one of them; an error means that the transaction is spoilt.
async fn apply(services: &Services, tx: &mut Tx, work: &Work, manner: Manner) -> Result<Result<Outcome>> {
    let mark = tx.mark();
    if manner == Manner::Plain {
        return match work.change.apply(services, tx).await {
            Err(refusal) if refusal.is_refusal() && tx.forget_since(&mark) => Ok(Err(refusal)),
            outcome => outcome.map(Ok),
        };
    }
    tx.begin_part().await?;
    let outcome = work.change.apply(services, tx).await;
    match &outcome {
        Ok(_) => tx.keep_part().await?,
        Err(_) => tx.roll_part_back(&mark).await?,
    }
    Ok(outcome)
}

async fn alone(services: &Services, work: &Work) -> Result<Outcome> {
    let outcomes = together(services, std::slice::from_ref(work), Manner::Apart).await?;
    outcomes.into_iter().next().ok_or_else(|| Error::internal("a change without an outcome"))?
}
