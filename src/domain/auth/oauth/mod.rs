//! The OAuth 2 server: programs register, people agree, codes become tokens.
//!
//! Source: <https://docs.joinmastodon.org/methods/oauth/>, RFC 6749, RFC 7636 (PKCE).

mod authorize;
mod error;
mod exchange;
mod pkce;
mod register_app;

pub use authorize::{Asked, AuthorizeRequest, authorize, check};
pub use error::OAuthError;
pub use exchange::{Client, Grant, TokenRequest, exchange, revoke};
pub use register_app::{NewSecret, register_app};

/// The address of programs that have none: the code is shown for the person to copy.
pub const OUT_OF_BAND: &str = "urn:ietf:wg:oauth:2.0:oob";
