//! Who follows somebody, and whom they follow.

use axum::Json;
use axum::extract::State;

use super::super::entities::Account;
use super::super::error::ApiResult;
use super::super::paging::{ACCOUNTS, Paging};
use super::super::path::Id;
use super::super::render::{self, Listing};
use super::super::viewer::Guest;
use super::find;
use crate::base::id::AccountId;
use crate::domain::auth::Scope;
use crate::domain::follows;
use crate::platform::services::Services;

/// `GET /api/v1/accounts/{id}/followers` · <https://docs.joinmastodon.org/methods/accounts/#followers>
pub async fn followers(
    State(services): State<Services>,
    guest: Guest,
    Id(id): Id<AccountId>,
    paging: Paging,
) -> ApiResult<Listing<Account>> {
    guest.reader(&services, Scope::ReadAccounts)?;
    let (limit, offset) = paging.offset(ACCOUNTS);
    let mut conn = services.db.read().await?;
    find::get(&mut conn, id).await?;
    let ids = follows::store::list_followers(&mut conn, id, limit, offset).await?;
    let accounts = render::accounts_of(&services, &mut conn, &ids).await?;
    Ok((paging.next_link(&services, ACCOUNTS, ids.len()), Json(accounts)))
}

/// `GET /api/v1/accounts/{id}/following` · <https://docs.joinmastodon.org/methods/accounts/#following>
pub async fn following(
    State(services): State<Services>,
    guest: Guest,
    Id(id): Id<AccountId>,
    paging: Paging,
) -> ApiResult<Listing<Account>> {
    guest.reader(&services, Scope::ReadAccounts)?;
    let (limit, offset) = paging.offset(ACCOUNTS);
    let mut conn = services.db.read().await?;
    find::get(&mut conn, id).await?;
    let ids = follows::store::list_following(&mut conn, id, limit, offset).await?;
    let accounts = render::accounts_of(&services, &mut conn, &ids).await?;
    Ok((paging.next_link(&services, ACCOUNTS, ids.len()), Json(accounts)))
}
