//! A picture of an actor.

use serde::{Deserialize, Serialize};
use url::Url;

use crate::activitystreams::reference;

/// An avatar or a header.
///
/// Spec: <https://www.w3.org/TR/activitystreams-vocabulary/#dfn-image>
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(tag = "type", rename = "Image", rename_all = "camelCase")]
pub struct Image {
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub media_type: Option<String>,
    #[serde(default, deserialize_with = "reference::link")]
    pub url: Option<Url>,
}
