//! A stamp: who wrote a post says that another may quote or answer it.

use serde::{Deserialize, Serialize};
use url::Url;

use crate::activitystreams::{reference, reference::Identified};

/// What a stamp is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum AuthorizationKind {
    #[serde(rename = "QuoteAuthorization")]
    Quote,
    #[serde(rename = "ReplyAuthorization")]
    Reply,
}

/// A stamp. It lives on the site of who gave it, and is taken back by deleting it.
///
/// Spec: <https://codeberg.org/fediverse/fep/src/branch/main/fep/044f/fep-044f.md>
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Authorization {
    #[serde(rename = "type")]
    pub kind: AuthorizationKind,
    pub id: Url,
    #[serde(deserialize_with = "reference::id")]
    pub attributed_to: Url,
    /// The quoting post, or the reply.
    #[serde(deserialize_with = "reference::id")]
    pub interacting_object: Url,
    /// The post that is quoted or answered.
    #[serde(deserialize_with = "reference::id")]
    pub interaction_target: Url,
}

impl Identified for Authorization {
    fn id(&self) -> &Url {
        &self.id
    }
}
