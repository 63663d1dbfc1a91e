//! Brings mails to the mail server, and messages to push services. Beside the requests, until the site stops.

use std::time::Duration;

use futures::StreamExt as _;
use tokio_util::sync::CancellationToken;
use tracing::{info, warn};

use crate::base::Result;
use crate::domain::mail::{self, Outcome, QueuedMail, queue};
use crate::domain::notifications::letters;
use crate::domain::push;
use crate::platform::mail::MailError;
use crate::platform::services::Services;
use crate::web::letters::{Paper, Written, write};
use crate::web::wake;

/// How often to look.
const TICK: Duration = Duration::from_secs(1);
/// How often digests that are due are looked for.
const DIGESTS: Duration = Duration::from_mins(1);
/// The longest rest after the mail server could not be reached.
const LONGEST_REST: Duration = Duration::from_mins(1);
/// How many messages are on their way to push services at once.
const AT_ONCE: usize = 8;

/// Brings mails.
pub async fn mails(services: Services, stop: CancellationToken) {
    if !services.mail.is_on() {
        return;
    }
    let paper = Paper::new();
    let mut failures = 0_u32;
    let mut since_digests = DIGESTS;
    loop {
        if since_digests >= DIGESTS {
            since_digests = Duration::ZERO;
            if let Err(problem) = mail::wishes::ask_digests(&services).await {
                warn!("Digests could not be looked for: {}", problem.chain());
            }
        }
        failures = match bring_all(&services, &paper, &stop).await {
            Ok(true) => 0,
            Ok(false) => failures.saturating_add(1),
            Err(problem) => {
                warn!("The queue of mails could not be read: {}", problem.chain());
                failures.saturating_add(1)
            }
        };
        let rest =
            if failures == 0 { TICK } else { TICK.saturating_mul(1 << failures.min(6)).min(LONGEST_REST) };
        since_digests += rest;
        tokio::select! {
            () = stop.cancelled() => return,
            () = tokio::time::sleep(rest) => {}
        }
    }
}

/// Brings all mails that are due. `false` if the mail server could not be reached: then the others wait, too.
async fn bring_all(services: &Services, paper: &Paper, stop: &CancellationToken) -> Result<bool> {
    while !stop.is_cancelled() {
        let Some(mail) = queue::take(services).await? else { return Ok(true) };
        if !bring(services, paper, &mail).await? {
            return Ok(false);
        }
    }
    Ok(true)
}

/// Brings one mail that was taken.
async fn bring(services: &Services, paper: &Paper, mail: &QueuedMail) -> Result<bool> {
    let id = mail.id;
    let (letter, told_up_to) = match write(services, paper, mail).await {
        Ok(Written::Letter { letter, told_up_to }) => (letter, told_up_to),
        Ok(Written::Needless) => {
            let mut tx = services.db.begin().await?;
            queue::finish_in(services, &mut tx, mail, Outcome::Needless).await?;
            tx.commit().await?;
            return Ok(true);
        }
        Err(problem) => {
            warn!(mail = %id, "Mail {id} could not be written: {}", problem.chain());
            queue::put_off(services, mail, &problem.chain()).await?;
            return Ok(true);
        }
    };
    match services.mail.send(&letter).await {
        Ok(()) => {
            let mut tx = services.db.begin().await?;
            queue::finish_in(services, &mut tx, mail, Outcome::Sent).await?;
            if let (Some(person), Some(up_to)) = (mail.account_id, told_up_to) {
                letters::mark_told_in(services, &mut tx, person, up_to).await?;
            }
            tx.commit().await?;
            info!(mail = %id, "Mail {id} is on its way");
            Ok(true)
        }
        Err(problem @ MailError::Refused(_)) => {
            warn!(mail = %id, "Mail {id} is given up: {problem}");
            queue::give_up(services, mail, &problem.to_string()).await?;
            Ok(true)
        }
        Err(problem) => {
            let again = queue::put_off(services, mail, &problem.to_string()).await?;
            let next = if again { "tried again later" } else { "given up, it would come too late" };
            warn!(mail = %id, "Mail {id} is {next}: {problem}");
            Ok(!matches!(problem, MailError::Down(_)))
        }
    }
}

/// Brings messages to push services.
pub async fn messages(services: Services, stop: CancellationToken) {
    if !services.config.push.enabled {
        return;
    }
    loop {
        if let Err(problem) = wake_all(&services).await {
            warn!("Messages for push services could not be read: {}", problem.chain());
        }
        tokio::select! {
            () = stop.cancelled() => return,
            () = tokio::time::sleep(TICK) => {}
        }
    }
}

async fn wake_all(services: &Services) -> Result<()> {
    loop {
        let jobs = push::jobs::take(services, 4 * AT_ONCE as i64).await?;
        if jobs.is_empty() {
            return Ok(());
        }
        let mut running = futures::stream::iter(jobs)
            .map(async |job| wake_one(services, &job).await)
            .buffer_unordered(AT_ONCE);
        while let Some(woken) = running.next().await {
            woken?;
        }
    }
}

async fn wake_one(services: &Services, job: &push::Job) -> Result<()> {
    let mut conn = services.db.read().await?;
    let Some(subscription) = push::store::find(&mut conn, job.subscription_id).await? else { return Ok(()) };
    let message = wake::message(services, &mut conn, job, &subscription).await?;
    drop(conn);
    match message {
        Some(message) => push::send::send(services, job, &subscription, &message).await,
        None => push::send::forget(services, job).await,
    }
}
