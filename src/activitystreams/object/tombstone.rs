//! What is left of an object that is gone.

use serde::{Deserialize, Serialize};
use url::Url;

use crate::activitystreams::reference::Identified;
use crate::activitystreams::time;
use crate::base::Millis;

/// The id of something that was deleted. Reading takes any object with an id for one.
///
/// Spec: <https://www.w3.org/TR/activitystreams-vocabulary/#dfn-tombstone>
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(tag = "type", rename = "Tombstone", rename_all = "camelCase")]
pub struct Tombstone {
    pub id: Url,
    #[serde(with = "time", default, skip_serializing_if = "Option::is_none")]
    pub deleted: Option<Millis>,
}

impl Identified for Tombstone {
    fn id(&self) -> &Url {
        &self.id
    }
}
