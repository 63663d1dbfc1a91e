//! What would otherwise be read or parsed again and again: actors and keys by address, other sites by host.

use std::any::Any;
use std::collections::HashMap;
use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::Duration;

use moka::sync::Cache;

use crate::base::Millis;
use crate::base::origin::host_of_uri;
use crate::platform::crypto::{KeyPair, VerifyingKey};
use crate::platform::net::{Voice, Voices};

/// A public key that was parsed, and whose it is.
#[derive(Clone, Debug)]
pub struct KnownKey {
    /// Row of the owner.
    pub account: i64,
    /// ActivityPub id of the owner.
    pub actor: String,
    /// Whether our moderators suspended the owner, or it is gone.
    pub hidden: bool,
    /// The collection of the owner's followers.
    pub followers_uri: Option<String>,
    /// The key.
    pub key: Arc<VerifyingKey>,
}

/// Why an address could not be read.
#[derive(Clone, Debug)]
pub struct Failure {
    /// For the log.
    pub problem: String,
    /// Whether trying again later can help.
    pub temporary: bool,
}

/// The private keys of an actor of ours.
#[derive(Debug)]
pub struct SigningKeys {
    /// RSA-2048, for whoever knows only that.
    pub rsa: KeyPair,
    /// Ed25519.
    pub ed25519: KeyPair,
}

/// What matters of another site on each request.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct KnownPeer {
    /// What it calls itself; may be empty.
    pub name: String,
    /// `#rrggbb`; may be empty.
    pub colour: String,
    /// Both sides shook hands.
    pub accepted: bool,
    /// Blocked by our moderators.
    pub blocked: bool,
    /// Its instance actor.
    pub actor_uri: Option<String>,
    /// The collection that stands for the whole organisation there.
    pub organisation_uri: Option<String>,
}

/// All sites that are known, by host.
pub type KnownPeers = Arc<HashMap<String, KnownPeer>>;

/// How long a key is believed before its row is read again: another process may have changed it.
const KEYS_FOR: Duration = Duration::from_mins(10);

/// How long another process that shares the database may go on with the sites it knew.
const PEERS_FOR: Duration = Duration::from_secs(5);

/// How long the digests of somebody's followers are kept: another process may change who follows.
const DIGESTS_FOR: Duration = Duration::from_secs(5);

/// How long another process may go on with what it knew of a person's own settings.
const OWN_FOR: Duration = Duration::from_mins(1);

/// How often a site that need not have followers hears who they are.
const COMPARE_AFTER: Duration = Duration::from_hours(1);

/// The caches of one site. Whoever changes a row forgets it here.
#[derive(Clone, Debug)]
pub struct Caches {
    keys: Cache<String, KnownKey>,
    actors: Cache<String, i64>,
    signing: Cache<i64, Arc<SigningKeys>>,
    failed: Cache<String, Failure>,
    refetched: Cache<String, ()>,
    rubbish: Cache<String, Arc<AtomicU32>>,
    looked: Cache<String, ()>,
    flights: Cache<String, Arc<tokio::sync::Mutex<()>>>,
    failing: Cache<String, ()>,
    heard: Cache<String, ()>,
    /// How to sign towards which host.
    pub voices: Voices,
    peers: Cache<(), KnownPeers>,
    follower_digests: Cache<i64, Arc<HashMap<String, [u8; 32]>>>,
    compared: Cache<(i64, String), ()>,
    own: Cache<(i64, &'static str), Arc<dyn Any + Send + Sync>>,
    /// When a copy of something of another site was noted as looked at, by its blob.
    pub copies: Cache<String, Millis>,
}

/// How long an address that could not be read is left alone.
const LEAVE_ALONE: Duration = Duration::from_mins(1);

/// How long an actor is not read again for the sake of a signature that does not fit.
const REFETCH_PAUSE: Duration = Duration::from_mins(5);

/// A host that speaks to us but takes nothing is not tried again for each of its words.
const HEARD_PAUSE: Duration = Duration::from_secs(2);

/// How often the keys of one host are asked for in vain, or once more, within [`REFETCH_PAUSE`]. More than a site
/// needs that gives new keys to all its people; far less than what would hurt it.
const MOST_RUBBISH: u32 = 600;

/// How long what only a look at a page makes us read is not read again.
const LOOK_PAUSE: Duration = Duration::from_hours(1);

impl Caches {
    /// Empty ones; `at_first` is how unknown hosts are addressed.
    pub fn new(at_first: Voice) -> Self {
        Self {
            keys: Cache::builder().max_capacity(20_000).time_to_live(KEYS_FOR).build(),
            actors: Cache::new(50_000),
            signing: Cache::builder().max_capacity(2_000).time_to_live(KEYS_FOR).build(),
            failed: Cache::builder().max_capacity(10_000).time_to_live(LEAVE_ALONE).build(),
            refetched: Cache::builder().max_capacity(10_000).time_to_live(REFETCH_PAUSE).build(),
            rubbish: Cache::builder().max_capacity(10_000).time_to_live(REFETCH_PAUSE).build(),
            looked: Cache::builder().max_capacity(20_000).time_to_live(LOOK_PAUSE).build(),
            flights: Cache::builder().max_capacity(10_000).time_to_idle(LEAVE_ALONE).build(),
            failing: Cache::new(20_000),
            heard: Cache::builder().max_capacity(20_000).time_to_live(HEARD_PAUSE).build(),
            voices: Voices::new(at_first),
            copies: Cache::new(50_000),
            peers: Cache::builder().max_capacity(1).time_to_live(PEERS_FOR).build(),
            follower_digests: Cache::builder().max_capacity(1_000).time_to_live(DIGESTS_FOR).build(),
            own: Cache::builder().max_capacity(4_000).time_to_live(OWN_FOR).build(),
            compared: Cache::builder().max_capacity(100_000).time_to_live(COMPARE_AFTER).build(),
        }
    }

    /// The key at this address.
    pub fn key(&self, key_id: &str) -> Option<KnownKey> {
        self.keys.get(key_id)
    }

    /// Remembers a key.
    pub fn put_key(&self, key_id: &str, key: KnownKey) {
        self.keys.insert(key_id.to_owned(), key);
    }

    /// Row of the actor at this address.
    pub fn actor(&self, uri: &str) -> Option<i64> {
        self.actors.get(uri)
    }

    /// Remembers an actor.
    pub fn put_actor(&self, uri: &str, id: i64) {
        self.actors.insert(uri.to_owned(), id);
    }

    /// Forgets an actor and its keys: it changed, was suspended or is gone.
    pub fn forget_actor(&self, uri: &str) {
        self.actors.invalidate(uri);
        let uri = uri.to_owned();
        let stale: Vec<_> = self.keys.iter().filter(|(_, key)| key.actor == uri).map(|(id, _)| id).collect();
        for id in stale {
            self.keys.invalidate(id.as_str());
        }
    }

    /// Why an address could not be read a moment ago.
    pub fn failure(&self, url: &str) -> Option<Failure> {
        self.failed.get(url)
    }

    /// Remembers for a minute that an address could not be read.
    pub fn put_failure(&self, url: &str, problem: String, temporary: bool) {
        self.failed.insert(url.to_owned(), Failure { problem, temporary });
    }

    /// Lets an address be read again at once: whoever asks keeps pauses of their own.
    pub fn forget_failure(&self, url: &str) {
        self.failed.invalidate(url);
    }

    /// Whether a host is being left alone since it did not answer.
    pub fn is_failing(&self, host: &str) -> bool {
        self.failing.contains_key(host)
    }

    /// Notes that a host does not answer, or answers again.
    pub fn set_failing(&self, host: &str, failing: bool) {
        if failing {
            self.failing.insert(host.to_owned(), ());
        } else {
            self.failing.invalidate(host);
        }
    }

    /// Whether a failing host that was heard from is to be tried at once; `true` once in two seconds.
    pub fn may_hear(&self, host: &str) -> bool {
        self.heard.entry(host.to_owned()).or_insert(()).is_fresh()
    }

    /// A lock to hold while something is read from another site, so that it is not read twice at once.
    pub fn flight(&self, url: &str) -> Arc<tokio::sync::Mutex<()>> {
        self.flights.get_with_by_ref(url, Arc::default)
    }

    /// Whether an actor of this host may be read again because a signature does not fit; `true` once in five minutes,
    /// and so often for the whole host, so that nobody makes us fetch with rubbish.
    pub fn may_refetch(&self, actor: &str, host: &str) -> bool {
        if !self.may_ask(host) || !self.refetched.entry(actor.to_owned()).or_insert(()).is_fresh() {
            return false;
        }
        self.note_rubbish(host);
        true
    }

    /// Whether a host may still be asked for keys, or was in vain too often.
    pub fn may_ask(&self, host: &str) -> bool {
        self.rubbish.get(host).is_none_or(|count| count.load(Ordering::Relaxed) < MOST_RUBBISH)
    }

    /// Notes that a key of this host was asked for in vain.
    pub fn note_rubbish(&self, host: &str) {
        self.rubbish.get_with_by_ref(host, Arc::default).fetch_add(1, Ordering::Relaxed);
    }

    /// Whether somebody at this network may still send what must be verified; not if they sent what nobody could
    /// believe too often in five minutes: half of what [`Caches::may_ask`] allows, so that nobody uses up all of that.
    pub fn may_try(&self, network: &str) -> bool {
        let count = self.rubbish.get(&from(network));
        count.is_none_or(|count| count.load(Ordering::Relaxed) < MOST_RUBBISH / 2)
    }

    /// Notes that this network sent what is not to be believed.
    pub fn note_unbelieved(&self, network: &str) {
        self.note_rubbish(&from(network));
    }

    /// Whether an address may be read because somebody looks at a page that would show it; `true` once in an hour.
    pub fn may_look(&self, url: &str) -> bool {
        self.looked.entry(url.to_owned()).or_insert(()).is_fresh()
    }

    /// Forgets the keys of all actors of a site: what our moderators think of it changed.
    pub fn forget_host(&self, host: &str) {
        let stale: Vec<_> = self
            .keys
            .iter()
            .filter(|(_, key)| host_of_uri(&key.actor).is_none_or(|found| found == host))
            .map(|(id, _)| id)
            .collect();
        for id in stale {
            self.keys.invalidate(id.as_str());
        }
    }

    /// The digests of an account's followers, by host.
    pub fn follower_digests(&self, account: i64) -> Option<Arc<HashMap<String, [u8; 32]>>> {
        self.follower_digests.get(&account)
    }

    /// Remembers them.
    pub fn put_follower_digests(&self, account: i64, digests: Arc<HashMap<String, [u8; 32]>>) {
        self.follower_digests.insert(account, digests);
    }

    /// Forgets them: somebody followed, or no longer does.
    pub fn forget_follower_digests(&self, account: i64) {
        self.follower_digests.invalidate(&account);
    }

    /// Whether it is time to tell a host who follows the account there; `true` once in an hour.
    pub fn may_compare(&self, account: i64, host: &str) -> bool {
        self.compared.entry((account, host.to_owned())).or_insert(()).is_fresh()
    }

    /// Something of a person's own that every page needs, as whoever put it here made it; `what` is its name.
    pub fn own(&self, person: i64, what: &'static str) -> Option<Arc<dyn Any + Send + Sync>> {
        self.own.get(&(person, what))
    }

    /// Remembers it.
    pub fn put_own(&self, person: i64, what: &'static str, made: Arc<dyn Any + Send + Sync>) {
        self.own.insert((person, what), made);
    }

    /// Forgets it: the person changed it.
    pub fn forget_own(&self, person: i64, what: &'static str) {
        self.own.invalidate(&(person, what));
    }

    /// The private keys of an actor of ours.
    pub fn signing_keys(&self, account: i64) -> Option<Arc<SigningKeys>> {
        self.signing.get(&account)
    }

    /// Remembers private keys.
    pub fn put_signing_keys(&self, account: i64, keys: Arc<SigningKeys>) {
        self.signing.insert(account, keys);
    }

    /// Forgets private keys: they were replaced.
    pub fn forget_signing_keys(&self, account: i64) {
        self.signing.invalidate(&account);
    }

    /// The other sites, all of them: there are few.
    pub fn peers(&self) -> Option<KnownPeers> {
        self.peers.get(&())
    }

    /// Remembers the other sites.
    pub fn put_peers(&self, peers: KnownPeers) {
        self.peers.insert((), peers);
    }

    /// Forgets the other sites: one of them changed.
    pub fn forget_peers(&self) {
        self.peers.invalidate(&());
    }
}

/// Under which name a network stands among the hosts; no host has a blank in it.
fn from(network: &str) -> String {
    format!("from {network}")
}
