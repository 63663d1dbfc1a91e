//! HTTP Message Signatures, RFC 9421, as far as ActivityPub needs them.
//!
//! Components are plain header fields and the derived ones that describe the request; parameters of
//! components (`;sf`, `;bs`, `;req` …) are not spoken.
//!
//! Source: <https://www.rfc-editor.org/rfc/rfc9421>

use sfv::{BareItem, Dictionary, InnerList, ListEntry, ListSerializer, Parser};

use super::{Parsed, Received, SignatureError, Style, authority, digest, joined, key_id, window};
use crate::platform::crypto::KeyKind;

/// Most signatures looked at in one request, and most components in one signature.
const MOST_LABELS: usize = 4;
const MOST_COMPONENTS: usize = 32;

/// Fedify (2.3.6) fetches a key by its id and signs the whole of it, although the fragment is never sent.
const KEY_FRAGMENTS: [&str; 2] = ["#main-key", "#ed25519-key"];

pub(super) fn parse(received: &Received<'_>) -> Result<Parsed, SignatureError> {
    let inputs = dictionary(received, "signature-input")?;
    let signatures = dictionary(received, "signature")?;
    let mut first_problem = None;
    for (label, input) in inputs.iter().take(MOST_LABELS) {
        let (ListEntry::InnerList(input), Some(signature)) = (input, signatures.get(label.as_str())) else {
            continue;
        };
        match parse_one(received, input, signature) {
            Ok(parsed) => return Ok(parsed),
            Err(problem) => {
                first_problem.get_or_insert(problem);
            }
        }
    }
    Err(first_problem.unwrap_or(SignatureError::Malformed("no signature for any input")))
}

fn dictionary(received: &Received<'_>, name: &'static str) -> Result<Dictionary, SignatureError> {
    let text = joined(received.headers, name).ok_or(SignatureError::Unsigned)?;
    Parser::new(&text).parse().map_err(|_| SignatureError::BadHeader(name))
}

fn parse_one(
    received: &Received<'_>,
    input: &InnerList,
    signature: &ListEntry,
) -> Result<Parsed, SignatureError> {
    let covered = components(input)?;
    check_covered(received, &covered)?;
    let created = integer(input, "created")?.ok_or(SignatureError::Malformed("no created"))?;
    window::check(received, created, integer(input, "expires")?)?;
    let key_id = key_id(string(input, "keyid")?.ok_or(SignatureError::Malformed("no keyid"))?)?;
    let kind = match string(input, "alg")? {
        None => None,
        Some("rsa-v1_5-sha256") => Some(KeyKind::Rsa),
        Some("ed25519") => Some(KeyKind::Ed25519),
        Some(other) => return Err(SignatureError::Algorithm(other.chars().take(40).collect())),
    };
    if let Some(body) = received.body {
        digest::check_content_digest(received.headers, body)?;
    }
    let ListEntry::Item(signature) = signature else {
        return Err(SignatureError::Malformed("the signature is a list"));
    };
    let BareItem::ByteSequence(signature) = &signature.bare_item else {
        return Err(SignatureError::Malformed("the signature is not a byte sequence"));
    };
    let mut bases = vec![base(received, &covered, input, "")?];
    if received.body.is_none() && covered.contains(&"@target-uri") {
        for fragment in KEY_FRAGMENTS {
            bases.push(base(received, &covered, input, fragment)?);
        }
    }
    Ok(Parsed { key_id, style: Style::Rfc9421, kind, signature: signature.clone(), bases })
}

/// The names of the components, each once and without parameters.
fn components(input: &InnerList) -> Result<Vec<&str>, SignatureError> {
    if input.items.len() > MOST_COMPONENTS {
        return Err(SignatureError::Malformed("too many components"));
    }
    let mut covered = Vec::with_capacity(input.items.len());
    for item in &input.items {
        let BareItem::String(name) = &item.bare_item else {
            return Err(SignatureError::Malformed("a component that is not a string"));
        };
        if !item.params.is_empty() {
            return Err(SignatureError::UnknownComponent(format!("{name} with parameters")));
        }
        if covered.contains(&name.as_str()) {
            return Err(SignatureError::Malformed("a component given twice"));
        }
        covered.push(name.as_str());
    }
    Ok(covered)
}

fn check_covered(received: &Received<'_>, covered: &[&str]) -> Result<(), SignatureError> {
    if !covered.contains(&"@method") {
        return Err(SignatureError::NotCovered("@method"));
    }
    if !covered.contains(&"@target-uri") {
        if !covered.contains(&"@authority") {
            return Err(SignatureError::NotCovered("@target-uri or @authority"));
        }
        let path = covered.contains(&"@path");
        let query = covered.contains(&"@query") || !received.target.contains('?');
        if !(covered.contains(&"@request-target") || path && query) {
            return Err(SignatureError::NotCovered("@target-uri or @path and @query"));
        }
    }
    if received.body.is_some() && !covered.contains(&"content-digest") {
        return Err(SignatureError::NotCovered("content-digest"));
    }
    Ok(())
}

fn integer(input: &InnerList, name: &str) -> Result<Option<i64>, SignatureError> {
    match input.params.get(name) {
        None => Ok(None),
        Some(BareItem::Integer(value)) => Ok(Some((*value).into())),
        Some(_) => Err(SignatureError::Malformed("a time that is not in seconds")),
    }
}

fn string<'a>(input: &'a InnerList, name: &str) -> Result<Option<&'a str>, SignatureError> {
    match input.params.get(name) {
        None => Ok(None),
        Some(BareItem::String(value)) => Ok(Some(value.as_str())),
        Some(_) => Err(SignatureError::Malformed("a parameter that is not a string")),
    }
}

/// The signature base, section 2.5. `fragment` is put behind the target.
pub(super) fn base(
    received: &Received<'_>,
    covered: &[&str],
    input: &InnerList,
    fragment: &str,
) -> Result<String, SignatureError> {
    let mut lines = Vec::with_capacity(covered.len() + 1);
    for name in covered {
        let end = if *name == "@target-uri" { fragment } else { "" };
        lines.push(format!("\"{name}\": {}{end}", value_of(received, name)?));
    }
    let mut list = ListSerializer::new();
    list.members([&ListEntry::InnerList(input.clone())]);
    lines.push(format!("\"@signature-params\": {}", list.finish().unwrap_or_default()));
    Ok(lines.join("\n"))
}

/// The value of a component, sections 2.1 and 2.2.
fn value_of(received: &Received<'_>, name: &str) -> Result<String, SignatureError> {
    let (path, query) = received.target.split_once('?').unwrap_or((received.target, ""));
    Ok(match name {
        "@method" => received.method.as_str().to_owned(),
        "@scheme" => received.site.scheme().to_owned(),
        "@authority" | "host" => authority(received.site),
        "@path" => path.to_owned(),
        "@query" => format!("?{query}"),
        "@request-target" => received.target.to_owned(),
        "@target-uri" => {
            format!("{}://{}{}", received.site.scheme(), authority(received.site), received.target)
        }
        derived if derived.starts_with('@') => {
            return Err(SignatureError::UnknownComponent(derived.to_owned()));
        }
        field => {
            joined(received.headers, field).ok_or_else(|| SignatureError::MissingHeader(field.to_owned()))?
        }
    })
}
