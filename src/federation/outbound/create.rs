//! Create: a person of this site wrote a post.

use super::letter;
use crate::activitystreams::context;
use crate::base::Result;
use crate::domain::statuses::StatusView;
use crate::federation::delivery::Letter;
use crate::federation::map;
use crate::platform::services::Services;

/// The post with its words, as it is now.
pub fn create(services: &Services, view: &StatusView) -> Result<Letter> {
    let create = map::activity::create(services, view)?;
    letter(view.account.id, &create.id.clone(), create, context::of_objects())
}
