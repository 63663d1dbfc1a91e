//! An account as its site describes it now.

use url::Url;

use super::{Budget, FetchError, Found, actor, resolve};
use crate::base::Error;
use crate::domain::accounts::Account;
use crate::federation::gate::Purpose;
use crate::platform::services::Services;

/// The account with this handle or address, of this site or read from its own just now: what was known of it counts for
/// nothing. Where somebody moves must be asked so.
///
/// # Errors
/// [`Error::NotFound`] if there is nobody by that name; otherwise as for every fetch.
pub async fn afresh(services: &Services, text: &str) -> Result<Account, FetchError> {
    let Some(Found::Account(account)) = resolve::resolve(services, text).await? else {
        return Err(Error::not_found("account").into());
    };
    if account.is_local() {
        return Ok(*account);
    }
    let id = Url::parse(&account.uri).map_err(Error::internal)?;
    actor::refresh(services, &id, Purpose::Conversation, &Budget::default()).await
}
