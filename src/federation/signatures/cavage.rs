//! draft-cavage-http-signatures, as Mastodon and most others speak it.
//!
//! The header is read here and handed on in one canonical form: the crate that builds the signing
//! string splits at each comma, knows no white space, and adds times without asking for their size.
//!
//! Source: <https://datatracker.ietf.org/doc/html/draft-cavage-http-signatures-12>

use std::collections::BTreeMap;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use http::header::AUTHORIZATION;
use http_signatures::Config;

use super::{Parsed, Received, SignatureError, Style, authority, digest, joined, key_id, window};
use crate::platform::crypto::KeyKind;

/// Most headers that one signature may name.
const MOST_HEADERS: usize = 32;

/// The parameters of a `Signature` header.
#[derive(Debug, Default)]
struct Parameters<'a> {
    key_id: Option<&'a str>,
    algorithm: Option<&'a str>,
    headers: Option<&'a str>,
    signature: Option<&'a str>,
    created: Option<i64>,
    expires: Option<i64>,
}

pub(super) fn parse(received: &Received<'_>) -> Result<Parsed, SignatureError> {
    let header = signature_header(received)?;
    let parameters = read(&header)?;
    let key_id = key_id(parameters.key_id.ok_or(SignatureError::Malformed("no keyId"))?)?;
    let kind = kind_of(parameters.algorithm)?;
    let signature = parameters.signature.ok_or(SignatureError::Malformed("no signature"))?;
    let signature =
        STANDARD.decode(signature).map_err(|_| SignatureError::Malformed("the signature is not base64"))?;
    let covered: Vec<String> =
        parameters.headers.unwrap_or("(created)").split_whitespace().map(str::to_lowercase).collect();
    check_covered(received, &covered)?;
    check_times(received, &parameters, &covered)?;
    if let Some(body) = received.body {
        digest::check_digest(received.headers, body)?;
    }
    let mut bases = vec![base(received, &parameters, &covered, received.target)?];
    if let Some((path, _)) = received.target.split_once('?') {
        bases.push(base(received, &parameters, &covered, path)?);
    }
    Ok(Parsed { key_id, style: Style::Cavage, kind, signature, bases })
}

fn signature_header(received: &Received<'_>) -> Result<String, SignatureError> {
    let mut values = received.headers.get_all("signature").iter();
    let value = match (values.next(), values.next()) {
        (Some(value), None) => value,
        (Some(_), Some(_)) => return Err(SignatureError::Malformed("more than one")),
        (None, _) => received.headers.get(AUTHORIZATION).ok_or(SignatureError::Unsigned)?,
    };
    let value = value.to_str().map_err(|_| SignatureError::Malformed("not ASCII"))?.trim();
    match value.strip_prefix("Signature ") {
        Some(rest) => Ok(rest.to_owned()),
        None if received.headers.contains_key("signature") => Ok(value.to_owned()),
        None => Err(SignatureError::Unsigned),
    }
}

fn read(header: &str) -> Result<Parameters<'_>, SignatureError> {
    let mut parameters = Parameters::default();
    for part in header.split(',') {
        let (name, value) =
            part.split_once('=').ok_or(SignatureError::Malformed("a parameter without a value"))?;
        let value = value.trim();
        let value = value.strip_prefix('"').and_then(|rest| rest.strip_suffix('"')).unwrap_or(value);
        if value.contains(['"', '\\']) {
            return Err(SignatureError::Malformed("a quotation mark inside a value"));
        }
        let twice = match name.trim() {
            "keyId" => parameters.key_id.replace(value).is_some(),
            "algorithm" => parameters.algorithm.replace(value).is_some(),
            "headers" => parameters.headers.replace(value).is_some(),
            "signature" => parameters.signature.replace(value).is_some(),
            "created" => parameters.created.replace(seconds(value)?).is_some(),
            "expires" => parameters.expires.replace(seconds(value)?).is_some(),
            _ => false,
        };
        if twice {
            return Err(SignatureError::Malformed("a parameter given twice"));
        }
    }
    Ok(parameters)
}

/// Seconds since 1970, of a size that can be added to without harm.
fn seconds(text: &str) -> Result<i64, SignatureError> {
    let readable = text.parse().ok().filter(|seconds| (0..1 << 40).contains(seconds));
    readable.ok_or(SignatureError::Malformed("a time that is not in seconds"))
}

/// `hs2019` and silence leave the choice to the key.
fn kind_of(algorithm: Option<&str>) -> Result<Option<KeyKind>, SignatureError> {
    match algorithm {
        None | Some("hs2019") => Ok(None),
        Some("rsa-sha256") => Ok(Some(KeyKind::Rsa)),
        Some("ed25519") => Ok(Some(KeyKind::Ed25519)),
        Some(other) => Err(SignatureError::Algorithm(other.chars().take(40).collect())),
    }
}

fn check_covered(received: &Received<'_>, covered: &[String]) -> Result<(), SignatureError> {
    if covered.len() > MOST_HEADERS {
        return Err(SignatureError::Malformed("too many headers"));
    }
    let has = |name: &str| covered.iter().any(|covered| covered == name);
    if let Some(header) = ["signature", "authorization"].into_iter().find(|name| has(name)) {
        return Err(SignatureError::UnknownComponent(header.to_owned()));
    }
    for required in ["(request-target)", "host"] {
        if !has(required) {
            return Err(SignatureError::NotCovered(required));
        }
    }
    if !has("date") && !has("(created)") {
        return Err(SignatureError::NotCovered("date"));
    }
    if received.body.is_some() && !has("digest") {
        return Err(SignatureError::NotCovered("digest"));
    }
    Ok(())
}

/// Only times that are signed count.
fn check_times(
    received: &Received<'_>,
    parameters: &Parameters<'_>,
    covered: &[String],
) -> Result<(), SignatureError> {
    let covers = |name: &str| covered.iter().any(|covered| covered == name);
    let expires = match (covers("(expires)"), parameters.expires) {
        (true, None) => return Err(SignatureError::Malformed("no expires")),
        (signed, expires) => expires.filter(|_| signed),
    };
    if covers("(created)") {
        let created = parameters.created.ok_or(SignatureError::Malformed("no created"))?;
        window::check(received, created, expires)?;
    }
    if covers("date") {
        let date = joined(received.headers, "date")
            .ok_or_else(|| SignatureError::MissingHeader("date".to_owned()))?;
        let date = httpdate::parse_http_date(&date).map_err(|_| SignatureError::BadHeader("date"))?;
        let date = date.duration_since(std::time::UNIX_EPOCH).unwrap_or_default().as_secs();
        window::check(received, date as i64, expires)?;
    }
    Ok(())
}

/// What must have been signed if the target was `target`.
fn base(
    received: &Received<'_>,
    parameters: &Parameters<'_>,
    covered: &[String],
    target: &str,
) -> Result<String, SignatureError> {
    let mut headers = BTreeMap::new();
    for name in covered.iter().filter(|name| !name.starts_with('(')) {
        let value = match name.as_str() {
            "host" => Some(authority(received.site)),
            name => joined(received.headers, name),
        };
        let value = value.ok_or_else(|| SignatureError::MissingHeader(name.clone()))?;
        headers.insert(name.clone(), value);
    }
    headers.insert("signature".to_owned(), canonical(parameters, covered));
    let unverified = Config::new()
        .set_expiration(std::time::Duration::from_hours(24 * 365 * 1000)) // the window was checked above
        .begin_verify(received.method.as_str(), target, headers)
        .map_err(|_| SignatureError::Malformed("the signing string cannot be built"))?;
    Ok(unverified.signing_string().to_owned())
}

/// The header as the crate reads it without doubt. Expiry was checked with our own clock, so it is
/// left out unless it is part of what was signed.
fn canonical(parameters: &Parameters<'_>, covered: &[String]) -> String {
    let mut parts =
        vec![r#"keyId="-",signature="-""#.to_owned(), format!(r#"headers="{}""#, covered.join(" "))];
    for (name, value) in [("created", parameters.created), ("expires", parameters.expires)] {
        if let Some(value) = value.filter(|_| covered.contains(&format!("({name})"))) {
            parts.push(format!(r#"{name}="{value}""#));
        }
    }
    parts.join(",")
}
