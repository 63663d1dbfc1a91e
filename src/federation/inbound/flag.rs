//! Another site hands on a report about somebody here. It never says who reported.

use activitypub_federation::config::Data;
use async_trait::async_trait;
use tracing::warn;

use super::{From, activity, author};
use crate::activitystreams::activity::Flag;
use crate::activitystreams::limits;
use crate::base::text::to_plain;
use crate::base::{Error, Result};
use crate::domain::moderation::{Category, receive};
use crate::federation::inbox::{Change, Incoming, Outcome};
use crate::platform::db::Tx;
use crate::platform::services::Services;

activity!(Flag);

/// A report names at least a person or a post.
fn verify(_: &Services, from: &From<Flag>) -> Result<()> {
    if from.activity.object.is_empty() { Err(Error::invalid("object", "names nothing")) } else { Ok(()) }
}

async fn receive(data: &Data<Incoming>, from: From<Flag>) -> Result<()> {
    data.write(&from.activity.id.clone(), Reporting(from)).await
}

struct Reporting(From<Flag>);

#[async_trait]
impl Change for Reporting {
    async fn apply(&self, services: &Services, tx: &mut Tx) -> Result<Outcome> {
        let From { activity, signer, .. } = &self.0;
        let from = author(tx, signer).await?;
        if receive::is_enough(services, tx, &from.host).await? {
            warn!(
                host = from.host,
                "{} hands on more reports than a day takes; one is thrown away", from.host
            );
            return Ok(Outcome::Ignored("enough reports of this site for a day"));
        }
        let words = to_plain(activity.content.as_deref().unwrap_or_default());
        let flag = receive::Flag {
            uri: activity.id.to_string(),
            objects: activity.object.iter().take(limits::REPORTED).map(url::Url::to_string).collect(),
            comment: limits::cut(&words, limits::REPORT).to_owned(),
            category: activity.category.as_deref().and_then(Category::from_word).unwrap_or_default(),
        };
        match receive::flag(services, tx, &from, &flag).await? {
            Some(_) => Ok(Outcome::Done),
            None => Ok(Outcome::Ignored("it names nobody here")),
        }
    }
}
