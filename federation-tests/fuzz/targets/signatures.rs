//! Headers of signatures of both kinds, and of digests. A line is a header, an empty line ends them, the rest is the body.
#![no_main]

use std::sync::LazyLock;
use std::time::Duration;

use breezeway::base::Millis;
use breezeway::federation::signatures::{Received, parse};
use breezeway::platform::crypto::{KeyPair, VerifyingKey};
use http::{HeaderMap, HeaderName, HeaderValue, Method};
use libfuzzer_sys::fuzz_target;
use url::Url;

static SITE: LazyLock<Url> = LazyLock::new(|| "https://a.example/".parse().expect("a URL"));
static KEY: LazyLock<VerifyingKey> = LazyLock::new(|| {
    let pair = KeyPair::generate_ed25519().expect("a key");
    pair.verifying_key().expect("its public half")
});

fuzz_target!(|bytes: &[u8]| {
    let (head, body) = match bytes.windows(2).position(|pair| pair == b"\n\n") {
        Some(end) => (&bytes[..end], &bytes[end + 2..]),
        None => (bytes, &[] as &[u8]),
    };
    let mut headers = HeaderMap::new();
    for line in head.split(|byte| *byte == b'\n') {
        let Some(colon) = line.iter().position(|byte| *byte == b':') else { continue };
        let name = HeaderName::from_bytes(line[..colon].trim_ascii());
        let value = HeaderValue::from_bytes(line[colon + 1..].trim_ascii());
        if let (Ok(name), Ok(value)) = (name, value) {
            headers.append(name, value);
        }
    }
    for (method, body) in [(Method::POST, Some(body)), (Method::GET, None)] {
        let received = Received {
            method: &method,
            site: &SITE,
            target: "/users/ann/inbox?page=1",
            headers: &headers,
            body,
            now: Millis(1_767_323_045_000),
            skew: Duration::from_hours(1),
        };
        if let Ok(parsed) = parse(&received) {
            // Nobody has the key, so nobody can have signed.
            assert!(parsed.verify(&KEY).is_err());
        }
    }
    if let Ok(text) = std::str::from_utf8(bytes) {
        let _ = VerifyingKey::from_pem(text);
        let _ = VerifyingKey::from_multibase(text);
    }
});
