//! HTML from other sites, made harmless.

use std::borrow::Cow;
use std::collections::{HashMap, HashSet};

use ammonia::{Builder, UrlRelative};

use super::strip::to_plain;
use super::write::REL;
use super::{Format, Html, render};

/// Larger or deeper HTML is shown as plain text: a tree of it costs more than a post is worth.
const MAX_BYTES: usize = 256 * 1024;
const MAX_DEPTH: usize = 100;
const MAX_TAGS: usize = 20_000;

const TAGS: [&str; 32] = [
    "p",
    "br",
    "span",
    "a",
    "abbr",
    "del",
    "s",
    "pre",
    "blockquote",
    "code",
    "b",
    "strong",
    "u",
    "sub",
    "sup",
    "i",
    "em",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "ul",
    "ol",
    "li",
    "ruby",
    "rt",
    "rp",
    "q",
    "small",
    "kbd",
];
const ATTRIBUTES: [(&str, &[&str]); 6] = [
    ("a", &["href", "class", "translate"]),
    ("span", &["class", "translate"]),
    ("p", &["class"]),
    ("abbr", &["title"]),
    ("ol", &["start", "reversed"]),
    ("li", &["value"]),
];
/// Elements whose content is no text of the author either.
const DROPPED: [&str; 14] = [
    "script", "style", "iframe", "object", "noscript", "noembed", "noframes", "template", "title",
    "textarea", "svg", "math", "select", "xmp",
];
const SCHEMES: [&str; 4] = ["http", "https", "mailto", "xmpp"];

/// What is left of `html` when only what a post may contain is taken. Safe to show on any page.
///
/// The same as what Mastodon takes: paragraphs, emphasis, lists, quotes, code, links; of classes those of
/// mentions, hashtags, shortened addresses and microformats. Headings become bold paragraphs.
pub fn sanitise(html: &str) -> Html {
    if !is_reasonable(html) {
        let text = to_plain(html);
        return render(&text[..text.floor_char_boundary(MAX_BYTES)], Format::Plain, &[], "");
    }
    let cleaned = builder().clean(html).to_string();
    Html(flatten_headings(cleaned))
}

fn builder() -> Builder<'static> {
    let mut builder = Builder::empty();
    builder
        .tags(TAGS.into())
        .tag_attributes(
            ATTRIBUTES.map(|(tag, names)| (tag, names.iter().copied().collect::<HashSet<_>>())).into(),
        )
        .tag_attribute_values(HashMap::new())
        .generic_attributes(HashSet::new())
        .clean_content_tags(DROPPED.into())
        .url_schemes(SCHEMES.into())
        .url_relative(UrlRelative::Deny)
        .link_rel(Some(REL))
        .strip_comments(true)
        .attribute_filter(attribute);
    builder
}

fn attribute<'v>(_element: &str, name: &str, value: &'v str) -> Option<Cow<'v, str>> {
    match name {
        "class" => {
            let kept: Vec<&str> =
                value.split_ascii_whitespace().filter(|class| is_known_class(class)).collect();
            (!kept.is_empty()).then(|| kept.join(" ").into())
        }
        "translate" => (value == "no").then_some("no".into()),
        "start" | "value" => value.parse::<i32>().is_ok().then_some(value.into()),
        "reversed" => Some("".into()),
        _ => Some(value.into()),
    }
}

/// Classes with a meaning between servers; `p-`, `u-`, `h-`, `e-`, `dt-` are microformats.
fn is_known_class(class: &str) -> bool {
    let is_word = class.len() <= 40 && class.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-');
    let is_microformat = ["p-", "u-", "h-", "e-", "dt-"].iter().any(|prefix| class.starts_with(prefix));
    matches!(class, "mention" | "hashtag" | "invisible" | "ellipsis" | "quote-inline")
        || (is_word && is_microformat)
}

/// The result of the sanitiser is regular: a tag is always written in the same way, and `<` in text is escaped.
fn flatten_headings(html: String) -> String {
    if !html.contains("<h") {
        return html;
    }
    ["1", "2", "3", "4", "5", "6"].iter().fold(html, |html, level| {
        html.replace(&format!("<h{level}>"), "<p><strong>").replace(&format!("</h{level}>"), "</strong></p>")
    })
}

/// Whether a tree can be made of it at a fair price. Elements that close themselves do not count as deep.
fn is_reasonable(html: &str) -> bool {
    if html.len() > MAX_BYTES {
        return false;
    }
    let mut open: HashMap<&str, usize> = HashMap::new();
    let (mut depth, mut tags) = (0, 0);
    for tag in html.split('<').skip(1) {
        tags += 1;
        let is_end = tag.starts_with('/');
        let tag = tag.trim_start_matches('/');
        let name = &tag[..tag.find(|c: char| !c.is_ascii_alphanumeric()).unwrap_or(tag.len())];
        if name.is_empty() || !nests(name) {
            continue;
        }
        // An end closes only what has its name; others leave the tree as deep as it is.
        let of_name = open.entry(name).or_default();
        if !is_end {
            *of_name += 1;
            depth += 1;
        } else if *of_name > 0 {
            *of_name -= 1;
            depth -= 1;
        }
        if depth > MAX_DEPTH || tags > MAX_TAGS {
            return false;
        }
    }
    true
}

fn nests(name: &str) -> bool {
    !["p", "br", "li", "img", "hr", "wbr"].iter().any(|flat| name.eq_ignore_ascii_case(flat))
}

#[cfg(test)]
#[path = "sanitise_tests.rs"]
mod tests;
