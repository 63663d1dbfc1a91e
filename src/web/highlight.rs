//! Marks the words that were looked for in HTML that is safe already. It adds `<mark>` around letters of texts, nothing else:
//! tags and entities stay as they are.

use unicode_normalization::char::is_combining_mark;

use crate::base::text::{fold, is_dense};

/// The HTML with each of `words` marked; a word that is open also where it only begins so.
pub fn highlight(html: &str, words: &[(String, bool)]) -> String {
    if words.is_empty() {
        return html.to_owned();
    }
    let mut out = String::with_capacity(html.len() + 64);
    let mut word = String::new();
    let mut skipped_until = None;
    for letter in html.chars() {
        let is_over = match skipped_until {
            None => true,
            // An ampersand that begins no entity ends where a word would, and what ends it may begin a tag.
            Some(';') => letter != ';' && letter != '#' && !letter.is_ascii_alphanumeric(),
            Some(_) => false,
        };
        if !is_over {
            out.push(letter);
            skipped_until = skipped_until.filter(|end| *end != letter);
            continue;
        }
        skipped_until = None;
        if letter.is_alphanumeric() || is_combining_mark(letter) {
            word.push(letter);
            continue;
        }
        write(&mut out, &word, words);
        word.clear();
        out.push(letter);
        skipped_until = match letter {
            '<' => Some('>'),
            '&' => Some(';'),
            _ => None,
        };
    }
    write(&mut out, &word, words);
    out
}

fn write(out: &mut String, word: &str, words: &[(String, bool)]) {
    if word.is_empty() {
        return;
    }
    if word.contains(is_dense) {
        return write_pairs(out, word, words);
    }
    let folded = fold(word);
    let is_asked = |(asked, open): &(String, bool)| folded == *asked || (*open && folded.starts_with(asked));
    if words.iter().any(is_asked) {
        mark(out, word);
    } else {
        out.push_str(word);
    }
}

fn mark(out: &mut String, text: &str) {
    out.push_str("<mark>");
    out.push_str(text);
    out.push_str("</mark>");
}

/// Of a script without spaces, the letters that were asked for.
fn write_pairs(out: &mut String, run: &str, words: &[(String, bool)]) {
    let letters: Vec<char> = run.chars().collect();
    let folded: Vec<String> = letters.iter().map(|letter| fold(&letter.to_string())).collect();
    let mut is_asked = vec![false; letters.len()];
    for (asked, _) in words {
        let length = asked.chars().count();
        for at in 0..letters.len().saturating_sub(length.saturating_sub(1)) {
            if folded[at..at + length].concat() == *asked {
                is_asked[at..at + length].fill(true);
            }
        }
    }
    let mut at = 0;
    while at < letters.len() {
        let end = (at..letters.len()).find(|place| is_asked[*place] != is_asked[at]).unwrap_or(letters.len());
        let part: String = letters[at..end].iter().collect();
        if is_asked[at] {
            mark(out, &part);
        } else {
            out.push_str(&part);
        }
        at = end;
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn marked(html: &str, words: &[(&str, bool)]) -> String {
        let words: Vec<(String, bool)> =
            words.iter().map(|(word, open)| ((*word).to_owned(), *open)).collect();
        highlight(html, &words)
    }

    #[test]
    fn words_are_marked_whatever_their_case_and_accents() {
        assert_eq!(
            marked("<p>Café, cafés, <b>CAFE</b></p>", &[("cafe", false)]),
            "<p><mark>Café</mark>, cafés, <b><mark>CAFE</mark></b></p>"
        );
        assert_eq!(marked("plans plan", &[("pla", true)]), "<mark>plans</mark> <mark>plan</mark>");
        assert_eq!(
            marked("来週は東京都に", &[("東京", false), ("京都", false)]),
            "来週は<mark>東京都</mark>に"
        );
    }

    #[test]
    fn tags_and_entities_stay_as_they_are() {
        let html = r#"<p class="a">a &amp; <a href="https://a.example/a">b</a> R&D a</p>"#;
        assert_eq!(
            marked(html, &[("a", true), ("amp", false), ("d", false)]),
            r#"<p class="a"><mark>a</mark> &amp; <a href="https://a.example/a">b</a> R&D <mark>a</mark></p>"#
        );
    }

    proptest! {
        #[test]
        fn without_the_marks_nothing_has_changed(html in "(\\PC|<b>|</b>|&lt;|&#39;|東京|ab){0,30}", asked in "[ab東京]{1,2}") {
            let with = marked(&html, &[(&asked, true)]);
            prop_assert_eq!(with.replace("<mark>", "").replace("</mark>", ""), html.replace("<mark>", "").replace("</mark>", ""));
        }
    }
}
