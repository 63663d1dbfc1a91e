//! Writing down what became of deliveries: many in one transaction, since the writer is one.

use std::collections::HashSet;

use tokio::sync::{mpsc, oneshot};
use tracing::error;

use super::store;
use crate::base::id::{ActivityId, DeliveryId};
use crate::base::{Millis, Result};
use crate::platform::services::Services;

/// What a lane has to say about its host.
#[derive(Debug)]
pub struct Report {
    pub host: String,
    pub delivered: Vec<(DeliveryId, ActivityId)>,
    /// Given up, with the reason.
    pub dead: Vec<(DeliveryId, String)>,
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
    let done: Vec<DeliveryId> =
        batch.iter().flat_map(|report| report.delivered.iter().map(|(id, _)| *id)).collect();
    let bodies: HashSet<ActivityId> =
        batch.iter().flat_map(|r| r.delivered.iter().map(|(_, body)| *body)).collect();
    if !done.is_empty() {
        store::delete_done(&mut tx, &done, &bodies.into_iter().collect::<Vec<_>>()).await?;
    }
    for report in batch {
        for (id, reason) in &report.dead {
            store::update_dead(&mut tx, *id, reason, now).await?;
        }
        match &report.failed {
            Some(failure) => {
                store::update_failed(&mut tx, failure.delivery, &failure.error).await?;
                store::update_host_failed(
                    &mut tx,
                    &report.host,
                    failure.failures,
                    failure.retry_at,
                    &failure.error,
                    now,
                )
                .await?;
            }
            None if !report.delivered.is_empty() => {
                store::update_host_reached(&mut tx, &report.host, now).await?;
            }
            None => {}
        }
    }
    tx.commit().await
}
