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
    #[error("the database {place} cannot be opened; check database.url, and that its server runs")]
    Database {
        /// Without the password.
        place: String,
        #[source]
        source: Error,
    },
    /// The tables cannot be brought up to date.
    #[error("the tables of {place} cannot be brought up to date; was it written by a newer version?")]
    Migration {
        /// Without the password.
        place: String,
        #[source]
        source: Error,
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
