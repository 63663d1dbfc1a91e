//! The mail room: a queue of mails, the wishes of people about mail, and when to leave them alone.
//!
//! Here stands only what a mail is about; its words are written when it is sent (see `web::letters`), and it leaves
//! through `platform::mail`. So no mail in the queue holds a secret, and none tells of what is no longer so.

pub mod ask;
pub mod hours;
pub mod model;
pub mod queue;
pub mod store;
pub mod unsubscribe;
pub mod wishes;

pub use ask::{ask_confirmation, ask_reset, invite};
pub use model::{About, Outcome, QueuedMail, Stream, Wishes};
pub use queue::{NewMail, post_in};
