//! An attachment of a post.

use serde::{Deserialize, Serialize};
use url::Url;

use super::Image;
use crate::activitystreams::{one_or_many, reference};

/// What sort of file. Many send `Document` for everything and leave the rest to the media type.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum DocumentKind {
    Document,
    Image,
    Video,
    Audio,
    /// What a page of Lemmy is about.
    Link,
}

/// A file that belongs to a post.
///
/// Spec: <https://www.w3.org/TR/activitystreams-vocabulary/#dfn-document>
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Document {
    #[serde(rename = "type")]
    pub kind: DocumentKind,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub media_type: Option<String>,
    #[serde(default, alias = "href", deserialize_with = "reference::link")]
    pub url: Option<Url>,
    /// The alternative text.
    #[serde(default, deserialize_with = "one_or_many::first", skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// Where some put the alternative text.
    #[serde(default, deserialize_with = "one_or_many::first", skip_serializing_if = "Option::is_none")]
    pub summary: Option<String>,
    /// Pixels.
    #[serde(default, deserialize_with = "one_or_many::first", skip_serializing_if = "Option::is_none")]
    pub width: Option<u32>,
    /// Pixels.
    #[serde(default, deserialize_with = "one_or_many::first", skip_serializing_if = "Option::is_none")]
    pub height: Option<u32>,
    #[serde(default, deserialize_with = "one_or_many::first", skip_serializing_if = "Option::is_none")]
    pub blurhash: Option<String>,
    /// Across and up, each from -1 to 1.
    #[serde(default, deserialize_with = "one_or_many::lenient", skip_serializing_if = "Vec::is_empty")]
    pub focal_point: Vec<f64>,
    /// How long a video or a sound is, as in `PT1M30.5S`.
    #[serde(default, deserialize_with = "one_or_many::first", skip_serializing_if = "Option::is_none")]
    pub duration: Option<String>,
    /// A picture that stands for it.
    #[serde(default, deserialize_with = "one_or_many::first", skip_serializing_if = "Option::is_none")]
    pub icon: Option<Image>,
}
