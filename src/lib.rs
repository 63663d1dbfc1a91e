//! Breezeway: a federated social intranet. Every department runs its own site; the sites talk ActivityPub.
//!
//! The floors, lowest first. A file uses its own floor and the floors below it, never one above; `api` and
//! `web` are strangers to each other and to `effects`. `src/tests/house.rs` holds everybody to that.

pub use breezeway_activitystreams::activitystreams;
pub use breezeway_api::api;
pub use breezeway_base::base;
pub use breezeway_domain::domain;
pub use breezeway_domain::words;
pub use breezeway_effects::effects;
pub use breezeway_federation::federation;
pub use breezeway_platform::platform;
pub use breezeway_platform::{args, sql};
pub use breezeway_web::web;

pub mod app;

#[cfg(feature = "testing")]
pub mod testing;
