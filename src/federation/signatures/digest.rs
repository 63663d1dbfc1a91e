//! Digests of bodies: `Digest` beside draft-cavage, `Content-Digest` (RFC 9530) beside RFC 9421.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use http::HeaderMap;
use sfv::{BareItem, Dictionary, ListEntry, Parser};

use super::{SignatureError, joined};
use crate::platform::crypto::{Sha256, constant_time_eq, sha256};

/// Holds `Digest: SHA-256=…` against the body. Other algorithms beside it are ignored.
pub(super) fn check_digest(headers: &HeaderMap, body: &[u8]) -> Result<(), SignatureError> {
    let text = joined(headers, "digest").ok_or_else(|| missing("digest"))?;
    let mut found = text
        .split(',')
        .filter_map(|part| part.trim().split_once('='))
        .filter(|(algorithm, _)| algorithm.eq_ignore_ascii_case("sha-256"))
        .map(|(_, digest)| STANDARD.decode(digest).unwrap_or_default())
        .peekable();
    if found.peek().is_none() {
        return Err(SignatureError::DigestAlgorithm);
    }
    let body = sha256(body);
    if found.all(|digest| constant_time_eq(&digest, body.as_bytes())) {
        Ok(())
    } else {
        Err(SignatureError::DigestMismatch)
    }
}

/// Holds `Content-Digest: sha-256=:…:` against the body. Other algorithms beside it are ignored.
pub(super) fn check_content_digest(headers: &HeaderMap, body: &[u8]) -> Result<(), SignatureError> {
    let text = joined(headers, "content-digest").ok_or_else(|| missing("content-digest"))?;
    let digests: Dictionary =
        Parser::new(&text).parse().map_err(|_| SignatureError::BadHeader("content-digest"))?;
    let Some(ListEntry::Item(digest)) = digests.get("sha-256") else {
        return Err(SignatureError::DigestAlgorithm);
    };
    match &digest.bare_item {
        BareItem::ByteSequence(digest) if constant_time_eq(digest, sha256(body).as_bytes()) => Ok(()),
        _ => Err(SignatureError::DigestMismatch),
    }
}

pub(super) fn digest_header(digest: Sha256) -> String {
    format!("SHA-256={}", digest.to_base64())
}

pub(super) fn content_digest_header(digest: Sha256) -> String {
    format!("sha-256=:{}:", digest.to_base64())
}

fn missing(name: &str) -> SignatureError {
    SignatureError::MissingHeader(name.to_owned())
}
