//! Notifications: what happened that concerns a person of this site.

pub mod markers;
pub mod model;
pub mod notify;
pub mod store;

pub use model::{Kind, Notification, NotificationView};
pub use notify::{list, notify_all};
