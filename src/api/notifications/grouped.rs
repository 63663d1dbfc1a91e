//! Notifications in groups, each of one. Source: <https://docs.joinmastodon.org/methods/grouped_notifications/>

use axum::Json;
use axum::extract::State;
use axum::http::HeaderMap;
use serde_json::{Value, json};

use super::super::entities::{Account, GroupedNotifications};
use super::super::error::ApiResult;
use super::super::paging::{ACCOUNTS, Paging};
use super::super::params::Params;
use super::super::path::Id;
use super::super::viewer::Viewer;
use super::list::{Wanted, get, load, remove};
use crate::base::id::NotificationId;
use crate::base::{Error, Result};
use crate::domain::auth::Scope;
use crate::platform::services::Services;

/// `GET /api/v2/notifications` · <https://docs.joinmastodon.org/methods/grouped_notifications/#get-grouped>
pub async fn list(
    State(services): State<Services>,
    viewer: Viewer,
    paging: Paging,
    Params(wanted): Params<Wanted>,
) -> ApiResult<(HeaderMap, Json<GroupedNotifications>)> {
    viewer.require(Scope::ReadNotifications)?;
    let loaded = load(&services, &viewer, wanted, paging.page(ACCOUNTS)).await?;
    let links = paging.links(&services, loaded.span);
    Ok((links, Json(GroupedNotifications::new(loaded.notifications))))
}

/// `GET /api/v2/notifications/{group_key}` · <https://docs.joinmastodon.org/methods/grouped_notifications/#get-notification-group>
pub async fn one(
    State(services): State<Services>,
    viewer: Viewer,
    Id(key): Id<String>,
) -> ApiResult<Json<GroupedNotifications>> {
    viewer.require(Scope::ReadNotifications)?;
    let notification = get(&services, &viewer, id_of(&key)?).await?;
    Ok(Json(GroupedNotifications::new(vec![notification])))
}

/// `GET /api/v2/notifications/{group_key}/accounts` · <https://docs.joinmastodon.org/methods/grouped_notifications/#get-group-accounts>
pub async fn accounts(
    State(services): State<Services>,
    viewer: Viewer,
    Id(key): Id<String>,
) -> ApiResult<Json<Vec<Account>>> {
    viewer.require(Scope::ReadNotifications)?;
    let notification = get(&services, &viewer, id_of(&key)?).await?;
    Ok(Json(vec![notification.account]))
}

/// `POST /api/v2/notifications/{group_key}/dismiss` · <https://docs.joinmastodon.org/methods/grouped_notifications/#dismiss-group>
pub async fn dismiss(
    State(services): State<Services>,
    viewer: Viewer,
    Id(key): Id<String>,
) -> ApiResult<Json<Value>> {
    viewer.require(Scope::WriteNotifications)?;
    remove(&services, &viewer, id_of(&key)?).await?;
    Ok(Json(json!({})))
}

fn id_of(group_key: &str) -> Result<NotificationId> {
    let id = group_key.strip_prefix("ungrouped-").and_then(|id| id.parse().ok());
    id.ok_or(Error::not_found("notification"))
}
