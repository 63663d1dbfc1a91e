//! The lane of one host: its deliveries in order, one after the other, until none waits or one fails.

use tokio::sync::{mpsc, oneshot};
use tracing::{debug, info, warn};

use super::recorder::{Failure, Report};
use super::send::{Outcome, send};
use super::store::{self, HostState, Waiting};
use super::{delay_before, jittered, probe};
use crate::base::origin::INSTANCE_ACTOR;
use crate::base::{Millis, Result};
use crate::domain::organisation::deliveries::Cause;
use crate::federation::gate::{self, Purpose};
use crate::federation::keys;
use crate::platform::services::Services;

/// How many deliveries a lane takes out of the database at once.
const BATCH: i64 = 32;

/// After so many attempts that a site answered without taking the delivery, it no longer stands before the others: if
/// the site takes the next one, it is set aside. With the usual delays that is after three quarters of an hour.
const STEPS_ASIDE_AFTER: i64 = 10;

/// The longest that a site is left alone which itself said how long it wants to be.
const PATIENCE_ASKED_FOR: std::time::Duration = std::time::Duration::from_mins(1);

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
    let state = store::find_host(&mut conn, host).await?.unwrap_or_default();
    let speaks = gate::standing(services, &mut conn, host, Purpose::Conversation).await?.allowed;
    let shakes = gate::standing(services, &mut conn, host, Purpose::Handshake).await?.allowed;
    drop(conn);
    if state.unavailable_since.is_some() && speaks {
        return probe::probe(services, host, state.failures).await;
    }
    if waiting.is_empty() {
        if state.unavailable_since.is_some() {
            forget_about(services, host).await?;
        }
        return Ok(false);
    }
    let mut lane = Lane::new(services, host, state);
    for delivery in &waiting {
        let allowed = if delivery.account_id == INSTANCE_ACTOR { shakes } else { speaks };
        let goes_on = if allowed {
            lane.note(delivery, attempt(services, host, delivery).await?)
        } else {
            let error = "this site does not speak with that site any more".to_owned();
            lane.report.dead.push((delivery.id, Cause::Stopped, error));
            true
        };
        if !goes_on {
            break;
        }
    }
    let (report, written) = lane.finish();
    let goes_on = report.failed.is_none();
    if reports.send(report).await.is_err() {
        return Ok(false);
    }
    Ok(written.await.is_ok() && goes_on)
}

/// Nobody asks whether a site is back that this one does not speak with any more.
async fn forget_about(services: &Services, host: &str) -> Result<()> {
    let mut tx = services.db.begin().await?;
    store::update_host_back(&mut tx, host).await?;
    tx.commit().await
}

async fn attempt(services: &Services, host: &str, delivery: &Waiting) -> Result<Outcome> {
    // Kept in memory after the first time; the connection is given back before the request.
    let keys = {
        let mut conn = services.db.read().await?;
        keys::of(services, &mut conn, delivery.account_id, &delivery.actor).await?
    };
    Ok(send(services, &keys, host, delivery).await)
}

/// What became of a batch so far.
struct Lane<'a> {
    services: &'a Services,
    host: &'a str,
    state: HostState,
    report: Report,
    written: oneshot::Receiver<()>,
    /// A delivery that was answered but not taken, often: whether the next one is taken will show whose fault it is.
    stuck: Option<Failed>,
}

/// An attempt that did not succeed and may later.
struct Failed {
    delivery: crate::base::id::DeliveryId,
    error: String,
    not_before: Option<Millis>,
    answered: bool,
}

impl<'a> Lane<'a> {
    fn new(services: &'a Services, host: &'a str, state: HostState) -> Self {
        let (written, done) = oneshot::channel();
        let report = Report {
            host: host.to_owned(),
            delivered: Vec::new(),
            unwanted: Vec::new(),
            dead: Vec::new(),
            failed: None,
            written,
        };
        Self { services, host, state, report, written: done, stuck: None }
    }

    /// Puts an outcome into the report; `false` if the lane must stop here to keep the order.
    fn note(&mut self, delivery: &Waiting, outcome: Outcome) -> bool {
        let host = self.host;
        match outcome {
            Outcome::Delivered => {
                debug!(host, delivery = %delivery.id, "Delivered to {}", delivery.inbox);
                self.services.caches.set_failing(host, false);
                if let Some(stuck) = self.stuck.take() {
                    warn!(host, delivery = %stuck.delivery, "{host} takes others: {}", stuck.error);
                    self.report.dead.push((stuck.delivery, Cause::Refused, stuck.error));
                }
                self.report.delivered.push((delivery.id, delivery.activity_id));
                true
            }
            Outcome::Unwanted { error } => {
                info!(host, uri = delivery.uri, "{host} does not want {}: {error}", delivery.uri);
                self.report.unwanted.push((delivery.id, delivery.activity_id));
                true
            }
            Outcome::Never { error } => {
                warn!(host, delivery = %delivery.id, "{host} will not take a delivery: {error}");
                self.report.dead.push((delivery.id, Cause::Refused, error));
                true
            }
            Outcome::Later { error, not_before, answered } => {
                let failed = Failed { delivery: delivery.id, error, not_before, answered };
                if self.stuck.is_some() {
                    return false;
                }
                let may_step_aside = answered && delivery.answered + 1 >= STEPS_ASIDE_AFTER;
                self.stuck = Some(failed);
                may_step_aside
            }
        }
    }

    /// The report, and by what one hears that it is written.
    fn finish(mut self) -> (Report, oneshot::Receiver<()>) {
        if let Some(failed) = self.stuck.take() {
            self.report.failed = Some(self.failure(failed));
        }
        (self.report, self.written)
    }

    fn failure(&self, failed: Failed) -> Failure {
        let (services, host, settings) = (self.services, self.host, &self.services.config.federation);
        let now = services.clock.now();
        // Whatever was delivered in this batch shows that the host lives.
        let alive = !self.report.delivered.is_empty();
        let (failures, since) =
            if alive { (1, now) } else { (self.state.failures + 1, self.state.failing_since.unwrap_or(now)) };
        let delay = delay_before(failures, settings.retry_first_delay, settings.retry_max_delay);
        let delay = jittered(delay, u16::from_be_bytes(services.random.bytes()));
        let retry_at = match failed.not_before {
            Some(at) => at.max(now + delay.min(PATIENCE_ASKED_FOR)),
            None => now + delay,
        };
        services.caches.set_failing(host, true);
        let seconds = (retry_at.0 - now.0) / 1000;
        info!(host, failures, "{host} is left alone for {seconds} s: {}", failed.error);
        Failure {
            delivery: failed.delivery,
            error: failed.error,
            failures,
            retry_at,
            not_before: failed.not_before,
            answered: failed.answered,
            unavailable: since + settings.give_up_after <= now,
        }
    }
}
