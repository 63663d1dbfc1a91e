//! Nouns and verbs: what people can do here. No HTTP, no JSON-LD, no pages.
//!
//! A room uses only rooms that stand before it in this list. Where an older room needs a younger one, it
//! emits an [`event::Event`], and `effects` does the rest.

pub mod accounts;
pub mod auth;
pub mod data;
pub mod event;
pub mod filters;
pub mod follows;
pub mod instance;
pub mod lists;
pub mod mail;
pub mod media;
pub mod moderation;
pub mod notifications;
pub mod organisation;
pub mod push;
pub mod search;
pub mod statuses;
pub mod tags;
pub mod timelines;

pub use event::Event;
