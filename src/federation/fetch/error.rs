//! Why nothing was fetched.

use http::StatusCode;
use url::Url;

use crate::activitystreams::ReadError;
use crate::base::Error;
use crate::federation::origin::host_of;
use crate::platform::net::NetError;

/// Why nothing was fetched. The text goes into the log.
#[derive(Debug, thiserror::Error)]
pub enum FetchError {
    #[error("this site does not speak with {host}")]
    NotAllowed { host: String },
    #[error("{0} is not the address of anything on a site")]
    NotASite(Url),
    #[error("{0} is gone")]
    Gone(Url),
    #[error("{url} answers {status}")]
    Status { url: Url, status: StatusCode },
    #[error("{url} is of the type {content_type:?}, not ActivityPub")]
    ContentType { url: Url, content_type: String },
    #[error("{url} cannot be read: {problem}")]
    Unreadable { url: Url, problem: ReadError },
    #[error("{url} says that its id is {id}, which is of another site")]
    WrongId { url: Url, id: String },
    #[error("{url} is not what it was taken for: {problem}")]
    Mistaken { url: Url, problem: String },
    /// What it was is said again, and nobody is asked.
    #[error("{url} failed a moment ago: {problem}")]
    FailedBefore { url: Url, problem: String, temporary: bool },
    #[error("too many fetches for one cause")]
    Budget,
    #[error(transparent)]
    Net(#[from] NetError),
    #[error(transparent)]
    Own(#[from] Error),
}

impl FetchError {
    /// Whether trying again later can help.
    pub fn is_temporary(&self) -> bool {
        match self {
            Self::Net(error) => error.is_temporary(),
            Self::Status { status, .. } => status.is_server_error() || matches!(status.as_u16(), 408 | 429),
            Self::FailedBefore { temporary, .. } => *temporary,
            Self::Budget => true,
            Self::Own(error) => error.is_temporary(),
            _ => false,
        }
    }
}

impl FetchError {
    /// What whoever runs this site does if the address is meant to be reached: words, and lines for the configuration.
    pub fn remedy(&self) -> Option<String> {
        match self {
            Self::Net(NetError::Refused { refusal, .. }) => refusal.remedy(),
            _ => None,
        }
    }
}

impl From<FetchError> for Error {
    fn from(error: FetchError) -> Self {
        match error {
            FetchError::Own(error) => error,
            error => Self::from_outside(&error),
        }
    }
}

impl Error {
    fn from_outside(error: &FetchError) -> Self {
        match error {
            FetchError::NotAllowed { .. } | FetchError::Net(NetError::Refused { .. }) => {
                Self::forbidden(error.to_string())
            }
            FetchError::Gone(_) => Self::not_found("object"),
            FetchError::Status { status, .. } if status.is_client_error() && !error.is_temporary() => {
                Self::not_found("object")
            }
            FetchError::Status { url, .. } | FetchError::FailedBefore { url, temporary: true, .. } => {
                Self::PeerUnavailable { peer: host_of(url).unwrap_or_default() }
            }
            FetchError::Net(net) if net.is_temporary() => {
                Self::PeerUnavailable { peer: net.url().as_ref().and_then(host_of).unwrap_or_default() }
            }
            _ => Self::invalid("object", error.to_string()),
        }
    }
}
