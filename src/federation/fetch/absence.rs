//! Whether something is gone from its site.

use http::StatusCode;
use url::Url;

use super::{Budget, FetchError, actor, fetcher};
use crate::federation::gate::{self, Purpose};
use crate::platform::services::Services;

/// What a site says when it is asked for something that may be gone.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Absence {
    /// It is there.
    There,
    /// 404: gone, or not for us.
    Missing,
    /// 410.
    Gone,
}

/// Asks the site of `id` now, whatever it said before.
///
/// # Errors
/// [`FetchError`] if the site does not say.
pub async fn absence(services: &Services, id: &Url) -> Result<Absence, FetchError> {
    let host = actor::remote_host(services, id)?;
    gate::check(services, &host, Purpose::Conversation).await?;
    match fetcher(services).await?.document_now(id, &Budget::of(4)).await {
        Ok(_) => Ok(Absence::There),
        Err(FetchError::Gone(_)) => Ok(Absence::Gone),
        Err(FetchError::Status { status: StatusCode::NOT_FOUND, .. }) => Ok(Absence::Missing),
        Err(problem) => Err(problem),
    }
}
