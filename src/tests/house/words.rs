//! What the domain says to people stands in `src/words/en/problems.ftl`, so that every language can say it.

use std::collections::HashSet;

use crate::sources::Source;

/// How an error for people is made; the first argument of the first is a field.
const MAKERS: [(&str, bool); 4] = [
    ("Error::invalid(", true),
    ("Error::forbidden(", false),
    ("Error::conflict(", false),
    // Of `platform::images`: about a file.
    ("refused(", false),
];

/// Floors and rooms whose errors come to a page.
const SHOWN: [&str; 6] =
    ["base/", "platform/", "domain/", "web/", "federation/doctor/", "federation/answer.rs"];

/// Of programs, or of other sites: nobody reads these on a page.
const NOT_READ: [&str; 4] = [
    "domain/organisation/receive.rs",
    "domain/accounts/receive.rs",
    "domain/moderation/receive.rs",
    "domain/auth/oauth/",
];

/// Sentences that nobody translates.
pub fn complaints(source: &Source, known: &HashSet<String>) -> Vec<String> {
    let path = source.path.as_str();
    if source.is_tests() {
        return Vec::new();
    }
    if !SHOWN.iter().any(|shown| path.starts_with(shown)) || NOT_READ.iter().any(|not| path.starts_with(not))
    {
        return Vec::new();
    }
    let said = sentences(&source.text).into_iter().filter(|sentence| has_words(sentence));
    let missing = said.filter(|sentence| !known.contains(&without_gaps(sentence)));
    missing
        .map(|sentence| {
            format!("{path}: nobody translates \"{sentence}\"; write it into src/words/en/problems.ftl and its German beside it")
        })
        .collect()
}

/// The sentences of `problems.ftl`.
pub fn known(ftl: &str) -> HashSet<String> {
    let messages = ftl.lines().filter(|line| line.starts_with("problem-"));
    messages.filter_map(|line| line.split_once(" = ")).map(|(_, text)| without_gaps(text)).collect()
}

/// Literal sentences of a source, without its tests.
pub fn sentences(text: &str) -> Vec<String> {
    let text = text.split("#[cfg(test)]\nmod ").next().unwrap_or_default();
    let mut all = Vec::new();
    for (maker, has_field) in MAKERS {
        for call in text.split(maker).skip(1) {
            let mut rest = call.trim_start();
            if has_field {
                let Some((_, after)) = rest.split_once(',') else { continue };
                rest = after.trim_start();
            }
            rest = rest.strip_prefix("format!(").unwrap_or(rest).trim_start();
            if let Some(literal) = rest.strip_prefix('"') {
                all.push(literal_of(literal));
            }
        }
    }
    all
}

/// Up to the closing quotation mark; a line that ends with `\` goes on in the next.
fn literal_of(text: &str) -> String {
    let mut out = String::new();
    let mut letters = text.chars().peekable();
    while let Some(letter) = letters.next() {
        match letter {
            '"' => break,
            '\\' => match letters.next() {
                Some('\n') => while letters.next_if(|letter| letter.is_whitespace()).is_some() {},
                Some(other) => out.push(other),
                None => break,
            },
            other => out.push(other),
        }
    }
    out
}

/// Whether it says something of its own, beside what others say.
fn has_words(sentence: &str) -> bool {
    without_gaps(sentence).chars().any(char::is_alphabetic)
}

/// `at most {MOST}` and `at most { $most }` are the same.
fn without_gaps(sentence: &str) -> String {
    let mut out = String::new();
    let mut depth = 0;
    for letter in sentence.chars() {
        match letter {
            '{' => {
                depth += 1;
                out.push('…');
            }
            '}' => depth -= 1,
            other if depth == 0 => out.push(other),
            _ => {}
        }
    }
    out
}

#[test]
fn a_sentence_is_found_in_the_source() {
    let source = "return Err(Error::invalid(\"poll\", format!(\n  \"must be \\\n   {FEWEST} to {most}\")));\n Error::forbidden(\"no \\\"never\\\"\"); Error::conflict(reason)";

    let said = sentences(source);

    assert_eq!(said, ["must be {FEWEST} to {most}", "no \"never\""]);
    let known = known("# words\nproblem-a = must be { $least } to { $most }\n");
    assert!(known.contains(&without_gaps(&said[0])) && !known.contains(&without_gaps(&said[1])));
}
