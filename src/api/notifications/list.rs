//! Notifications one by one. Source: <https://docs.joinmastodon.org/methods/notifications/>

use axum::Json;
use axum::extract::State;
use axum::http::HeaderMap;
use serde::Deserialize;
use serde_json::{Value, json};

use super::super::entities::Notification;
use super::super::error::ApiResult;
use super::super::paging::{ACCOUNTS, Paging};
use super::super::params::Params;
use super::super::path::Id;
use super::super::render::Listing;
use super::super::viewer::Viewer;
use crate::base::id::{AccountId, NotificationId};
use crate::base::page::Page;
use crate::base::{Error, Result};
use crate::domain::auth::Scope;
use crate::domain::notifications::{self, store::Filter};
use crate::platform::services::Services;

/// Which notifications.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Wanted {
    types: Vec<String>,
    exclude_types: Vec<String>,
    account_id: Option<AccountId>,
    include_filtered: bool,
}

/// A page of notifications.
pub struct Loaded {
    /// Newest first.
    pub notifications: Vec<Notification>,
    /// Newest and oldest.
    pub span: Option<(i64, i64)>,
}

/// Loads a page.
pub async fn load(services: &Services, viewer: &Viewer, wanted: Wanted, page: Page) -> Result<Loaded> {
    let filter = Filter {
        kinds: wanted.types,
        exclude: wanted.exclude_types,
        from: wanted.account_id,
        with_filtered: wanted.include_filtered,
    };
    let mut conn = services.db.read().await?;
    let views = notifications::list(services, &mut conn, viewer.account.id, &filter, page).await?;
    let loaded: Vec<Notification> = views.iter().map(|view| Notification::new(services, view)).collect();
    let span = loaded.first().zip(loaded.last()).map(|(newest, oldest)| (newest.id.0, oldest.id.0));
    Ok(Loaded { notifications: loaded, span })
}

/// `GET /api/v1/notifications` · <https://docs.joinmastodon.org/methods/notifications/#get>
pub async fn list(
    State(services): State<Services>,
    viewer: Viewer,
    paging: Paging,
    Params(wanted): Params<Wanted>,
) -> ApiResult<Listing<Notification>> {
    viewer.require(Scope::ReadNotifications)?;
    let loaded = load(&services, &viewer, wanted, paging.page(ACCOUNTS)).await?;
    let links: HeaderMap = paging.links(&services, loaded.span);
    Ok((links, Json(loaded.notifications)))
}

/// `GET /api/v1/notifications/{id}` · <https://docs.joinmastodon.org/methods/notifications/#get-one>
pub async fn one(
    State(services): State<Services>,
    viewer: Viewer,
    Id(id): Id<NotificationId>,
) -> ApiResult<Json<Notification>> {
    viewer.require(Scope::ReadNotifications)?;
    Ok(Json(get(&services, &viewer, id).await?))
}

/// The notification, if it is the viewer's.
pub async fn get(services: &Services, viewer: &Viewer, id: NotificationId) -> Result<Notification> {
    let only =
        Page { max_id: Some(id.0.saturating_add(1)), since_id: Some(id.0 - 1), min_id: None, limit: 1 };
    let loaded = load(services, viewer, Wanted::default(), only).await?;
    loaded.notifications.into_iter().next().ok_or(Error::not_found("notification"))
}

/// `POST /api/v1/notifications/{id}/dismiss` · <https://docs.joinmastodon.org/methods/notifications/#dismiss>
pub async fn dismiss(
    State(services): State<Services>,
    viewer: Viewer,
    Id(id): Id<NotificationId>,
) -> ApiResult<Json<Value>> {
    viewer.require(Scope::WriteNotifications)?;
    remove(&services, &viewer, id).await?;
    Ok(Json(json!({})))
}

/// Forgets one notification.
pub async fn remove(services: &Services, viewer: &Viewer, id: NotificationId) -> Result<()> {
    let mut tx = services.db.begin().await?;
    notifications::store::delete(&mut tx, viewer.account.id, id).await?;
    tx.commit().await
}

/// `POST /api/v1/notifications/clear` · <https://docs.joinmastodon.org/methods/notifications/#clear>
pub async fn clear(State(services): State<Services>, viewer: Viewer) -> ApiResult<Json<Value>> {
    viewer.require(Scope::WriteNotifications)?;
    let mut tx = services.db.begin().await?;
    notifications::store::delete_all(&mut tx, viewer.account.id).await?;
    tx.commit().await?;
    Ok(Json(json!({})))
}

/// How far to count.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Count {
    limit: Option<i64>,
}

/// `GET /api/v1/notifications/unread_count` · <https://docs.joinmastodon.org/methods/notifications/#unread-count>
pub async fn unread_count(
    State(services): State<Services>,
    viewer: Viewer,
    Params(wanted): Params<Count>,
) -> ApiResult<Json<Value>> {
    viewer.require(Scope::ReadNotifications)?;
    let limit = wanted.limit.unwrap_or(100).clamp(1, 1_000);
    let mut conn = services.db.read().await?;
    let count = notifications::store::count_unread(&mut conn, viewer.account.id, limit).await?;
    Ok(Json(json!({ "count": count })))
}
