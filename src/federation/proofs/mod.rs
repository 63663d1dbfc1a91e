//! Object integrity proofs: a signature inside the document, which holds whoever passes the document on.
//!
//! Pure functions over text and keys. Whose key it must be, and where it is found, is for the inbox to say. Only the
//! suite `eddsa-jcs-2022` is spoken; proofs of others are as good as none.
//!
//! Sources: <https://codeberg.org/fediverse/fep/src/branch/main/fep/8b32/fep-8b32.md>,
//! <https://www.w3.org/TR/vc-di-eddsa/#eddsa-jcs-2022>

pub mod jcs;

use std::time::Duration;

use serde_json::value::RawValue;
use serde_json::{Value, json};
use url::Url;

use self::jcs::{NotCanonical, Object};
use super::signatures::SigningKey;
use crate::activitystreams::context::DATA_INTEGRITY;
use crate::base::{Error, Millis, Result};
use crate::platform::crypto::{KeyKind, VerifyingKey, from_multibase, sha256, to_multibase};

const TYPE: &str = "DataIntegrityProof";
const SUITE: &str = "eddsa-jcs-2022";
const PURPOSE: &str = "assertionMethod";

/// How old a proof may be: less than the ids of activities are remembered, so that nobody says again in somebody's
/// name what was taken back since.
const OLDEST: Duration = Duration::from_hours(30 * 24);

/// Most proofs looked at in one document.
const MOST_PROOFS: usize = 4;

/// Words that let a reader of JSON-LD find another meaning in a document than the one that was signed.
const KEYWORDS: [&str; 4] = ["@graph", "@included", "@reverse", "@nest"];

/// A proof that can be tried with the key that it names.
#[derive(Clone, Debug)]
pub struct Proof {
    /// Where the signer says that its key is.
    pub method: Url,
    signature: Vec<u8>,
    signed: [u8; 64],
}

/// Why a document is not believed for the sake of its proof. The text goes into the log.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ProofError {
    #[error("the document carries no proof")]
    Missing,
    #[error("the document cannot be spelt: {0}")]
    Document(#[from] NotCanonical),
    #[error("the document uses {0}, which can hide what was signed")]
    Keyword(&'static str),
    #[error("the proof's {0} is missing or cannot be read")]
    Malformed(&'static str),
    #[error("the proof is of the kind {0:?}, which is not spoken")]
    Unspoken(String),
    #[error("the proof is for another purpose than {PURPOSE}")]
    Purpose,
    #[error("the proof comes from the future: made in {seconds} s")]
    Future { seconds: i64 },
    #[error("the proof is too old: made {seconds} s ago")]
    Stale { seconds: i64 },
    #[error("the proof has expired {seconds} s ago")]
    Expired { seconds: i64 },
    #[error("the proof was made for another @context than the document has")]
    Context,
    #[error("the proof does not fit the document and the key {0}")]
    Unfit(Url),
}

impl Proof {
    /// Whether `key` made this proof.
    ///
    /// # Errors
    /// [`ProofError::Unfit`] if not.
    pub fn verify(&self, key: &VerifyingKey) -> std::result::Result<(), ProofError> {
        let fits = key.kind() == KeyKind::Ed25519 && key.verify(&self.signed, &self.signature).is_ok();
        if fits { Ok(()) } else { Err(ProofError::Unfit(self.method.clone())) }
    }
}

/// `document` with a proof in it. Costs some 60 µs, once for each activity: most of it to spell the document.
///
/// # Errors
/// [`Error::Internal`] for what is no object, or a key that is not Ed25519.
pub fn seal(document: &str, key: SigningKey<'_>, now: Millis) -> Result<String> {
    if key.pair.kind() != KeyKind::Ed25519 {
        return Err(Error::internal("a proof is made with Ed25519"));
    }
    let mut document = Object::parse(document).map_err(Error::internal)?;
    let created = now.to_rfc3339().get(..19).map(|seconds| format!("{seconds}Z"));
    let mut proof = json!({
        "type": TYPE,
        "cryptosuite": SUITE,
        "created": created.unwrap_or_default(),
        "verificationMethod": key.key_id,
        "proofPurpose": PURPOSE,
    });
    if let Some(context) = document.get("@context").map(with_proofs) {
        document.replace("@context", &serde_json::value::to_raw_value(&context)?);
        proof["@context"] = context;
    }
    let spelt = document.canonical().map_err(Error::internal)?;
    let config = jcs::canonical(&proof.to_string()).map_err(Error::internal)?;
    let signature = key.pair.sign(&digests(&config, &spelt)).map_err(Error::internal)?;
    proof["proofValue"] = to_multibase(&signature).into();
    document.add("proof", serde_json::value::to_raw_value(&proof)?);
    Ok(document.text())
}

/// The context with the one that knows what a proof is, behind that of ActivityStreams.
fn with_proofs(context: &RawValue) -> Value {
    let mut list = listed(context);
    if !list.iter().any(|one| one == DATA_INTEGRITY) {
        list.insert(1.min(list.len()), DATA_INTEGRITY.into());
    }
    Value::Array(list)
}

/// The proofs of a document that can be tried; the others are left out.
///
/// # Errors
/// [`ProofError`] if there is none: what was wrong with the first.
pub fn read(body: &[u8], now: Millis, skew: Duration) -> std::result::Result<Vec<Proof>, ProofError> {
    let json = std::str::from_utf8(body).map_err(|_| NotCanonical::NotJson)?;
    let mut document = Object::parse(json)?;
    let proofs = document.take("proof").ok_or(ProofError::Missing)?;
    check_words(&document)?;
    let several: Vec<&RawValue> = match serde_json::from_str(proofs.get()) {
        Ok(several) => several,
        Err(_) => vec![&*proofs],
    };
    let mut usable = Vec::new();
    let mut first_problem = None;
    for proof in several.into_iter().take(MOST_PROOFS) {
        match read_one(&document, proof.get(), now, skew) {
            Ok(proof) => usable.push(proof),
            Err(problem) => drop(first_problem.get_or_insert(problem)),
        }
    }
    if usable.is_empty() { Err(first_problem.unwrap_or(ProofError::Missing)) } else { Ok(usable) }
}

fn read_one(
    document: &Object,
    proof: &str,
    now: Millis,
    skew: Duration,
) -> std::result::Result<Proof, ProofError> {
    let mut proof = Object::parse(proof)?;
    for (field, spoken) in [("type", TYPE), ("cryptosuite", SUITE)] {
        let kind = text(&proof, field)?;
        if kind != spoken {
            return Err(ProofError::Unspoken(kind.chars().take(100).collect()));
        }
    }
    if text(&proof, "proofPurpose")? != PURPOSE {
        return Err(ProofError::Purpose);
    }
    if proof.get("previousProof").is_some() {
        return Err(ProofError::Unspoken("chain of proofs".to_owned()));
    }
    check_times(&proof, now, skew)?;
    let method = text(&proof, "verificationMethod")?;
    let method = Url::parse(&method).ok().filter(|url| matches!(url.scheme(), "https" | "http"));
    let method = method.ok_or(ProofError::Malformed("verificationMethod"))?;
    let signature = from_multibase(&text(&proof, "proofValue")?).filter(|bytes| bytes.len() == 64);
    let signature = signature.ok_or(ProofError::Malformed("proofValue"))?;
    proof.take("proofValue");
    let mut document = document.clone();
    if let Some(context) = proof.get("@context") {
        check_context(&document, context)?;
        document.replace("@context", context);
    }
    Ok(Proof { method, signature, signed: digests(&proof.canonical()?, &document.canonical()?) })
}

fn check_times(proof: &Object, now: Millis, skew: Duration) -> std::result::Result<(), ProofError> {
    let created = time(proof, "created")?.ok_or(ProofError::Malformed("created"))?;
    let age = now.seconds() - created.seconds();
    if age < -(skew.as_secs() as i64) {
        return Err(ProofError::Future { seconds: -age });
    }
    if age > OLDEST.as_secs() as i64 {
        return Err(ProofError::Stale { seconds: age });
    }
    match time(proof, "expires")? {
        Some(expires) if expires <= now => {
            Err(ProofError::Expired { seconds: now.seconds() - expires.seconds() })
        }
        _ => Ok(()),
    }
}

fn time(proof: &Object, field: &'static str) -> std::result::Result<Option<Millis>, ProofError> {
    if proof.get(field).is_none() {
        return Ok(None);
    }
    let text = text(proof, field)?;
    Millis::from_rfc3339(&text).map(Some).ok_or(ProofError::Malformed(field))
}

fn text(proof: &Object, field: &'static str) -> std::result::Result<String, ProofError> {
    let value = proof.get(field).and_then(|value| serde_json::from_str(value.get()).ok());
    value.ok_or(ProofError::Malformed(field))
}

/// The document's context begins with the one that was signed, section 3.3.2.
fn check_context(document: &Object, signed: &RawValue) -> std::result::Result<(), ProofError> {
    let theirs = document.get("@context").map(listed).unwrap_or_default();
    if theirs.starts_with(&listed(signed)) { Ok(()) } else { Err(ProofError::Context) }
}

fn listed(context: &RawValue) -> Vec<Value> {
    match serde_json::from_str(context.get()) {
        Ok(Value::Array(list)) => list,
        Ok(one) => vec![one],
        Err(_) => Vec::new(),
    }
}

/// Neither a field nor a word of the context may move things about. A context that is only named is not read.
fn check_words(document: &Object) -> std::result::Result<(), ProofError> {
    let spelt = document.canonical()?;
    let used = |word: &&str| spelt.contains(&format!("\"{word}\""));
    KEYWORDS.into_iter().find(used).map_or(Ok(()), |word| Err(ProofError::Keyword(word)))
}

fn digests(proof: &str, document: &str) -> [u8; 64] {
    let mut signed = [0; 64];
    signed[..32].copy_from_slice(sha256(proof.as_bytes()).as_bytes());
    signed[32..].copy_from_slice(sha256(document.as_bytes()).as_bytes());
    signed
}
