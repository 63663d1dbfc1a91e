//! Reposting a post.

use axum::Json;
use axum::extract::State;

use super::super::entities::{Account, Status};
use super::super::error::ApiResult;
use super::super::paging::{ACCOUNTS, Paging};
use super::super::path::Id;
use super::super::render;
use super::super::viewer::{Guest, Viewer};
use crate::base::id::{AccountId, StatusId};
use crate::domain::auth::Scope;
use crate::domain::statuses;
use crate::platform::limiter::Purpose;
use crate::platform::services::Services;

/// `POST /api/v1/statuses/{id}/reblog` · <https://docs.joinmastodon.org/methods/statuses/#boost>
///
/// Answers the repost. A wished `visibility` is passed over: a repost reaches as far as its post.
pub async fn reblog(
    State(services): State<Services>,
    viewer: Viewer,
    Id(id): Id<StatusId>,
) -> ApiResult<Json<Status>> {
    viewer.require(Scope::WriteStatuses)?;
    services.limiter.check(Purpose::Posts, &viewer.account.id.to_string())?;
    let reblog = statuses::reblog(&services, viewer.account.id, id).await?;
    render::status(&services, &viewer.reader(), reblog).await
}

/// `POST /api/v1/statuses/{id}/unreblog` · <https://docs.joinmastodon.org/methods/statuses/#unreblog>
pub async fn unreblog(
    State(services): State<Services>,
    viewer: Viewer,
    Id(id): Id<StatusId>,
) -> ApiResult<Json<Status>> {
    viewer.require(Scope::WriteStatuses)?;
    let of = statuses::unreblog(&services, viewer.account.id, id).await?;
    render::status(&services, &viewer.reader(), of).await
}

/// `GET /api/v1/statuses/{id}/reblogged_by` · <https://docs.joinmastodon.org/methods/statuses/#reblogged_by>
pub async fn reblogged_by(
    State(services): State<Services>,
    guest: Guest,
    Id(id): Id<StatusId>,
    paging: Paging,
) -> ApiResult<render::Listing<Account>> {
    let reader = guest.reader(&services, Scope::ReadStatuses)?;
    let (limit, offset) = paging.offset(ACCOUNTS);
    let mut conn = services.db.read().await?;
    let status = statuses::get_visible(&services, &mut conn, id, &reader).await?;
    let of = status.reblog_of_id.unwrap_or(status.id);
    let ids = statuses::store::list_reblogged_by(&mut conn, of, limit + offset).await?;
    let ids: Vec<AccountId> = ids.into_iter().skip(offset as usize).collect();
    let accounts = render::accounts_of(&services, &mut conn, &ids).await?;
    Ok((paging.next_link(&services, ACCOUNTS, ids.len()), Json(accounts)))
}
