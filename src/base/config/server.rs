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
        /// How long a client may take to send the head of a request, and how long it may pause
        /// within the body. Another site may take as long for the whole of what it sends.
        #[serde(with = "jiff::fmt::serde::unsigned_duration::friendly::compact::required")]
        pub client_timeout: Duration = Duration::from_secs(30);
    }
}

impl Server {
    pub(super) fn validate(&self, problems: &mut Problems) {
        let remedy = "must be longer than nothing, for example \"30s\"";
        problems.require(!self.client_timeout.is_zero(), "server.client_timeout", remedy);
    }

    /// Where pictures and files are kept.
    pub fn media_dir(&self) -> PathBuf {
        self.data_dir.join("media")
    }
}
