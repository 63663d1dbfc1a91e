//! Announce: a person of this site reposts.

use super::{letter, url};
use crate::activitystreams::{activity, context};
use crate::base::Result;
use crate::domain::accounts::Account;
use crate::domain::statuses::StatusView;
use crate::federation::delivery::Letter;
use crate::federation::map;
use crate::platform::services::Services;

/// `view` is the repost with what it reposts.
pub fn announce(services: &Services, view: &StatusView) -> Result<Letter> {
    let announce = map::activity::announce(services, view)?;
    Ok(letter(view.account.id, &announce.id.clone(), announce, context::plain())?.sealed())
}

/// What an Undo needs to say of a repost whose row is gone.
pub(super) fn undone(by: &Account, id: &str, of: &str) -> Result<activity::Announce> {
    Ok(activity::Announce {
        id: url(id)?,
        actor: url(&by.uri)?,
        object: url(of)?,
        to: Vec::new(),
        cc: Vec::new(),
        published: None,
    })
}
