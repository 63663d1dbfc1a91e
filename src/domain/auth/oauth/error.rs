//! What a program is told when it asked wrongly (RFC 6749, 4.1.2.1 and 5.2).

use crate::base::Error;

/// Why a program does not get what it asked for.
#[derive(Debug, thiserror::Error)]
pub enum OAuthError {
    /// Something is missing or malformed.
    #[error("{0}")]
    InvalidRequest(String),
    /// Not a program that is known, or a wrong secret.
    #[error("client authentication failed: unknown client, or a wrong secret")]
    InvalidClient,
    /// The code or the verifier does not fit.
    #[error("the code is invalid, expired or used, or does not fit the redirect URI or the verifier")]
    InvalidGrant,
    /// More than the program registered for, or no such scope.
    #[error("the requested scope is invalid, unknown, or more than the program registered for")]
    InvalidScope,
    /// Another way than those that there are.
    #[error("this grant type is not supported; use authorization_code or client_credentials")]
    UnsupportedGrantType,
    /// Another way than `code`.
    #[error("this response type is not supported; use code")]
    UnsupportedResponseType,
    /// The redirect URI is none of those registered. Nobody may be sent there.
    #[error("the redirect URI is not one of those that the program registered")]
    InvalidRedirectUri,
    /// Our fault.
    #[error(transparent)]
    Other(#[from] Error),
}

impl OAuthError {
    /// The word on the wire.
    pub fn code(&self) -> &'static str {
        match self {
            Self::InvalidRequest(_) => "invalid_request",
            Self::InvalidClient => "invalid_client",
            Self::InvalidGrant => "invalid_grant",
            Self::InvalidScope => "invalid_scope",
            Self::UnsupportedGrantType => "unsupported_grant_type",
            Self::UnsupportedResponseType => "unsupported_response_type",
            Self::InvalidRedirectUri => "invalid_redirect_uri",
            Self::Other(_) => "server_error",
        }
    }
}
