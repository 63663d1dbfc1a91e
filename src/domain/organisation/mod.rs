//! The organisation: the sites that trust one another, and the handshake that makes it so.
//!
//! The handshake is a `Follow` between the instance actors of two sites, and its `Accept`. Nothing is sent from
//! here: each verb emits an event, and `effects` sends what follows from it.

pub mod accept;
pub mod deliveries;
pub mod invite;
pub mod known;
pub mod model;
pub mod receive;
pub mod remove;
pub mod store;

pub use accept::accept;
pub use invite::invite;
pub use known::{known, may_listen_to, may_speak_to};
pub use model::{By, Peer, PeerProfile, PeerState, may_listen, may_speak};
pub use remove::remove;
