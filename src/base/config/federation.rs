//! `[federation]`: with whom the site speaks, and how patiently.

use std::net::IpAddr;
use std::path::PathBuf;
use std::time::Duration;

use ipnet::IpNet;
use serde::{Deserialize, Serialize};

use super::problem::Problems;
use super::proxy_url::ProxyUrl;
use super::section::section;
use super::size::ByteSize;

section! {
    /// With whom the site speaks, and how patiently. Durations are written as "30s", "5m", "2h", "7d".
    pub struct Federation in "federation" {
        /// "closed": only with sites that shook hands with this one (breezeway peer invite).
        /// "open": with everybody except blocked sites.
        pub mode: FederationMode = FederationMode::Closed;
        /// Loopback and test networks, such as 127.0.0.0/8 and ::1/128: towards them, and only
        /// towards them, plain http and any port are allowed. Never list a network that people use.
        /// Default: loopback if site.url is not set and the server listens on loopback, else none.
        pub insecure_networks: Vec<IpNet> = Vec::new(), example r#"["127.0.0.0/8", "::1/128"]"#;
        /// Private networks, such as 10.0.0.0/8, in which other sites may be reached over
        /// https. Everything else that is not public is refused.
        pub allowed_networks: Vec<IpNet> = Vec::new(), example r#"["10.0.0.0/8"]"#;
        /// Files with the certificates (PEM) of authorities of your own, trusted beside those of the machine.
        pub ca_files: Vec<PathBuf> = Vec::new(), example r#"["/etc/ssl/example-root.pem"]"#;
        /// The HTTP proxy through which other sites are reached, if there is no other way out. Names must
        /// still resolve on this machine: addresses are checked before anything is handed to the proxy.
        pub proxy: Option<ProxyUrl> = None, example r#""http://proxy.example.org:3128""#;
        /// Hosts (with all below them) and networks that are reached without the proxy.
        pub no_proxy: Vec<String> = Vec::new(), example r#"["eng.example.org", "10.0.0.0/8"]"#;
        /// How long a connection to another site may take to be made.
        #[serde(with = "jiff::fmt::serde::unsigned_duration::friendly::compact::required")]
        pub connect_timeout: Duration = Duration::from_secs(5);
        /// How long a whole request to another site may take.
        #[serde(with = "jiff::fmt::serde::unsigned_duration::friendly::compact::required")]
        pub request_timeout: Duration = Duration::from_secs(20);
        /// How long to leave a site alone that did not answer; the delay doubles each time, give or take a fifth.
        #[serde(with = "jiff::fmt::serde::unsigned_duration::friendly::compact::required")]
        pub retry_first_delay: Duration = Duration::from_secs(5);
        /// The longest delay between two tries.
        #[serde(with = "jiff::fmt::serde::unsigned_duration::friendly::compact::required")]
        pub retry_max_delay: Duration = Duration::from_hours(6);
        /// How long a site may be silent before what has waited so long is given up. It becomes dead letters,
        /// which are sent all the same if the site comes back.
        #[serde(with = "jiff::fmt::serde::unsigned_duration::friendly::compact::required")]
        pub give_up_after: Duration = Duration::from_hours(7 * 24);
        /// How long dead letters are kept: what sites refused, or were not there to take.
        #[serde(with = "jiff::fmt::serde::unsigned_duration::friendly::compact::required")]
        pub keep_dead_letters: Duration = Duration::from_hours(30 * 24);
        /// How long it is remembered when a post arrived at which site.
        #[serde(with = "jiff::fmt::serde::unsigned_duration::friendly::compact::required")]
        pub keep_traces: Duration = Duration::from_hours(30 * 24);
        /// How far the clocks of two sites may stand apart.
        #[serde(with = "jiff::fmt::serde::unsigned_duration::friendly::compact::required")]
        pub clock_skew: Duration = Duration::from_hours(1);
        /// How often at most the other sites hear of new votes in one poll; they hear of its end at once.
        #[serde(with = "jiff::fmt::serde::unsigned_duration::friendly::compact::required")]
        pub poll_updates_every: Duration = Duration::from_secs(30);
        /// The largest document that is taken from another site.
        pub max_body: ByteSize = ByteSize::mebibytes(1);
        /// How many requests run towards one site at the same time.
        pub requests_per_peer: u32 = 4;
    }
}

/// With whom the site speaks.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum FederationMode {
    Closed,
    Open,
}

impl Federation {
    /// Whether plain http and any port are allowed towards `address`.
    pub fn is_insecure(&self, address: IpAddr) -> bool {
        contains(&self.insecure_networks, address)
    }

    /// Whether `address`, which is not a public one, may be reached all the same.
    pub fn is_allowed_private(&self, address: IpAddr) -> bool {
        self.is_insecure(address) || contains(&self.allowed_networks, address)
    }

    pub(super) fn validate(&self, problems: &mut Problems) {
        for (key, duration) in [
            ("federation.connect_timeout", self.connect_timeout),
            ("federation.request_timeout", self.request_timeout),
            ("federation.retry_first_delay", self.retry_first_delay),
        ] {
            problems.require(!duration.is_zero(), key, "must be longer than nothing, for example \"5s\"");
        }
        problems.require(
            self.retry_max_delay >= self.retry_first_delay,
            "federation.retry_max_delay",
            "must not be shorter than federation.retry_first_delay",
        );
        problems.require(
            self.max_body.bytes() >= 64 << 10,
            "federation.max_body",
            "must be at least \"64 KiB\", or ordinary posts are refused",
        );
        problems.require(
            (1..=64).contains(&self.requests_per_peer),
            "federation.requests_per_peer",
            "must be between 1 and 64",
        );
        problems.require(
            self.no_proxy.iter().all(|entry| is_host_or_network(entry)),
            "federation.no_proxy",
            "lists hosts and networks; write for example [\"eng.example.org\", \"10.0.0.0/8\"]",
        );
        for (key, networks) in [
            ("federation.insecure_networks", &self.insecure_networks),
            ("federation.allowed_networks", &self.allowed_networks),
        ] {
            let whole = networks.iter().any(|network| network.prefix_len() == 0);
            problems.require(!whole, key, "lists the whole internet; name the networks that are meant");
        }
    }
}

/// What stands in a list of exceptions.
fn is_host_or_network(text: &str) -> bool {
    let text = text.trim();
    let fits = |c: char| c.is_alphanumeric() || matches!(c, '.' | '-' | '*');
    text.parse::<IpNet>().is_ok()
        || text.parse::<IpAddr>().is_ok()
        || (text.chars().all(fits) && text.chars().any(char::is_alphanumeric))
}

/// IPv4 addresses inside IPv6 ones (`::ffff:10.0.0.1`) count as what they are.
fn contains(networks: &[IpNet], address: IpAddr) -> bool {
    networks.iter().any(|network| network.contains(&address.to_canonical()))
}
