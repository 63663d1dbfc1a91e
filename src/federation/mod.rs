//! Between the domain and the wire: what other sites send, fetch and receive.

pub mod signatures;
