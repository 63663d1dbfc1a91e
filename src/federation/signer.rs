//! Who signed a request: the key is found, the signature tried, the owner named.
//!
//! Whether the owner may do what the request says is not decided here.

use super::fetch::{self, Budget, FetchError};
use super::gate::{self, Purpose};
use super::origin::{host_of, same_origin};
use super::proofs::ProofError;
use super::signatures::{Parsed, Received, SignatureError, Style, parse};
use url::Url;

use crate::base::id::AccountId;
use crate::platform::caches::{KnownKey, KnownPeer};
use crate::platform::crypto::KeyKind;
use crate::platform::net::Voice;
use crate::platform::services::Services;

/// Who signed.
#[derive(Clone, Debug)]
pub struct Signer {
    pub account: AccountId,
    /// The ActivityPub id.
    pub actor: String,
    pub host: String,
    /// The site shook hands with ours and is not blocked.
    pub member: bool,
    /// Suspended by our moderators, or gone.
    pub hidden: bool,
    /// The collection of the actor's followers.
    pub followers_uri: Option<String>,
    /// What is known of the site.
    pub peer: Option<KnownPeer>,
    /// Somebody else brought it. What they send themselves may still come, and in its order.
    pub passed_on: bool,
}

impl Signer {
    /// Under which name an activity of theirs is remembered: what was passed on is not taken for what they send.
    pub fn remembers(&self, activity: &Url) -> String {
        if self.passed_on { format!("{activity}{PASSED_ON}") } else { activity.to_string() }
    }
}

/// What stands behind the id of an activity that was passed on, where it is remembered. No URL has blanks.
pub const PASSED_ON: &str = " passed on";

/// Why a request is not taken for somebody's. The text goes into the log.
#[derive(Debug, thiserror::Error)]
pub enum SignerError {
    /// 401.
    #[error(transparent)]
    Signature(#[from] SignatureError),
    /// 401 or 403: the key cannot be had, or its site is not spoken with.
    #[error("the key cannot be had: {0}")]
    Key(#[from] FetchError),
    /// 401.
    #[error(transparent)]
    Proof(#[from] ProofError),
    /// 401.
    #[error("the key {key} is not of the same site as its owner {owner}")]
    ForeignKey { key: String, owner: String },
}

impl SignerError {
    /// The site is not spoken with.
    pub fn is_stranger(&self) -> bool {
        matches!(self, Self::Key(FetchError::NotAllowed { .. }))
    }

    /// Whether trying again later can help.
    pub fn is_temporary(&self) -> bool {
        matches!(self, Self::Key(error) if error.is_temporary())
    }
}

/// Finds out who signed `received`. A signature that does not fit the key that is known makes us read the
/// key again, once in five minutes: it may have been replaced.
pub async fn authenticate(
    services: &Services,
    received: &Received<'_>,
    purpose: Purpose,
) -> Result<Signer, SignerError> {
    let parsed = parse(received)?;
    let host = host_of(&parsed.key_id).unwrap_or_default();
    let standing = gate::check(services, &host, purpose).await?;
    let known = verified_key(services, &parsed, purpose).await?;
    let foreign = || SignerError::ForeignKey { key: parsed.key_id.to_string(), owner: known.actor.clone() };
    let owner = url::Url::parse(&known.actor).map_err(|_| foreign())?;
    if !same_origin(&owner, &parsed.key_id) {
        return Err(foreign());
    }
    learn(services, &host, &parsed, &known);
    Ok(Signer {
        account: AccountId(known.account),
        actor: known.actor,
        host,
        member: standing.member,
        hidden: known.hidden,
        followers_uri: known.followers_uri,
        peer: standing.peer,
        passed_on: false,
    })
}

async fn verified_key(
    services: &Services,
    parsed: &Parsed,
    purpose: Purpose,
) -> Result<KnownKey, SignerError> {
    let budget = Budget::of(6);
    let known = fetch::key(services, &parsed.key_id, purpose, &budget).await?;
    let Err(problem) = parsed.verify(&known.key) else { return Ok(known) };
    match fetch::refetched_key(services, &parsed.key_id, purpose, &budget).await {
        Ok(Some(fresh)) => {
            parsed.verify(&fresh.key)?;
            Ok(fresh)
        }
        Ok(None) | Err(_) => Err(problem.into()),
    }
}

/// Who signs in a style understands it.
fn learn(services: &Services, host: &str, parsed: &Parsed, known: &KnownKey) {
    let voice = match (parsed.style, known.key.kind()) {
        (Style::Rfc9421, KeyKind::Ed25519) => Voice::Rfc9421Ed25519,
        (Style::Rfc9421, KeyKind::Rsa) => Voice::Rfc9421Rsa,
        (Style::Cavage, _) => Voice::CavageRsa,
    };
    services.caches.voices.hear(host, voice);
}
