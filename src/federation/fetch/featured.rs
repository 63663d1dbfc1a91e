//! Which posts somebody of another site pinned to the profile.

use std::time::Duration;

use serde::Deserialize as _;
use serde_json::Value;
use url::Url;

use super::{Budget, FetchError, Fetcher, actor, fetcher, status};
use crate::activitystreams::reference::id_of;
use crate::activitystreams::{Note, limits};
use crate::base::Result;
use crate::base::id::StatusId;
use crate::domain::accounts::Account;
use crate::domain::statuses::{self, Status, pin};
use crate::federation::gate::{self, Purpose};
use crate::federation::origin::same_origin;
use crate::platform::services::Services;

/// Fetches for one look at a profile: the collection, a page of it, and posts of which only the id is known.
const FETCHES: u32 = 12;

/// Reads the pins of somebody of another site beside the answer to whoever looks; at most once an hour. Not kept across
/// a restart: the profile is looked at again.
pub fn featured_soon(services: &Services, account: &Account) {
    let Some(uri) = account.featured_uri.as_deref().filter(|_| !account.is_local() && !account.is_hidden())
    else {
        return;
    };
    if !services.caches.may_look(uri) {
        return;
    }
    let (services, account) = (services.clone(), account.clone());
    tokio::spawn(async move {
        if let Err(error) = featured(&services, &account).await {
            tracing::info!(actor = %account.uri, %error, "What {} pinned cannot be read: {error}", account.uri);
        }
    });
}

/// Reads the pins of somebody of another site: what is pinned there is pinned here, in that order, and nothing else.
///
/// # Errors
/// [`FetchError`] if the collection cannot be read. Posts that cannot be read are left out.
pub async fn featured(services: &Services, account: &Account) -> Result<(), FetchError> {
    let Some(uri) = account.featured_uri.as_deref().and_then(|uri| Url::parse(uri).ok()) else {
        return Ok(());
    };
    let host = actor::remote_host(services, &uri)?;
    gate::check(services, &host, Purpose::Conversation).await?;
    let budget = Budget::of(FETCHES);
    let items = items(&fetcher(services).await?, &uri, &budget).await?;
    let mut named = Vec::new();
    let mut pinned = Vec::new();
    for item in items.iter().take(limits::PINNED) {
        let Some(id) = id_of(item).filter(|id| same_origin(id, &uri)) else { continue };
        match post(services, account, item, &id, &budget).await {
            Ok(status) if pin::problem_with(&status, account.id).is_none() => pinned.push(status.id),
            Ok(_) => {}
            Err(error) => tracing::info!(%id, %error, "A pinned post cannot be read: {error}"),
        }
        named.push(id.to_string());
    }
    Ok(write(services, account, &named, &pinned).await?)
}

/// The entries of the collection, or of its first page.
async fn items(fetcher: &Fetcher, uri: &Url, budget: &Budget) -> Result<Vec<Value>, FetchError> {
    let document = fetcher.document(uri, budget).await?;
    let entries = entries_of(&document.value);
    if !entries.is_empty() {
        return Ok(entries);
    }
    match document.value.get("first") {
        Some(page @ Value::Object(_)) => Ok(entries_of(page)),
        Some(Value::String(page)) => match Url::parse(page) {
            Ok(page) if same_origin(&page, uri) => {
                Ok(entries_of(&fetcher.document(&page, budget).await?.value))
            }
            _ => Ok(Vec::new()),
        },
        _ => Ok(Vec::new()),
    }
}

fn entries_of(collection: &Value) -> Vec<Value> {
    match collection.get("orderedItems").or_else(|| collection.get("items")) {
        Some(Value::Array(entries)) => entries.clone(),
        Some(Value::Null) | None => Vec::new(),
        Some(one) => vec![one.clone()],
    }
}

/// A pinned post: as it is known, as it stands in the collection (which its own site served), or read by its id.
async fn post(
    services: &Services,
    account: &Account,
    item: &Value,
    id: &Url,
    budget: &Budget,
) -> Result<Status, FetchError> {
    if let Some(known) = statuses::store::find_by_uri(&mut services.db.read().await?, id.as_str()).await? {
        return Ok(known);
    }
    match Note::deserialize(item) {
        Ok(note) if note.attributed_to.as_str() == account.uri => status::take(services, note, budget).await,
        _ => status::status(services, id, budget).await,
    }
}

/// Those named that could not be read just now stay as they were.
async fn write(services: &Services, account: &Account, named: &[String], pinned: &[StatusId]) -> Result<()> {
    let now = services.clock.now();
    let mut tx = services.db.begin().await?;
    let known = statuses::store::list_pins(&mut tx, account.id).await?;
    for status in statuses::store::list(&mut tx, &known).await? {
        if !named.contains(&status.uri) {
            statuses::store::delete_pin(&mut tx, account.id, status.id).await?;
        }
    }
    for (place, id) in pinned.iter().enumerate() {
        let at = now - Duration::from_millis(place as u64);
        statuses::store::upsert_pin(&mut tx, account.id, *id, at).await?;
    }
    tx.commit().await
}
