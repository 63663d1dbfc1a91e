//! Create: a person of this site wrote a post.

use super::{letter, url};
use crate::activitystreams::{activity, context};
use crate::base::Result;
use crate::domain::statuses::StatusView;
use crate::federation::delivery::Letter;
use crate::federation::map;
use crate::platform::services::Services;

/// The post with its words, as it is now.
pub fn create(services: &Services, view: &StatusView) -> Result<Letter> {
    let create = build(services, view)?;
    letter(view.account.id, &create.id.clone(), create, context::of_objects())
}

/// The same without an envelope, for the outbox.
pub fn build(services: &Services, view: &StatusView) -> Result<activity::Create> {
    let note = map::note::to_wire(services, view)?;
    Ok(activity::Create {
        id: url(&format!("{}/activity", view.status.uri))?,
        actor: url(&view.account.uri)?,
        to: note.to.clone(),
        cc: note.cc.clone(),
        published: note.published,
        object: note.into(),
    })
}
