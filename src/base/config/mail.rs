//! `[mail]`: how mails leave the site, if any do.

use std::path::PathBuf;
use std::str::FromStr;
use std::time::Duration;

use serde::{Deserialize, Serialize};

use super::problem::Problems;
use super::section::section;
use crate::base::secret::Secret;

section! {
    /// Mails: invitations, new passwords, notifications, digests. While they are off, people hear of things on the
    /// pages only, and the links of invitations and new passwords are handed on by those who made them.
    pub struct Mail in "mail" {
        /// "off", "smtp", or "folder": each mail becomes a file, for development.
        pub transport: MailTransport = MailTransport::Off;
        /// Where mails go with "folder". Default: mail, in server.data_dir.
        pub folder: PathBuf = PathBuf::new(), example r#""/var/lib/breezeway/mail""#;
        /// The mail server.
        pub host: String = String::new(), example r#""mail.example.org""#;
        /// Its port; 0: the usual one for the encryption (465, 587 or 25).
        pub port: u16 = 0;
        /// "tls" from the first byte, "starttls" (refused where the server has none), or "none": only for a server on
        /// this machine.
        pub encryption: MailEncryption = MailEncryption::Starttls;
        /// The name to sign in with; empty: without signing in.
        pub user: String = String::new();
        /// The password. Better in the environment: BREEZEWAY_MAIL__PASSWORD.
        pub password: Secret<String> = Secret::new(String::new()), example r#""""#;
        /// Who mails are from, as in "Engineering <breezeway@example.org>".
        pub from: String = String::new(), example r#""Engineering <breezeway@example.org>""#;
        /// Where answers go, if somewhere else.
        pub reply_to: String = String::new();
        /// How long the mail server may take for one command.
        #[serde(with = "jiff::fmt::serde::unsigned_duration::friendly::compact::required")]
        pub timeout: Duration = Duration::from_secs(30);
        /// What people get who chose nothing: "never", "daily" or "weekly". Nothing new: no mail.
        pub digest: DigestRhythm = DigestRhythm::Weekly;
        /// The time zone of people who chose none.
        pub zone: String = "UTC".to_owned(), example r#""Europe/Berlin""#;
        /// The language of mails to people who chose none: "en" or "de".
        pub language: String = "en".to_owned();
    }
}

/// How mails leave.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum MailTransport {
    Off,
    Smtp,
    Folder,
}

/// How the way to the mail server is closed to others.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum MailEncryption {
    Tls,
    Starttls,
    None,
}

/// How often somebody gets a digest.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum DigestRhythm {
    Never,
    Daily,
    Weekly,
}

impl Mail {
    /// Whether mails leave at all.
    pub fn is_on(&self) -> bool {
        self.transport != MailTransport::Off
    }

    /// The port in force.
    pub fn port(&self) -> u16 {
        match (self.port, self.encryption) {
            (0, MailEncryption::Tls) => 465,
            (0, MailEncryption::Starttls) => 587,
            (0, MailEncryption::None) => 25,
            (port, _) => port,
        }
    }

    pub(super) fn validate(&self, problems: &mut Problems) {
        problems.require(
            jiff::tz::TimeZone::get(&self.zone).is_ok(),
            "mail.zone",
            "is no time zone that this machine knows; write it as in \"Europe/Berlin\"",
        );
        problems.require(
            matches!(self.language.as_str(), "en" | "de"),
            "mail.language",
            "is none that the site speaks; use \"en\" or \"de\"",
        );
        if !self.is_on() {
            return;
        }
        problems.require(
            lettre::message::Mailbox::from_str(&self.from).is_ok(),
            "mail.from",
            "must be an address, as in \"Engineering <breezeway@example.org>\"",
        );
        problems.require(
            self.reply_to.is_empty() || lettre::message::Mailbox::from_str(&self.reply_to).is_ok(),
            "mail.reply_to",
            "must be an address, or empty",
        );
        if self.transport == MailTransport::Smtp {
            self.validate_smtp(problems);
        }
    }

    fn validate_smtp(&self, problems: &mut Problems) {
        problems.require(!self.host.trim().is_empty(), "mail.host", "is empty; name the mail server");
        problems.require(
            self.user.is_empty() || !self.password.expose().is_empty(),
            "mail.password",
            "is empty, but mail.user is not; give both or none",
        );
        let near = self.host == "localhost"
            || self.host.parse().is_ok_and(|address: std::net::IpAddr| address.is_loopback());
        problems.require(
            self.encryption != MailEncryption::None || near,
            "mail.encryption",
            "may be \"none\" only for a mail server on this machine; use \"tls\" or \"starttls\"",
        );
        problems.require(
            (1..=300).contains(&self.timeout.as_secs()),
            "mail.timeout",
            "must be between 1s and 5m",
        );
    }
}
