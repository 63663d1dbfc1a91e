//! Tags that people follow: posts with them come into the home.

pub mod follow;
pub mod store;

pub use follow::{follow, unfollow};
pub use store::FollowedTag;
