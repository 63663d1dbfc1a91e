//! Reading parameters as Rails does: numbers and booleans may come as text, one value stands for a list of one.

use serde::de::value::{Error, MapDeserializer, SeqDeserializer};
use serde::de::{self, Deserializer, IntoDeserializer, Visitor};
use serde_json::{Map, Value};

/// A tree of parameters, to be read leniently.
pub struct Lenient(pub Value);

/// Text that means "no", as in Rails; all other text means "yes".
const NO: &[&str] = &["", "0", "f", "false", "off", "no"];

impl Lenient {
    fn text(self) -> Result<String, Error> {
        match self.0 {
            Value::String(text) => Ok(text),
            Value::Number(number) => Ok(number.to_string()),
            Value::Bool(yes) => Ok(yes.to_string()),
            Value::Null => Ok(String::new()),
            Value::Array(_) | Value::Object(_) => Err(de::Error::custom("a text was expected")),
        }
    }

    fn number<T: std::str::FromStr>(self) -> Result<T, Error> {
        let text = self.text()?;
        text.trim().parse().map_err(|_| de::Error::custom(format!("{text:?} is not such a number")))
    }

    fn items(self) -> Result<Vec<Value>, Error> {
        match self.0 {
            // `media_ids[]=` is how forms say "none".
            Value::Array(items) => Ok(items.into_iter().filter(|item| item != "").collect()),
            Value::Object(map) if map.keys().all(|key| key.parse::<u32>().is_ok()) => Ok(numbered(map)),
            Value::Null => Ok(Vec::new()),
            Value::String(text) if text.is_empty() => Ok(Vec::new()),
            Value::Object(_) => Err(de::Error::custom("a list was expected")),
            one => Ok(vec![one]),
        }
    }

    fn members(self) -> Result<Map<String, Value>, Error> {
        match self.0 {
            Value::Object(map) => Ok(map),
            Value::Null => Ok(Map::new()),
            _ => Err(de::Error::custom("named values were expected")),
        }
    }
}

/// `fields[0]…`, `fields[1]…`: a list in the order of its numbers.
fn numbered(map: Map<String, Value>) -> Vec<Value> {
    let mut items: Vec<(u32, Value)> =
        map.into_iter().filter_map(|(key, value)| Some((key.parse().ok()?, value))).collect();
    items.sort_by_key(|(place, _)| *place);
    items.into_iter().map(|(_, value)| value).collect()
}

impl IntoDeserializer<'_, Error> for Lenient {
    type Deserializer = Self;
    fn into_deserializer(self) -> Self {
        self
    }
}

macro_rules! numbers {
    ($($method:ident $visit:ident),* $(,)?) => {$(
        fn $method<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
            visitor.$visit(self.number()?)
        }
    )*};
}

impl<'de> Deserializer<'de> for Lenient {
    type Error = Error;

    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        match self.0 {
            Value::Null => visitor.visit_unit(),
            Value::Bool(yes) => visitor.visit_bool(yes),
            Value::String(text) => visitor.visit_string(text),
            Value::Number(number) => match (number.as_i64(), number.as_f64()) {
                (Some(whole), _) => visitor.visit_i64(whole),
                (None, number) => visitor.visit_f64(number.unwrap_or_default()),
            },
            Value::Array(_) => self.deserialize_seq(visitor),
            Value::Object(_) => self.deserialize_map(visitor),
        }
    }

    fn deserialize_bool<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        let text = self.text()?;
        visitor.visit_bool(!NO.contains(&text.trim().to_ascii_lowercase().as_str()))
    }

    numbers! {
        deserialize_i8 visit_i8, deserialize_i16 visit_i16, deserialize_i32 visit_i32, deserialize_i64 visit_i64,
        deserialize_u8 visit_u8, deserialize_u16 visit_u16, deserialize_u32 visit_u32, deserialize_u64 visit_u64,
        deserialize_f32 visit_f32, deserialize_f64 visit_f64,
    }

    fn deserialize_str<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        visitor.visit_string(self.text()?)
    }

    fn deserialize_string<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        visitor.visit_string(self.text()?)
    }

    fn deserialize_option<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        if self.0.is_null() { visitor.visit_none() } else { visitor.visit_some(self) }
    }

    fn deserialize_seq<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        visitor.visit_seq(SeqDeserializer::new(self.items()?.into_iter().map(Lenient)))
    }

    fn deserialize_map<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        let members = self.members()?.into_iter().map(|(name, value)| (name, Lenient(value)));
        visitor.visit_map(MapDeserializer::new(members))
    }

    fn deserialize_struct<V: Visitor<'de>>(
        self,
        _name: &'static str,
        _fields: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Error> {
        self.deserialize_map(visitor)
    }

    fn deserialize_newtype_struct<V: Visitor<'de>>(
        self,
        _name: &'static str,
        visitor: V,
    ) -> Result<V::Value, Error> {
        visitor.visit_newtype_struct(self)
    }

    fn deserialize_ignored_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        visitor.visit_unit()
    }

    serde::forward_to_deserialize_any! {
        i128 u128 char bytes byte_buf unit unit_struct tuple tuple_struct enum identifier
    }
}

#[cfg(test)]
mod tests {
    use serde::Deserialize;
    use serde_json::json;

    use super::*;
    use crate::base::id::StatusId;

    #[derive(Debug, Default, PartialEq, Deserialize)]
    #[serde(default)]
    struct Wanted {
        sensitive: Option<bool>,
        limit: Option<i64>,
        id: Vec<StatusId>,
        name: Option<String>,
    }

    fn read(value: Value) -> Result<Wanted, Error> {
        Wanted::deserialize(Lenient(value))
    }

    #[test]
    fn numbers_and_booleans_may_come_as_text() {
        let wanted = read(json!({ "sensitive": "false", "limit": "40", "id": "7" })).expect("read");
        assert_eq!(
            wanted,
            Wanted { sensitive: Some(false), limit: Some(40), id: vec![StatusId(7)], name: None }
        );
        assert_eq!(read(json!({ "sensitive": "on" })).expect("read").sensitive, Some(true));
        assert_eq!(read(json!({ "name": 12 })).expect("read").name.as_deref(), Some("12"));
    }

    #[test]
    fn numbered_members_are_a_list() {
        let wanted = read(json!({ "id": { "1": "8", "0": "7" }, "sensitive": null })).expect("read");
        assert_eq!(wanted.id, [StatusId(7), StatusId(8)]);
    }

    #[test]
    fn what_is_no_number_is_refused() {
        assert!(read(json!({ "limit": "many" })).is_err());
        assert!(read(json!({ "id": ["x"] })).is_err());
        assert!(read(json!({ "id": { "a": "1" } })).is_err());
    }
}
