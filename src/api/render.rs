//! From what the domain answers to what the client reads.

use axum::Json;
use axum::http::HeaderMap;

use super::entities;
use super::error::ApiResult;
use super::paging::Paging;
use crate::base::id::{AccountId, StatusId};
use crate::base::{Error, Result};
use crate::domain::statuses::{Reader, StatusView, filtered, hydrate};
use crate::domain::timelines::Timeline;
use crate::domain::{accounts, statuses};
use crate::federation::fetch;
use crate::platform::db::Conn;
use crate::platform::services::Services;

/// A list with its `Link` header.
pub type Listing<T> = (HeaderMap, Json<Vec<T>>);

/// One post.
pub async fn status(services: &Services, reader: &Reader, id: StatusId) -> ApiResult<Json<entities::Status>> {
    let mut conn = services.db.read().await?;
    let mut views = vec![statuses::hydrate::hydrate_one(services, &mut conn, reader, id).await?];
    filtered::apply(services, &mut conn, reader, None, &mut views).await?;
    let view = views.pop().ok_or(Error::not_found("status"))?;
    fetch::look_at_quote_again(services, view.shown());
    Ok(Json(entities::Status::new(services, &view)))
}

/// Posts, in the order of `ids`, without those that the reader may not read.
pub async fn statuses_of(
    services: &Services,
    conn: &mut Conn,
    reader: &Reader,
    ids: &[StatusId],
) -> Result<Vec<entities::Status>> {
    let mut found = hydrate(services, conn, reader, ids).await?;
    filtered::apply(services, conn, reader, None, &mut found).await?;
    Ok(views(services, &found))
}

/// Posts that were loaded.
pub fn views(services: &Services, views: &[StatusView]) -> Vec<entities::Status> {
    views.iter().map(|view| entities::Status::new(services, view)).collect()
}

/// A page of a timeline.
pub fn timeline(services: &Services, paging: &Paging, timeline: &Timeline) -> Listing<entities::Status> {
    let span = timeline.span.map(|(newest, oldest)| (newest.0, oldest.0));
    (paging.links(services, span), Json(views(services, &timeline.statuses)))
}

/// An account with the one that stands for it now.
pub async fn account(
    services: &Services,
    conn: &mut Conn,
    account: &accounts::Account,
) -> Result<entities::Account> {
    let mut shown = entities::Account::new(services, account);
    add_moved(services, conn, std::slice::from_mut(&mut shown), std::slice::from_ref(account)).await?;
    Ok(shown)
}

/// Says of those who moved where they are now.
async fn add_moved(
    services: &Services,
    conn: &mut Conn,
    shown: &mut [entities::Account],
    accounts: &[accounts::Account],
) -> Result<()> {
    let targets: Vec<AccountId> = accounts.iter().filter_map(|account| account.moved_to_id).collect();
    for target in accounts::store::list(conn, &targets).await?.iter().filter(|target| !target.is_hidden()) {
        for (shown, account) in shown.iter_mut().zip(accounts) {
            if account.moved_to_id == Some(target.id) {
                shown.moved = Some(Box::new(entities::Account::new(services, target)));
            }
        }
    }
    Ok(())
}

/// Accounts, in the order of `ids`; those suspended or gone are left out.
pub async fn accounts_of(
    services: &Services,
    conn: &mut Conn,
    ids: &[AccountId],
) -> Result<Vec<entities::Account>> {
    let rows = accounts::store::list(conn, ids).await?;
    let mut by_id: std::collections::HashMap<AccountId, accounts::Account> = rows
        .into_iter()
        .filter(|account| !account.is_hidden())
        .map(|account| (account.id, account))
        .collect();
    let ordered: Vec<_> = ids.iter().filter_map(|id| by_id.remove(id)).collect();
    let mut shown: Vec<_> = ordered.iter().map(|account| entities::Account::new(services, account)).collect();
    add_moved(services, conn, &mut shown, &ordered).await?;
    Ok(shown)
}
