//! Notifications, one by one and in groups. Source: <https://docs.joinmastodon.org/entities/Notification/>

use serde::Serialize;

use super::{Account, Report, Status};
use crate::base::id::{AccountId, NotificationId, StatusId};
use crate::domain::notifications::NotificationView;
use crate::platform::services::Services;

/// A notification.
#[derive(Clone, Debug, Serialize)]
pub struct Notification {
    pub id: NotificationId,
    pub r#type: &'static str,
    pub group_key: String,
    pub created_at: String,
    pub account: Account,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub status: Option<Status>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub report: Option<Report>,
}

impl Notification {
    /// As its reader sees it.
    pub fn new(services: &Services, view: &NotificationView) -> Self {
        let notification = &view.notification;
        Self {
            id: notification.id,
            r#type: notification.kind.word(),
            group_key: group_key(notification.id),
            created_at: notification.created_at.to_rfc3339(),
            account: Account::new(services, &view.account),
            status: view.status.as_ref().map(|status| Status::new(services, status)),
            report: None,
        }
    }
}

/// Each notification is a group of its own, which Mastodon allows for.
///
/// Source: <https://docs.joinmastodon.org/methods/grouped_notifications/>
fn group_key(id: NotificationId) -> String {
    format!("ungrouped-{id}")
}

/// Groups of notifications, and what they refer to once each.
///
/// Source: <https://docs.joinmastodon.org/entities/GroupedNotificationsResults/>
#[derive(Clone, Debug, Serialize)]
pub struct GroupedNotifications {
    pub accounts: Vec<Account>,
    pub statuses: Vec<Status>,
    pub notification_groups: Vec<NotificationGroup>,
}

/// A group. Source: <https://docs.joinmastodon.org/entities/NotificationGroup/>
#[derive(Clone, Debug, Serialize)]
pub struct NotificationGroup {
    pub group_key: String,
    pub notifications_count: i64,
    pub r#type: &'static str,
    /// A number, unlike all others: so it is documented, and typed clients insist on it.
    pub most_recent_notification_id: i64,
    pub page_min_id: NotificationId,
    pub page_max_id: NotificationId,
    pub latest_page_notification_at: String,
    pub sample_account_ids: [AccountId; 1],
    #[serde(skip_serializing_if = "Option::is_none")]
    pub status_id: Option<StatusId>,
}

impl GroupedNotifications {
    /// Takes notifications apart into groups, accounts and posts.
    pub fn new(notifications: Vec<Notification>) -> Self {
        let mut grouped =
            Self { accounts: Vec::new(), statuses: Vec::new(), notification_groups: Vec::new() };
        for one in notifications {
            grouped.notification_groups.push(NotificationGroup {
                group_key: one.group_key,
                notifications_count: 1,
                r#type: one.r#type,
                most_recent_notification_id: one.id.0,
                page_min_id: one.id,
                page_max_id: one.id,
                latest_page_notification_at: one.created_at,
                sample_account_ids: [one.account.id],
                status_id: one.status.as_ref().map(|status| status.id),
            });
            if grouped.accounts.iter().all(|known| known.id != one.account.id) {
                grouped.accounts.push(one.account);
            }
            if let Some(status) = one.status
                && grouped.statuses.iter().all(|known| known.id != status.id)
            {
                grouped.statuses.push(status);
            }
        }
        grouped
    }
}
