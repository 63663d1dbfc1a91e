//! What we write is read as the same, and what others write in another shape as well.

use breezeway::activitystreams::activity::Activity;
use breezeway::activitystreams::object::{Document, Hashtag, Mention, Tag};
use breezeway::activitystreams::{Note, read};
use breezeway::base::Millis;
use breezeway::base::text::{clean_line, sanitise, to_plain};
use proptest::prelude::*;
use serde::Serialize;
use serde_json::{Map, Value, json};
use url::Url;

fn url(text: &str) -> Url {
    text.parse().unwrap()
}

/// An address of another site.
fn address() -> impl Strategy<Value = Url> {
    ("[a-z]{1,8}", "[a-zA-Z0-9/_.~-]{0,20}", proptest::option::of("[a-z0-9=&%]{0,10}")).prop_map(
        |(host, path, query)| {
            let query = query.map(|query| format!("?{query}")).unwrap_or_default();
            url(&format!("https://{host}.example/{path}{query}"))
        },
    )
}

fn moment() -> impl Strategy<Value = Millis> {
    (0_i64..4_000_000_000_000).prop_map(Millis)
}

/// A text of any letters, also odd ones.
fn words() -> impl Strategy<Value = String> {
    proptest::string::string_regex("(\\PC|[\n\t\"\\\\<>&]){0,60}").unwrap()
}

fn tag() -> impl Strategy<Value = Tag> {
    prop_oneof![
        (address(), proptest::option::of(words()))
            .prop_map(|(href, name)| Tag::Mention(Mention { href, name })),
        (proptest::option::of(address()), "#\\w{1,20}")
            .prop_map(|(href, name)| Tag::Hashtag(Hashtag { href, name })),
    ]
}

fn document() -> impl Strategy<Value = Document> {
    (address(), words(), proptest::option::of(1_u32..10_000)).prop_map(|(address, name, width)| {
        let mut document: Document =
            serde_json::from_value(json!({ "type": "Document", "mediaType": "image/png", "url": address }))
                .unwrap();
        document.name = Some(name);
        document.width = width;
        document
    })
}

prop_compose! {
    fn note()(
        (id, author, page, parent) in (address(), address(), proptest::option::of(address()), proptest::option::of(address())),
        (to, cc) in (proptest::collection::vec(address(), 0..5), proptest::collection::vec(address(), 0..5)),
        (content, summary, language) in (proptest::option::of(words()), proptest::option::of(words()), "[a-z]{2}"),
        (published, updated) in (proptest::option::of(moment()), proptest::option::of(moment())),
        (tag, attachment, sensitive) in (
            proptest::collection::vec(tag(), 0..4), proptest::collection::vec(document(), 0..3), any::<bool>()
        ),
    ) -> Note {
        let minimal = json!({ "type": "Note", "id": id, "attributedTo": author });
        let mut note: Note = serde_json::from_value(minimal).unwrap();
        note.content_map = content.iter().map(|content| (language.clone(), content.clone())).collect();
        (note.to, note.cc, note.url, note.in_reply_to) = (to, cc, page, parent);
        (note.content, note.summary, note.sensitive) = (content, summary, sensitive);
        (note.published, note.updated) = (published, updated);
        (note.tag, note.attachment) = (tag, attachment);
        note
    }
}

/// The same document as another program might write it; `choices` decides where it differs.
fn in_another_shape(value: &Value, choices: &mut impl Iterator<Item = u8>) -> Value {
    let Value::Object(fields) = value else { return value.clone() };
    let mut out = Map::new();
    for (name, value) in fields {
        if name == "contentMap" {
            out.insert(name.clone(), value.clone());
            continue;
        }
        let mut value = in_another_shape(value, choices);
        let choice = choices.next().unwrap_or_default();
        value = reshaped(name, value, choice);
        let name = match (name.as_str(), choice % 3) {
            ("id", 1) => "@id".to_owned(),
            ("type", 1) => "@type".to_owned(),
            ("id" | "type" | "contentMap" | "@context", _) => name.clone(),
            (name, 1) => format!("as:{name}"),
            (name, 2) => format!("https://www.w3.org/ns/activitystreams#{name}"),
            (name, _) => name.to_owned(),
        };
        out.insert(name, value);
    }
    // What nobody understands changes nothing.
    out.insert("toot:unheard".to_owned(), json!({ "of": [1, null] }));
    Value::Object(out)
}

fn reshaped(name: &str, value: Value, choice: u8) -> Value {
    const LISTS: [&str; 4] = ["to", "cc", "tag", "attachment"];
    const SINGLE: [&str; 4] = ["attributedTo", "inReplyTo", "content", "summary"];
    const IDS: [&str; 4] = ["attributedTo", "inReplyTo", "actor", "object"];
    match value {
        Value::Array(mut items) if LISTS.contains(&name) && items.len() == 1 && choice % 2 == 1 => {
            items.remove(0)
        }
        Value::Array(items) if LISTS.contains(&name) && items.is_empty() && choice % 2 == 1 => Value::Null,
        value @ Value::String(_) if IDS.contains(&name) && choice % 5 == 3 => json!({ "id": value }),
        value @ Value::String(_) if SINGLE.contains(&name) && choice % 5 == 4 => json!([value]),
        value @ Value::String(_) if name == "type" && choice % 4 == 3 => {
            json!(["https://other.example/ns#Odd", format!("as:{}", value.as_str().unwrap_or_default())])
        }
        value => value,
    }
}

fn written(document: &impl Serialize) -> Value {
    serde_json::to_value(document).unwrap()
}

proptest! {
    #[test]
    fn a_note_that_we_write_is_read_as_the_same(note in note()) {
        let read: Note = read(written(&note).to_string().as_bytes()).unwrap();

        prop_assert_eq!(read, note);
    }

    #[test]
    fn a_note_in_any_shape_is_the_same_note(note in note(), choices in proptest::collection::vec(any::<u8>(), 40)) {
        let shaped = in_another_shape(&written(&note), &mut choices.into_iter().cycle());

        let read: Note = read(shaped.to_string().as_bytes()).unwrap();

        prop_assert_eq!(read, note, "{}", shaped);
    }

    #[test]
    fn an_activity_in_any_shape_is_the_same_activity(
        (id, actor, object) in (address(), address(), address()),
        note in note(),
        kind in proptest::sample::select(vec!["Create", "Update", "Delete", "Like", "Announce", "Follow", "Block"]),
        choices in proptest::collection::vec(any::<u8>(), 40),
    ) {
        let object = match kind {
            "Create" | "Update" => written(&note),
            _ => json!(object),
        };
        let plain = json!({ "type": kind, "id": id, "actor": actor, "object": object });
        let expected: Activity = read(plain.to_string().as_bytes()).unwrap();
        let shaped = in_another_shape(&plain, &mut choices.into_iter().cycle());

        let found: Activity = read(shaped.to_string().as_bytes()).unwrap();

        prop_assert_eq!(&found, &expected, "{}", shaped);
        let again: Activity = read(written(&found).to_string().as_bytes()).unwrap();
        prop_assert_eq!(again, expected, "what we write of it");
    }

    #[test]
    fn an_undo_in_any_shape_is_the_same_undo(
        (id, inner, actor, object) in (address(), address(), address(), address()),
        kind in proptest::sample::select(vec!["Like", "Announce", "Follow", "Block"]),
        choices in proptest::collection::vec(any::<u8>(), 40),
    ) {
        let undone = json!({ "type": kind, "id": inner, "actor": actor, "object": object });
        let plain = json!({ "type": "Undo", "id": id, "actor": actor, "object": undone });
        let expected: Activity = read(plain.to_string().as_bytes()).unwrap();
        let shaped = in_another_shape(&plain, &mut choices.into_iter().cycle());

        prop_assert_eq!(read::<Activity>(shaped.to_string().as_bytes()).unwrap(), expected, "{}", shaped);
    }

    #[test]
    fn public_is_public_in_each_of_its_spellings(
        place in proptest::sample::select(vec!["to", "cc"]),
        spelling in proptest::sample::select(vec!["Public", "as:Public", "https://www.w3.org/ns/activitystreams#Public"]),
        embedded in any::<bool>(),
        listed in any::<bool>(),
    ) {
        let address = if embedded { json!({ "id": spelling, "type": "Collection" }) } else { json!(spelling) };
        let value = if listed { json!([address]) } else { address };
        let mut note = json!({ "type": "Note", "id": "https://a.example/1", "attributedTo": "https://a.example/ann" });
        note[place] = value;

        let note: Note = read(note.to_string().as_bytes()).unwrap();

        let found = if place == "to" { note.to } else { note.cc };
        prop_assert!(found.iter().any(breezeway::activitystreams::audience::is_public), "{:?}", found);
    }

    #[test]
    fn bytes_of_any_kind_are_read_or_refused(bytes in proptest::collection::vec(any::<u8>(), 0..400)) {
        let _ = read::<Activity>(&bytes);
        let _ = read::<Note>(&bytes);
    }

    #[test]
    fn a_time_that_is_written_is_read_as_the_same(at in moment()) {
        prop_assert_eq!(Millis::from_rfc3339(&at.to_rfc3339()), Some(at));
    }

    #[test]
    fn what_was_made_harmless_is_harmless(html in "(<|>|/|\"|'|=| |a|b|script|img|onclick|href|javascript:|&lt;|\\PC){0,40}") {
        let once = sanitise(&html).into_string();

        prop_assert_eq!(sanitise(&once).into_string(), once.clone());
        let small = once.to_lowercase();
        prop_assert!(!small.contains("<script") && !small.contains("<img"), "{}", once);
        prop_assert!(!small.contains("href=\"javascript:"), "{}", once);
        to_plain(&once);
    }

    #[test]
    fn a_line_is_a_line(text in words(), most in 0_usize..40) {
        let line = clean_line(&text, most);

        prop_assert!(line.chars().count() <= most && !line.contains(|c: char| c.is_control()));
        prop_assert_eq!(clean_line(&line, most), line.clone());
        prop_assert_eq!(line.trim(), line.as_str());
    }
}
