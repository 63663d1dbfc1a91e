//! Move: a person of this site stands elsewhere from now on.

use super::{fresh_id, letter, url};
use crate::activitystreams::{activity, context};
use crate::base::Result;
use crate::domain::accounts::Account;
use crate::federation::delivery::Letter;
use crate::platform::services::Services;

/// `target` is the id of the new account.
pub fn relocate(services: &Services, by: &Account, target: &str) -> Result<Letter> {
    let moving = activity::Move {
        id: fresh_id(services)?,
        actor: url(&by.uri)?,
        object: url(&by.uri)?,
        target: url(target)?,
        to: vec![url(&services.origin.collection(&by.username, "followers"))?],
    };
    letter(by.id, &moving.id.clone(), moving, context::plain())
}
