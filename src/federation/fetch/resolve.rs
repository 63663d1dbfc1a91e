//! Whatever somebody pasted into the search field: a handle, or the address of a person or post.

use serde_json::Value;
use url::Url;

use super::{Budget, FetchError, actor, featured, fetcher, handle, status};
use crate::base::text::Handle;
use crate::domain::accounts::{self, Account};
use crate::domain::statuses::{self, Status};
use crate::federation::gate::{self, Purpose};
use crate::platform::services::Services;

/// What was found. Whether the reader may see it is still to be asked.
#[derive(Clone, Debug)]
pub enum Found {
    Account(Box<Account>),
    Status(Box<Status>),
}

/// Finds what `query` names, here or at another site. None if it is neither a handle nor an address.
pub async fn resolve(services: &Services, query: &str) -> Result<Option<Found>, FetchError> {
    let query = query.trim();
    let budget = Budget::default();
    if let Some(url) = Url::parse(query).ok().filter(|url| matches!(url.scheme(), "https" | "http")) {
        return by_address(services, &url, &budget).await;
    }
    if Handle::parse(query).is_none() {
        return Ok(None);
    }
    let account = handle::handle(services, query, &budget).await?;
    Ok(Some(Found::Account(Box::new(account))))
}

async fn by_address(services: &Services, url: &Url, budget: &Budget) -> Result<Option<Found>, FetchError> {
    if let Some(known) = known(services, url).await? {
        return Ok(Some(known));
    }
    let Ok(host) = actor::remote_host(services, url) else { return Ok(None) };
    gate::check(services, &host, Purpose::Conversation).await?;
    let document = fetcher(services).await?.document(url, budget).await?;
    let kind = document.value.get("type").and_then(Value::as_str).unwrap_or_default();
    if matches!(kind, "Person" | "Service" | "Application" | "Group" | "Organization") {
        let account = actor::take(services, &document, Purpose::Conversation).await?;
        featured::featured_soon(services, &account);
        return Ok(Some(Found::Account(Box::new(account))));
    }
    let status = status::take_document(services, &document, budget).await?;
    Ok(Some(Found::Status(Box::new(status))))
}

/// By id or by the address of the page for people.
async fn known(services: &Services, url: &Url) -> Result<Option<Found>, FetchError> {
    let mut conn = services.db.read().await?;
    if let Some(account) = accounts::store::find_by_uri(&mut conn, url.as_str()).await? {
        return Ok(Some(Found::Account(Box::new(account))));
    }
    if let Some(status) = statuses::store::find_by_uri(&mut conn, url.as_str()).await? {
        return Ok(Some(Found::Status(Box::new(status))));
    }
    if let Some(id) = statuses::store::find_id_by_url(&mut conn, url.as_str()).await? {
        let status = statuses::store::get(&mut conn, id).await?;
        return Ok(Some(Found::Status(Box::new(status))));
    }
    let own_profile = services.origin.owns(url.as_str()).then(|| url.path().strip_prefix("/@")).flatten();
    if let Some(name) = own_profile.filter(|name| !name.contains('/')) {
        let account = accounts::store::find_by_handle(&mut conn, name, "").await?;
        return Ok(account.map(|account| Found::Account(Box::new(account))));
    }
    Ok(None)
}
