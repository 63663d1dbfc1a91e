//! The guarded HTTP client: the only way out of a site.
//!
//! Every URL, every redirect and every resolved address is held against the [`NetPolicy`]; bodies
//! are cut off at a limit while they come in; nothing is decompressed; a proxy is used only if the
//! configuration names one. Signing is handed in, see [`RequestSigner`].

mod addresses;
mod build;
mod certificate;
mod client;
mod inspect;
mod policy;
mod proxy;
mod resolver;
mod stream;
mod voice;

pub use build::count_certificates;
pub use client::{Answer, Fetched, Get, Http, HttpOptions, RequestSigner, Unsigned};
pub use inspect::Inspected;
pub use policy::{NetPolicy, Refusal};
pub use proxy::{Exception, Proxy};
pub use stream::Streamed;
pub use voice::{Voice, Voices, is_refusal};

use url::Url;

/// Why a request to another machine brought nothing.
#[derive(Debug, thiserror::Error)]
pub enum NetError {
    #[error("{url} may not be reached: {refusal}")]
    Refused { url: String, refusal: Refusal },
    #[error("{url} redirects more than {limit} times")]
    TooManyRedirects { url: String, limit: usize },
    #[error("{url} redirects to something that is not a URL")]
    BadRedirect { url: String },
    #[error("{url} answers with more than {limit} bytes")]
    TooLarge { url: String, limit: usize },
    #[error("{url} answers in the encoding {encoding}, which was not asked for")]
    Encoded { url: String, encoding: String },
    #[error("{url} did not answer within {seconds} s")]
    Timeout { url: String, seconds: u64 },
    #[error("{url} cannot be reached")]
    Unreachable {
        url: String,
        #[source]
        source: reqwest::Error,
    },
    #[error("{url} has no address that can be found")]
    Unresolved {
        url: String,
        #[source]
        source: std::io::Error,
    },
    #[error("the request to {url} could not be signed: {problem}")]
    Signing { url: String, problem: String },
    #[error("too much is being handed on at once to fetch {url}")]
    Busy { url: String },
    #[error("the HTTP client cannot be made")]
    Setup(#[source] reqwest::Error),
}

impl NetError {
    /// Whether trying again later can help.
    pub fn is_temporary(&self) -> bool {
        matches!(
            self,
            Self::Timeout { .. } | Self::Unreachable { .. } | Self::Unresolved { .. } | Self::Busy { .. }
        )
    }

    /// What was asked for, or the hop at which it ended.
    pub fn url(&self) -> Option<Url> {
        match self {
            Self::Refused { url, .. }
            | Self::TooManyRedirects { url, .. }
            | Self::BadRedirect { url }
            | Self::TooLarge { url, .. }
            | Self::Encoded { url, .. }
            | Self::Timeout { url, .. }
            | Self::Busy { url }
            | Self::Unreachable { url, .. }
            | Self::Unresolved { url, .. }
            | Self::Signing { url, .. } => Url::parse(url).ok(),
            Self::Setup(_) => None,
        }
    }
}
