//! `[server]`: the process and where it keeps its things.

use std::net::{IpAddr, Ipv4Addr, SocketAddr};
use std::path::PathBuf;
use std::time::Duration;

use super::problem::Problems;
use super::section::section;

pub(super) const DEFAULT_LISTEN: SocketAddr = SocketAddr::new(IpAddr::V4(Ipv4Addr::LOCALHOST), 4000);

section! {
    /// The process: where it listens and where it keeps its things.
    pub struct Server in "server" {
        /// Address and port to listen on. A reverse proxy with TLS stands in front of it; see
        /// the examples beside this file.
        pub listen: SocketAddr = DEFAULT_LISTEN;
        /// The folder for everything that must be kept: database, keys, media. Back it up.
        pub data_dir: PathBuf = PathBuf::from("./data");
        /// Whether a reverse proxy stands in front and sets X-Forwarded-For, whose last entry is
        /// then the address of the client. Leave it false otherwise: anybody could write the header.
        pub behind_proxy: bool = false;
        /// How long a client may take to send the head of a request, how long it may pause
        /// within the body, and how long an answer waits for a client that does not read on.
        /// Another site may take as long for the whole of what it sends.
        #[serde(with = "jiff::fmt::serde::unsigned_duration::friendly::compact::required")]
        pub client_timeout: Duration = Duration::from_secs(30);
        /// The most connections at once; who finds none left is answered with 503. The process
        /// needs as many open files (ulimit -n), and some hundred for other things.
        pub connections: u32 = 4_096;
        /// The most connections of one client, by address (of IPv6, by network of 64 bits); 429
        /// beyond. Not counted behind a proxy, where all come from its address: let the proxy count.
        pub connections_per_client: u32 = 512;
    }
}

impl Server {
    pub(super) fn validate(&self, problems: &mut Problems) {
        let remedy = "must be longer than nothing, for example \"30s\"";
        problems.require(!self.client_timeout.is_zero(), "server.client_timeout", remedy);
        problems.require(self.connections > 0, "server.connections", "must be at least 1");
        let one = "server.connections_per_client";
        problems.require(self.connections_per_client > 0, one, "must be at least 1");
    }

    /// Where pictures and files are kept.
    pub fn media_dir(&self) -> PathBuf {
        self.data_dir.join("media")
    }
}
