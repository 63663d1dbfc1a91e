//! Between the domain and the wire: what other sites send, fetch and receive.

pub mod fetch;
pub mod keys;
pub mod origin;
pub mod signatures;
pub mod voice;
