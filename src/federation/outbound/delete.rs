//! Delete: a post of this site is gone, or a person left.

use super::letter;
use crate::activitystreams::{audience, context};
use crate::base::Result;
use crate::domain::accounts::Account;
use crate::federation::delivery::Letter;
use crate::federation::map;
use crate::platform::services::Services;

/// `uri` is the id of what is gone: a post, or the person.
pub fn delete(services: &Services, by: &Account, uri: &str) -> Result<Letter> {
    let delete = map::activity::delete(&by.uri, uri, vec![audience::public()], services.clock.now())?;
    Ok(letter(by.id, &delete.id.clone(), delete, context::plain())?.sealed())
}
