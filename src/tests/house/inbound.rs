//! What the inbox understands must be written down: `federation/inbound/x.rs` ↔ FEDERATION.md.

use crate::sources::Source;

/// An activity with a file in `federation/inbound/` that the document does not name as `` `Activity` ``.
pub fn complaints(all: &[Source], document: &str) -> Vec<String> {
    all.iter()
        .filter_map(|source| source.path.strip_prefix("federation/inbound/"))
        .filter_map(|file| file.strip_suffix(".rs").or_else(|| file.strip_suffix("/mod.rs")))
        .filter(|name| *name != "mod" && !name.contains('/'))
        .filter(|name| !NOT_ACTIVITIES.contains(name))
        .map(activity_name)
        .filter(|activity| !document.contains(&format!("`{activity}`")))
        .map(|activity| format!("FEDERATION.md does not say how an inbound `{activity}` is treated"))
        .collect()
}

/// Files of the folder that serve all activities.
const NOT_ACTIVITIES: &[&str] = &["context", "incoming"];

/// `quote_request` → `QuoteRequest`.
fn activity_name(file: &str) -> String {
    file.split('_')
        .map(|word| {
            let (first, rest) = word.split_at(1.min(word.len()));
            first.to_uppercase() + rest
        })
        .collect()
}

#[test]
fn an_activity_that_nobody_wrote_down_is_noticed() {
    let all =
        ["federation/inbound/mod.rs", "federation/inbound/like.rs", "federation/inbound/quote_request.rs"]
            .map(|path| Source { path: path.to_owned(), text: String::new() });

    let complaints = complaints(&all, "A `Like` marks a post.");

    assert_eq!(complaints, ["FEDERATION.md does not say how an inbound `QuoteRequest` is treated"]);
}
