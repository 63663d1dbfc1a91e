//! Writing deliveries into the transaction of an effect.

use std::collections::HashMap;

use url::Url;

use super::store;
use crate::base::Result;
use crate::base::id::{AccountId, ActivityId};
use crate::base::origin::{INSTANCE_ACTOR, host_of};
use crate::federation::gate::{self, Purpose};
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
    store::insert_activity(tx, activity, letter.from, &letter.uri, &letter.body, now).await?;
    for (inbox, host) in &wanted {
        store::insert(tx, services.ids.next(), activity, inbox, host, now).await?;
    }
    Ok(wanted.len())
}
