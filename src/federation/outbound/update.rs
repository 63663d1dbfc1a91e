//! Update: a post or a profile of this site changed.

use super::{about_post, fresh_id, letter, url};
use crate::activitystreams::activity::{self, Updated};
use crate::activitystreams::{Actor, audience, context};
use crate::base::Result;
use crate::domain::accounts::Account;
use crate::domain::statuses::StatusView;
use crate::federation::delivery::Letter;
use crate::federation::map;
use crate::platform::services::Services;

/// The post with its new words.
pub fn update_note(services: &Services, view: &StatusView) -> Result<Letter> {
    let update = map::activity::update(services, view)?;
    let words = match update.object.object() {
        Some(Updated::Note(note)) => context::of_note(note),
        _ => context::of_objects(),
    };
    let letter = letter(view.account.id, &update.id.clone(), update, words)?;
    Ok(about_post(letter, view.status.visibility))
}

/// The poll with its new figures.
pub fn update_poll(services: &Services, view: &StatusView) -> Result<Letter> {
    let update = map::activity::update_poll(services, view, services.clock.now())?;
    let letter = letter(view.account.id, &update.id.clone(), update, context::of_objects())?;
    Ok(about_post(letter, view.status.visibility))
}

/// The actor with its new profile, or with new keys.
pub fn update_actor(services: &Services, account: &Account, actor: Actor) -> Result<Letter> {
    let update = activity::Update {
        id: fresh_id(services)?,
        actor: url(&account.uri)?,
        to: vec![audience::public()],
        cc: Vec::new(),
        published: Some(services.clock.now()),
        object: Updated::Actor(Box::new(actor)).into(),
    };
    Ok(letter(account.id, &update.id.clone(), update, context::of_actors())?.sealed())
}
