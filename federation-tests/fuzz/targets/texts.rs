//! What people type and what other sites send as HTML.
#![no_main]

use breezeway::base::text::{
    Format, clean_line, count_characters, detect_language, excerpt, extract, hashtag_key, render, sanitise,
    shorten, to_plain,
};
use libfuzzer_sys::fuzz_target;

/// No tag but harmless ones; in a text outside of tags anything may be said, for "<" is spelt out there.
fn is_harmless(html: &str) {
    let small = html.to_lowercase();
    for tag in small.split('<').skip(1).filter_map(|rest| rest.split('>').next()) {
        for bad in ["script", "img", "iframe", "style", "svg", "object"] {
            assert!(!tag.starts_with(bad), "{bad} in {html}");
        }
        for bad in ["href=\"javascript:", "href=\"data:"] {
            assert!(!tag.contains(bad), "{bad} in {html}");
        }
    }
}

fuzz_target!(|text: &str| {
    let clean = sanitise(text).into_string();
    is_harmless(&clean);
    assert_eq!(sanitise(&clean).into_string(), clean, "what is clean stays as it is");
    to_plain(text);
    excerpt(text, 100);
    shorten(text, 40);
    count_characters(text);
    detect_language(text);
    hashtag_key(text);
    let line = clean_line(text, 50);
    assert!(line.chars().count() <= 50 && !line.contains(|c: char| c.is_control()), "{line:?}");
    for format in [Format::Plain, Format::Markdown] {
        let found = extract(text, format);
        assert!(found.mentions.len() <= text.len() && found.hashtags.len() <= text.len());
        is_harmless(render(text, format, &[], "https://a.example").as_str());
    }
});
