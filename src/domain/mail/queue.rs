//! The queue: each mail is asked for once, by its source; sent by one at a time, by a lease; tried again, later each
//! time, until it is of no use any more.

use std::time::Duration;

use super::model::{About, Outcome, QueuedMail};
use super::store;
use crate::base::id::AccountId;
use crate::base::{Millis, Result};
use crate::platform::db::Tx;
use crate::platform::services::Services;

/// How long somebody who took a mail has for it. Longer than a mail server may take for all its commands together.
const LEASE: Duration = Duration::from_mins(30);

/// The wait after the first failure.
const FIRST_DELAY: Duration = Duration::from_secs(30);

/// The longest wait.
const MAX_DELAY: Duration = Duration::from_mins(30);

/// How long mails that are done are kept, so that nothing is asked for twice.
const KEPT: Duration = Duration::from_hours(30 * 24);

/// A mail to send.
#[derive(Clone, Debug)]
pub struct NewMail {
    /// Whose.
    pub account: Option<AccountId>,
    /// Where to; empty: looked up when it is written.
    pub address: String,
    /// What about.
    pub about: About,
    /// What makes it the same mail.
    pub source: String,
    /// Not before.
    pub run_at: Millis,
    /// For how long it is of use.
    pub lasts: Duration,
}

/// Puts a mail into the queue; twice is once. `false` if it was there, or mails do not leave at all.
///
/// # Errors
/// As the database.
pub async fn post_in(services: &Services, tx: &mut Tx, mail: NewMail) -> Result<bool> {
    if !services.mail.is_on() {
        return Ok(false);
    }
    let row = QueuedMail {
        id: services.ids.next(),
        account_id: mail.account,
        address: mail.address,
        about: serde_json::to_string(&mail.about)?,
        created_at: services.clock.now(),
        run_at: mail.run_at,
        give_up_at: mail.run_at + mail.lasts,
        attempts: 0,
    };
    store::insert(tx, &row, &mail.source).await
}

/// Takes the next mail that is due: nobody else takes it until the lease is over.
///
/// # Errors
/// As the database.
pub async fn take(services: &Services) -> Result<Option<QueuedMail>> {
    let now = services.clock.now();
    let mut conn = services.db.read().await?;
    let due = store::list_due(&mut conn, now, 10).await?;
    drop(conn);
    for mail in due {
        let mut tx = services.db.begin().await?;
        let taken = store::update_taken(&mut tx, &mail, now + LEASE).await?;
        tx.commit().await?;
        if taken {
            return Ok(Some(QueuedMail { attempts: mail.attempts + 1, ..mail }));
        }
    }
    Ok(None)
}

/// A mail is done.
///
/// # Errors
/// As the database.
pub async fn finish_in(services: &Services, tx: &mut Tx, mail: &QueuedMail, outcome: Outcome) -> Result<()> {
    store::update_done(tx, mail.id, outcome, services.clock.now()).await
}

/// A mail did not leave: it is tried again later, or no more. Returns whether it is tried again.
///
/// # Errors
/// As the database.
pub async fn put_off(services: &Services, mail: &QueuedMail, problem: &str) -> Result<bool> {
    let now = services.clock.now();
    let run_at = now + delay_before(mail.attempts, services.random.below(1_000));
    let mut tx = services.db.begin().await?;
    store::update_failed(&mut tx, mail.id, run_at, problem).await?;
    let again = run_at < mail.give_up_at;
    if !again {
        store::update_done(&mut tx, mail.id, Outcome::Late, now).await?;
    }
    tx.commit().await?;
    Ok(again)
}

/// A mail will never be taken.
///
/// # Errors
/// As the database.
pub async fn give_up(services: &Services, mail: &QueuedMail, problem: &str) -> Result<()> {
    let now = services.clock.now();
    let mut tx = services.db.begin().await?;
    store::update_failed(&mut tx, mail.id, now, problem).await?;
    store::update_done(&mut tx, mail.id, Outcome::Refused, now).await?;
    tx.commit().await
}

/// Forgets mails that were done long ago.
///
/// # Errors
/// As the database.
pub async fn sweep(services: &Services) -> Result<()> {
    let mut tx = services.db.begin().await?;
    store::delete_done(&mut tx, services.clock.now() - KEPT).await?;
    tx.commit().await
}

/// How long to wait after the `attempts`th attempt: doubles from half a minute, stops growing at half an hour. `jitter`
/// in thousandths makes it up to a quarter longer.
fn delay_before(attempts: i64, jitter: u64) -> Duration {
    let doubled = FIRST_DELAY.saturating_mul(1 << attempts.saturating_sub(1).clamp(0, 16));
    let delay = doubled.min(MAX_DELAY);
    delay + delay.mul_f64(jitter.min(1_000) as f64 / 4_000.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_is_tried_less_and_less_often() {
        assert_eq!(delay_before(1, 0), Duration::from_secs(30));
        assert_eq!(delay_before(2, 0), Duration::from_mins(1));
        assert_eq!(delay_before(5, 0), Duration::from_mins(8));
        assert_eq!(delay_before(9, 0), MAX_DELAY);
        assert_eq!(delay_before(i64::MAX, 0), MAX_DELAY);
        assert_eq!(delay_before(1, 1_000), Duration::from_millis(37_500));
    }
}
