//! What is still being looked for: a client is told with the answer, and asks here whether it is done.
//!
//! Source: <https://docs.joinmastodon.org/methods/async_refreshes/>

use axum::extract::State;
use axum::http::{HeaderMap, HeaderName, HeaderValue};
use axum::routing::get;
use axum::{Json, Router};
use serde::Serialize;

use super::error::ApiResult;
use super::path::Id;
use super::viewer::Viewer;
use crate::base::{Error, Result};
use crate::domain::auth::Scope;
use crate::domain::statuses::Reader;
use crate::domain::statuses::threads::{self, LookUp};
use crate::platform::services::Services;

/// Seconds after which to ask for the first time, as Mastodon says.
const RETRY: u32 = 3;

const HEADER: HeaderName = HeaderName::from_static("mastodon-async-refresh");

/// Routes of this file.
pub fn routes() -> Router<Services> {
    Router::new().route("/api/v1_alpha/async_refreshes/{id}", get(one))
}

/// How far it is.
#[derive(Debug, Serialize)]
struct Answer {
    async_refresh: AsyncRefresh,
}

/// <https://docs.joinmastodon.org/entities/AsyncRefresh/>
#[derive(Debug, Serialize)]
struct AsyncRefresh {
    id: String,
    status: &'static str,
    result_count: usize,
}

/// `GET /api/v1_alpha/async_refreshes/{id}` · <https://docs.joinmastodon.org/methods/async_refreshes/#show>
async fn one(
    State(services): State<Services>,
    viewer: Viewer,
    Id(id): Id<String>,
) -> ApiResult<Json<Answer>> {
    viewer.require(Scope::Read)?;
    let (look, arrived) = threads::refresh(&services, &viewer.reader(), &id).await?;
    let status = if look.is_running() { "running" } else { "finished" };
    Ok(Json(Answer { async_refresh: AsyncRefresh { id, status, result_count: arrived.len() } }))
}

/// The header while somebody looks for more of a thread, with how many of the posts that arrived the reader may
/// read; nothing after that.
pub async fn header(services: &Services, reader: &Reader, look: Option<LookUp>) -> Result<HeaderMap> {
    let mut headers = HeaderMap::new();
    if let Some(look) = look.filter(LookUp::is_running) {
        let mut conn = services.db.read().await?;
        let count = threads::arrived(services, &mut conn, reader, &look).await?.len();
        let value = format!("id=\"{}\", retry={RETRY}, result_count={count}", look.token);
        headers.insert(HEADER, HeaderValue::try_from(value).map_err(Error::internal)?);
    }
    Ok(headers)
}
