//! The time of a planned post has come.

use std::time::Duration;

use super::super::create::create_in;
use super::super::words::Words;
use super::{own, store};
use crate::base::id::{AccountId, ScheduledId, StatusId};
use crate::base::{Error, Millis, Result};
use crate::domain::auth;
use crate::platform::db::Tx;
use crate::platform::services::Services;

/// At most so many at a time.
const BATCH: i64 = 50;
/// After so many vain attempts it is left to the person.
const ATTEMPTS: i64 = 10;

/// Writes the posts whose time has come. Each is posted once, however often this runs, at several places at once or with
/// crashes in between. What cannot be posted is kept, with the reason, for its author to look at.
///
/// # Errors
/// As the database.
pub async fn run_due(services: &Services) -> Result<()> {
    let now = services.clock.now();
    let due = store::list_due(&mut services.db.read().await?, now, BATCH).await?;
    for id in due {
        let mut tx = services.db.begin().await?;
        match run_in(services, &mut tx, id, Some(now)).await {
            Ok(_) => tx.commit().await?,
            Err(error) => {
                drop(tx);
                tracing::warn!(planned = %id, "The planned post {id} could not be posted: {}", error.chain());
                put_off(services, id, now, &error).await?;
            }
        }
    }
    Ok(())
}

/// Posts a planned post of this person at once.
///
/// # Errors
/// [`Error::NotFound`] if it is not theirs, or posted; as [`super::super::create`].
pub async fn run_now(services: &Services, author: AccountId, id: ScheduledId) -> Result<StatusId> {
    let mut tx = services.db.begin().await?;
    own(&mut tx, author, id).await?;
    let posted = run_in(services, &mut tx, id, None).await?.ok_or(Error::not_found("scheduled status"))?;
    tx.commit().await?;
    Ok(posted)
}

/// Posts it in this transaction, if it is still there and due. `due` is the time; `None`: whenever it is planned for.
pub async fn run_in(
    services: &Services,
    tx: &mut Tx,
    id: ScheduledId,
    due: Option<Millis>,
) -> Result<Option<StatusId>> {
    // Others who run the same post wait here, and find that it is gone.
    tx.keep_order().await?;
    let Some(row) = store::find(tx, id).await? else { return Ok(None) };
    if due.is_some_and(|now| row.try_at.is_none_or(|at| at > now)) || !store::delete(tx, id).await? {
        return Ok(None);
    }
    let user = auth::store::find(tx, row.account_id).await?;
    if user.is_none_or(|user| user.disabled_at.is_some()) {
        return Err(Error::forbidden("this account is closed and cannot post"));
    }
    let words: Words = serde_json::from_str(&row.words)?;
    create_in(services, tx, row.account_id, words.into_draft()).await.map(Some)
}

/// What is only a matter of time is tried again, further and further apart; everything else its author must mend.
async fn put_off(services: &Services, id: ScheduledId, now: Millis, error: &Error) -> Result<()> {
    let mut tx = services.db.begin().await?;
    let Some(mut row) = store::find(&mut tx, id).await? else { return Ok(()) };
    row.attempts += 1;
    row.last_error = Some(error.to_string());
    row.try_at = (error.is_temporary() && row.attempts < ATTEMPTS).then(|| now + pause(row.attempts));
    store::update(&mut tx, &row).await?;
    tx.commit().await
}

/// Half a minute, doubled with every attempt, at most an hour.
fn pause(attempts: i64) -> Duration {
    let doubled = 1_u64 << u32::try_from(attempts - 1).unwrap_or(0).min(7);
    Duration::from_secs((30 * doubled).min(3_600))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_pauses_grow_up_to_an_hour() {
        let pauses: Vec<u64> = (1..=9).map(|attempt| pause(attempt).as_secs()).collect();

        assert_eq!(pauses, [30, 60, 120, 240, 480, 960, 1_920, 3_600, 3_600]);
    }
}
