//! Who vouches for a document by a proof inside it, whoever brings it.

use url::Url;

use super::fetch::{self, Budget};
use super::gate::{self, Purpose, Standing};
use super::origin::{host_of, same_origin};
use super::proofs::{self, Proof, ProofError};
use super::signer::{Signer, SignerError};
use crate::base::id::AccountId;
use crate::domain::accounts::Account;
use crate::platform::caches::KnownKey;
use crate::platform::services::Services;

/// The actor, if a proof in `body` is made with a key that the actor lists for that (`assertionMethod`), and its
/// site is spoken with. A proof that does not fit the key that is known makes us read the key again, once in five
/// minutes.
///
/// # Errors
/// [`SignerError`]; the text says what is wrong with the first proof.
pub async fn by_proof(services: &Services, actor: &Url, body: &[u8]) -> Result<Signer, SignerError> {
    let standing = standing(services, actor).await?;
    let skew = services.config.federation.clock_skew;
    let mut first_problem = None;
    for proof in proofs::read(body, services.clock.now(), skew)? {
        match key_of(services, actor, &proof).await {
            Ok(known) => {
                return Ok(Signer {
                    account: AccountId(known.account),
                    actor: known.actor,
                    host: host_of(actor).unwrap_or_default(),
                    member: standing.member,
                    hidden: known.hidden,
                    followers_uri: known.followers_uri,
                    peer: standing.peer,
                    passed_on: true,
                });
            }
            Err(problem) => drop(first_problem.get_or_insert(problem)),
        }
    }
    Err(first_problem.unwrap_or(ProofError::Missing.into()))
}

/// An actor whose words were read at its own site.
pub fn by_origin(actor: &Account, standing: Standing) -> Signer {
    Signer {
        account: actor.id,
        actor: actor.uri.clone(),
        host: actor.host.clone(),
        member: standing.member,
        hidden: actor.is_hidden(),
        followers_uri: actor.followers_uri.clone(),
        peer: standing.peer,
        passed_on: true,
    }
}

/// How the actor's site stands to this one.
///
/// # Errors
/// [`SignerError::Key`] if it is not spoken with.
pub async fn standing(services: &Services, actor: &Url) -> Result<Standing, SignerError> {
    let host = host_of(actor).unwrap_or_default();
    Ok(gate::check(services, &host, Purpose::Conversation).await?)
}

async fn key_of(services: &Services, actor: &Url, proof: &Proof) -> Result<KnownKey, SignerError> {
    let foreign =
        || SignerError::ForeignKey { key: proof.method.to_string(), owner: actor.as_str().to_owned() };
    if !same_origin(&proof.method, actor) {
        return Err(foreign());
    }
    let budget = Budget::of(6);
    let known = fetch::assertion_key(services, &proof.method, &budget).await?;
    if known.actor != actor.as_str() {
        return Err(foreign());
    }
    let Err(problem) = proof.verify(&known.key) else { return Ok(known) };
    match fetch::refetched_key(services, &proof.method, Purpose::Conversation, &budget).await {
        Ok(Some(fresh)) if fresh.actor == actor.as_str() => {
            proof.verify(&fresh.key)?;
            Ok(fresh)
        }
        _ => Err(problem.into()),
    }
}
