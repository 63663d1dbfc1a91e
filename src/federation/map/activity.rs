//! Activities about our posts. Their ids follow from the post's, so that saying it twice is saying it once.

use url::Url;

use super::note::{addressed, to_wire};
use super::url;
use crate::activitystreams::activity::{Announce, Create, Delete, Update, Updated};
use crate::activitystreams::object::Tombstone;
use crate::activitystreams::{Note, Reference};
use crate::base::{Error, Millis, Result};
use crate::domain::statuses::StatusView;
use crate::platform::services::Services;

/// The news that a post of this site was written.
///
/// # Errors
/// [`Error::NotFound`] for a post that does not leave this site.
pub fn create(services: &Services, view: &StatusView) -> Result<Create> {
    let note = to_wire(services, view)?;
    Ok(Create {
        id: url(&format!("{}/activity", view.status.uri))?,
        actor: note.attributed_to.clone(),
        to: note.to.clone(),
        cc: note.cc.clone(),
        published: note.published,
        object: Reference::from(note),
    })
}

/// The news that a post of this site was edited.
///
/// # Errors
/// As [`create`].
pub fn update(services: &Services, view: &StatusView) -> Result<Update> {
    let note = to_wire(services, view)?;
    let version = view.status.edited_at.unwrap_or(view.status.created_at);
    Ok(Update {
        id: url(&format!("{}#updates/{}", view.status.uri, version.0))?,
        actor: note.attributed_to.clone(),
        to: note.to.clone(),
        cc: note.cc.clone(),
        published: Some(version),
        object: Reference::from(Updated::Note(Box::new(note))),
    })
}

/// The news that the figures of a poll of this site changed: its words did not, so it says no new time of them.
///
/// # Errors
/// As [`create`].
pub fn update_poll(services: &Services, view: &StatusView, at: Millis) -> Result<Update> {
    let id = url(&format!("{}#polls/{}", view.status.uri, at.0))?;
    Ok(Update { id, published: Some(at), ..update(services, view)? })
}

/// A vote of a person of this site: to whoever asked, and nobody else. The choice comes with the id of the vote.
///
/// # Errors
/// [`Error::Internal`] for addresses that are none.
pub fn vote(voter: &str, (asker, poll): (&str, &str), (choice, id): (&str, &str)) -> Result<Create> {
    let (id, actor, asker) = (url(id)?, url(voter)?, url(asker)?);
    let note = Note {
        name: Some(choice.to_owned()),
        in_reply_to: Some(url(poll)?),
        ..Note::empty(id.clone(), actor.clone(), vec![asker.clone()])
    };
    let id = url(&format!("{id}/activity"))?;
    Ok(Create { id, actor, to: vec![asker], cc: Vec::new(), published: None, object: Reference::from(note) })
}

/// The news that a person of this site reposted something.
///
/// # Errors
/// As [`create`]; [`Error::Internal`] for what is not a repost.
pub fn announce(services: &Services, view: &StatusView) -> Result<Announce> {
    let original = view.reblog.as_deref().ok_or_else(|| Error::internal("not a repost"))?;
    let (to, mut cc) = addressed(services, view)?.ok_or(Error::not_found("status"))?;
    cc.push(url(&original.account.uri)?);
    Ok(Announce {
        id: url(&view.status.uri)?,
        actor: url(&view.account.uri)?,
        object: url(&original.status.uri)?,
        to,
        cc,
        published: Some(view.status.created_at),
    })
}

/// The news that a post or person of this site is gone. `to` are those who may have seen it.
///
/// # Errors
/// [`Error::Internal`] for addresses that are none.
pub fn delete(actor: &str, object: &str, to: Vec<Url>, at: Millis) -> Result<Delete> {
    let object = url(object)?;
    let gone = if object.as_str() == actor {
        Reference::Iri(object.clone())
    } else {
        Reference::from(Tombstone { id: object.clone(), deleted: Some(at) })
    };
    let id = url(&format!("{object}#delete"))?;
    Ok(Delete { id, actor: url(actor)?, object: gone, to, cc: Vec::new(), published: Some(at) })
}
