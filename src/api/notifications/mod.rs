//! Notifications, one by one (`list`) and in groups (`grouped`).

mod grouped;
mod list;
mod policy;

use axum::Router;
use axum::routing::{get, post};

use crate::platform::services::Services;

/// Routes of this folder.
pub fn routes() -> Router<Services> {
    Router::new()
        .route("/api/v1/notifications", get(list::list))
        .route("/api/v1/notifications/unread_count", get(list::unread_count))
        .route("/api/v1/notifications/clear", post(list::clear))
        .route("/api/v1/notifications/requests", get(policy::requests))
        .route("/api/v1/notifications/requests/merged", get(policy::merged))
        .route("/api/v1/notifications/requests/accept", post(policy::accept_all))
        .route("/api/v1/notifications/requests/dismiss", post(policy::dismiss_all))
        .route("/api/v1/notifications/requests/{id}", get(policy::request))
        .route("/api/v1/notifications/requests/{id}/accept", post(policy::accept))
        .route("/api/v1/notifications/requests/{id}/dismiss", post(policy::dismiss))
        .route("/api/v2/notifications/policy", get(policy::show).patch(policy::decide).put(policy::decide))
        .route("/api/v1/notifications/{id}", get(list::one))
        .route("/api/v1/notifications/{id}/dismiss", post(list::dismiss))
        .route("/api/v2/notifications", get(grouped::list))
        .route("/api/v2/notifications/unread_count", get(list::unread_count))
        .route("/api/v2/notifications/{group_key}", get(grouped::one))
        .route("/api/v2/notifications/{group_key}/accounts", get(grouped::accounts))
        .route("/api/v2/notifications/{group_key}/dismiss", post(grouped::dismiss))
}
