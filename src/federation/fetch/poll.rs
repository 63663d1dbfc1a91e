//! The figures of polls of other sites: read again when somebody looks, not more often than their sites should bear.

use std::time::Duration;

use url::Url;

use super::{Budget, FetchError, status};
use crate::base::Error;
use crate::base::id::StatusId;
use crate::domain::accounts;
use crate::domain::statuses::poll::PollView;
use crate::domain::statuses::{self, Status, write_extras};
use crate::federation::map;
use crate::platform::services::Services;

/// Figures younger than this are not asked for.
const FRESH: Duration = Duration::from_mins(1);

/// Reads the figures of a poll of another site anew, if they are old and not final. Whether they are new now. What
/// cannot be had is passed over: the old figures are still figures.
pub async fn refresh_poll(services: &Services, id: StatusId) -> bool {
    match refresh(services, id).await {
        Ok(fresh) => fresh,
        Err(error) => {
            tracing::info!(%id, %error, "The figures of poll {id} cannot be had: {error}");
            false
        }
    }
}

async fn refresh(services: &Services, id: StatusId) -> Result<bool, FetchError> {
    let now = services.clock.now();
    let mut conn = services.db.read().await?;
    let found = statuses::store::get(&mut conn, id).await?;
    let found = match found.reblog_of_id {
        Some(of) => statuses::store::get(&mut conn, of).await?,
        None => found,
    };
    let Some(poll) = write_extras::find_poll(&mut conn, &found, now).await?.filter(|_| !found.local) else {
        return Ok(false);
    };
    let author = accounts::store::get(&mut conn, found.account_id).await?;
    drop(conn);
    let fresh = poll.poll.fetched_at.is_some_and(|at| at > now - FRESH);
    if fresh || is_final(&poll) {
        return Ok(false);
    }
    // Noted before, so that many readers are one question.
    let mut tx = services.db.begin().await?;
    statuses::store::update_poll_fetched(&mut tx, found.id, now).await?;
    tx.commit().await?;
    let uri = Url::parse(&found.uri).map_err(Error::internal)?;
    let note = status::note(services, &uri, &Budget::default()).await?;
    if note.id != uri || note.attributed_to.as_str() != author.uri {
        return Err(FetchError::Mistaken { url: uri, problem: "not the poll that was asked for".to_owned() });
    }
    let Some(received) = map::question::read(&note, now) else { return Ok(false) };
    if !poll.offers(received.titles()) {
        // Other options are an edit, which its site tells of.
        return Ok(false);
    }
    write(services, &found, &received).await?;
    Ok(true)
}

async fn write(
    services: &Services,
    status: &Status,
    received: &statuses::poll::ReceivedPoll,
) -> Result<(), FetchError> {
    let now = services.clock.now();
    let mut tx = services.db.begin().await?;
    if let Some(poll) = write_extras::find_poll(&mut tx, status, now).await?
        && poll.offers(received.titles())
    {
        write_extras::refresh(&mut tx, &poll, received, now).await?;
    }
    tx.commit().await?;
    Ok(())
}

/// Whether the figures were heard after the end.
fn is_final(poll: &PollView) -> bool {
    match (poll.poll.expires_at, poll.poll.fetched_at) {
        (Some(end), Some(fetched)) => poll.over && fetched > end,
        _ => false,
    }
}
