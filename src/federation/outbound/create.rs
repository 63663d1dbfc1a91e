//! Create: a person of this site wrote a post.

use super::{about_post, letter};
use crate::activitystreams::context;
use crate::base::Result;
use crate::domain::statuses::{StatusView, Visibility};
use crate::federation::delivery::Letter;
use crate::federation::followers::Comparing;
use crate::federation::map;
use crate::platform::services::Services;

/// The post with its words, as it is now.
pub fn create(services: &Services, view: &StatusView) -> Result<Letter> {
    let create = map::activity::create(services, view)?;
    let words = create.object.object().map_or_else(context::of_objects, context::of_note);
    let letter = letter(view.account.id, &create.id.clone(), create, words)?;
    let letter = about_post(letter, view.status.visibility);
    let comparing = match view.status.visibility {
        Visibility::Private => Comparing::Always,
        Visibility::Direct => Comparing::Never,
        _ => Comparing::AtTimes,
    };
    Ok(Letter { comparing, ..letter })
}
