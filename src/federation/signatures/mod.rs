//! HTTP signatures: pure functions over method, target, headers and body.
//!
//! A received request is [`parse`]d before anything is asked of the network: who claims to have
//! signed it, over what, and when; a request that signs too little, is stale or carries another body
//! than its digest says is refused here. Only then is the key of [`Parsed::key_id`] looked up and
//! [`Parsed::verify`] called. Whether the key belongs to the actor is not decided here.
//!
//! Host and scheme come from the configuration, never from a forwarded header.

mod cavage;
mod digest;
mod rfc9421;
mod sign;
mod window;

#[cfg(test)]
mod tests;

use std::time::Duration;

use http::{HeaderMap, Method};
use url::Url;

use crate::base::Millis;
use crate::platform::crypto::{KeyKind, VerifyingKey};
use crate::platform::net::Voice;

pub use sign::{Outgoing, SigningKey, sign, sign_with};

/// The two ways in which requests are signed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Style {
    /// <https://datatracker.ietf.org/doc/html/draft-cavage-http-signatures-12>
    Cavage,
    /// <https://www.rfc-editor.org/rfc/rfc9421>
    Rfc9421,
}

impl From<Voice> for Style {
    fn from(voice: Voice) -> Self {
        match voice {
            Voice::CavageRsa => Self::Cavage,
            Voice::Rfc9421Rsa | Voice::Rfc9421Ed25519 => Self::Rfc9421,
        }
    }
}

/// A request as it came in.
#[derive(Clone, Copy, Debug)]
pub struct Received<'a> {
    pub method: &'a Method,
    /// The base URL of our site, from the configuration: its scheme, host and port are signed.
    pub site: &'a Url,
    /// Path and query as they came in, as in `/inbox?page=1`.
    pub target: &'a str,
    pub headers: &'a HeaderMap,
    /// `Some` for a request that must sign its body (POST), `None` for one without (GET).
    pub body: Option<&'a [u8]>,
    pub now: Millis,
    /// How far the clocks may stand apart, and how long a signature without expiry counts.
    pub skew: Duration,
}

/// A signature that covers enough, is fresh and fits the body; only the key is still to be tried.
#[derive(Clone, Debug)]
pub struct Parsed {
    /// Where the signer says its key is.
    pub key_id: Url,
    pub style: Style,
    /// The kind of key that the algorithm demands, if it demands one.
    kind: Option<KeyKind>,
    signature: Vec<u8>,
    /// What may have been signed; one of them must fit. Peers disagree on the query string.
    bases: Vec<String>,
}

/// Why a signed request is not believed. Goes into the log, and as 401 to the peer.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum SignatureError {
    #[error("the request is not signed")]
    Unsigned,
    #[error("the signature header cannot be read: {0}")]
    Malformed(&'static str),
    #[error("the signature does not cover {0}")]
    NotCovered(&'static str),
    #[error("the signature covers {0}, which is not understood")]
    UnknownComponent(String),
    #[error("the signed header {0} is missing")]
    MissingHeader(String),
    #[error("the header {0} cannot be read")]
    BadHeader(&'static str),
    #[error("the key id {0} is not a URL")]
    KeyId(String),
    #[error("the algorithm {0} is not spoken")]
    Algorithm(String),
    #[error("the signature is stale: made {seconds} s ago")]
    Stale { seconds: i64 },
    #[error("the signature comes from the future: made in {seconds} s")]
    Future { seconds: i64 },
    #[error("the signature has expired {seconds} s ago")]
    Expired { seconds: i64 },
    #[error("the digest is not of SHA-256")]
    DigestAlgorithm,
    #[error("the digest does not fit the body")]
    DigestMismatch,
    #[error("the key is of another kind than the algorithm")]
    KeyKind,
    #[error("the signature does not fit the key {0}")]
    BadSignature(Url),
    #[error("the request could not be signed")]
    Signing,
}

/// Reads the signature of a request and checks all that can be checked without the key.
///
/// RFC 9421 is tried where `Signature-Input` is present, draft-cavage otherwise.
pub fn parse(received: &Received<'_>) -> Result<Parsed, SignatureError> {
    if received.headers.contains_key("signature-input") {
        rfc9421::parse(received)
    } else {
        cavage::parse(received)
    }
}

impl Parsed {
    /// Whether `key` made this signature.
    pub fn verify(&self, key: &VerifyingKey) -> Result<(), SignatureError> {
        if self.kind.is_some_and(|kind| kind != key.kind()) {
            return Err(SignatureError::KeyKind);
        }
        let fits = |base: &String| key.verify(base.as_bytes(), &self.signature).is_ok();
        if self.bases.iter().any(fits) {
            Ok(())
        } else {
            Err(SignatureError::BadSignature(self.key_id.clone()))
        }
    }
}

/// Host and, unless it is the usual one, port of `url`: what stands in `Host` and `@authority`.
fn authority(url: &Url) -> String {
    let host = url.host_str().unwrap_or_default();
    match url.port() {
        Some(port) => format!("{host}:{port}"),
        None => host.to_owned(),
    }
}

/// All values of a header, joined as both specifications ask; `None` if it is absent.
fn joined(headers: &HeaderMap, name: &str) -> Option<String> {
    let mut values = headers.get_all(name).iter().map(|value| value.to_str().map(str::trim));
    let first = values.next()?.ok()?.to_owned();
    values.try_fold(first, |all, value| Some(all + ", " + value.ok()?))
}

/// A key id is the URL of a key; nothing else can be looked up.
fn key_id(text: &str) -> Result<Url, SignatureError> {
    Url::parse(text)
        .ok()
        .filter(|url| matches!(url.scheme(), "https" | "http"))
        .ok_or_else(|| SignatureError::KeyId(text.chars().take(200).collect()))
}
