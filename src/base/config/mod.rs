//! The configuration: defaults, then the file, then the environment.
//!
//! A file per section. Each key is declared once, with its documentation and default; the
//! type, `config/example.toml` and the report of `breezeway check` are made from that. The
//! environment variable of a key is `BREEZEWAY_SECTION__KEY`, as in
//! `BREEZEWAY_SITE__NAME=Engineering`. Variables without the double underscore are not ours.

mod database;
mod example;
mod federation;
mod limits;
mod load;
mod log;
mod mail;
mod media;
mod media_s3;
mod problem;
mod proxy_url;
mod push;
mod report;
mod section;
mod server;
mod site;
mod size;

use std::collections::BTreeMap;
use std::net::SocketAddr;
use std::path::PathBuf;

use ipnet::IpNet;
use url::Url;

pub use self::database::{Database, DatabaseTarget, DatabaseUrl};
pub use self::federation::{Federation, FederationMode};
pub use self::limits::Limits;
pub use self::log::Log;
pub use self::mail::{DigestRhythm, Mail, MailEncryption, MailTransport};
pub use self::media::Media;
pub use self::media_s3::MediaS3;
pub use self::problem::{ConfigError, Problem};
pub use self::push::Push;
pub use self::report::{Report, Setting};
pub use self::server::Server;
pub use self::site::{Colour, Registrations, Site};
pub use self::size::ByteSize;

use self::problem::Problems;
use self::section::{Section, SectionInfo};

/// The configuration of one site, complete and valid.
#[derive(Clone, Debug)]
pub struct Config {
    pub site: Site,
    pub server: Server,
    pub database: Database,
    pub federation: Federation,
    pub limits: Limits,
    pub media: Media,
    pub media_s3: MediaS3,
    pub mail: Mail,
    pub push: Push,
    pub log: Log,
    /// Where the value of a key came from, for the keys that somebody set.
    sources: BTreeMap<String, String>,
}

impl Config {
    /// A site on loopback over plain http, as the demo and the tests run it.
    pub fn loopback(listen: SocketAddr, data_dir: impl Into<PathBuf>) -> Self {
        let mut config = Self::default();
        config.server.listen = listen;
        config.server.data_dir = data_dir.into();
        config.site.url = loopback_url(listen);
        config.federation.insecure_networks = loopback_networks();
        config
    }

    /// Whether somebody set `section.key`, in the file or the environment.
    pub fn is_set(&self, key: &str) -> bool {
        self.sources.contains_key(key)
    }

    fn sections(&self) -> Vec<SectionInfo> {
        vec![
            self.site.info(),
            self.server.info(),
            self.database.info(),
            self.federation.info(),
            self.limits.info(),
            self.media.info(),
            self.media_s3.info(),
            self.mail.info(),
            self.push.info(),
            self.log.info(),
        ]
    }

    /// What is wrong with the values, as pairs of key and message.
    fn validate(&self) -> Vec<(String, String)> {
        let mut problems = Problems::default();
        self.site.validate(&self.federation, &mut problems);
        self.server.validate(&mut problems);
        self.database.validate(&mut problems);
        self.federation.validate(&mut problems);
        self.limits.validate(&mut problems);
        self.media.validate(&mut problems);
        self.media_s3.validate(&mut problems);
        self.mail.validate(&mut problems);
        self.push.validate(&mut problems);
        problems.into_pairs()
    }
}

impl Default for Config {
    /// What is in force when nothing is configured.
    fn default() -> Self {
        let bare = Self {
            site: Site::default(),
            server: Server::default(),
            database: Database::default(),
            federation: Federation::default(),
            limits: Limits::default(),
            media: Media::default(),
            media_s3: MediaS3::default(),
            mail: Mail::default(),
            push: Push::default(),
            log: Log::default(),
            sources: BTreeMap::new(),
        };
        load::complete(bare)
    }
}

fn loopback_url(listen: SocketAddr) -> Url {
    Url::parse(&format!("http://{listen}")).expect("invariant: an address with a port makes a URL")
}

fn loopback_networks() -> Vec<IpNet> {
    ["127.0.0.0/8", "::1/128"].map(|network| network.parse().expect("invariant: a literal network")).into()
}
