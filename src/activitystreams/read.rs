//! From bytes of a stranger to a type: depth first, then names, then shapes. Size is cut off where the bytes come
//! in, since the configuration sets it.

use serde::de::DeserializeOwned;
use serde_json::Value;

use super::limits;

/// Why a document cannot be read.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ReadError {
    #[error("the document is nested deeper than {}", limits::DEPTH)]
    TooDeep,
    #[error("the document has more than {} values", limits::VALUES)]
    TooMany,
    #[error("the document is not JSON: {0}")]
    NotJson(String),
    #[error("the document is not a JSON object")]
    NotAnObject,
    #[error("the document uses {0}, which can hide what was signed")]
    Keyword(String),
    #[error("the document has no readable {0}")]
    Mistyped(String),
}

/// Types that we know, in order of preference where a document claims several.
const KNOWN_TYPES: &[&str] = &[
    "Create",
    "Update",
    "Delete",
    "Follow",
    "Accept",
    "Reject",
    "Undo",
    "EmojiReact",
    "Like",
    "Announce",
    "Block",
    "Flag",
    "Add",
    "Remove",
    "Move",
    "QuoteRequest",
    "ReplyRequest",
    "QuoteAuthorization",
    "ReplyAuthorization",
    "Person",
    "Service",
    "Application",
    "Group",
    "Organization",
    "Note",
    "Question",
    "Article",
    "Page",
    "Event",
    "Image",
    "Audio",
    "Video",
    "Document",
    "Tombstone",
    "Mention",
    "Hashtag",
    "Emoji",
    "OrderedCollection",
    "OrderedCollectionPage",
    "Collection",
    "CollectionPage",
];

/// Vocabularies whose words we know, as they stand before a word that was written out.
const NAMESPACES: &[&str] = &[
    "https://www.w3.org/ns/activitystreams#",
    "https://w3id.org/fep/044f#",
    "https://gotosocial.org/ns#",
    "gts:",
];

/// Reads a document that came from outside.
pub fn read<T: DeserializeOwned>(bytes: &[u8]) -> Result<T, ReadError> {
    let value = read_value(bytes)?;
    T::deserialize(value).map_err(|error| ReadError::Mistyped(error.to_string()))
}

/// Reads a document that came from outside into plain JSON with plain names.
pub fn read_value(bytes: &[u8]) -> Result<Value, ReadError> {
    measure(bytes)?;
    let value = serde_json::from_slice(bytes).map_err(|error| ReadError::NotJson(error.to_string()))?;
    match normalised(value)? {
        value @ Value::Object(_) => Ok(value),
        _ => Err(ReadError::NotAnObject),
    }
}

/// Counts brackets and commas outside of strings, without building anything.
fn measure(bytes: &[u8]) -> Result<(), ReadError> {
    let (mut depth, mut values, mut in_string, mut escaped) = (0_usize, 0_usize, false, false);
    for byte in bytes {
        match byte {
            _ if escaped => escaped = false,
            b'\\' if in_string => escaped = true,
            b'"' => in_string = !in_string,
            b'{' | b'[' if !in_string => depth += 1,
            b'}' | b']' if !in_string => depth = depth.saturating_sub(1),
            b',' if !in_string => values += 1,
            _ => {}
        }
        if depth > limits::DEPTH {
            return Err(ReadError::TooDeep);
        }
    }
    if values > limits::VALUES { Err(ReadError::TooMany) } else { Ok(()) }
}

/// Plain names for JSON-LD's aliases: `@id`, `@type`, the `as:` prefix; one type where several are
/// claimed. Keywords that would let one document mean another are refused.
fn normalised(value: Value) -> Result<Value, ReadError> {
    match value {
        Value::Array(items) => items.into_iter().map(normalised).collect::<Result<_, _>>().map(Value::Array),
        Value::Object(fields) => {
            let mut plain = serde_json::Map::with_capacity(fields.len());
            for (name, value) in fields {
                match name.as_str() {
                    "@context" => {} // never followed, never needed
                    "@graph" | "@included" | "@reverse" | "@nest" => return Err(ReadError::Keyword(name)),
                    "@id" => drop(plain.insert("id".to_owned(), value)),
                    "type" | "@type" => drop(plain.insert("type".to_owned(), one_type(value))),
                    // By language: "id" is Indonesian there.
                    _ if name.ends_with("Map") => drop(plain.insert(name_of(name), value)),
                    _ => drop(plain.insert(name_of(name), normalised(value)?)),
                }
            }
            // What says nothing but its name is named, not contained.
            match (plain.len(), plain.get_mut("id")) {
                (1, Some(id @ Value::String(_))) => Ok(id.take()),
                _ => Ok(Value::Object(plain)),
            }
        }
        other => Ok(other),
    }
}

/// A property by its plain name.
fn name_of(name: String) -> String {
    without_prefix(&name).map(str::to_owned).unwrap_or(name)
}

/// A property without the prefix of a vocabulary that we know.
fn without_prefix(name: &str) -> Option<&str> {
    if !name.contains(':') {
        return None;
    }
    name.strip_prefix("as:").or_else(|| NAMESPACES.iter().find_map(|space| name.strip_prefix(space)))
}

fn one_type(value: Value) -> Value {
    let plain = |name: &str| {
        let name = name.strip_prefix("as:").unwrap_or(name);
        NAMESPACES.iter().find_map(|space| name.strip_prefix(space)).unwrap_or(name).to_owned()
    };
    match value {
        Value::String(name) => Value::String(plain(&name)),
        Value::Array(names) => {
            let names: Vec<String> = names.iter().filter_map(Value::as_str).map(plain).collect();
            let known = KNOWN_TYPES.iter().find(|known| names.iter().any(|name| name == *known));
            let chosen = known.map(|known| (*known).to_owned()).or_else(|| names.into_iter().next());
            chosen.map_or(Value::Null, Value::String)
        }
        other => other,
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn prefixes_and_keywords_become_plain_names() {
        let bytes = br#"{"@context": ["x", {"y": "z"}], "@id": "https://a.example/1", "@type": "as:Note",
            "as:content": "hi", "as:tag": {"@type": ["https://x.example/Odd", "Mention"]}}"#;

        let plain = json!({
            "id": "https://a.example/1", "type": "Note", "content": "hi", "tag": {"type": "Mention"}
        });
        assert_eq!(read_value(bytes), Ok(plain));
    }

    #[test]
    fn too_deep_is_refused_before_it_is_parsed() {
        let nested = |levels: usize| format!("{{\"a\":{}{}}}", "[".repeat(levels), "]".repeat(levels));

        assert!(read_value(nested(31).as_bytes()).is_ok());
        assert_eq!(read_value(nested(32).as_bytes()), Err(ReadError::TooDeep));
        assert_eq!(read_value(nested(500_000).as_bytes()), Err(ReadError::TooDeep));
    }

    #[test]
    fn too_many_values_are_refused_before_they_are_parsed() {
        let many = |values: usize| format!("{{\"a\":[{}0]}}", "0,".repeat(values));

        assert!(read_value(many(limits::VALUES).as_bytes()).is_ok());
        assert_eq!(read_value(many(limits::VALUES + 1).as_bytes()), Err(ReadError::TooMany));
    }

    #[test]
    fn brackets_in_strings_do_not_count() {
        let text =
            format!(r#"{{"content":"\"{}\\\"{}{}"}}"#, "[".repeat(100), "{".repeat(100), ",".repeat(60_000));

        assert!(read_value(text.as_bytes()).is_ok());
    }

    #[test]
    fn what_is_not_a_sound_object_is_refused() {
        let table: [(&[u8], ReadError); 4] = [
            (b"[]", ReadError::NotAnObject),
            (b"\"text\"", ReadError::NotAnObject),
            (br#"{"@graph": []}"#, ReadError::Keyword("@graph".to_owned())),
            (br#"{"object": {"@reverse": {}}}"#, ReadError::Keyword("@reverse".to_owned())),
        ];
        for (bytes, error) in table {
            assert_eq!(read_value(bytes), Err(error));
        }
        assert!(matches!(read_value(b"{"), Err(ReadError::NotJson(_))));
        assert!(matches!(read_value(&[0xff, 0xfe]), Err(ReadError::NotJson(_))));
    }
}
