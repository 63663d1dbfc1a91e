//! Asking other sites, as little as possible and never for long.

use std::time::Duration;

use futures::future::join_all;
use tokio::task::JoinHandle;
use tokio::time::timeout;

use crate::base::id::{AccountId, StatusId};
use crate::base::text::{Format, Handle};
use crate::base::{Error, Result};
use crate::domain::accounts::{self, Account};
use crate::domain::statuses::{self, create::unknown_handles};
use crate::federation::fetch::{self, Budget};
use crate::platform::services::Services;

/// How long a person waits for another site while posting. What takes longer goes on without them.
const PATIENCE: Duration = Duration::from_secs(2);

/// How long a person waits who asked for something of another site.
const SEARCH_PATIENCE: Duration = Duration::from_secs(8);

/// At most so many unknown people of one post are looked up.
const MOST: usize = 10;

/// The account of a handle, as far as this site knows it: `ann`, `@ann`, `ann@sales.example.org`.
pub async fn known_handle(services: &Services, text: &str) -> Result<Option<Account>> {
    let Some(handle) = Handle::parse(text.trim()) else { return Ok(None) };
    let host =
        handle.host.filter(|host| !host.eq_ignore_ascii_case(services.origin.host())).unwrap_or_default();
    let mut conn = services.db.read().await?;
    accounts::store::find_by_handle(&mut conn, handle.username, host).await
}

/// The account of an exact handle, if there is one. `resolve`: asks its site if it is not known here; a site that
/// does not answer, or may not be asked, has nobody of that name.
pub async fn handle(services: &Services, text: &str, resolve: bool) -> Result<Option<Account>> {
    let known = known_handle(services, text).await?;
    let elsewhere = Handle::parse(text.trim()).is_some_and(|handle| handle.host.is_some());
    if known.is_some() || !resolve || !elsewhere {
        return Ok(known);
    }
    match resolve_soon(services, text).await? {
        Some(fetch::Found::Account(account)) => Ok(Some(*account)),
        _ => Ok(None),
    }
}

/// What an address names.
#[derive(Clone, Copy, Debug)]
pub enum Found {
    /// Somebody.
    Account(AccountId),
    /// A post; whether one may read it is still to be asked.
    Status(StatusId),
}

/// What stands at an address, of this site or of another. `resolve`: asks that site if it is not known here.
pub async fn address(services: &Services, url: &str, resolve: bool) -> Result<Option<Found>> {
    let known = known_address(services, url).await?;
    if known.is_some() || !resolve {
        return Ok(known);
    }
    Ok(resolve_soon(services, url).await?.map(|found| match found {
        fetch::Found::Account(account) => Found::Account(account.id),
        fetch::Found::Status(status) => Found::Status(status.id),
    }))
}

async fn known_address(services: &Services, url: &str) -> Result<Option<Found>> {
    let mut conn = services.db.read().await?;
    if let Some(id) = accounts::store::find_id_by_uri(&mut conn, url).await? {
        return Ok(Some(Found::Account(id)));
    }
    if let Some(status) = statuses::store::find_by_uri(&mut conn, url).await? {
        return Ok(Some(Found::Status(status.id)));
    }
    // The pages of our own: `/@ann` and `/@ann/7`.
    let page = url.strip_prefix(services.origin.base()).and_then(|path| path.strip_prefix("/@"));
    let Some(page) = page else { return Ok(None) };
    if let Some((_, id)) = page.split_once('/') {
        Ok(id.parse().ok().map(Found::Status))
    } else {
        let account = accounts::store::find_by_handle(&mut conn, page, "").await?;
        Ok(account.map(|account| Found::Account(account.id)))
    }
}

async fn resolve_soon(services: &Services, text: &str) -> Result<Option<fetch::Found>> {
    let (services, text) = (services.clone(), text.to_owned());
    // A task of its own: if it takes too long, its outcome still serves the next who asks.
    let task = tokio::spawn(async move { fetch::resolve(&services, &text).await });
    match timeout(SEARCH_PATIENCE, task).await {
        Err(_) => Ok(None),
        Ok(Err(broken)) => Err(Error::internal(broken)),
        Ok(Ok(Ok(found))) => Ok(found),
        Ok(Ok(Err(problem))) => {
            tracing::debug!(%problem, "Nothing was found elsewhere: {problem}");
            match Error::from(problem) {
                Error::Internal(source) => Err(Error::Internal(source)),
                _ => Ok(None),
            }
        }
    }
}

/// Makes people of other sites whom a text mentions known here, so that they are mentioned indeed. Whoever cannot be
/// reached soon is not: nobody waits for another site, and for one that did not answer a moment ago not at all.
pub async fn introduce(services: &Services, text: &str, format: Format) -> Result<()> {
    let unknown = {
        let mut conn = services.db.read().await?;
        unknown_handles(services, &mut conn, text, format).await?
    };
    let mut tasks: Vec<(String, JoinHandle<()>)> = unknown
        .into_iter()
        .filter_map(|handle| Some((handle.host.as_deref()?.to_lowercase(), handle.to_string())))
        .filter(|(host, _)| {
            !services.caches.is_failing(host) && services.caches.failure(&mark(host)).is_none()
        })
        .take(MOST)
        .map(|(host, handle)| (host.clone(), tokio::spawn(look_up(services.clone(), host, handle))))
        .collect();
    // Whether all came in time or not, the post is written.
    let in_time = timeout(PATIENCE, join_all(tasks.iter_mut().map(|(_, task)| task))).await;
    if in_time.is_err() {
        for (host, _) in tasks.iter().filter(|(_, task)| !task.is_finished()) {
            services.caches.put_failure(&mark(host), "it was not fast enough".to_owned(), true);
        }
    }
    Ok(())
}

async fn look_up(services: Services, host: String, handle: String) {
    if let Err(problem) = fetch::handle(&services, &handle, &Budget::default()).await {
        tracing::debug!(%problem, "{handle} is mentioned but not known: {problem}");
        if problem.is_temporary() {
            services.caches.put_failure(&mark(&host), problem.to_string(), true);
        }
    }
}

/// Under which a host is remembered as not answering questions for people.
fn mark(host: &str) -> String {
    format!("acct:@{host}")
}
