//! Whether an actor of another site is gone, as that site says itself.

use http::StatusCode;
use serde_json::Value;
use url::Url;

use super::{Budget, FetchError, actor, fetcher, handle};
use crate::domain::accounts::Account;
use crate::federation::gate::{self, Purpose};
use crate::platform::services::Services;

/// Asks the origin: `410 Gone` or a tombstone says so. A mere `404` may only mean that the site does not speak with ours;
/// it counts if the name, which WebFinger tells everybody, is not found there either.
///
/// # Errors
/// [`FetchError`] if the site cannot be asked just now, or is not spoken with.
pub async fn is_gone(services: &Services, account: &Account) -> Result<bool, FetchError> {
    let id = Url::parse(&account.uri).map_err(crate::base::Error::internal)?;
    let host = actor::remote_host(services, &id)?;
    gate::check(services, &host, Purpose::Conversation).await?;
    let budget = Budget::of(6);
    match fetcher(services).await?.document_now(&id, &budget).await {
        Ok(document) => Ok(document.value.get("type").and_then(Value::as_str) == Some("Tombstone")),
        Err(FetchError::Gone(_)) => Ok(true),
        Err(error) if is_not_found(&error) => {
            let resource = format!("acct:{}@{host}", account.username);
            match handle::finger(services, &host, &resource, Purpose::Conversation, &budget).await {
                Ok(_) => Ok(false),
                Err(error) => Ok(is_not_found(&error)),
            }
        }
        Err(error) => Err(error),
    }
}

fn is_not_found(error: &FetchError) -> bool {
    matches!(error, FetchError::Gone(_) | FetchError::Status { status: StatusCode::NOT_FOUND, .. })
}
