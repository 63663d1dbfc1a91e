//! Who asks.

use std::net::IpAddr;

/// The address that a request came from; behind a proxy, the one that the proxy saw. Put into the extensions of
/// every request.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct ClientIp(pub IpAddr);
