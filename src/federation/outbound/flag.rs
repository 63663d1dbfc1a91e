//! Flag: a report that its reporter lets go to the other site. It never says who reported.

use url::Url;

use super::{letter, url};
use crate::activitystreams::{activity, context};
use crate::base::Result;
use crate::base::origin::INSTANCE_ACTOR;
use crate::federation::delivery::Letter;
use crate::platform::services::Services;

/// `id` is the one kept with the report; `objects` are the person and then the posts.
pub fn flag(services: &Services, id: &str, objects: &[String], comment: &str) -> Result<Letter> {
    let object = objects.iter().map(|uri| url(uri)).collect::<Result<Vec<Url>>>()?;
    let flag = activity::Flag {
        id: url(id)?,
        actor: url(&services.origin.instance_actor())?,
        object,
        content: (!comment.is_empty()).then(|| comment.to_owned()),
    };
    letter(INSTANCE_ACTOR, &flag.id.clone(), flag, context::plain())
}
