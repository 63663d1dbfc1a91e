//! Making signatures.

use std::collections::BTreeMap;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use http::{HeaderMap, HeaderName, HeaderValue, Method};
use http_signatures::Config;
use sfv::{KeyRef, ListSerializer, StringRef};
use url::Url;

use super::{SignatureError, Style, authority, digest};
use crate::base::Millis;
use crate::platform::crypto::{KeyKind, KeyPair, Sha256};

/// A key and the name under which others find its public half.
#[derive(Clone, Copy, Debug)]
pub struct SigningKey<'a> {
    /// An address, as in `https://sales.example/users/ann#main-key`.
    pub key_id: &'a str,
    pub pair: &'a KeyPair,
}

/// A request that is about to be sent.
#[derive(Clone, Copy, Debug)]
pub struct Outgoing<'a> {
    pub method: &'a Method,
    pub url: &'a Url,
    /// The digest of the body, if there is one. Made once per activity, not once per inbox.
    pub digest: Option<Sha256>,
    pub now: Millis,
}

/// The headers that sign `outgoing`: with draft-cavage `Date`, `Digest` and `Signature`, with
/// RFC 9421 `Content-Digest`, `Signature-Input` and `Signature`. `Host` is the client's to set.
pub fn sign(key: SigningKey<'_>, style: Style, outgoing: &Outgoing<'_>) -> Result<HeaderMap, SignatureError> {
    sign_with(key, style, outgoing, &[])
}

/// The same with further headers, by their names in lower case, which are signed too.
pub fn sign_with(
    key: SigningKey<'_>,
    style: Style,
    outgoing: &Outgoing<'_>,
    more: &[(&'static str, String)],
) -> Result<HeaderMap, SignatureError> {
    match style {
        Style::Cavage => cavage(key, outgoing, more),
        Style::Rfc9421 => rfc9421(key, outgoing, more),
    }
}

fn cavage(
    key: SigningKey<'_>,
    outgoing: &Outgoing<'_>,
    more: &[(&'static str, String)],
) -> Result<HeaderMap, SignatureError> {
    let seconds = u64::try_from(outgoing.now.seconds()).unwrap_or_default();
    let date = httpdate::fmt_http_date(std::time::UNIX_EPOCH + std::time::Duration::from_secs(seconds));
    let mut signed =
        BTreeMap::from([("host".to_owned(), authority(outgoing.url)), ("date".to_owned(), date.clone())]);
    let mut headers = HeaderMap::new();
    put(&mut headers, "date", date)?;
    if let Some(digest) = outgoing.digest {
        let digest = digest::digest_header(digest);
        signed.insert("digest".to_owned(), digest.clone());
        put(&mut headers, "digest", digest)?;
    }
    for (name, value) in more {
        signed.insert((*name).to_owned(), value.clone());
        put(&mut headers, name, value.clone())?;
    }
    let header = Config::new()
        .dont_use_created_field()
        .begin_sign(outgoing.method.as_str(), &target(outgoing.url), signed)
        .map_err(|_| SignatureError::Signing)?
        .sign(key.key_id.to_owned(), |base| sign_base64(key.pair, base))?
        .signature_header();
    // The crate always writes `hs2019`; older peers read only the name of what is meant.
    let header = match key.pair.kind() {
        KeyKind::Rsa => header.replacen(r#"algorithm="hs2019""#, r#"algorithm="rsa-sha256""#, 1),
        KeyKind::Ed25519 => header,
    };
    put(&mut headers, "signature", header)?;
    Ok(headers)
}

fn rfc9421(
    key: SigningKey<'_>,
    outgoing: &Outgoing<'_>,
    more: &[(&'static str, String)],
) -> Result<HeaderMap, SignatureError> {
    let mut headers = HeaderMap::new();
    let mut covered =
        vec![("@method", outgoing.method.as_str().to_owned()), ("@target-uri", target_uri(outgoing.url))];
    if let Some(digest) = outgoing.digest {
        let digest = digest::content_digest_header(digest);
        covered.push(("content-digest", digest.clone()));
        put(&mut headers, "content-digest", digest)?;
    }
    for (name, value) in more {
        covered.push((name, value.clone()));
        put(&mut headers, name, value.clone())?;
    }
    let parameters = signature_params(key, &covered, outgoing.now)?;
    let mut lines: Vec<String> = covered.iter().map(|(name, value)| format!("\"{name}\": {value}")).collect();
    lines.push(format!("\"@signature-params\": {parameters}"));
    let signature = sign_base64(key.pair, &lines.join("\n"))?;
    put(&mut headers, "signature-input", format!("sig1={parameters}"))?;
    put(&mut headers, "signature", format!("sig1=:{signature}:"))?;
    Ok(headers)
}

fn signature_params(
    key: SigningKey<'_>,
    covered: &[(&'static str, String)],
    now: Millis,
) -> Result<String, SignatureError> {
    let algorithm = match key.pair.kind() {
        KeyKind::Rsa => "rsa-v1_5-sha256",
        KeyKind::Ed25519 => "ed25519",
    };
    let text = |text| StringRef::from_str(text).map_err(|_| SignatureError::Signing);
    let name = |name| KeyRef::from_str(name).map_err(|_| SignatureError::Signing);
    let created = sfv::Integer::try_from(now.seconds()).map_err(|_| SignatureError::Signing)?;
    let mut list = ListSerializer::new();
    let mut components = list.inner_list();
    for (component, _) in covered {
        components.bare_item(text(component)?);
    }
    components
        .finish()
        .parameter(name("created")?, created)
        .parameter(name("keyid")?, text(key.key_id)?)
        .parameter(name("alg")?, text(algorithm)?);
    list.finish().ok_or(SignatureError::Signing)
}

fn sign_base64(pair: &KeyPair, base: &str) -> Result<String, SignatureError> {
    let signature = pair.sign(base.as_bytes()).map_err(|_| SignatureError::Signing)?;
    Ok(STANDARD.encode(signature))
}

fn target(url: &Url) -> String {
    match url.query() {
        Some(query) => format!("{}?{query}", url.path()),
        None => url.path().to_owned(),
    }
}

fn target_uri(url: &Url) -> String {
    format!("{}://{}{}", url.scheme(), authority(url), target(url))
}

fn put(headers: &mut HeaderMap, name: &'static str, value: String) -> Result<(), SignatureError> {
    let value = HeaderValue::try_from(value).map_err(|_| SignatureError::Signing)?;
    headers.insert(HeaderName::from_static(name), value);
    Ok(())
}
