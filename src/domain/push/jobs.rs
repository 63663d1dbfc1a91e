//! Messages that wait: asked for when somebody is told, sent by one at a time, tried again for a day.

use std::collections::HashMap;
use std::time::Duration;

use super::model::{Job, Reach, Subscription};
use super::store;
use crate::base::Result;
use crate::base::id::AccountId;
use crate::domain::notifications::Told;
use crate::domain::notifications::wishes::WishesOf;
use crate::domain::{follows, mail};
use crate::platform::db::Tx;
use crate::platform::services::Services;

/// How long somebody who took a message has for it.
const LEASE: Duration = Duration::from_mins(2);

/// Puts messages for those who were told and want to be woken into the queue.
///
/// # Errors
/// As the database.
pub async fn ask_in(services: &Services, tx: &mut Tx, told: &[Told]) -> Result<()> {
    if !services.config.push.enabled || told.is_empty() {
        return Ok(());
    }
    let people: Vec<AccountId> = told.iter().map(|told| told.to).collect();
    let subscriptions = store::list_of_people(tx, &people).await?;
    if subscriptions.is_empty() {
        return Ok(());
    }
    let wishes = WishesOf::read(tx, &people).await?;
    let quiet: HashMap<AccountId, mail::Wishes> = mail::store::list_wishes(tx, &people)
        .await?
        .into_iter()
        .map(|wishes| (wishes.account_id, wishes))
        .collect();
    let now = services.clock.now();
    let mut jobs = Vec::new();
    for told in told {
        for subscription in subscriptions.iter().filter(|subscription| subscription.account_id == told.to) {
            let wanted = if subscription.session_id.is_some() {
                wishes.ways(told.to, told.kind).push
            } else {
                subscription.alerts_of(told.kind)
            };
            if !wanted || !reaches(services, tx, subscription, told.from).await? {
                continue;
            }
            let run_at = quiet.get(&told.to).map_or(now, |wishes| {
                wishes.quiet().map_or(now, |quiet| quiet.end(now, &wishes.time_zone()))
            });
            jobs.push(Job {
                subscription_id: subscription.id,
                notification_id: told.id,
                attempts: 0,
                run_at,
            });
        }
    }
    store::insert_jobs(tx, &jobs).await
}

/// Whether a program wants to hear of this person.
async fn reaches(
    services: &Services,
    tx: &mut Tx,
    subscription: &Subscription,
    from: AccountId,
) -> Result<bool> {
    if subscription.policy == Reach::All {
        return Ok(true);
    }
    let now = services.clock.now();
    let tie = follows::store::list_relationships(tx, subscription.account_id, &[from], now).await?.pop();
    Ok(tie.is_some_and(|tie| match subscription.policy {
        Reach::All => true,
        Reach::Followed => tie.following,
        Reach::Follower => tie.followed_by,
        Reach::None => false,
    }))
}

/// Takes messages that are due: nobody else takes them until the lease is over.
///
/// # Errors
/// As the database.
pub async fn take(services: &Services, limit: i64) -> Result<Vec<Job>> {
    let now = services.clock.now();
    let mut conn = services.db.read().await?;
    let due = store::list_jobs_due(&mut conn, now, limit).await?;
    drop(conn);
    if due.is_empty() {
        return Ok(due);
    }
    let mut tx = services.db.begin().await?;
    let mut taken = Vec::new();
    for job in due {
        if store::update_job_taken(&mut tx, &job, now + LEASE).await? {
            taken.push(Job { attempts: job.attempts + 1, ..job });
        }
    }
    tx.commit().await?;
    Ok(taken)
}
