//! Accounts by handle and by what somebody types.

use axum::Json;
use axum::extract::State;
use serde::Deserialize;

use super::super::entities::Account;
use super::super::error::ApiResult;
use super::super::params::Params;
use super::super::viewer::{Guest, Viewer};
use super::super::{remote, render};
use crate::base::id::AccountId;
use crate::base::{Error, Result};
use crate::domain::auth::Scope;
use crate::domain::{accounts, follows};
use crate::platform::services::Services;

/// A handle.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Handle {
    acct: String,
}

/// `GET /api/v1/accounts/lookup` · <https://docs.joinmastodon.org/methods/accounts/#lookup>
///
/// Only what this site knows: nobody's typing makes it speak with others.
pub async fn look_up(
    State(services): State<Services>,
    guest: Guest,
    Params(wanted): Params<Handle>,
) -> ApiResult<Json<Account>> {
    guest.reader(&services, Scope::ReadAccounts)?;
    let account = remote::known_handle(&services, &wanted.acct).await?.filter(|account| !account.is_hidden());
    let account = account.ok_or(Error::not_found("account"))?;
    let mut conn = services.db.read().await?;
    Ok(Json(render::account(&services, &mut conn, &account).await?))
}

/// What somebody types.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Query {
    q: String,
    limit: Option<i64>,
    offset: Option<i64>,
    resolve: bool,
    following: bool,
}

/// `GET /api/v1/accounts/search` · <https://docs.joinmastodon.org/methods/accounts/#search>
pub async fn search(
    State(services): State<Services>,
    viewer: Viewer,
    Params(query): Params<Query>,
) -> ApiResult<Json<Vec<Account>>> {
    viewer.require(Scope::ReadAccounts)?;
    let wanted = Wanted {
        limit: query.limit.unwrap_or(40).clamp(1, 80),
        offset: query.offset.unwrap_or(0).max(0),
        resolve: query.resolve,
        reader: Some(viewer.account.id),
        followed_by: query.following.then_some(viewer.account.id),
    };
    let ids = find(&services, &query.q, wanted).await?;
    let mut conn = services.db.read().await?;
    Ok(Json(render::accounts_of(&services, &mut conn, &ids).await?))
}

/// How to look for accounts.
#[derive(Clone, Copy, Debug)]
pub struct Wanted {
    /// At most so many.
    pub limit: i64,
    /// Pass over so many.
    pub offset: i64,
    /// Ask other sites for a handle that is not known here.
    pub resolve: bool,
    /// Who looks.
    pub reader: Option<AccountId>,
    /// Only those whom this person follows.
    pub followed_by: Option<AccountId>,
}

/// An exact handle first, also where one of the two blocks the other: who wants to take a block back must find whom.
pub async fn find(services: &Services, query: &str, wanted: Wanted) -> Result<Vec<AccountId>> {
    let exact = match wanted.offset {
        0 => remote::handle(services, query, wanted.resolve).await?,
        _ => None,
    };
    let mut conn = services.db.read().await?;
    let found = accounts::search(&mut conn, wanted.reader, query, wanted.limit, wanted.offset).await?;
    let exact = exact.filter(|account| !account.is_hidden() && account.id.0 > 0).map(|account| account.id);
    let mut ids: Vec<AccountId> = exact.into_iter().collect();
    ids.extend(found.into_iter().filter(|id| Some(*id) != exact));
    if let Some(person) = wanted.followed_by {
        let followed = follows::store::list_followed_among(&mut conn, person, &ids).await?;
        ids.retain(|id| followed.contains(id));
    }
    ids.truncate(wanted.limit as usize);
    Ok(ids)
}
