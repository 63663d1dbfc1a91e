//! Properties that may hold one value or several: JSON-LD makes no difference.

use serde::de::DeserializeOwned;
use serde::{Deserialize as _, Deserializer, Serialize, Serializer};
use serde_json::Value;

/// Reads one, several or none into a list; an entry that cannot be read is an error.
pub fn strict<'de, D, T>(deserializer: D) -> Result<Vec<T>, D::Error>
where
    D: Deserializer<'de>,
    T: DeserializeOwned,
{
    let values = values(deserializer)?;
    values.into_iter().map(T::deserialize).collect::<Result<_, _>>().map_err(serde::de::Error::custom)
}

/// Reads one, several or none into a list; entries that cannot be read are left out.
pub fn lenient<'de, D, T>(deserializer: D) -> Result<Vec<T>, D::Error>
where
    D: Deserializer<'de>,
    T: DeserializeOwned,
{
    Ok(values(deserializer)?.into_iter().filter_map(|value| T::deserialize(value).ok()).collect())
}

/// Reads the first that can be read.
pub fn first<'de, D, T>(deserializer: D) -> Result<Option<T>, D::Error>
where
    D: Deserializer<'de>,
    T: DeserializeOwned,
{
    Ok(values(deserializer)?.into_iter().find_map(|value| T::deserialize(value).ok()))
}

/// Writes a list of one as its only entry, for readers that know no list there.
pub fn scalar_if_one<S: Serializer, T: Serialize>(list: &[T], serializer: S) -> Result<S::Ok, S::Error> {
    match list {
        [only] => only.serialize(serializer),
        list => list.serialize(serializer),
    }
}

pub(super) fn values<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Vec<Value>, D::Error> {
    Ok(match Value::deserialize(deserializer)? {
        Value::Null => Vec::new(),
        Value::Array(values) => values,
        value => vec![value],
    })
}
