//! Notifications, one by one (`list`) and in groups (`grouped`).

mod grouped;
mod list;

use axum::Router;
use axum::routing::{get, post};

use crate::platform::services::Services;

/// Routes of this folder.
pub fn routes() -> Router<Services> {
    Router::new()
        .route("/api/v1/notifications", get(list::list))
        .route("/api/v1/notifications/unread_count", get(list::unread_count))
        .route("/api/v1/notifications/clear", post(list::clear))
        .route("/api/v1/notifications/{id}", get(list::one))
        .route("/api/v1/notifications/{id}/dismiss", post(list::dismiss))
        .route("/api/v2/notifications", get(grouped::list))
        .route("/api/v2/notifications/unread_count", get(list::unread_count))
        .route("/api/v2/notifications/{group_key}", get(grouped::one))
        .route("/api/v2/notifications/{group_key}/accounts", get(grouped::accounts))
        .route("/api/v2/notifications/{group_key}/dismiss", post(grouped::dismiss))
}
