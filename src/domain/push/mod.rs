//! Web push: browsers and programs that want to be woken, and the messages that wait for them.
//!
//! A message says as little as it can: the words are made when it is sent (see `web::wake`), are encrypted for one
//! browser, and hold nothing of a post that is not for everybody here.

pub mod jobs;
pub mod model;
pub mod send;
pub mod store;
pub mod subscribe;

pub use jobs::ask_in;
pub use model::{Job, Owner, Reach, Subscription};
pub use subscribe::{NewSubscription, public_key, subscribe, unsubscribe};
