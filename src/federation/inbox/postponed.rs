//! What cannot be understood before a third site answers: the post that is reposted, the new home of who moves, a stamp.
//!
//! It is taken in, kept, and done when that site is back. Whoever sent it does not wait, nor does what they send next.

use std::time::Duration;

use activitypub_federation::config::FederationConfig;
use tokio::time::timeout;
use tokio_util::sync::CancellationToken;
use tracing::{info, warn};
use url::Url;

use super::store::{self, Postponed};
use super::{Incoming, dispatch, has_proof};
use crate::activitystreams::activity::Activity;
use crate::activitystreams::read;
use crate::base::{Error, Result};
use crate::domain::accounts;
use crate::federation::delivery::delay_before;
use crate::federation::signer::Signer;
use crate::federation::vouch;
use crate::platform::services::Services;

/// How often to look for what is due.
const TICK: Duration = Duration::from_secs(2);

/// How many are tried at once.
const AT_ONCE: i64 = 8;

/// How many of one site are kept; it is asked to come again with more.
const MOST_OF_A_SITE: i64 = 1_000;

/// How long one attempt may take.
const LONGEST: Duration = Duration::from_mins(1);

/// The longest pause between two attempts.
const LONGEST_PAUSE: Duration = Duration::from_hours(6);

/// How often one is tried: about three days, with the usual pauses.
const MOST_ATTEMPTS: i64 = 20;

/// Keeps an activity until the site that it needs answers.
///
/// # Errors
/// [`Error::PeerUnavailable`] if too many of its site wait already; as the database.
pub(super) async fn keep(
    services: &Services,
    signer: &Signer,
    id: &Url,
    body: &[u8],
    peer: String,
) -> Result<()> {
    let body = String::from_utf8_lossy(body).into_owned();
    let row = Postponed { uri: id.to_string(), actor: signer.actor.clone(), body, attempts: 0 };
    let mut tx = services.db.begin().await?;
    if store::count_of(&mut tx, &signer.host).await? >= MOST_OF_A_SITE {
        return Err(Error::PeerUnavailable { peer });
    }
    let due_at = services.clock.now() + services.config.federation.retry_first_delay;
    store::insert(&mut tx, &row, &signer.host, due_at).await?;
    tx.commit().await?;
    info!(activity = %id, "{id} waits until {peer} answers");
    Ok(())
}

/// Tries what is due until `stop`.
pub(super) async fn run(config: FederationConfig<Incoming>, stop: CancellationToken) {
    loop {
        let round = async {
            if let Err(problem) = all_due(&config).await {
                warn!("What waits for other sites cannot be tried: {}", problem.chain());
            }
            tokio::time::sleep(TICK).await;
        };
        tokio::select! {
            () = stop.cancelled() => return,
            () = round => {}
        }
    }
}

async fn all_due(config: &FederationConfig<Incoming>) -> Result<()> {
    let services = &config.services;
    let now = services.clock.now();
    let due = store::list_due(&mut services.db.read().await?, now, AT_ONCE).await?;
    let attempts = due.into_iter().map(|row| one(config, row));
    futures::future::join_all(attempts).await.into_iter().collect()
}

async fn one(config: &FederationConfig<Incoming>, row: Postponed) -> Result<()> {
    let services = &config.services;
    let outcome = timeout(LONGEST, attempt(config, &row)).await;
    let outcome = outcome.unwrap_or_else(|_| Err(Error::PeerUnavailable { peer: String::new() }));
    let mut tx = services.db.begin().await?;
    match outcome {
        Err(problem) if problem.is_temporary() && row.attempts < MOST_ATTEMPTS => {
            let settings = &services.config.federation;
            let longest = settings.retry_max_delay.min(LONGEST_PAUSE);
            let delay = delay_before(row.attempts + 1, settings.retry_first_delay, longest);
            store::update_due(&mut tx, &row.uri, row.attempts + 1, services.clock.now() + delay).await?;
        }
        Err(problem) => {
            info!(activity = row.uri, "{} comes to nothing: {}", row.uri, problem.chain());
            store::delete(&mut tx, &row.uri).await?;
        }
        Ok(()) => store::delete(&mut tx, &row.uri).await?,
    }
    tx.commit().await
}

/// As the inbox does it, for who was found to have signed it when it came, as they stand now.
async fn attempt(config: &FederationConfig<Incoming>, row: &Postponed) -> Result<()> {
    let services = &config.services;
    let activity: Activity =
        read(row.body.as_bytes()).map_err(|problem| Error::invalid("activity", problem.to_string()))?;
    let actor = Url::parse(&row.actor).map_err(Error::internal)?;
    let account = accounts::store::find_by_uri(&mut services.db.read().await?, &row.actor).await?;
    let Some(account) = account else { return Ok(()) };
    let standing =
        vouch::standing(services, &actor).await.map_err(|problem| Error::forbidden(problem.to_string()))?;
    let signer = Signer { passed_on: false, ..vouch::by_origin(&account, standing) };
    if signer.hidden {
        return Ok(());
    }
    // The pauses are kept here.
    if let Some(address) = needed(&activity) {
        services.caches.forget_failure(address.as_str());
    }
    let body = row.body.as_bytes();
    let sealed = has_proof(body).then(|| axum::body::Bytes::copy_from_slice(body));
    dispatch(config.to_request_data(), activity, signer, sealed).await
}

/// What has to be read at a third site.
fn needed(activity: &Activity) -> Option<&Url> {
    match activity {
        Activity::Announce(announce) => Some(&announce.object),
        Activity::Move(moving) => Some(&moving.target),
        _ => None,
    }
}
