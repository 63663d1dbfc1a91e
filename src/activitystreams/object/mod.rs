//! Objects: what people write and attach.

mod authorization;
mod document;
mod emoji;
mod hashtag;
mod image;
pub mod interaction_policy;
mod link;
mod mention;
mod note;
mod property_value;
mod question;
mod tombstone;

pub use authorization::{Authorization, AuthorizationKind};
pub use document::{Document, DocumentKind};
pub use emoji::Emoji;
pub use hashtag::Hashtag;
pub use image::Image;
pub use interaction_policy::{InteractionPolicy, SubPolicy};
pub use link::Link;
pub use mention::Mention;
pub use note::{Note, NoteKind, Source, Tag};
pub use property_value::PropertyValue;
pub use question::{Choice, Closed};
pub use tombstone::Tombstone;
