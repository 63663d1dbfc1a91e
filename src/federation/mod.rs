//! Between the domain and the wire: what other sites send, fetch and receive.

mod answer;
pub mod delivery;
pub mod doctor;
pub mod fetch;
pub mod followers;
pub mod forward;
pub mod gate;
pub mod imports;
pub mod inbound;
pub mod inbox;
pub mod keys;
pub mod map;
pub mod origin;
pub mod outbound;
pub mod proofs;
pub mod serve;
pub mod signatures;
pub mod signer;
pub mod voices;
pub mod vouch;
mod welcome;
