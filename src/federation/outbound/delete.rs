//! Delete: a post of this site is gone, or a person left.

use super::{fresh_id, letter, url};
use crate::activitystreams::object::Tombstone;
use crate::activitystreams::{Reference, activity, audience, context};
use crate::base::Result;
use crate::domain::accounts::Account;
use crate::federation::delivery::Letter;
use crate::platform::services::Services;

/// `uri` is the id of the post that is gone.
pub fn delete(services: &Services, by: &Account, uri: &str) -> Result<Letter> {
    let delete = activity::Delete {
        id: fresh_id(services)?,
        actor: url(&by.uri)?,
        object: Tombstone { id: url(uri)?, deleted: Some(services.clock.now()) }.into(),
        to: vec![audience::public()],
        cc: Vec::new(),
        published: Some(services.clock.now()),
    };
    letter(by.id, &delete.id.clone(), delete, context::plain())
}

/// The person is gone.
pub fn delete_actor(services: &Services, account: &Account) -> Result<Letter> {
    let delete = activity::Delete {
        id: fresh_id(services)?,
        actor: url(&account.uri)?,
        object: Reference::Iri(url(&account.uri)?),
        to: vec![audience::public()],
        cc: Vec::new(),
        published: Some(services.clock.now()),
    };
    letter(account.id, &delete.id.clone(), delete, context::plain())
}
