//! Proofs as the peer makes them: by itself, from the specification, so that both sides cannot be wrong in the same way.

use serde_json::{Value, json};
use url::Url;

use super::Peer;
use crate::base::{Clock, Millis};
use crate::platform::crypto::{KeyPair, sha256, to_multibase};

/// How a document is sealed. Without further words rightly, by its actor.
pub struct Seal<'a> {
    peer: &'a Peer,
    document: Value,
    proof: Value,
    pair: Option<&'a KeyPair>,
}

impl Peer {
    /// A seal for `document`, of `actor`.
    pub fn seal(&self, document: &Value, actor: &Url) -> Seal<'_> {
        let proof = json!({
            "@context": document["@context"],
            "type": "DataIntegrityProof",
            "cryptosuite": "eddsa-jcs-2022",
            "verificationMethod": format!("{actor}#ed25519-key"),
            "proofPurpose": "assertionMethod",
            "created": Clock::system().now().to_rfc3339(),
        });
        Seal { peer: self, document: document.clone(), proof, pair: None }
    }
}

impl<'a> Seal<'a> {
    /// Says something else in the proof, and signs that.
    pub fn saying(mut self, field: &str, value: impl Into<Value>) -> Self {
        self.proof[field] = value.into();
        self
    }

    /// Says that it was made at another time.
    pub fn made(self, at: Millis) -> Self {
        self.saying("created", at.to_rfc3339())
    }

    /// Signs with a key that nobody published.
    pub fn with_key(mut self, pair: &'a KeyPair) -> Self {
        self.pair = Some(pair);
        self
    }

    /// The document with its proof.
    pub fn done(mut self) -> Value {
        let digest = |value: &Value| *sha256(spelt(value).as_bytes()).as_bytes();
        let signed = [digest(&self.proof), digest(&self.document)].concat();
        let signature = self.pair.unwrap_or(&self.peer.ed25519).sign(&signed).expect("a key signs");
        self.proof["proofValue"] = to_multibase(&signature).into();
        self.document["proof"] = self.proof;
        self.document
    }
}

/// RFC 8785 for what tests write: names in ASCII, no fractions.
fn spelt(value: &Value) -> String {
    match value {
        Value::Object(fields) => {
            let mut names: Vec<&String> = fields.keys().collect();
            names.sort();
            let fields: Vec<String> =
                names.iter().map(|name| format!("{}:{}", json!(name), spelt(&fields[*name]))).collect();
            format!("{{{}}}", fields.join(","))
        }
        Value::Array(items) => format!("[{}]", items.iter().map(spelt).collect::<Vec<_>>().join(",")),
        other => other.to_string(),
    }
}
