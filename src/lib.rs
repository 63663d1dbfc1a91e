//! Breezeway: a federated social intranet. Every department runs its own site; the sites talk ActivityPub.
//!
//! The floors, lowest first. A file uses its own floor and the floors below it, never one above; `api` and
//! `web` are strangers to each other and to `effects`. `src/tests/house.rs` holds everybody to that.

pub mod base;

pub mod activitystreams;

pub mod platform;

pub mod domain;

pub mod federation;

pub mod effects;

pub mod api;

pub mod web;

pub mod app;

#[cfg(feature = "testing")]
pub mod testing;
