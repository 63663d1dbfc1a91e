//! Times on the wire: RFC 3339. For `#[serde(with = "time", default)]` on optional fields.

use serde::{Deserialize as _, Deserializer, Serializer};
use serde_json::Value;

use crate::base::Millis;

/// What is no time reads as none.
pub fn deserialize<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<Millis>, D::Error> {
    let value = Value::deserialize(deserializer)?;
    Ok(value.as_str().and_then(Millis::from_rfc3339))
}

/// Goes with `skip_serializing_if = "Option::is_none"`.
pub fn serialize<S: Serializer>(time: &Option<Millis>, serializer: S) -> Result<S::Ok, S::Error> {
    match time {
        Some(time) => serializer.serialize_str(&time.to_rfc3339()),
        None => serializer.serialize_none(),
    }
}
