//! Writing deliveries into the transaction of an effect.

use std::collections::HashMap;

use serde::Deserialize;
use url::Url;

use super::store;
use crate::base::Result;
use crate::base::id::{AccountId, ActivityId};
use crate::base::origin::{INSTANCE_ACTOR, host_of};
use crate::domain::accounts;
use crate::federation::followers::Comparing;
use crate::federation::gate::{self, Purpose};
use crate::federation::{keys, proofs};
use crate::platform::db::Tx;
use crate::platform::services::Services;

/// An activity that is ready to be sent.
#[derive(Clone, Debug)]
pub struct Letter {
    /// Who signs: an actor of this site.
    pub from: AccountId,
    /// Id of the activity.
    pub uri: String,
    /// JSON, with its context.
    pub body: String,
    /// Others may pass it on: it gets a proof that holds without our signature on the request.
    pub seal: bool,
    /// Whether the sites that get it compare followers with us.
    pub comparing: Comparing,
}

impl Letter {
    /// Of `from`; nobody passes it on, and no followers are compared.
    pub fn new(from: AccountId, uri: String, body: String) -> Self {
        Self { from, uri, body, seal: false, comparing: Comparing::Never }
    }

    /// The same with a proof, since others may pass it on.
    pub fn sealed(self) -> Self {
        Self { seal: true, ..self }
    }
}

/// Writes the body once and a delivery for each inbox whose site may be spoken to. Returns how many sites it is for.
///
/// # Errors
/// As the database.
pub async fn enqueue(services: &Services, tx: &mut Tx, letter: &Letter, inboxes: &[String]) -> Result<usize> {
    let mut allowed: HashMap<String, bool> = HashMap::new();
    let mut wanted = Vec::new();
    let purpose = if letter.from == INSTANCE_ACTOR { Purpose::Handshake } else { Purpose::Conversation };
    for inbox in inboxes {
        let Ok(url) = Url::parse(inbox) else { continue };
        let host = host_of(&url);
        if host.is_empty() || services.origin.host() == host {
            continue;
        }
        let open = match allowed.get(&host) {
            Some(open) => *open,
            None => gate::standing(services, tx, &host, purpose).await?.allowed,
        };
        allowed.insert(host.clone(), open);
        if open {
            wanted.push((inbox, host));
        }
    }
    if wanted.is_empty() {
        return Ok(0);
    }
    let now = services.clock.now();
    let activity: ActivityId = services.ids.next();
    let sealed = if letter.seal { Some(seal(services, tx, letter).await?) } else { None };
    let letter = sealed.as_ref().unwrap_or(letter);
    store::insert_activity(tx, activity, letter, &subject_of(services, letter), now).await?;
    for (inbox, host) in &wanted {
        store::insert(tx, services.ids.next(), activity, inbox, host, now).await?;
    }
    Ok(wanted.len())
}

/// What a letter says, as far as its trace needs that.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Subject {
    /// As in `Create`.
    pub kind: String,
    /// The post of ours whose way to other sites it is a step of.
    pub about: Option<String>,
}

/// The part of an activity that names what it is about.
#[derive(Deserialize)]
struct Envelope {
    #[serde(rename = "type")]
    kind: String,
    #[serde(default)]
    actor: String,
    object: Option<Object>,
}

#[derive(Deserialize)]
#[serde(untagged)]
enum Object {
    Iri(String),
    Embedded {
        #[serde(default)]
        id: String,
        #[serde(rename = "type", default)]
        kind: String,
    },
}

fn subject_of(services: &Services, letter: &Letter) -> Subject {
    let Ok(envelope) = serde_json::from_str::<Envelope>(&letter.body) else {
        return Subject::default();
    };
    let (object, object_kind) = match envelope.object {
        Some(Object::Iri(id)) => (id, String::new()),
        Some(Object::Embedded { id, kind }) => (id, kind),
        None => (String::new(), String::new()),
    };
    let about = match envelope.kind.as_str() {
        "Create" | "Update" | "Delete" if object != envelope.actor => Some(object),
        // A repost is a post of its own; the activity is all that there is of it.
        "Announce" => Some(letter.uri.clone()),
        "Undo" if object_kind == "Announce" => Some(object),
        _ => None,
    };
    Subject { kind: envelope.kind, about: about.filter(|uri| services.origin.owns(uri)) }
}

/// The letter with the proof of who signs.
async fn seal(services: &Services, tx: &mut Tx, letter: &Letter) -> Result<Letter> {
    let from = accounts::store::get(tx, letter.from).await?;
    let keys = keys::of(services, tx, from.id, &from.uri).await?;
    let body = proofs::seal(&letter.body, keys.ed25519(), services.clock.now())?;
    Ok(Letter { body, ..letter.clone() })
}
