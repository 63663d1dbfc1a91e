//! `[site]`: who we are, and who may come in.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};
use url::{Host, Url};

use super::problem::Problems;
use super::section::section;
use super::{Federation, loopback_url};

section! {
    /// Who this site is, for its people and for other sites.
    pub struct Site in "site" {
        /// The name of the department, shown on every page and to other sites.
        pub name: String = "Breezeway".to_owned();
        /// One or two sentences about what the site is for.
        pub description: String = "A place to talk across departments.".to_owned();
        /// The accent colour of the site, as #rrggbb.
        pub colour: Colour = Colour([0x2f, 0x5d, 0x8a]);
        /// The public address, such as https://eng.example.org: scheme, host and (only where it
        /// is not the usual one) port. It is part of every name (@ann@eng.example.org) and of every
        /// post, so it can never be changed later. Default: http://<server.listen>.
        pub url: Url = loopback_url(super::server::DEFAULT_LISTEN), example r#""https://eng.example.org""#;
        /// Where the source of the running program can be had (AGPL-3.0, section 13). Change it when
        /// you run a changed version.
        pub source_url: Url = literal_url("https://github.com/breezeway/breezeway");
        /// Whom to write to: a mail address or a link. Shown to everybody.
        pub contact: String = String::new();
        /// Whether people without an account, from anywhere, may read public posts. While this is
        /// false, nothing leaves the organisation.
        pub open_to_web: bool = false;
        /// How people get an account: "invite" (with an invitation) or "closed" (only the command line
        /// makes accounts).
        pub registrations: Registrations = Registrations::Invite;
    }
}

/// How people get an account.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Registrations {
    Invite,
    Closed,
}

fn literal_url(text: &str) -> Url {
    Url::parse(text).expect("invariant: a literal that parses")
}

impl Site {
    /// The public address without a slash at its end: `https://eng.example.org`.
    pub fn origin(&self) -> String {
        self.url.origin().ascii_serialization()
    }

    /// The part of a handle after the second `@`: `eng.example.org` or `127.0.0.1:4105`.
    pub fn authority(&self) -> String {
        self.url[url::Position::BeforeHost..url::Position::AfterPort].to_owned()
    }

    /// An address at this site; `path` begins with a slash.
    pub fn at(&self, path: &str) -> String {
        debug_assert!(path.starts_with('/'), "{path}");
        format!("{}{path}", self.origin())
    }

    pub fn is_secure(&self) -> bool {
        self.url.scheme() == "https"
    }

    /// The name of the cookie in which a browser keeps its session. Where the connection is safe, it is bound to
    /// the host. Elsewhere the port is in the name: browsers do not tell the ports of a host apart, and the sites of
    /// one machine would sign each other's people out.
    pub fn session_cookie(&self) -> String {
        if self.is_secure() {
            return "__Host-bw_session".to_owned();
        }
        self.url.port().map_or("bw_session".to_owned(), |port| format!("bw_session_{port}"))
    }

    pub(super) fn validate(&self, federation: &Federation, problems: &mut Problems) {
        problems.require(!self.name.trim().is_empty(), "site.name", "is empty; give the site a name");
        self.validate_url(federation, problems);
        problems.require(
            matches!(self.source_url.scheme(), "https" | "http"),
            "site.source_url",
            "must be an http or https address",
        );
    }

    fn validate_url(&self, federation: &Federation, problems: &mut Problems) {
        let url = &self.url;
        let bare = matches!(url.path(), "" | "/")
            && url.query().is_none()
            && url.fragment().is_none()
            && url.username().is_empty()
            && url.password().is_none();
        problems.require(
            bare && url.has_host(),
            "site.url",
            "must be scheme and host only; write for example \"https://eng.example.org\"",
        );
        match (url.scheme(), url.host()) {
            ("https", _) => {}
            ("http", Some(host)) => problems.require(
                plain_http_is_fine(&host, federation),
                "site.url",
                "plain http is for loopback and test networks; use https, or list the network in \
                 federation.insecure_networks",
            ),
            (scheme, _) => {
                problems.require(false, "site.url", format!("unknown scheme {scheme:?}; use https"));
            }
        }
    }
}

/// A name is checked when it is resolved; here it is enough that some network may be spoken to.
fn plain_http_is_fine(host: &Host<&str>, federation: &Federation) -> bool {
    match host {
        Host::Ipv4(address) => federation.is_insecure((*address).into()),
        Host::Ipv6(address) => federation.is_insecure((*address).into()),
        Host::Domain(_) => !federation.insecure_networks.is_empty(),
    }
}

/// A colour without transparency.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Colour(pub [u8; 3]);

impl fmt::Display for Colour {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let [red, green, blue] = self.0;
        write!(f, "#{red:02x}{green:02x}{blue:02x}")
    }
}

impl FromStr for Colour {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let wrong = || format!("{text:?} is not a colour; write it as \"#2f5d8a\"");
        let digits = text.strip_prefix('#').filter(|digits| digits.len() == 6).ok_or_else(wrong)?;
        let number = u32::from_str_radix(digits, 16).map_err(|_| wrong())?;
        let [_, red, green, blue] = number.to_be_bytes();
        Ok(Self([red, green, blue]))
    }
}

impl Serialize for Colour {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Colour {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        String::deserialize(deserializer)?.parse().map_err(serde::de::Error::custom)
    }
}
