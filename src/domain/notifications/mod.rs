//! Notifications: what happened that concerns a person of this site.

mod court;
pub mod digest;
pub mod letters;
pub mod markers;
pub mod model;
pub mod notify;
pub mod policy;
pub mod store;
pub mod wishes;

pub use model::{Kind, Notification, NotificationView};
pub use notify::{Told, list, notify_all};
pub use policy::{Policy, Verdict};
pub use wishes::Ways;
