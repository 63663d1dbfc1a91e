//! How far one has read. Source: <https://docs.joinmastodon.org/entities/Marker/>

use serde::Serialize;

/// A mark in a timeline.
#[derive(Clone, Debug, Serialize)]
pub struct Marker {
    pub last_read_id: String,
    pub version: i64,
    pub updated_at: String,
}
