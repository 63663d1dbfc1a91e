//! Lists: people whom somebody reads apart from home; and what somebody put into the rail.

pub mod manage;
pub mod members;
pub mod model;
pub mod pins;
pub mod store;

pub use manage::{change, create, delete, get, restore};
pub use members::{add, remove};
pub use model::{Change, List, NewList, Replies};
pub use pins::{Pin, PinKind, Pinned, pin, unpin};
