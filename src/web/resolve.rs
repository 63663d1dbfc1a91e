//! Finds a person by address, at this site or at another.

use super::state::Web;
use crate::base::id::AccountId;
use crate::base::{Error, Result};
use crate::federation::fetch;

/// What came of it.
pub enum Found {
    /// Here they are.
    Person(AccountId),
    /// The text is no address, or there is nobody there.
    Nobody,
    /// The other site did not answer.
    Unreachable(String),
}

/// The person whom a text addresses: `@bob@sales.example.org`, `bob@sales.example.org`, or the address of the page.
///
/// # Errors
/// As the database.
pub async fn person(web: &Web, text: &str) -> Result<Found> {
    let text = text.trim();
    let is_handle = text.trim_start_matches('@').split('@').filter(|part| !part.is_empty()).count() == 2;
    let is_handle = is_handle && !text.contains(char::is_whitespace);
    let is_address = text.starts_with("https://") || text.starts_with("http://");
    if !is_handle && !is_address {
        return Ok(Found::Nobody);
    }
    match fetch::resolve(web.services(), text).await.map_err(Error::from) {
        Ok(Some(fetch::Found::Account(account))) => Ok(Found::Person(account.id)),
        Ok(_) | Err(Error::NotFound { .. } | Error::Forbidden { .. } | Error::Invalid { .. }) => {
            Ok(Found::Nobody)
        }
        Err(Error::PeerUnavailable { peer }) => Ok(Found::Unreachable(peer)),
        Err(error) => Err(error),
    }
}
