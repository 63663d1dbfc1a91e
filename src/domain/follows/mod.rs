//! Ties between people: who follows, blocks and mutes whom.

pub mod block;
pub mod follow;
pub mod model;
pub mod mute;
pub mod store;
pub mod succeed;
pub mod sweep;

pub use block::{block, unblock};
pub use follow::{accept, follow, reject, unfollow};
pub use model::{Follow, Relationship};
pub use mute::{mute, unmute};
