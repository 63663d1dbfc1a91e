//! The organisation: the sites that trust one another, and the handshake that makes it so.

pub mod model;
pub mod store;

pub use model::{Peer, PeerState};
