//! Each reason for refusing, in both styles, and requests as other programs make them.

use http::{HeaderName, HeaderValue};
use sfv::{Dictionary, ListEntry, Parser};

use super::*;
use crate::platform::crypto::{KeyPair, sha256};

const NOW: Millis = Millis(1_700_000_000_000);
const BODY: &[u8] = br#"{"type":"Like"}"#;
const KEY_ID: &str = "https://sales.example/users/ann#main-key";

/// A signed request in its parts, to be bent by a test.
struct Request {
    method: Method,
    url: Url,
    site: Url,
    headers: HeaderMap,
    body: Option<Vec<u8>>,
    now: Millis,
    key: VerifyingKey,
}

impl Request {
    fn post(pair: KeyPair, style: Style) -> Self {
        Self::new(Method::POST, pair, style, "https://people.example/inbox")
    }

    fn get(pair: KeyPair, style: Style) -> Self {
        Self::new(Method::GET, pair, style, "https://people.example/users/bob/outbox?page=1")
    }

    #[expect(clippy::needless_pass_by_value, reason = "a test hands its key over")]
    fn new(method: Method, pair: KeyPair, style: Style, url: &str) -> Self {
        let url = Url::parse(url).expect("a URL");
        let key = pair.verifying_key().expect("a public key");
        let signing = SigningKey { key_id: KEY_ID, pair: &pair };
        let body = (method == Method::POST).then(|| BODY.to_vec());
        let digest = body.as_deref().map(sha256);
        let outgoing = Outgoing { method: &method, url: &url, digest, now: NOW };
        let headers = sign(signing, style, &outgoing).expect("signed");
        let site = url.join("/").expect("a URL");
        Self { method, url, site, headers, body, now: NOW, key }
    }

    fn parse(&self) -> Result<Parsed, SignatureError> {
        let target = match self.url.query() {
            Some(query) => format!("{}?{query}", self.url.path()),
            None => self.url.path().to_owned(),
        };
        parse(&Received {
            method: &self.method,
            site: &self.site,
            target: &target,
            headers: &self.headers,
            body: self.body.as_deref(),
            now: self.now,
            skew: Duration::from_hours(1),
        })
    }

    fn verdict(&self) -> Result<(), SignatureError> {
        self.parse()?.verify(&self.key)
    }

    fn set(&mut self, name: &'static str, value: &str) {
        let value = HeaderValue::from_str(value).expect("a header value");
        self.headers.insert(HeaderName::from_static(name), value);
    }

    fn replace(&mut self, name: &'static str, from: &str, to: &str) {
        let old = self.headers[name].to_str().expect("text").to_owned();
        assert!(old.contains(from), "{name} holds {old}");
        self.set(name, &old.replacen(from, to, 1));
    }
}

fn rsa() -> KeyPair {
    KeyPair::generate_rsa().expect("a key")
}

fn ed25519() -> KeyPair {
    KeyPair::generate_ed25519().expect("a key")
}

fn bad_signature() -> Result<(), SignatureError> {
    Err(SignatureError::BadSignature(Url::parse(KEY_ID).expect("a URL")))
}

/// Bends a good request in `style` and compares the verdict.
fn refused(style: Style, bend: impl FnOnce(&mut Request), verdict: &SignatureError) {
    let mut request = Request::post(ed25519(), style);
    bend(&mut request);
    assert_eq!(request.verdict().as_ref(), Err(verdict));
}

#[test]
fn what_we_sign_we_believe() {
    for style in [Style::Cavage, Style::Rfc9421] {
        for pair in [rsa, ed25519] {
            for request in [Request::post(pair(), style), Request::get(pair(), style)] {
                let parsed = request.parse().expect("readable");

                assert_eq!((parsed.style, parsed.key_id.as_str()), (style, KEY_ID));
                assert_eq!(parsed.verify(&request.key), Ok(()));
            }
        }
    }
}

#[test]
fn the_headers_look_as_others_expect_them() {
    let cavage = Request::post(rsa(), Style::Cavage);
    let header = cavage.headers["signature"].to_str().expect("text");
    let start = format!(
        r#"keyId="{KEY_ID}",algorithm="rsa-sha256",headers="(request-target) date digest host",signature=""#
    );
    assert!(header.starts_with(&start), "{header}");
    assert_eq!(cavage.headers["date"], "Tue, 14 Nov 2023 22:13:20 GMT");

    let rfc9421 = Request::post(rsa(), Style::Rfc9421);
    let input = format!(
        r#"sig1=("@method" "@target-uri" "content-digest");created=1700000000;keyid="{KEY_ID}";alg="rsa-v1_5-sha256""#
    );
    assert_eq!(rfc9421.headers["signature-input"], input.as_str());
}

#[test]
fn another_key_method_target_or_host_is_noticed() {
    for style in [Style::Cavage, Style::Rfc9421] {
        let mut stranger = Request::post(ed25519(), style);
        stranger.key = ed25519().verifying_key().expect("a public key");
        assert_eq!(stranger.verdict(), bad_signature());

        let mut target = Request::post(ed25519(), style);
        target.url = Url::parse("https://people.example/users/bob/inbox").expect("a URL");
        assert_eq!(target.verdict(), bad_signature());

        let mut method = Request::post(ed25519(), style);
        method.method = Method::PUT;
        assert_eq!(method.verdict(), bad_signature());

        let mut host = Request::post(ed25519(), style);
        host.set("host", "people.example");
        host.set("x-forwarded-host", "people.example");
        host.site = Url::parse("https://engineering.example/").expect("a URL");
        assert_eq!(host.verdict(), bad_signature());
    }
}

#[test]
fn a_body_other_than_its_digest_is_noticed() {
    for style in [Style::Cavage, Style::Rfc9421] {
        refused(style, |it| it.body = Some(b"{}".to_vec()), &SignatureError::DigestMismatch);
    }
    let other = sha256(b"other");
    refused(
        Style::Cavage,
        |it| it.set("digest", &format!("SHA-256={},sha-256={}", sha256(BODY).to_base64(), other.to_base64())),
        &SignatureError::DigestMismatch,
    );
    refused(Style::Cavage, |it| it.set("digest", "SHA-256=%%"), &SignatureError::DigestMismatch);
    refused(Style::Cavage, |it| it.set("digest", "MD5=abcd"), &SignatureError::DigestAlgorithm);
    refused(Style::Rfc9421, |it| it.set("content-digest", "sha-256=?1"), &SignatureError::DigestMismatch);
    refused(Style::Rfc9421, |it| it.set("content-digest", "md5=:YWJj:"), &SignatureError::DigestAlgorithm);
    let unreadable = SignatureError::BadHeader("content-digest");
    refused(Style::Rfc9421, |it| it.set("content-digest", "sha-256=:%:"), &unreadable);
}

#[test]
fn a_digest_that_was_exchanged_together_with_the_body_is_noticed() {
    for (style, header) in [(Style::Cavage, "digest"), (Style::Rfc9421, "content-digest")] {
        let mut request = Request::post(ed25519(), style);
        request.replace(header, &sha256(BODY).to_base64(), &sha256(b"{}").to_base64());
        request.body = Some(b"{}".to_vec());
        assert_eq!(request.verdict(), bad_signature());
    }
}

#[test]
fn a_request_from_another_hour_is_refused() {
    for style in [Style::Cavage, Style::Rfc9421] {
        let later = |seconds: i64| Millis(NOW.0 + seconds * 1000);
        refused(style, |it| it.now = later(3601), &SignatureError::Stale { seconds: 3601 });
        refused(style, |it| it.now = later(-3601), &SignatureError::Future { seconds: 3601 });

        let mut in_time = Request::post(ed25519(), style);
        in_time.now = later(3500);
        assert_eq!(in_time.verdict(), Ok(()));
    }
}

#[test]
fn a_signature_that_covers_too_little_is_refused() {
    use SignatureError::NotCovered;
    let table = [
        ("(request-target) ", "", NotCovered("(request-target)")),
        (" host", "", NotCovered("host")),
        (" date", "", NotCovered("date")),
        (" digest", "", NotCovered("digest")),
        (r#"headers="(request-target) date digest host","#, "", NotCovered("(request-target)")),
    ];
    for (from, to, verdict) in table {
        refused(Style::Cavage, |it| it.replace("signature", from, to), &verdict);
    }
    let table = [
        (r#""@method" "#, "", NotCovered("@method")),
        (r#""@target-uri" "#, "", NotCovered("@target-uri or @authority")),
        (r#""@target-uri""#, r#""@authority""#, NotCovered("@target-uri or @path and @query")),
        (r#" "content-digest""#, "", NotCovered("content-digest")),
        (";created=1700000000", "", SignatureError::Malformed("no created")),
    ];
    for (from, to, verdict) in table {
        refused(Style::Rfc9421, |it| it.replace("signature-input", from, to), &verdict);
    }
}

#[test]
fn a_get_must_cover_its_query() {
    let mut request = Request::get(ed25519(), Style::Rfc9421);
    request.replace("signature-input", r#""@target-uri""#, r#""@authority" "@path""#);

    let verdict = SignatureError::NotCovered("@target-uri or @path and @query");
    assert_eq!(request.verdict(), Err(verdict));
}

#[test]
fn headers_that_were_signed_must_be_there() {
    let missing = |name: &str| SignatureError::MissingHeader(name.to_owned());
    for name in ["date", "digest"] {
        refused(Style::Cavage, |it| drop(it.headers.remove(name)), &missing(name));
    }
    refused(Style::Rfc9421, |it| drop(it.headers.remove("content-digest")), &missing("content-digest"));
    refused(Style::Cavage, |it| it.replace("signature", " host", " host x-odd"), &missing("x-odd"));
    refused(
        Style::Rfc9421,
        |it| it.replace("signature-input", r#" "content-digest""#, r#" "content-digest" "x-odd""#),
        &missing("x-odd"),
    );
}

#[test]
fn what_cannot_be_read_is_refused_with_its_reason() {
    use SignatureError::{Algorithm, BadHeader, KeyId, Malformed, UnknownComponent, Unsigned};
    let algorithm = |name: &str| Algorithm(name.to_owned());
    let table: Vec<(&str, &str, &str, SignatureError)> = vec![
        ("signature", "keyId=", "kid=", Malformed("no keyId")),
        ("signature", "signature=", "sig=", Malformed("no signature")),
        ("signature", "https://sales.example", "acct:ann", KeyId("acct:ann/users/ann#main-key".to_owned())),
        ("signature", "hs2019", "hmac-sha256", algorithm("hmac-sha256")),
        ("signature", "hs2019", "rsa-sha1", algorithm("rsa-sha1")),
        ("signature", "hs2019", "rsa-sha256", SignatureError::KeyKind),
        (
            "signature",
            ",algorithm",
            ",keyId=\"https://x.example/\",algorithm",
            Malformed("a parameter given twice"),
        ),
        ("signature", ",algorithm", ",created=abc,algorithm", Malformed("a time that is not in seconds")),
        (
            "signature",
            ",algorithm",
            ",created=18446744073709551615,algorithm",
            Malformed("a time that is not in seconds"),
        ),
        ("signature", ",algorithm", ",odd,algorithm", Malformed("a parameter without a value")),
        ("signature", "hs2019", "hs\"2019", Malformed("a quotation mark inside a value")),
        ("signature", "signature=\"", "signature=\"%", Malformed("the signature is not base64")),
        ("signature", " host", " host (created)", Malformed("no created")),
        ("signature", " host", " host (expires)", Malformed("no expires")),
        ("signature", " host", " host (odd)", Malformed("the signing string cannot be built")),
        ("signature", " host", " host authorization", UnknownComponent("authorization".to_owned())),
        ("date", "GMT", "XYZ", BadHeader("date")),
    ];
    for (header, from, to, verdict) in table {
        refused(Style::Cavage, |it| it.replace(header, from, to), &verdict);
    }
    let table: Vec<(&str, &str, &str, SignatureError)> = vec![
        ("signature-input", "sig1=(", "sig1=", BadHeader("signature-input")),
        ("signature-input", "sig1", "sig2", Malformed("no signature for any input")),
        (
            "signature-input",
            r#""@target-uri""#,
            r#""@target-uri" "@status""#,
            UnknownComponent("@status".to_owned()),
        ),
        (
            "signature-input",
            r#""@method""#,
            r#""@method";req"#,
            UnknownComponent("@method with parameters".to_owned()),
        ),
        ("signature-input", r#""@method""#, r#""@method" "@method""#, Malformed("a component given twice")),
        (
            "signature-input",
            "created=1700000000",
            "created=\"a\"",
            Malformed("a time that is not in seconds"),
        ),
        ("signature-input", "keyid=\"", "kid=\"", Malformed("no keyid")),
        ("signature-input", "keyid=\"https", "keyid=\"did", KeyId(KEY_ID.replacen("https", "did", 1))),
        ("signature-input", "\"ed25519\"", "\"hmac-sha256\"", algorithm("hmac-sha256")),
        ("signature-input", "\"ed25519\"", "\"rsa-v1_5-sha256\"", SignatureError::KeyKind),
        ("signature-input", ";keyid", ";expires=1699999999;keyid", SignatureError::Expired { seconds: 1 }),
        ("signature", "sig1=:", "sig1=x;y=:", Malformed("the signature is not a byte sequence")),
    ];
    for (header, from, to, verdict) in table {
        refused(Style::Rfc9421, |it| it.replace(header, from, to), &verdict);
    }
    for style in [Style::Cavage, Style::Rfc9421] {
        refused(style, |it| drop(it.headers.remove("signature")), &Unsigned);
    }
    refused(
        Style::Cavage,
        |it| {
            it.headers.append("signature", HeaderValue::from_static("keyId=\"a\""));
        },
        &Malformed("more than one"),
    );
}

#[test]
fn a_signature_made_without_the_query_is_believed() {
    // GoToSocial up to 0.17 and several others sign the path alone.
    let mut request =
        Request::new(Method::GET, ed25519(), Style::Cavage, "https://people.example/users/bob/outbox");
    request.url.set_query(Some("page=1"));

    assert_eq!(request.verdict(), Ok(()));
}

#[test]
fn a_signature_made_with_the_fragment_of_a_key_is_believed() {
    // Fedify 2.3.6 signs `@target-uri` of `…/users/bob#main-key` with the fragment.
    let with_fragment = "https://people.example/users/bob#main-key";
    let request = Request::new(Method::GET, rsa(), Style::Rfc9421, "https://people.example/users/bob");
    assert_eq!(request.verdict(), Ok(()));

    let (pair, url) = (ed25519(), Url::parse(with_fragment).expect("a URL"));
    let mut fetched =
        Request::new(Method::GET, ed25519(), Style::Rfc9421, "https://people.example/users/bob");
    let input = fetched.headers["signature-input"].to_str().expect("text");
    let parameters = input.strip_prefix("sig1=").expect("the label");
    let base = format!("\"@method\": GET\n\"@target-uri\": {url}\n\"@signature-params\": {parameters}");
    let signature = {
        use base64::Engine as _;
        base64::engine::general_purpose::STANDARD.encode(pair.sign(base.as_bytes()).expect("signed"))
    };
    fetched.key = pair.verifying_key().expect("a public key");
    fetched.set("signature", &format!("sig1=:{signature}:"));
    assert_eq!(fetched.verdict(), Ok(()));
}

#[test]
fn spaces_after_commas_and_the_authorization_header_are_understood() {
    let mut request = Request::post(ed25519(), Style::Cavage);
    let value = request.headers["signature"].to_str().expect("text").replace("\",", "\", ");
    request.headers.remove("signature");
    request.set("authorization", &format!("Signature {value}"));

    assert_eq!(request.verdict(), Ok(()));
}

#[test]
fn an_access_token_is_not_a_signature() {
    let mut request = Request::get(ed25519(), Style::Cavage);
    request.headers.remove("signature");
    request.set("authorization", "Bearer abc");

    assert_eq!(request.verdict(), Err(SignatureError::Unsigned));
}

#[test]
fn created_and_expires_of_hs2019_are_understood() {
    let pair = ed25519();
    let mut request = Request::get(ed25519(), Style::Cavage);
    request.key = pair.verifying_key().expect("a public key");
    request.now = Millis(1_700_000_010_000);
    let expires = 4_000_000_000_i64; // the crate compares with the machine's clock as well
    let base = format!(
        "(request-target): get /users/bob/outbox?page=1\n(created): 1700000000\n(expires): {expires}\nhost: people.example"
    );
    let signature = {
        use base64::Engine as _;
        base64::engine::general_purpose::STANDARD.encode(pair.sign(base.as_bytes()).expect("signed"))
    };
    request.headers.remove("date");
    request.set(
        "signature",
        &format!(
            r#"keyId="{KEY_ID}",algorithm="hs2019",created=1700000000,expires={expires},headers="(request-target) (created) (expires) host",signature="{signature}""#
        ),
    );

    assert_eq!(request.verdict(), Ok(()));
    request.now = Millis(1_700_050_000_000);
    assert_eq!(request.verdict(), Err(SignatureError::Stale { seconds: 50_000 }));
}

/// Appendix B.2.6 of RFC 9421: `test-request` signed with `test-key-ed25519`.
#[test]
fn the_vector_of_rfc_9421_for_ed25519_holds() {
    use base64::Engine as _;
    let decode = |text| base64::engine::general_purpose::STANDARD.decode(text).expect("base64");
    let key = "-----BEGIN PUBLIC KEY-----\n\
               MCowBQYDK2VwAyEAJrQLj5P/89iXES9+vFgrIy29clF9CC/oPPsw3c5D0bs=\n\
               -----END PUBLIC KEY-----\n";
    let key = VerifyingKey::from_pem(key).expect("a public key");
    let signature =
        decode("wqcAqbmYJ2ji2glfAMaRy4gruYYnx2nEFN2HN6jrnDnQCK1u02Gb04v9EDgwUPiu4A0w6vuQv5lIp5WPpBKRCw==");
    let input: Dictionary = Parser::new(
        r#"sig-b26=("date" "@method" "@path" "@authority" "content-type" "content-length");created=1618884473;keyid="test-key-ed25519""#,
    )
    .parse()
    .expect("a dictionary");
    let Some(ListEntry::InnerList(input)) = input.get("sig-b26") else { unreachable!("written above") };
    let headers = HeaderMap::from_iter(
        [
            ("date", "Tue, 20 Apr 2021 02:07:55 GMT"),
            ("content-type", "application/json"),
            ("content-length", "18"),
        ]
        .map(|(name, value)| (HeaderName::from_static(name), HeaderValue::from_static(value))),
    );
    let received = Received {
        method: &Method::POST,
        site: &Url::parse("https://example.com/").expect("a URL"),
        target: "/foo?param=Value&Pet=dog",
        headers: &headers,
        body: None,
        now: Millis(1_618_884_473_000),
        skew: Duration::from_hours(1),
    };
    let covered = ["date", "@method", "@path", "@authority", "content-type", "content-length"];

    let base = rfc9421::base(&received, &covered, input, "").expect("a base");

    assert_eq!(key.verify(base.as_bytes(), &signature), Ok(()));
}

/// Section 2.2 of RFC 9421 and the digest of `{"hello": "world"}` from its appendix B.2.
#[test]
fn the_digest_of_the_specification_holds() {
    let headers = HeaderMap::from_iter([(
        HeaderName::from_static("content-digest"),
        HeaderValue::from_static("sha-256=:X48E9qOokqqrvdts8nOJRJN3OWDUoyWxBf7kbu9DBPE=:"),
    )]);

    assert_eq!(digest::check_content_digest(&headers, br#"{"hello": "world"}"#), Ok(()));
}

#[test]
fn ports_are_part_of_the_host_and_usual_ones_are_not() {
    let table = [
        ("https://a.example/", "a.example"),
        ("https://a.example:443/", "a.example"),
        ("http://127.0.0.1:4105/", "127.0.0.1:4105"),
        ("http://[::1]:4105/", "[::1]:4105"),
    ];
    for (url, host) in table {
        assert_eq!(authority(&Url::parse(url).expect("a URL")), host);
    }
}
