//! Writing down what became of deliveries: many in one transaction, since the writer is one.

use std::collections::HashSet;

use tokio::sync::{mpsc, oneshot};
use tracing::{error, warn};

use super::store::{self, HostFailure};
use crate::base::id::{ActivityId, DeliveryId};
use crate::base::{Millis, Result};
use crate::domain::organisation::deliveries::{Cause, store as rows};
use crate::platform::db::Tx;
use crate::platform::services::Services;

/// What a lane has to say about its host.
#[derive(Debug)]
pub struct Report {
    pub host: String,
    pub delivered: Vec<(DeliveryId, ActivityId)>,
    /// Passed on in vain: done, and no sign that the host takes anything.
    pub unwanted: Vec<(DeliveryId, ActivityId)>,
    /// Given up, with the reason.
    pub dead: Vec<(DeliveryId, Cause, String)>,
    pub failed: Option<Failure>,
    /// Told when it is written.
    pub written: oneshot::Sender<()>,
}

/// Why a lane stopped.
#[derive(Debug)]
pub struct Failure {
    pub delivery: DeliveryId,
    pub error: String,
    pub failures: i64,
    pub retry_at: Millis,
    /// The host is there, but did not take it.
    pub answered: bool,
    /// What the host asked for.
    pub not_before: Option<Millis>,
    /// Our patience is over.
    pub unavailable: bool,
}

/// Writes reports until all lanes are gone.
pub async fn run(services: Services, mut reports: mpsc::Receiver<Report>) {
    let mut batch = Vec::new();
    while reports.recv_many(&mut batch, 256).await > 0 {
        while let Err(problem) = write(&services, &batch).await {
            // The rows still say that these wait, so nothing is lost; the other site drops what it has.
            error!("What became of deliveries cannot be written: {}", problem.chain());
            tokio::time::sleep(std::time::Duration::from_secs(1)).await;
        }
        for report in batch.drain(..) {
            let _ = report.written.send(());
        }
    }
}

async fn write(services: &Services, batch: &[Report]) -> Result<()> {
    let now = services.clock.now();
    let mut tx = services.db.begin().await?;
    let ended = || batch.iter().flat_map(|report| report.delivered.iter().chain(&report.unwanted));
    let done: Vec<DeliveryId> = ended().map(|(id, _)| *id).collect();
    let bodies: HashSet<ActivityId> = ended().map(|(_, body)| *body).collect();
    if !done.is_empty() {
        rows::delete_done(&mut tx, &done, &bodies.into_iter().collect::<Vec<_>>(), now).await?;
    }
    for report in batch {
        for (id, cause, reason) in &report.dead {
            store::update_dead(&mut tx, *id, *cause, reason, now).await?;
            store::update_host_error(&mut tx, &report.host, reason, now).await?;
        }
        match &report.failed {
            Some(failure) => write_failure(services, &mut tx, report, failure, now).await?,
            None if !report.delivered.is_empty() => {
                store::update_host_reached(&mut tx, &report.host, now).await?;
            }
            None => {}
        }
    }
    tx.commit().await
}

async fn write_failure(
    services: &Services,
    tx: &mut Tx,
    report: &Report,
    failure: &Failure,
    now: Millis,
) -> Result<()> {
    let host = &report.host;
    if !report.delivered.is_empty() {
        // Some arrived before one failed: the row of failures begins anew.
        store::update_host_reached(tx, host, now).await?;
    }
    store::update_failed(tx, failure.delivery, &failure.error, failure.answered).await?;
    let failed = HostFailure {
        host,
        failures: failure.failures,
        retry_at: failure.retry_at,
        not_before: failure.not_before,
        error: &failure.error,
    };
    store::update_host_failed(tx, &failed, now).await?;
    if failure.unavailable {
        store::update_host_unavailable(tx, host, now).await?;
        let before = now - services.config.federation.give_up_after;
        let count = store::update_all_dead(tx, host, before, &failure.error, now).await?;
        warn!(host, count, "{host} does not answer; {count} deliveries are given up until it does");
    }
    Ok(())
}
