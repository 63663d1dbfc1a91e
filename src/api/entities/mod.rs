//! What the client API says: a picture of Mastodon's entities, every documented field in its place.
//!
//! Entities are made from rows and views that were loaded before; nothing here reads the database.

mod account;
mod app;
mod instance;
mod marker;
mod media;
mod notification;
mod picture;
mod relationship;
mod report;
mod search;
mod status;

pub use account::{Account, CredentialAccount, Field, MutedAccount, Role, Source};
pub use app::{Application, CredentialApplication, Token};
pub use instance::{Instance, InstanceFacts, InstanceV1, Rule};
pub use marker::Marker;
pub use media::MediaAttachment;
pub use notification::{GroupedNotifications, Notification};
pub use relationship::Relationship;
pub use report::Report;
pub use search::{Search, Tag};
pub use status::{Context, Mention, Status, StatusEdit, StatusSource, visibility_word};
