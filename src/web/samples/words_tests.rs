//! No page says what nobody translates: every sample is rendered in a language of brackets, and what stands outside of
//! them must be what people wrote.

use std::collections::BTreeSet;
use std::sync::Arc;

use super::{all, shell};
use crate::base::words::{Language, Words};
use crate::web::assets::Assets;
use crate::web::templates::Templates;
use crate::web::views::Nav;

/// What people wrote, or what is the same in every language, by class: names, addresses, text of posts.
const SAID: &[&str] = &[
    "name",
    "handle",
    "chip",
    "avatar",
    "text",
    "copy",
    "tag",
    "said",
    "bio",
    "title",
    "preview",
    "file",
    "brand",
    "brand-name",
    "known",
    "about",
    "sub",
    "code",
    "emoji",
    "option",
];

/// The same, by element.
const SAID_ELEMENTS: &[&str] = &["bdi", "time", "svg", "style", "script", "code", "pre", "textarea", "kbd"];

/// Elements without an end.
const VOID: &[&str] = &["input", "img", "br", "hr", "meta", "link", "use", "source", "wbr"];

/// Attributes that people read or hear.
const READ: &[&str] = &["aria-label", "title", "placeholder", "alt", "aria-description"];

/// Pages that show posts: reach, times and figures of polls are still said in English by the views. This list only
/// becomes shorter.
const NOT_YET: &[&str] = &[
    "home",
    "compose",
    "thread",
    "profile",
    "people",
    "notifications",
    "report",
    "tag",
    "card",
    "catch_up",
    "newer",
    "kept",
    "list",
    "search",
    "case",
    "requests",
    "desk",
];

#[test]
fn no_page_says_what_nobody_translates() {
    let engine = Templates::new(&Arc::new(Assets::load()), &Words::bracketed());
    let mut found = BTreeSet::new();

    for page in all(&engine) {
        if NOT_YET.iter().any(|stem| page.name.starts_with(&format!("{stem}-"))) {
            continue;
        }
        for text in untranslated(&page.html) {
            found.insert(format!("{}: {text}", page.name));
        }
    }

    assert!(found.is_empty(), "{}", found.into_iter().collect::<Vec<_>>().join("\n"));
}

/// Letters outside of the brackets, and outside of what people wrote.
fn untranslated(html: &str) -> Vec<String> {
    let mut found = Vec::new();
    // Each open element, and whether it holds what people wrote.
    let mut open: Vec<(&str, bool)> = Vec::new();
    let mut depth = 0_usize;
    let mut rest = html;
    while let Some(at) = rest.find('<') {
        let said = open.iter().any(|(_, said)| *said);
        look(&rest[..at], said, &mut depth, &mut found);
        let tag = &rest[at..];
        let end = end_of(tag);
        let (tag, after) = tag.split_at(end);
        rest = after;
        if let Some(name) = tag.strip_prefix("</") {
            let name = name.trim_end_matches('>').trim();
            while let Some((opened, _)) = open.pop() {
                if opened == name {
                    break;
                }
            }
            continue;
        }
        let name = tag[1..].split([' ', '>', '\n', '/']).next().unwrap_or_default();
        if name.starts_with('!') {
            continue;
        }
        let holds_said = is_said(tag, name);
        if !said && !holds_said {
            for attribute in READ {
                if let Some(value) = attribute_of(tag, attribute) {
                    let mut inside = 0;
                    look(value, is_example(name, attribute), &mut inside, &mut found);
                }
            }
        }
        if !VOID.contains(&name) && !tag.ends_with("/>") {
            open.push((name, holds_said));
        }
    }
    found
}

/// An address that shows the form of what is to be typed is the same in every language.
fn is_example(element: &str, attribute: &str) -> bool {
    element == "input" && attribute == "placeholder"
}

fn is_said(tag: &str, name: &str) -> bool {
    let classes = attribute_of(tag, "class").unwrap_or_default();
    // The title of a page names the page and the site, each between dots.
    SAID_ELEMENTS.contains(&name)
        || name == "title"
        || tag.contains(" data-said")
        || tag.contains(" dir=\"auto\"")
        || classes.split(' ').any(|class| SAID.contains(&class))
}

fn attribute_of<'a>(tag: &'a str, name: &str) -> Option<&'a str> {
    tag.split_once(&format!(" {name}=\""))?.1.split('"').next()
}

/// Where a tag ends: a value may hold `>`.
fn end_of(tag: &str) -> usize {
    let mut quoted = false;
    for (at, letter) in tag.char_indices() {
        match letter {
            '"' => quoted = !quoted,
            '>' if !quoted => return at + 1,
            _ => {}
        }
    }
    tag.len()
}

fn look(text: &str, said: bool, depth: &mut usize, found: &mut Vec<String>) {
    let mut outside = String::new();
    for letter in text.chars() {
        match letter {
            '⟦' => *depth += 1,
            '⟧' => *depth = depth.saturating_sub(1),
            other if *depth == 0 => outside.push(other),
            _ => {}
        }
    }
    let outside = outside.replace("&amp;", "").replace("&quot;", "").replace("&lt;", "").replace("&gt;", "");
    // Marks at counts, such as 99+, are digits; single letters stand for keys.
    if !said && outside.chars().any(char::is_alphabetic) {
        found.push(outside.trim().chars().take(80).collect());
    }
}

#[test]
fn what_nobody_translated_is_found() {
    assert_eq!(untranslated("<p>⟦Home⟧ · 3</p>"), Vec::<String>::new());
    assert_eq!(untranslated("<p>⟦By <b>Ann</b> ⟧</p>"), Vec::<String>::new());
    assert_eq!(untranslated("<p><bdi>Ann</bdi><span class=\"x name\">Bob</span></p>"), Vec::<String>::new());
    assert_eq!(untranslated("<p><bdi>Ann</bdi> says</p>"), ["says"]);
    assert_eq!(untranslated("<a aria-label=\"To > Ann\">⟦x⟧</a>"), ["To > Ann"]);
    assert_eq!(untranslated("<input placeholder=\"@you@sales.example.org\"><p>so</p>"), ["so"]);
}

#[test]
fn pages_are_written_from_the_right_where_the_language_is() {
    let engine = Templates::new(&Arc::new(Assets::load()), &Words::new());
    let mut around = shell(Nav::Settings, true);
    around.direction = "rtl";

    let (_, page) = super::settings::privacy().remove(0);
    let html = engine.render(&around, &page).expect("a page");

    assert!(html.contains("dir=\"rtl\""), "{html}");
    assert_eq!(around.language, Language::English);
}
