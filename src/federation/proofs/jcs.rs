//! One spelling for each JSON document, so that two sites that digest the same thing digest the same bytes.
//!
//! It is read from text, not from parsed values: numbers are then rounded once and rightly, and a name given twice
//! in one object, which two readers may understand differently, is noticed.
//!
//! Source: <https://www.rfc-editor.org/rfc/rfc8785>

use std::fmt;

use serde::Deserialize;
use serde::de::{Deserializer, MapAccess, Visitor};
use serde_json::value::RawValue;

/// Why a document has no canonical form.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum NotCanonical {
    #[error("it is not JSON")]
    NotJson,
    #[error("it has a number that is too large")]
    Number,
    #[error("it gives the name {0:?} twice")]
    Twice(String),
}

/// A name and a value as it was written.
type Field = (String, Box<RawValue>);

/// An object of which some fields can be taken out or exchanged before it is spelt. It keeps their order.
#[derive(Clone, Debug)]
pub struct Object(Vec<Field>);

impl Object {
    /// Reads the outermost level.
    ///
    /// # Errors
    /// [`NotCanonical`] for what is no object, or names a field twice.
    pub fn parse(json: &str) -> Result<Self, NotCanonical> {
        let Fields(fields) = serde_json::from_str(json).map_err(|_| NotCanonical::NotJson)?;
        in_order(&fields)?;
        Ok(Self(fields))
    }

    /// The field as it was written.
    pub fn get(&self, name: &str) -> Option<&RawValue> {
        self.0.iter().find(|(known, _)| known == name).map(|(_, value)| &**value)
    }

    /// Takes a field out.
    pub fn take(&mut self, name: &str) -> Option<Box<RawValue>> {
        let at = self.0.iter().position(|(known, _)| known == name)?;
        Some(self.0.remove(at).1)
    }

    /// Adds a field that is not there.
    pub fn add(&mut self, name: &str, value: Box<RawValue>) {
        self.0.push((name.to_owned(), value));
    }

    /// Exchanges a field that is there.
    pub fn replace(&mut self, name: &str, value: &RawValue) {
        if let Some(field) = self.0.iter_mut().find(|(known, _)| known == name) {
            field.1 = value.to_owned();
        }
    }

    /// Its one spelling.
    ///
    /// # Errors
    /// [`NotCanonical`].
    pub fn canonical(&self) -> Result<String, NotCanonical> {
        let mut text = String::with_capacity(1024);
        write_fields(&self.0, &mut text)?;
        Ok(text)
    }

    /// As it was written, with what was changed.
    pub fn text(&self) -> String {
        let mut text = String::with_capacity(1024);
        for (name, value) in &self.0 {
            text.push(if text.is_empty() { '{' } else { ',' });
            write_string(name, &mut text);
            text.push(':');
            text.push_str(value.get());
        }
        text + if self.0.is_empty() { "{}" } else { "}" }
    }
}

/// The one spelling of a document.
///
/// ```
/// # use breezeway::federation::proofs::jcs::canonical;
/// assert_eq!(canonical(r#"{"b": 1e2, "a": "\u0041"}"#).unwrap(), r#"{"a":"A","b":100}"#);
/// ```
///
/// # Errors
/// [`NotCanonical`].
pub fn canonical(json: &str) -> Result<String, NotCanonical> {
    let mut text = String::with_capacity(json.len());
    let value: &RawValue = serde_json::from_str(json).map_err(|_| NotCanonical::NotJson)?;
    write(value, &mut text)?;
    Ok(text)
}

fn write(value: &RawValue, text: &mut String) -> Result<(), NotCanonical> {
    let raw = value.get();
    match raw.as_bytes().first() {
        Some(b'{') => {
            let Fields(fields) = serde_json::from_str(raw).map_err(|_| NotCanonical::NotJson)?;
            write_fields(&fields, text)
        }
        Some(b'[') => {
            let items: Vec<&RawValue> = serde_json::from_str(raw).map_err(|_| NotCanonical::NotJson)?;
            text.push('[');
            for (at, item) in items.into_iter().enumerate() {
                if at > 0 {
                    text.push(',');
                }
                write(item, text)?;
            }
            text.push(']');
            Ok(())
        }
        Some(b'"') => {
            let string: String = serde_json::from_str(raw).map_err(|_| NotCanonical::NotJson)?;
            write_string(&string, text);
            Ok(())
        }
        Some(b't' | b'f' | b'n') => {
            text.push_str(raw);
            Ok(())
        }
        _ => {
            let number: f64 = raw.parse().map_err(|_| NotCanonical::NotJson)?;
            write_number(number, text)
        }
    }
}

fn write_fields(fields: &[Field], text: &mut String) -> Result<(), NotCanonical> {
    text.push('{');
    for (at, (name, value)) in in_order(fields)?.into_iter().enumerate() {
        if at > 0 {
            text.push(',');
        }
        write_string(name, text);
        text.push(':');
        write(value, text)?;
    }
    text.push('}');
    Ok(())
}

/// By UTF-16 code units, section 3.2.3.
fn in_order(fields: &[Field]) -> Result<Vec<&Field>, NotCanonical> {
    let mut fields: Vec<&Field> = fields.iter().collect();
    fields.sort_by(|(a, _), (b, _)| a.encode_utf16().cmp(b.encode_utf16()));
    match fields.windows(2).find(|pair| pair[0].0 == pair[1].0) {
        Some(pair) => Err(NotCanonical::Twice(pair[0].0.chars().take(100).collect())),
        None => Ok(fields),
    }
}

/// Section 3.2.2.2.
fn write_string(string: &str, text: &mut String) {
    use fmt::Write as _;
    text.push('"');
    for character in string.chars() {
        match character {
            '"' => text.push_str("\\\""),
            '\\' => text.push_str("\\\\"),
            '\u{8}' => text.push_str("\\b"),
            '\t' => text.push_str("\\t"),
            '\n' => text.push_str("\\n"),
            '\u{c}' => text.push_str("\\f"),
            '\r' => text.push_str("\\r"),
            control if control < ' ' => {
                let _ = write!(text, "\\u{:04x}", u32::from(control));
            }
            other => text.push(other),
        }
    }
    text.push('"');
}

/// As ECMAScript spells a number, section 3.2.2.3: the fewest digits that read back as the same.
///
/// Source: <https://tc39.es/ecma262/#sec-numeric-types-number-tostring>
fn write_number(number: f64, text: &mut String) -> Result<(), NotCanonical> {
    if !number.is_finite() {
        return Err(NotCanonical::Number);
    }
    if number == 0.0 {
        text.push('0');
        return Ok(());
    }
    if number < 0.0 {
        text.push('-');
    }
    let (digits, exponent) = shortest(number.abs()).ok_or(NotCanonical::Number)?;
    let (count, point) = (digits.len() as i32, exponent + 1);
    let zeros = |count: i32| "0".repeat(count.max(0) as usize);
    if (count..=21).contains(&point) {
        text.push_str(&digits);
        text.push_str(&zeros(point - count));
    } else if (1..=21).contains(&point) {
        let (whole, fraction) = digits.split_at(point as usize);
        text.extend([whole, ".", fraction]);
    } else if (-5..=0).contains(&point) {
        text.extend(["0.", zeros(-point).as_str(), digits.as_str()]);
    } else {
        let (first, rest) = digits.split_at(1);
        let dot = if rest.is_empty() { "" } else { "." };
        let sign = if exponent < 0 { "-" } else { "+" };
        text.extend([first, dot, rest, "e", sign, exponent.abs().to_string().as_str()]);
    }
    Ok(())
}

/// The fewest digits that read back as the number, and its power of ten. Of two that are equally near the even one
/// is taken, as ECMAScript asks; the standard library takes the larger.
fn shortest(number: f64) -> Option<(String, i32)> {
    let scientific = format!("{number:e}");
    let (mantissa, exponent) = scientific.split_once('e')?;
    let digits = mantissa.replace('.', "");
    let last = digits.bytes().last()?;
    if last % 2 == 1 {
        let even = format!("{}{}", &digits[..digits.len() - 1], char::from(last - 1));
        // A number that lies between the two has one digit more than they, so it ends long before this.
        let exact = format!("{number:.40e}").replacen('.', "", 1);
        let rest = exact.split_once('e')?.0.strip_prefix(&even).and_then(|rest| rest.strip_prefix('5'));
        let tied = rest.is_some_and(|rest| rest.bytes().all(|digit| digit == b'0'));
        let (first, others) = even.split_at(1);
        if tied && format!("{first}.{others}e{exponent}").parse() == Ok(number) {
            return Some((even, exponent.parse().ok()?));
        }
    }
    Some((digits, exponent.parse().ok()?))
}

/// The fields of an object in the order in which they were written, also those given twice.
struct Fields(Vec<Field>);

impl<'de> Deserialize<'de> for Fields {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Reader;
        impl<'de> Visitor<'de> for Reader {
            type Value = Fields;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("an object")
            }

            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Fields, A::Error> {
                let mut fields = Vec::with_capacity(map.size_hint().unwrap_or(12));
                while let Some(field) = map.next_entry()? {
                    fields.push(field);
                }
                Ok(Fields(fields))
            }
        }
        deserializer.deserialize_map(Reader)
    }
}
