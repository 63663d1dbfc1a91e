//! What people take along and how they leave: makes the files, and closes the accounts of those who thought it over.

use std::time::Duration;

use tokio_util::sync::CancellationToken;
use tracing::warn;

use crate::domain::data;
use crate::platform::services::Services;

/// How often it is looked whether somebody wants a file with everything, or leaves.
const BELONGINGS: Duration = Duration::from_secs(5);

/// Works until `stop`. A file that is half made then is made anew.
pub async fn run(services: Services, stop: CancellationToken) {
    loop {
        tokio::select! {
            () = stop.cancelled() => return,
            () = tokio::time::sleep(BELONGINGS) => {}
        }
        tokio::select! {
            () = stop.cancelled() => return,
            made = data::export::make_next(&services) => if let Err(error) = made {
                warn!("What somebody takes along could not be looked at: {}", error.chain());
            }
        }
        if let Err(error) = data::depart::run_due(&services).await {
            warn!("Those who leave could not be looked at: {}", error.chain());
        }
    }
}
