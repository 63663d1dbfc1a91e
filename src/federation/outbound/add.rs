//! Add and Remove: a person of this site pins a post to the profile, or takes it off.

use super::{fresh_id, letter, url};
use crate::activitystreams::activity::{self, Collected};
use crate::activitystreams::context;
use crate::base::Result;
use crate::domain::accounts::Account;
use crate::federation::delivery::Letter;
use crate::platform::services::Services;

/// How one of the two is written: by whom, and the id of the post.
pub type PinNews = fn(&Services, &Account, &str) -> Result<Letter>;

/// The post joins the pinned ones.
pub fn add(services: &Services, by: &Account, status: &str) -> Result<Letter> {
    let collection = |name: &str| url(&services.origin.collection(&by.username, name));
    let id = fresh_id(services)?;
    let add = activity::Add {
        id: Some(id.clone()),
        actor: url(&by.uri)?,
        object: vec![Collected::Iri(url(status)?)],
        target: collection("featured")?,
        to: vec![collection("followers")?],
    };
    letter(by.id, &id, add, context::plain())
}

/// The post leaves them.
pub fn remove(services: &Services, by: &Account, status: &str) -> Result<Letter> {
    let collection = |name: &str| url(&services.origin.collection(&by.username, name));
    let id = fresh_id(services)?;
    let remove = activity::Remove {
        id: Some(id.clone()),
        actor: url(&by.uri)?,
        object: vec![Collected::Iri(url(status)?)],
        target: collection("featured")?,
        to: vec![collection("followers")?],
    };
    letter(by.id, &id, remove, context::plain())
}
