//! Accounts by identifier, and the directory.

use axum::Json;
use axum::extract::State;
use serde::Deserialize;

use super::super::entities::Account;
use super::super::error::ApiResult;
use super::super::params::Params;
use super::super::path::Id;
use super::super::render;
use super::super::viewer::{Guest, Viewer};
use crate::base::id::AccountId;
use crate::base::{Error, Result};
use crate::domain::accounts;
use crate::domain::auth::Scope;
use crate::platform::db::Conn;
use crate::platform::services::Services;

/// `GET /api/v1/accounts/{id}` · <https://docs.joinmastodon.org/methods/accounts/#get>
pub async fn one(
    State(services): State<Services>,
    guest: Guest,
    Id(id): Id<AccountId>,
) -> ApiResult<Json<Account>> {
    guest.reader(&services, Scope::ReadAccounts)?;
    let mut conn = services.db.read().await?;
    let account = get(&mut conn, id).await?;
    Ok(Json(render::account(&services, &mut conn, &account).await?))
}

/// The account, unless it left. One that was suspended here is shown without its words.
pub async fn get(conn: &mut Conn, id: AccountId) -> Result<accounts::Account> {
    let account = accounts::store::get(conn, id).await?;
    if account.deleted_at.is_some() || id.0 <= 0 {
        return Err(Error::not_found("account"));
    }
    Ok(account)
}

/// Which accounts.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Ids {
    /// At most 40.
    pub id: Vec<AccountId>,
}

/// `GET /api/v1/accounts` · <https://docs.joinmastodon.org/methods/accounts/#index>
pub async fn many(
    State(services): State<Services>,
    guest: Guest,
    Params(wanted): Params<Ids>,
) -> ApiResult<Json<Vec<Account>>> {
    guest.reader(&services, Scope::ReadAccounts)?;
    let ids: Vec<AccountId> = wanted.id.into_iter().filter(|id| id.0 > 0).take(40).collect();
    let mut conn = services.db.read().await?;
    Ok(Json(render::accounts_of(&services, &mut conn, &ids).await?))
}

/// Which part of the directory.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Directory {
    local: bool,
    order: Option<String>,
    limit: Option<i64>,
    offset: Option<i64>,
}

/// `GET /api/v1/directory` · <https://docs.joinmastodon.org/methods/directory/#get>
pub async fn directory(
    State(services): State<Services>,
    guest: Guest,
    Params(wanted): Params<Directory>,
) -> ApiResult<Json<Vec<Account>>> {
    guest.reader(&services, Scope::ReadAccounts)?;
    let limit = wanted.limit.unwrap_or(40).clamp(1, 80);
    let offset = wanted.offset.unwrap_or(0).max(0);
    let host = wanted.local.then_some("");
    let is_new = wanted.order.as_deref() == Some("new");
    let mut conn = services.db.read().await?;
    let ids = accounts::index::store::list_directory(&mut conn, host, is_new, (limit, offset)).await?;
    Ok(Json(render::accounts_of(&services, &mut conn, &ids).await?))
}

/// What accounts do not have yet: featured tags, lists, endorsements, proofs.
pub async fn nothing(viewer: Viewer, Id(_): Id<AccountId>) -> ApiResult<Json<[(); 0]>> {
    viewer.require(Scope::ReadAccounts)?;
    Ok(Json([]))
}
