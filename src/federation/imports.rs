//! Takes over, line by line, what people brought from other sites: finds out who is meant, then calls the domain's verb.
//!
//! How far it came stands in the row (`domain::data::import`), so that a restart goes on where it stopped.

use std::time::Duration;

use tokio_util::sync::CancellationToken;
use tracing::error;

use super::fetch::{self, Budget, FetchError, Found};
use crate::base::id::AccountId;
use crate::base::{Error, Result};
use crate::domain::data::{Failure, Import, ImportKind, Line, Why, import};
use crate::platform::services::Services;

/// How often to look for files.
const TICK: Duration = Duration::from_secs(2);

/// Requests to other sites that one line may cost.
const REQUESTS: u32 = 6;

/// Works until `stop`.
pub async fn run(services: Services, stop: CancellationToken) {
    loop {
        match work(&services, &stop).await {
            Ok(true) => continue,
            Ok(false) => {}
            Err(problem) => error!("What people brought cannot be taken over: {}", problem.chain()),
        }
        tokio::select! {
            () = stop.cancelled() => return,
            () = tokio::time::sleep(TICK) => {}
        }
    }
}

/// Takes over the file that waits longest. `false` if none waits, or it is to stop.
///
/// # Errors
/// As the database. The file goes on at the same line after its lease.
pub async fn work(services: &Services, stop: &CancellationToken) -> Result<bool> {
    let Some((mut import, lines)) = import::take_next(services).await? else { return Ok(false) };
    let first = usize::try_from(import.position).unwrap_or_default();
    for line in lines.into_iter().skip(first) {
        if stop.is_cancelled() {
            return Ok(false);
        }
        let why = take_over(services, &import, &line).await?;
        import::note(services, &mut import, why.map(|why| Failure { line, why })).await?;
    }
    Ok(true)
}

/// Takes a line over; why not, if it cannot be.
async fn take_over(services: &Services, import: &Import, line: &Line) -> Result<Option<Why>> {
    let budget = Budget::of(REQUESTS);
    let found = match import.kind {
        ImportKind::Bookmarks => return take_bookmark(services, import, line).await,
        _ => find(services, &line.who, &budget).await,
    };
    let target = match found {
        Ok(target) => target,
        Err(FetchError::Own(error)) => return import::why(error).map(Some),
        Err(FetchError::NotAllowed { .. }) => return Ok(Some(Why::Closed)),
        Err(error) if error.is_temporary() => return Ok(Some(Why::Unreachable)),
        Err(_) => return Ok(Some(Why::Unknown)),
    };
    match import::apply(services, import, line, target).await {
        Ok(()) => Ok(None),
        Err(error) => import::why(error).map(Some),
    }
}

async fn take_bookmark(services: &Services, import: &Import, line: &Line) -> Result<Option<Why>> {
    let post = match fetch::resolve(services, &line.who).await {
        Ok(Some(Found::Status(post))) => post.id,
        Err(FetchError::Own(error)) => return import::why(error).map(Some),
        Err(FetchError::NotAllowed { .. }) => return Ok(Some(Why::Closed)),
        Err(error) if error.is_temporary() => return Ok(Some(Why::Unreachable)),
        Ok(_) | Err(_) => return Ok(Some(Why::Unknown)),
    };
    match import::keep(services, import, post).await {
        Ok(()) => Ok(None),
        Err(error) => import::why(error).map(Some),
    }
}

async fn find(services: &Services, who: &str, budget: &Budget) -> Result<AccountId, FetchError> {
    let account = fetch::handle(services, who, budget).await?;
    if account.is_hidden() { Err(Error::not_found("account").into()) } else { Ok(account.id) }
}
