//! Why a site does not start, and what to do about it.

use std::net::SocketAddr;
use std::path::PathBuf;

use crate::base::Error;

/// Why a site does not start.
#[derive(Debug, thiserror::Error)]
pub enum StartError {
    /// The data folder cannot be made.
    #[error(
        "the data folder {} cannot be made; choose another one with server.data_dir, or mend its permissions",
        path.display()
    )]
    DataFolder {
        /// Which.
        path: PathBuf,
        #[source]
        source: std::io::Error,
    },
    /// The database cannot be opened.
    #[error("the database {place} cannot be opened; {remedy}")]
    Database {
        /// Without the password.
        place: String,
        /// What to do.
        remedy: &'static str,
        #[source]
        source: Error,
    },
    /// A command was given where no site is.
    #[error(
        "there is no site in {place} yet; start one here with `breezeway serve`, or name the configuration of the one \
         that is meant: --config /etc/breezeway/breezeway.toml"
    )]
    NoSite {
        /// Without the password.
        place: String,
    },
    /// The tables cannot be brought up to date.
    #[error("the tables of {place} cannot be brought up to date; was it written by a newer version?")]
    Migration {
        /// Without the password.
        place: String,
        #[source]
        source: Error,
    },
    /// A file with the certificates of authorities cannot be used.
    #[error(
        "{} of federation.ca_files cannot be used: {problem}; it must be a PEM file that begins with \
         -----BEGIN CERTIFICATE-----, as in ca_files = [\"/etc/ssl/example-root.pem\"]",
        path.display()
    )]
    Authorities {
        /// Which.
        path: PathBuf,
        /// What is wrong with it.
        problem: String,
    },
    /// The port is taken, or the address is not ours.
    #[error("cannot listen on {address}; choose another address with server.listen, or stop what uses it")]
    Listen {
        /// As configured.
        address: SocketAddr,
        #[source]
        source: std::io::Error,
    },
    /// The public address changed.
    #[error(
        "this site was set up as {before}, and now site.url (or server.listen) makes it {now}; the address is part of \
         every name and post and cannot change: set site.url = \"{before}\", or begin with an empty data folder"
    )]
    Moved {
        /// At the first start.
        before: String,
        /// Now.
        now: String,
    },
    /// Anything else.
    #[error("the site cannot be started")]
    Other(#[from] Error),
}

impl StartError {
    /// With what to do about it, as far as the reason tells.
    pub fn database(place: String, source: Error) -> Self {
        let reason = source.chain().to_lowercase();
        let says = |word: &str| reason.contains(word);
        let remedy = if !place.starts_with("postgres") {
            "check that the folder is there and belongs to whoever runs this, and that the disk is not full"
        } else if says("refused") || says("timed out") || says("unreachable") {
            "nothing answers there: check host and port in database.url, and that PostgreSQL runs (`pg_isready`); \
             as in database.url = \"postgres://breezeway:password@localhost:5432/breezeway\""
        } else if says("authentication") || says("no pg_hba") {
            "PostgreSQL lets nobody in so: check user and password in database.url, and pg_hba.conf"
        } else if says("does not exist") {
            "make it, as in `createdb --owner breezeway breezeway`, or mend its name in database.url"
        } else if says("lookup") || says("not known") || says("resolve") {
            "the name of its machine is not known: check the host in database.url"
        } else {
            "check database.url, as in \"postgres://breezeway:password@localhost:5432/breezeway\""
        };
        Self::Database { place, remedy, source }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_unreachable_database_says_what_is_wrong_with_it() {
        let place = || "postgres://breezeway:hidden@db/breezeway".to_owned();
        for (reason, remedy) in [
            ("Connection refused (os error 111)", "pg_isready"),
            ("password authentication failed for user \"breezeway\"", "user and password"),
            ("database \"breezeway\" does not exist", "createdb"),
            ("failed to lookup address information: Name or service not known", "the name of its machine"),
        ] {
            let said = StartError::database(place(), Error::internal(reason)).to_string();
            assert!(said.contains(remedy), "{reason}: {said}");
        }
    }
}
