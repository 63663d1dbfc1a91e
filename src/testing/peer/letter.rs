//! A signed request to an inbox, and every way to spoil it.

use std::time::Duration;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use http::Method;
use url::{Position, Url};

use super::Peer;
use crate::base::{Clock, Millis};
use crate::platform::crypto::{KeyPair, sha256};
use crate::testing::http::{Answer, Http, send, try_send};

/// How a letter is signed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Style {
    /// draft-cavage with RSA.
    Cavage,
    /// RFC 9421 with Ed25519.
    Rfc9421,
}

/// A letter as it goes over the wire.
#[derive(Clone, Debug)]
pub struct Sealed {
    pub headers: Vec<(&'static str, String)>,
    pub body: Vec<u8>,
}

impl Sealed {
    /// Changes a header.
    pub fn with(mut self, name: &'static str, value: &str) -> Self {
        self.headers.retain(|(known, _)| *known != name);
        self.headers.push((name, value.to_owned()));
        self
    }

    /// Adds a header beside those of the same name.
    pub fn and(mut self, name: &'static str, value: &str) -> Self {
        self.headers.push((name, value.to_owned()));
        self
    }

    /// A header, or the empty text.
    pub fn header(&self, name: &str) -> String {
        self.headers
            .iter()
            .find(|(known, _)| *known == name)
            .map(|(_, value)| value.clone())
            .unwrap_or_default()
    }

    /// Changes the body.
    pub fn saying(mut self, body: impl Into<Vec<u8>>) -> Self {
        self.body = body.into();
        self
    }

    /// Sends it; as ActivityPub unless a header says otherwise.
    pub async fn to(&self, inbox: &Url) -> Answer {
        let mut request = Http::default().request(Method::POST, inbox.clone());
        if self.header("content-type").is_empty() {
            request = request.header("content-type", "application/activity+json");
        }
        for (name, value) in &self.headers {
            request = request.header(*name, value);
        }
        send(request.body(self.body.clone())).await
    }
}

/// A letter on its way. Without further words it is rightly signed by its actor, with draft-cavage.
pub struct Letter<'a> {
    peer: &'a Peer,
    body: Vec<u8>,
    digest_of: Option<Vec<u8>>,
    style: Option<Style>,
    actor: String,
    key_id: Option<String>,
    pair: Option<&'a KeyPair>,
    at: Millis,
    left_out: Vec<&'static str>,
    host: Option<String>,
    more: Vec<(&'static str, String)>,
}

impl<'a> Letter<'a> {
    pub(super) fn new(peer: &'a Peer, body: Vec<u8>, actor: &str) -> Self {
        Self {
            peer,
            body,
            digest_of: None,
            style: Some(Style::Cavage),
            actor: actor.to_owned(),
            key_id: None,
            pair: None,
            at: Clock::system().now(),
            left_out: Vec::new(),
            host: None,
            more: Vec::new(),
        }
    }

    /// Signs with RFC 9421 and Ed25519.
    pub fn rfc9421(mut self) -> Self {
        self.style = Some(Style::Rfc9421);
        self
    }

    /// Does not sign at all.
    pub fn unsigned(mut self) -> Self {
        self.style = None;
        self
    }

    /// Signs for another actor than the one that the activity names.
    pub fn signed_by(mut self, actor: &Url) -> Self {
        self.actor = actor.to_string();
        self
    }

    /// Names a key that is not the signer's.
    pub fn naming_key(mut self, key_id: &str) -> Self {
        self.key_id = Some(key_id.to_owned());
        self
    }

    /// Signs with a key that nobody published.
    pub fn with_key(mut self, pair: &'a KeyPair) -> Self {
        self.pair = Some(pair);
        self
    }

    /// Says that it was written at another time.
    pub fn written(mut self, at: Millis) -> Self {
        self.at = at;
        self
    }

    /// Says that it was written `ago`.
    pub fn written_ago(self, ago: Duration) -> Self {
        let at = self.at - ago;
        self.written(at)
    }

    /// Leaves parts out of what is signed: `"date"`, `"digest"`, `"host"`, `"(request-target)"`,
    /// `"@method"`, `"@target-uri"`, `"content-digest"`, `"created"`.
    pub fn without(mut self, parts: &[&'static str]) -> Self {
        self.left_out.extend(parts);
        self
    }

    /// Sends another body than the one that was digested and signed.
    pub fn swapping_body(mut self, body: impl Into<Vec<u8>>) -> Self {
        self.digest_of = Some(std::mem::replace(&mut self.body, body.into()));
        self
    }

    /// Sends these bytes instead, rightly digested and signed.
    pub fn with_body(mut self, body: impl Into<Vec<u8>>) -> Self {
        self.body = body.into();
        self
    }

    /// Signs for another host than the one that gets it.
    pub fn for_host(mut self, host: &str) -> Self {
        self.host = Some(host.to_owned());
        self
    }

    /// Says something more in a header, and signs that.
    pub fn saying(mut self, header: &'static str, value: impl Into<String>) -> Self {
        self.more.push((header, value.into()));
        self
    }

    /// Sends it.
    pub async fn to(self, inbox: &Url) -> Answer {
        send(self.request(inbox)).await
    }

    /// Sends it to a site that may be down or go down; `None` if there was no answer.
    pub async fn try_to(self, inbox: &Url) -> Option<Answer> {
        try_send(self.request(inbox)).await.ok()
    }

    /// What would be sent, for a test that sends it by itself: headers and body.
    pub fn sealed(self, inbox: &Url) -> Sealed {
        Sealed { headers: self.headers(&Method::POST, inbox), body: self.body }
    }

    fn request(self, inbox: &Url) -> reqwest::RequestBuilder {
        let mut request = Http::default()
            .request(Method::POST, inbox.clone())
            .header("content-type", "application/activity+json");
        for (name, value) in self.headers(&Method::POST, inbox) {
            request = request.header(name, value);
        }
        request.body(self.body)
    }

    /// Asks for something instead, signed in the same way but without a body.
    pub async fn fetches(self, url: &Url) -> Answer {
        let letter = self.without(&["digest", "content-digest"]);
        let mut request =
            Http::default().request(Method::GET, url.clone()).header("accept", "application/activity+json");
        for (name, value) in letter.headers(&Method::GET, url) {
            request = request.header(name, value);
        }
        send(request).await
    }

    fn headers(&self, method: &Method, url: &Url) -> Vec<(&'static str, String)> {
        match self.style {
            None => Vec::new(),
            Some(Style::Cavage) => self.cavage(method, url),
            Some(Style::Rfc9421) => self.rfc9421_headers(method, url),
        }
    }

    fn digest(&self) -> String {
        sha256(self.digest_of.as_ref().unwrap_or(&self.body)).to_base64()
    }

    fn host_of(&self, inbox: &Url) -> String {
        self.host.clone().unwrap_or_else(|| inbox[Position::BeforeHost..Position::AfterPort].to_owned())
    }

    fn is_in(&self, part: &str) -> bool {
        !self.left_out.contains(&part)
    }

    fn sign(&self, pair: &KeyPair, base: &str) -> String {
        let signature = self.pair.unwrap_or(pair).sign(base.as_bytes()).expect("a key signs");
        STANDARD.encode(signature)
    }

    fn cavage(&self, method: &Method, inbox: &Url) -> Vec<(&'static str, String)> {
        let seconds = u64::try_from(self.at.seconds()).unwrap_or_default();
        let date = httpdate::fmt_http_date(std::time::UNIX_EPOCH + Duration::from_secs(seconds));
        let digest = format!("SHA-256={}", self.digest());
        let parts: Vec<(&str, String)> = [
            ("(request-target)", format!("{} {}", method.as_str().to_lowercase(), target(inbox))),
            ("host", self.host_of(inbox)),
            ("date", date.clone()),
            ("digest", digest.clone()),
        ]
        .into_iter()
        .chain(self.more.iter().map(|(name, value)| (*name, value.clone())))
        .filter(|(name, _)| self.is_in(name))
        .collect();
        let names: Vec<&str> = parts.iter().map(|(name, _)| *name).collect();
        let lines: Vec<String> = parts.iter().map(|(name, value)| format!("{name}: {value}")).collect();
        let key_id = self.key_id.clone().unwrap_or_else(|| format!("{}#main-key", self.actor));
        let signature = self.sign(&self.peer.rsa, &lines.join("\n"));
        let header = format!(
            r#"keyId="{key_id}",algorithm="rsa-sha256",headers="{}",signature="{signature}""#,
            names.join(" ")
        );
        let mut headers = vec![("signature", header)];
        headers.extend(self.is_in("date").then_some(("date", date)));
        headers.extend(self.is_in("digest").then_some(("digest", digest)));
        headers.extend(self.more.clone());
        headers
    }

    fn rfc9421_headers(&self, method: &Method, inbox: &Url) -> Vec<(&'static str, String)> {
        let digest = format!("sha-256=:{}:", self.digest());
        let target = format!("{}://{}{}", inbox.scheme(), self.host_of(inbox), target(inbox));
        let parts: Vec<(&str, String)> =
            [("@method", method.to_string()), ("@target-uri", target), ("content-digest", digest.clone())]
                .into_iter()
                .chain(self.more.iter().map(|(name, value)| (*name, value.clone())))
                .filter(|(name, _)| self.is_in(name))
                .collect();
        let names: Vec<String> = parts.iter().map(|(name, _)| format!("\"{name}\"")).collect();
        let key_id = self.key_id.clone().unwrap_or_else(|| format!("{}#ed25519-key", self.actor));
        let created =
            if self.is_in("created") { format!(";created={}", self.at.seconds()) } else { String::new() };
        let parameters = format!(r#"({}){created};keyid="{key_id}";alg="ed25519""#, names.join(" "));
        let mut lines: Vec<String> =
            parts.iter().map(|(name, value)| format!("\"{name}\": {value}")).collect();
        lines.push(format!("\"@signature-params\": {parameters}"));
        let signature = self.sign(&self.peer.ed25519, &lines.join("\n"));
        let mut headers = vec![
            ("signature-input", format!("sig1={parameters}")),
            ("signature", format!("sig1=:{signature}:")),
        ];
        headers.extend(self.is_in("content-digest").then_some(("content-digest", digest)));
        headers.extend(self.more.clone());
        headers
    }
}

/// Path and query, as the signatures have it.
fn target(url: &Url) -> &str {
    &url[Position::BeforePath..Position::AfterQuery]
}
