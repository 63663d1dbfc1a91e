//! Helpers of tests: a database on each engine, a whole site, its people, a peer that misbehaves.
//!
//! Behind the feature `testing`; above all other floors. Nothing here is part of the product.

pub mod app;
pub mod browser;
pub mod database;
pub mod golden;
pub mod http;
pub mod mails;
pub mod peer;
pub mod person;
pub mod rooms;
pub mod tap;
mod waiting;

pub use app::{TestApp, TestAppBuilder};
pub use browser::Browser;
pub use database::{TestDatabase, each_db};
pub use golden::{golden, golden_text};
pub use mails::{MailServer, Manner, SentMail};
pub use peer::Peer;
pub use person::{Person, text_of};
pub use rooms::{Rooms, each_mailing_site, each_site};
pub use tap::Tap;
pub use waiting::eventually;
