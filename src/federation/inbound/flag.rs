//! Another site hands on a report about somebody here. It never says who reported.

use activitypub_federation::config::Data;

use super::{From, activity};
use crate::activitystreams::activity::Flag;
use crate::base::{Error, Result};
use crate::federation::inbox::Incoming;
use crate::platform::services::Services;

activity!(Flag);

/// A report names at least a person or a post.
fn verify(_: &Services, from: &From<Flag>) -> Result<()> {
    if from.activity.object.is_empty() { Err(Error::invalid("object", "names nothing")) } else { Ok(()) }
}

async fn receive(data: &Data<Incoming>, from: From<Flag>) -> Result<()> {
    let _ = (data, from);
    Err(Error::forbidden("reports are not taken in yet"))
}
