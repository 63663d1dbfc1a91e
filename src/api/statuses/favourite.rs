//! Liking a post.

use axum::Json;
use axum::extract::State;

use super::super::entities::{Account, Status};
use super::super::error::ApiResult;
use super::super::paging::{ACCOUNTS, Paging, STATUSES};
use super::super::path::Id;
use super::super::render;
use super::super::viewer::{Guest, Viewer};
use crate::base::id::{AccountId, StatusId};
use crate::domain::auth::Scope;
use crate::domain::statuses;
use crate::platform::services::Services;

/// `POST /api/v1/statuses/{id}/favourite` · <https://docs.joinmastodon.org/methods/statuses/#favourite>
pub async fn favourite(
    State(services): State<Services>,
    viewer: Viewer,
    Id(id): Id<StatusId>,
) -> ApiResult<Json<Status>> {
    viewer.require(Scope::WriteFavourites)?;
    statuses::favourite(&services, viewer.account.id, id).await?;
    render::status(&services, &viewer.reader(), id).await
}

/// `POST /api/v1/statuses/{id}/unfavourite` · <https://docs.joinmastodon.org/methods/statuses/#unfavourite>
pub async fn unfavourite(
    State(services): State<Services>,
    viewer: Viewer,
    Id(id): Id<StatusId>,
) -> ApiResult<Json<Status>> {
    viewer.require(Scope::WriteFavourites)?;
    statuses::unfavourite(&services, viewer.account.id, id).await?;
    render::status(&services, &viewer.reader(), id).await
}

/// `GET /api/v1/statuses/{id}/favourited_by` · <https://docs.joinmastodon.org/methods/statuses/#favourited_by>
pub async fn favourited_by(
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
    let ids = statuses::store::list_favourited_by(&mut conn, of, limit + offset).await?;
    let ids: Vec<AccountId> = ids.into_iter().skip(offset as usize).collect();
    let accounts = render::accounts_of(&services, &mut conn, &ids).await?;
    Ok((paging.next_link(&services, ACCOUNTS, ids.len()), Json(accounts)))
}

/// `GET /api/v1/favourites` · <https://docs.joinmastodon.org/methods/favourites/#get>
pub async fn favourites(
    State(services): State<Services>,
    viewer: Viewer,
    paging: Paging,
) -> ApiResult<render::Listing<Status>> {
    viewer.require(Scope::ReadFavourites)?;
    let (limit, offset) = paging.offset(STATUSES);
    let mut conn = services.db.read().await?;
    let kept =
        statuses::bookmark::list_favourites(&services, &mut conn, viewer.account.id, limit, offset).await?;
    let links = paging.next_link(&services, STATUSES, kept.looked_at);
    Ok((links, Json(render::views(&services, &kept.statuses))))
}
