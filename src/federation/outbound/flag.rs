//! Flag: a report that its reporter lets go to the other site. It never says who reported.

use url::Url;

use super::{letter, url};
use crate::activitystreams::{activity, context};
use crate::base::Result;
use crate::base::origin::INSTANCE_ACTOR;
use crate::domain::moderation::Report;
use crate::federation::delivery::Letter;
use crate::platform::services::Services;

/// Its id is the one kept with the report; `objects` are the person and then the posts.
pub fn flag(services: &Services, report: &Report, objects: &[String]) -> Result<Letter> {
    let object = objects.iter().map(|uri| url(uri)).collect::<Result<Vec<Url>>>()?;
    let flag = activity::Flag {
        id: url(&report.uri)?,
        actor: url(&services.origin.instance_actor())?,
        object,
        content: (!report.comment.is_empty()).then(|| report.comment.clone()),
        category: Some(report.category.to_string()),
    };
    letter(INSTANCE_ACTOR, &flag.id.clone(), flag, context::of_reports())
}
