//! Opens a lane for every host that something waits for.

use std::collections::HashSet;
use std::time::Duration;

use tokio::sync::mpsc;
use tokio::task::JoinSet;
use tokio_util::sync::CancellationToken;
use tracing::error;

use super::{lane, recorder, store};
use crate::base::Result;
use crate::platform::services::Services;

/// How often to look for hosts whose pause is over, if nothing else happens.
const TICK: Duration = Duration::from_millis(500);

/// Delivers until `stop`. What is under way is finished or, if it takes too long, sent again at the next start.
pub async fn run(services: Services, stop: CancellationToken) {
    if let Err(problem) = remember_failing(&services).await {
        error!("What is known of hosts cannot be read: {}", problem.chain());
    }
    let (reports, inbox) = mpsc::channel(1024);
    let recorder = tokio::spawn(recorder::run(services.clone(), inbox));
    let mut lanes: JoinSet<String> = JoinSet::new();
    let mut busy: HashSet<String> = HashSet::new();
    loop {
        if let Err(problem) = open(&services, &reports, &mut lanes, &mut busy).await {
            error!("Deliveries cannot be read: {}", problem.chain());
        }
        tokio::select! {
            () = stop.cancelled() => break,
            () = services.hub.delivery_waits() => {}
            Some(Ok(host)) = lanes.join_next(), if !lanes.is_empty() => { busy.remove(&host); }
            () = tokio::time::sleep(TICK) => {}
        }
        while let Some(Ok(host)) = lanes.try_join_next() {
            busy.remove(&host);
        }
    }
    lanes.shutdown().await;
    drop(reports);
    let _ = recorder.await;
}

/// Who was left alone before the start still is.
async fn remember_failing(services: &Services) -> Result<()> {
    let mut conn = services.db.read().await?;
    for host in store::list_failing_hosts(&mut conn).await? {
        services.caches.set_failing(&host, true);
    }
    Ok(())
}

async fn open(
    services: &Services,
    reports: &mpsc::Sender<recorder::Report>,
    lanes: &mut JoinSet<String>,
    busy: &mut HashSet<String>,
) -> Result<()> {
    let mut conn = services.db.read().await?;
    let due = store::list_due_hosts(&mut conn, services.clock.now()).await?;
    drop(conn);
    for host in due {
        if busy.insert(host.clone()) {
            let (services, reports) = (services.clone(), reports.clone());
            lanes.spawn(async move {
                lane::run(&services, &host, &reports).await;
                host
            });
        }
    }
    Ok(())
}
