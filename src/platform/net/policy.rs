//! Who may be reached.
//!
//! Outside, only `https` on its usual port and only public addresses. Inside the networks that the
//! configuration allows, also private addresses and ports; plain `http` only inside those that are named for it.

use std::net::IpAddr;

use ipnet::IpNet;
use url::{Host, Url};

use super::addresses;

/// Who may be reached, as configured.
#[derive(Clone, Debug, Default)]
pub struct NetPolicy {
    /// Networks that may be reached although their addresses are special, on any port, and by plain `http`. For
    /// loopback and tests.
    pub insecure_networks: Vec<IpNet>,
    /// Networks that may be reached although their addresses are special, and on any port, by `https`.
    pub allowed_networks: Vec<IpNet>,
}

/// Why a URL or an address may not be reached.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Refusal {
    #[error("only https is spoken")]
    Scheme,
    #[error("plain http is not switched on")]
    PlainHttp,
    #[error("a port needs an allowed network, and there is none")]
    Port,
    #[error("a URL with a name or password in it")]
    Credentials,
    #[error("a URL without a host")]
    NoHost,
    #[error("the address {0} is not in an allowed network")]
    Address(IpAddr),
    #[error("{0} has no address that may be reached")]
    NoAddress(String),
    #[error("a redirect from https to http")]
    Downgrade,
}

impl Refusal {
    /// What whoever runs the site does if the address is meant to be reached; none if it must not be.
    pub fn remedy(&self) -> Option<String> {
        let network = match self {
            Self::Address(address) => IpNet::from(*address).to_string(),
            Self::NoAddress(_) | Self::Port => "its network, as in 10.0.0.0/8".to_owned(),
            _ => return None,
        };
        Some(format!(
            "if the site is meant to be reached there, allow its network in the configuration, and start again:\n\
             [federation]\nallowed_networks = [\"{network}\"]"
        ))
    }
}

/// What the addresses of a host must be for a certain URL.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Reach {
    /// Public, or in an allowed network.
    Anywhere,
    /// In an allowed network: the URL has a port.
    AllowedNetworks,
    /// In a network that is named for it: the URL is plain `http`.
    InsecureNetworks,
}

impl NetPolicy {
    /// Holds everything about `url` that is known without asking the name server against the
    /// policy. The addresses of a name are checked when it is resolved.
    pub fn check(&self, url: &Url) -> Result<(), Refusal> {
        self.reach_of(url).map(|_| ())
    }

    pub(super) fn reach_of(&self, url: &Url) -> Result<Reach, Refusal> {
        let reach = match url.scheme() {
            "https" if url.port().is_none() => Reach::Anywhere,
            "https" => Reach::AllowedNetworks,
            "http" if !self.insecure_networks.is_empty() => Reach::InsecureNetworks,
            "http" => return Err(Refusal::PlainHttp),
            _ => return Err(Refusal::Scheme),
        };
        let no_networks = self.allowed_networks.is_empty() && self.insecure_networks.is_empty();
        if reach == Reach::AllowedNetworks && no_networks {
            return Err(Refusal::Port);
        }
        if !url.username().is_empty() || url.password().is_some() {
            return Err(Refusal::Credentials);
        }
        match url.host() {
            Some(Host::Ipv4(address)) => self.check_address(address.into(), reach)?,
            Some(Host::Ipv6(address)) => self.check_address(address.into(), reach)?,
            Some(Host::Domain(name)) if !name.trim_matches('.').is_empty() => {}
            _ => return Err(Refusal::NoHost),
        }
        Ok(reach)
    }

    pub(super) fn check_address(&self, address: IpAddr, reach: Reach) -> Result<(), Refusal> {
        let inner = addresses::unwrap(address);
        let within = |networks: &[IpNet]| networks.iter().any(|network| network.contains(&inner));
        let insecure = within(&self.insecure_networks);
        let open = match reach {
            Reach::InsecureNetworks => insecure,
            Reach::AllowedNetworks => insecure || within(&self.allowed_networks),
            Reach::Anywhere => insecure || within(&self.allowed_networks) || addresses::is_public(inner),
        };
        if open { Ok(()) } else { Err(Refusal::Address(address)) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn verdict(policy: &NetPolicy, url: &str) -> bool {
        Url::parse(url).is_ok_and(|url| policy.check(&url).is_ok())
    }

    /// What nobody may make a site with the default policy fetch.
    const FORBIDDEN: &[&str] = &[
        "http://example.org/",
        "ftp://example.org/",
        "file:///etc/passwd",
        "gopher://example.org/",
        "data:text/plain,hello",
        "javascript:alert(1)",
        "ws://example.org/",
        "unix:/run/docker.sock",
        "https://example.org:8443/",
        "https://example.org:22/",
        "https://ann@example.org/",
        "https://ann:secret@example.org/",
        "https://:secret@example.org/",
        "https://0.0.0.0/",
        "https://0.1.2.3/",
        "https://10.0.0.1/",
        "https://10.255.255.255/",
        "https://100.64.0.1/",
        "https://100.127.255.254/",
        "https://127.0.0.1/",
        "https://127.1/",
        "https://127.255.0.1/",
        "https://0x7f.0.0.1/",
        "https://0x7f000001/",
        "https://2130706433/",
        "https://017700000001/",
        "https://127.0.0.1./",
        "https://169.254.169.254/latest/meta-data/",
        "https://169.254.0.1/",
        "https://172.16.0.1/",
        "https://172.31.255.255/",
        "https://192.0.0.8/",
        "https://192.0.2.1/",
        "https://192.88.99.1/",
        "https://192.168.1.1/",
        "https://198.18.0.1/",
        "https://198.19.255.255/",
        "https://198.51.100.7/",
        "https://203.0.113.9/",
        "https://224.0.0.1/",
        "https://239.255.255.250/",
        "https://240.0.0.1/",
        "https://255.255.255.255/",
        "https://[::]/",
        "https://[::1]/",
        "https://[::ffff:127.0.0.1]/",
        "https://[::ffff:10.0.0.1]/",
        "https://[::ffff:a9fe:a9fe]/",
        "https://[::127.0.0.1]/",
        "https://[::10.0.0.1]/",
        "https://[64:ff9b::10.0.0.1]/",
        "https://[64:ff9b::a9fe:a9fe]/",
        "https://[64:ff9b:1::1]/",
        "https://[2002:7f00:1::]/",
        "https://[2002:a00:1::1]/",
        "https://[2001::1]/",
        "https://[2001:db8::1]/",
        "https://[3fff::1]/",
        "https://[100::1]/",
        "https://[fc00::1]/",
        "https://[fd12:3456::1]/",
        "https://[fe80::1]/",
        "https://[fec0::1]/",
        "https://[ff02::1]/",
        "https://[5f00::1]/",
        "https://[64:ff9b::7f00:1]/",
        "https://[::ffff:0:10.0.0.1]/",
        "https://[2002:a9fe:a9fe::]/",
        "https://[2002:c0a8:101::1]/",
        "https://[2001:0:4136:e378:8000:63bf:3fff:fdd2]/",
        "https://[2001:20::1]/",
        "https://[fe80::5efe:10.0.0.1]/",
        "https://[fd00:ec2::254]/latest/meta-data/",
        "https://192.168.257/",
        "https://8.8.8.8:8080/",
    ];

    #[test]
    fn the_forbidden_stays_forbidden() {
        let policy = NetPolicy::default();
        for url in FORBIDDEN {
            assert!(!verdict(&policy, url), "{url} must not be reached");
        }
    }

    #[test]
    fn switching_http_on_for_one_network_opens_no_other() {
        let network = "127.99.0.0/16".parse().expect("a network");
        let policy = NetPolicy { insecure_networks: vec![network], ..NetPolicy::default() };
        let names = ["http://example", "https://example.org:"];
        for url in FORBIDDEN.iter().filter(|url| !names.iter().any(|name| url.starts_with(name))) {
            assert!(!verdict(&policy, url), "{url} must not be reached");
        }
        assert!(!verdict(&policy, "http://8.8.8.8/"));
    }

    #[test]
    fn the_public_internet_may_be_reached() {
        for url in [
            "https://example.org/",
            "https://example.org:443/users/ann",
            "https://8.8.8.8/",
            "https://172.32.0.1/",
            "https://100.128.0.1/",
            "https://[2606:4700::1111]/",
            "https://[::ffff:8.8.8.8]/",
            "https://münchen.example/",
        ] {
            assert!(verdict(&NetPolicy::default(), url), "{url} may be reached");
        }
    }

    #[test]
    fn allowed_networks_open_their_addresses_and_ports_and_nothing_else() {
        let policy = NetPolicy {
            insecure_networks: vec!["127.0.0.0/8".parse().expect("a network")],
            allowed_networks: vec!["10.1.0.0/16".parse().expect("a network")],
        };
        let open = ["https://10.1.2.3/", "https://10.1.2.3:8443/", "https://[::ffff:10.1.2.3]:1/"];
        let shut = ["https://10.2.0.1/", "http://10.1.2.3/", "https://8.8.8.8:8443/"];

        assert!(open.iter().all(|url| verdict(&policy, url)));
        assert!(!shut.iter().any(|url| verdict(&policy, url)));
    }

    #[test]
    fn plain_http_reaches_the_networks_named_for_it_only() {
        let policy = NetPolicy {
            insecure_networks: vec!["127.0.0.0/8".parse().expect("a network")],
            allowed_networks: vec!["10.0.0.0/8".parse().expect("a network")],
        };

        assert!(verdict(&policy, "http://127.0.0.5:4105/"));
        assert!(verdict(&policy, "https://10.0.0.1:8443/"));
        assert!(!verdict(&policy, "http://10.0.0.1/"));
        assert!(!verdict(&policy, "http://[::1]:4105/"));
    }

    #[test]
    fn a_name_with_a_port_must_resolve_into_an_allowed_network() {
        let policy = NetPolicy {
            insecure_networks: Vec::new(),
            allowed_networks: vec!["10.1.0.0/16".parse().expect("a network")],
        };
        let url = Url::parse("https://example.org:8443/").expect("a URL");

        assert_eq!(policy.reach_of(&url), Ok(Reach::AllowedNetworks));
        let public = "8.8.8.8".parse().expect("an address");
        assert!(policy.check_address(public, Reach::AllowedNetworks).is_err());
        assert!(policy.check_address(public, Reach::Anywhere).is_ok());
    }
}
