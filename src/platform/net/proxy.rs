//! The proxy through which other sites are reached, where a network has no other way out.
//!
//! The guard holds all the same: before a name is handed to the proxy, it is resolved here, and refused unless one
//! of its addresses may be reached.

use std::net::IpAddr;

use ipnet::IpNet;
use url::Url;

use super::NetError;

/// An HTTP proxy, and whom one reaches without it.
#[derive(Clone)]
pub struct Proxy {
    /// As in `http://proxy.example.org:3128/`; may hold name and password.
    pub url: Url,
    /// Hosts and networks that are reached directly.
    pub except: Vec<Exception>,
}

/// Who is reached without the proxy.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Exception {
    /// A host, and all hosts below it.
    Name(String),
    /// A network.
    Network(IpNet),
}

impl std::str::FromStr for Exception {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let text = text.trim().to_lowercase();
        if let Ok(network) = text.parse() {
            return Ok(Self::Network(network));
        }
        if let Ok(address) = text.parse::<IpAddr>() {
            return Ok(Self::Network(address.into()));
        }
        let name = text.trim_start_matches('*').trim_matches('.');
        let fits = |c: char| c.is_alphanumeric() || matches!(c, '.' | '-');
        if name.is_empty() || !name.chars().all(fits) {
            return Err(format!("{text:?} is neither a host, as in \"eng.example.org\", nor a network"));
        }
        Ok(Self::Name(name.to_owned()))
    }
}

impl Exception {
    fn is_name_of(&self, host: &str) -> bool {
        let Self::Name(name) = self else { return false };
        host.strip_suffix(name.as_str()).is_some_and(|rest| rest.is_empty() || rest.ends_with('.'))
    }

    fn contains(&self, address: IpAddr) -> bool {
        matches!(self, Self::Network(network) if network.contains(&address.to_canonical()))
    }
}

impl Proxy {
    /// Whether a host with these addresses is reached directly.
    pub(super) fn spares(&self, host: &str, addresses: &[IpAddr]) -> bool {
        let host = host.trim_end_matches('.').to_ascii_lowercase();
        self.except.iter().any(|exception| {
            exception.is_name_of(&host) || addresses.iter().any(|address| exception.contains(*address))
        })
    }

    pub(super) fn for_library(&self) -> Result<reqwest::Proxy, NetError> {
        reqwest::Proxy::all(self.url.clone()).map_err(NetError::Setup)
    }
}

impl std::fmt::Debug for Proxy {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Proxy").field("host", &self.url.host_str()).finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hosts_below_a_name_and_addresses_in_a_network_are_spared() {
        let except = ["eng.example.org", "*.lab.example", "10.0.0.0/8", "192.0.2.7"];
        let except = except.iter().map(|text| text.parse().expect("an exception")).collect();
        let proxy = Proxy { url: Url::parse("http://proxy:3128").expect("a URL"), except };
        let address = |text: &str| vec![text.parse().expect("an address")];

        assert!(proxy.spares("eng.example.org", &[]));
        assert!(proxy.spares("Chat.ENG.example.org.", &[]));
        assert!(proxy.spares("a.lab.example", &[]));
        assert!(proxy.spares("sales.example.org", &address("10.1.2.3")));
        assert!(proxy.spares("sales.example.org", &address("::ffff:10.1.2.3")));
        assert!(proxy.spares("192.0.2.7", &address("192.0.2.7")));
        assert!(!proxy.spares("notlab.example", &address("192.0.2.8")));
        assert!(!proxy.spares("goeng.example.org", &[]));
    }

    #[test]
    fn what_is_neither_host_nor_network_is_refused() {
        for text in ["", "*", "http://eng.example.org", "10.0.0.0/99", "a b"] {
            assert!(text.parse::<Exception>().is_err(), "{text:?}");
        }
    }
}
