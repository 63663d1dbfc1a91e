//! What runs beside the requests. Each ends when the site stops.

use std::time::Duration;

use tokio_util::sync::CancellationToken;
use tokio_util::task::TaskTracker;
use tracing::warn;

use super::{belongings, postman};
use crate::domain::statuses::{self, threads};
use crate::domain::{auth, data, filters, follows, lists, mail, media, timelines};
use crate::effects;
use crate::federation::fetch::thread;
use crate::federation::{delivery, followers, imports, voices};
use crate::platform::services::Services;

/// How often what expired is thrown away.
const SWEEP: Duration = Duration::from_hours(1);

/// Starts all of them.
pub fn spawn(services: &Services, stop: &CancellationToken, tasks: &TaskTracker) {
    let (effects, deliveries) =
        (effects::run(services.clone(), stop.clone()), delivery::run(services.clone(), stop.clone()));
    let threads = thread::run(services.clone(), stop.clone());
    tasks.spawn(with_keys(services.clone(), stop.clone(), effects));
    tasks.spawn(with_keys(services.clone(), stop.clone(), deliveries));
    tasks.spawn(with_keys(services.clone(), stop.clone(), threads));
    tasks.spawn(followers::run(services.clone(), stop.clone()));
    tasks.spawn(voices::run(services.clone(), stop.clone()));
    tasks.spawn(sweep(services.clone(), stop.clone()));
    tasks.spawn(polls(services.clone(), stop.clone()));
    tasks.spawn(with_keys(services.clone(), stop.clone(), planned(services.clone(), stop.clone())));
    tasks.spawn(fill_search(services.clone(), stop.clone()));
    tasks.spawn(imports::run(services.clone(), stop.clone()));
    tasks.spawn(belongings::run(services.clone(), stop.clone()));
    tasks.spawn(postman::mails(services.clone(), stop.clone()));
    tasks.spawn(postman::messages(services.clone(), stop.clone()));
    tasks.spawn(videos(services.clone(), stop.clone()));
}

/// How often polls are looked at: whether one has ended, or has figures to tell.
const POLLS: Duration = Duration::from_secs(1);

/// Ends polls and has their figures told.
async fn polls(services: Services, stop: CancellationToken) {
    loop {
        tokio::select! {
            () = stop.cancelled() => return,
            () = tokio::time::sleep(POLLS) => {}
        }
        if let Err(error) = statuses::settle_polls(&services).await {
            warn!("Polls could not be looked at: {}", error.chain());
        }
    }
}

/// How often planned posts are looked at.
const PLANNED: Duration = Duration::from_secs(1);

/// Writes the posts whose time has come.
async fn planned(services: Services, stop: CancellationToken) {
    loop {
        tokio::select! {
            () = stop.cancelled() => return,
            () = tokio::time::sleep(PLANNED) => {}
        }
        if let Err(error) = statuses::scheduled::run_due(&services).await {
            warn!("Planned posts could not be looked at: {}", error.chain());
        }
    }
}

/// How often is looked for videos that wait; a new one rings.
const VIDEOS: Duration = Duration::from_secs(10);

/// Writes videos and sound anew, one after the other.
async fn videos(services: Services, stop: CancellationToken) {
    loop {
        let job = media::work::claim(&services).await.unwrap_or_else(|error| {
            warn!("Videos could not be looked for: {}", error.chain());
            None
        });
        let Some(job) = job else {
            tokio::select! {
                () = stop.cancelled() => return,
                () = services.ffmpeg.bell.notified() => {}
                () = tokio::time::sleep(VIDEOS) => {}
            }
            continue;
        };
        let done = tokio::select! {
            () = stop.cancelled() => {
                if let Err(error) = media::work::give_back(&services, &job).await {
                    warn!("A video waits until its turn ends: {}", error.chain());
                }
                return;
            }
            done = media::work::run(&services, &job) => done,
        };
        if let Err(error) = done {
            warn!("A video could not be written anew: {}", error.chain());
        }
    }
}

/// What signs begins when a new site has its keys, so that it never waits for them with a transaction open.
async fn with_keys(services: Services, stop: CancellationToken, work: impl Future<Output = ()>) {
    tokio::select! {
        () = stop.cancelled() => return,
        () = services.first_keys.wait() => {}
    }
    work.await;
}

/// Throws away what expired.
async fn sweep(services: Services, stop: CancellationToken) {
    loop {
        tokio::select! {
            () = stop.cancelled() => return,
            () = tokio::time::sleep(SWEEP) => {}
        }
        services.limiter.forget_idle();
        if let Err(error) = crate::domain::media::sweep::sweep(&services).await {
            tracing::warn!(error = %error.chain(), "Forgotten uploads could not be thrown away");
        }
        if let Err(error) = media::copies::evict(&services).await {
            warn!("Copies that nobody looks at could not be thrown away: {}", error.chain());
        }
        if let Err(error) = auth::sweep::sweep(&services).await {
            warn!("What expired could not be thrown away: {}", error.chain());
        }
        if let Err(error) = data::sweep::sweep(&services).await {
            warn!("What expired could not be thrown away: {}", error.chain());
        }
        if let Err(error) = mail::queue::sweep(&services).await {
            warn!("Old mails could not be thrown away: {}", error.chain());
        }
        if let Err(error) = threads::sweep(&services).await {
            warn!("What expired could not be thrown away: {}", error.chain());
        }
        if let Err(error) = statuses::drafts::sweep(&services).await {
            warn!("Drafts that were thrown away could not be forgotten: {}", error.chain());
        }
        if let Err(error) = timelines::marks::sweep(&services).await {
            warn!("What expired could not be thrown away: {}", error.chain());
        }
        if let Err(error) = statuses::sweep::sweep(&services).await {
            warn!("What expired could not be thrown away: {}", error.chain());
        }
        if let Err(error) = sweep_ties(&services).await {
            warn!("What expired could not be thrown away: {}", error.chain());
        }
        if let Err(error) = delivery::sweep(&services).await {
            warn!("What expired could not be thrown away: {}", error.chain());
        }
    }
}

/// Mutes that ended, and lists and filters that were thrown away.
async fn sweep_ties(services: &Services) -> crate::base::Result<()> {
    follows::sweep::sweep(services).await?;
    lists::manage::sweep(services).await?;
    filters::manage::sweep(services).await
}

/// How long the filling of the search rests after each turn, so that others write in between.
const FILL_REST: Duration = Duration::from_millis(20);

/// Lets what was there before the search be found.
async fn fill_search(services: Services, stop: CancellationToken) {
    let mut rest = Duration::ZERO;
    loop {
        tokio::select! {
            () = stop.cancelled() => return,
            () = tokio::time::sleep(rest) => {}
        }
        rest = match crate::domain::search::fill::fill(&services).await {
            Ok(true) => FILL_REST,
            Ok(false) => return,
            Err(error) => {
                warn!("What was written before cannot be found yet: {}", error.chain());
                SWEEP
            }
        };
    }
}
