//! What can go wrong, sorted by what the caller can do about it.

use super::clock::Millis;

/// The result of a verb.
pub type Result<T, E = Error> = std::result::Result<T, E>;

/// What can go wrong. `Display` is safe for the caller; the source chain belongs into the log.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// It does not exist, or the caller may not know that it does.
    #[error("{what} not found")]
    NotFound {
        /// The thing, as in "status".
        what: &'static str,
    },
    /// Nobody is signed in, or the token is not valid.
    #[error("sign in first")]
    Unauthenticated,
    /// The caller is known and may not do this.
    #[error("{reason}")]
    Forbidden {
        /// Why, for the caller to read.
        reason: String,
    },
    /// A value that cannot be taken as it is.
    #[error("{field} {problem}")]
    Invalid {
        /// The field, as in `poll[expires_in]`.
        field: &'static str,
        /// The rest of the sentence, as in "must be at least 300 seconds".
        problem: String,
    },
    /// It clashes with what is there.
    #[error("{what}")]
    Conflict {
        /// The clash, for the caller to read.
        what: String,
    },
    /// Too often.
    #[error("too many requests, try again later")]
    RateLimited {
        /// When the next try has a chance.
        until: Millis,
    },
    /// Another site does not answer.
    #[error("{peer} cannot be reached at the moment, try again later")]
    PeerUnavailable {
        /// The site's host.
        peer: String,
    },
    /// Our fault.
    #[error("something went wrong on this site")]
    Internal(#[source] Box<dyn std::error::Error + Send + Sync>),
}

impl Error {
    /// [`Error::NotFound`].
    pub fn not_found(what: &'static str) -> Self {
        Self::NotFound { what }
    }

    /// [`Error::Forbidden`].
    pub fn forbidden(reason: impl Into<String>) -> Self {
        Self::Forbidden { reason: reason.into() }
    }

    /// [`Error::Invalid`].
    pub fn invalid(field: &'static str, problem: impl Into<String>) -> Self {
        Self::Invalid { field, problem: problem.into() }
    }

    /// [`Error::Conflict`].
    pub fn conflict(what: impl Into<String>) -> Self {
        Self::Conflict { what: what.into() }
    }

    /// [`Error::Internal`].
    pub fn internal(source: impl Into<Box<dyn std::error::Error + Send + Sync>>) -> Self {
        Self::Internal(source.into())
    }

    /// Whether trying again later can help.
    pub fn is_temporary(&self) -> bool {
        matches!(self, Self::RateLimited { .. } | Self::PeerUnavailable { .. } | Self::Internal(_))
    }

    /// Whether it is a word to the caller: nothing is wrong with this site.
    pub fn is_refusal(&self) -> bool {
        !matches!(self, Self::Internal(_))
    }

    /// The error and its sources in one line, for the log.
    pub fn chain(&self) -> String {
        chain(self)
    }
}

/// An error of any kind and its sources in one line.
pub fn chain(error: &dyn std::error::Error) -> String {
    let mut text = error.to_string();
    let mut source = error.source();
    while let Some(cause) = source {
        text.push_str(": ");
        text.push_str(&cause.to_string());
        source = cause.source();
    }
    text
}

impl From<sqlx::Error> for Error {
    fn from(error: sqlx::Error) -> Self {
        Self::internal(error)
    }
}

impl From<serde_json::Error> for Error {
    fn from(error: serde_json::Error) -> Self {
        Self::internal(error)
    }
}
