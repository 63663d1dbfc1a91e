//! What the client API says: a picture of Mastodon's entities, every documented field in its place.
//!
//! Entities are made from rows and views that were loaded before; nothing here reads the database.

mod account;
mod app;
mod consent;
mod credential;
mod filter;
mod instance;
mod list;
mod marker;
mod media;
mod notification;
mod picture;
mod poll;
mod reaction;
mod relationship;
mod report;
mod scheduled_status;
mod search;
mod status;

pub use account::{Account, MutedAccount};
pub use app::{Application, CredentialApplication, Token};
pub use consent::{Approval, InteractionRequest, Quote};
pub use credential::{CredentialAccount, default_visibility};
pub use filter::{Filter, FilterKeyword, FilterResult, FilterStatus, FilterV1};
pub use instance::{Instance, InstanceFacts, InstanceV1, Rule};
pub use list::List;
pub use marker::Marker;
pub use media::MediaAttachment;
pub use notification::{GroupedNotifications, Notification};
pub use poll::{Poll, PollTitles};
pub use reaction::Reaction;
pub use relationship::Relationship;
pub use report::Report;
pub use scheduled_status::ScheduledStatus;
pub use search::{Search, Tag};
pub use status::{Context, Status, StatusEdit, StatusSource, headed};
