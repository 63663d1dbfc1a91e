//! The lane of one host: its deliveries in order, one after the other, until none waits or one fails.

use tokio::sync::{mpsc, oneshot};
use tracing::{debug, info, warn};

use super::delay_before;
use super::recorder::{Failure, Report};
use super::send::{Outcome, send};
use super::store::{self, Waiting};
use crate::base::origin::INSTANCE_ACTOR;
use crate::base::{Millis, Result};
use crate::federation::gate::{self, Purpose};
use crate::federation::keys;
use crate::platform::services::Services;

/// How many deliveries a lane takes out of the database at once.
const BATCH: i64 = 32;

/// Works until nothing waits for the host or it fails. Always comes back; problems are logged.
pub async fn run(services: &Services, host: &str, reports: &mpsc::Sender<Report>) {
    loop {
        match batch(services, host, reports).await {
            Ok(true) => {}
            Ok(false) => return,
            Err(problem) => {
                warn!(host, "Deliveries to {host} cannot be read: {}", problem.chain());
                tokio::time::sleep(std::time::Duration::from_secs(1)).await;
                return;
            }
        }
    }
}

/// Sends a batch; `true` if there may be more.
async fn batch(services: &Services, host: &str, reports: &mpsc::Sender<Report>) -> Result<bool> {
    let mut conn = services.db.read().await?;
    let waiting = store::list_waiting(&mut conn, host, BATCH).await?;
    let failures = store::find_host(&mut conn, host).await?.unwrap_or_default().failures;
    let speaks = gate::standing(services, &mut conn, host, Purpose::Conversation).await?.allowed;
    let shakes = gate::standing(services, &mut conn, host, Purpose::Handshake).await?.allowed;
    drop(conn);
    if waiting.is_empty() {
        return Ok(false);
    }
    let (written, done) = oneshot::channel();
    let mut report =
        Report { host: host.to_owned(), delivered: Vec::new(), dead: Vec::new(), failed: None, written };
    for delivery in &waiting {
        let allowed = if delivery.account_id == INSTANCE_ACTOR { shakes } else { speaks };
        let outcome = if allowed {
            attempt(services, host, delivery).await?
        } else {
            Outcome::Never { error: "this site does not speak with that site any more".to_owned() }
        };
        if !note(services, host, &mut report, delivery, outcome, failures) {
            break;
        }
    }
    let goes_on = report.failed.is_none();
    if reports.send(report).await.is_err() {
        return Ok(false);
    }
    Ok(done.await.is_ok() && goes_on)
}

async fn attempt(services: &Services, host: &str, delivery: &Waiting) -> Result<Outcome> {
    // Kept in memory after the first time; the connection is given back before the request.
    let keys = {
        let mut conn = services.db.read().await?;
        keys::of(services, &mut conn, delivery.account_id, &delivery.actor).await?
    };
    Ok(send(services, &keys, host, delivery).await)
}

/// Puts an outcome into the report; `false` if the lane must stop here to keep the order.
fn note(
    services: &Services,
    host: &str,
    report: &mut Report,
    delivery: &Waiting,
    outcome: Outcome,
    failures: i64,
) -> bool {
    let now = services.clock.now();
    let settings = &services.config.federation;
    match outcome {
        Outcome::Delivered => {
            debug!(host, delivery = %delivery.id, "Delivered to {}", delivery.inbox);
            services.caches.set_failing(host, false);
            report.delivered.push((delivery.id, delivery.activity_id));
            true
        }
        Outcome::Never { error } => {
            warn!(host, delivery = %delivery.id, "{host} will not take a delivery: {error}");
            report.dead.push((delivery.id, error));
            true
        }
        Outcome::Later { error, .. } if delivery.created_at + settings.give_up_after < now => {
            warn!(host, delivery = %delivery.id, "Gave a delivery to {host} up: {error}");
            report.dead.push((delivery.id, error));
            true
        }
        Outcome::Later { error, not_before } => {
            // Whatever was delivered in this batch shows that the host lives.
            let failures = if report.delivered.is_empty() { failures + 1 } else { 1 };
            let delay = delay_before(failures, settings.retry_first_delay, settings.retry_max_delay);
            let retry_at: Millis = not_before.unwrap_or(now).max(now + delay);
            services.caches.set_failing(host, true);
            info!(host, failures, "{host} is left alone for {} s: {error}", (retry_at.0 - now.0) / 1000);
            report.failed = Some(Failure { delivery: delivery.id, error, failures, retry_at });
            false
        }
    }
}
