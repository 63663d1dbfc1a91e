//! Who asks.

use std::net::{IpAddr, Ipv6Addr};

/// The address that a request came from; behind a proxy, the one that the proxy saw. Put into the extensions of
/// every request.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct ClientIp(pub IpAddr);

impl ClientIp {
    /// Whose doing it is, for counting: the address, or of IPv6 the network of 64 bits, which one host has to itself.
    ///
    /// ```
    /// use breezeway::base::client::ClientIp;
    /// let network = |text: &str| ClientIp(text.parse().unwrap()).network();
    /// assert_eq!(network("192.0.2.7"), "192.0.2.7");
    /// assert_eq!(network("2001:db8:1:2:3::4"), "2001:db8:1:2::");
    /// assert_eq!(network("::ffff:192.0.2.7"), "192.0.2.7");
    /// ```
    pub fn network(self) -> String {
        match self.0.to_canonical() {
            IpAddr::V4(address) => address.to_string(),
            IpAddr::V6(address) => Ipv6Addr::from(u128::from(address) >> 64 << 64).to_string(),
        }
    }
}
