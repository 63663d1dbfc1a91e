//! Hashtags: which characters they take, and when two of them are the same.

/// The longest hashtag, in bytes.
const MAX: usize = 400;

/// The hashtag that `text` (what follows the `#`) begins with. Digits alone make none.
pub(super) fn at_start(text: &str) -> Option<&str> {
    let mut end = 0;
    let mut has_letter = false;
    for c in text.chars() {
        if !is_part(c) || end > MAX {
            break;
        }
        has_letter |= c.is_alphabetic();
        end += c.len_utf8();
    }
    let name = text[..end].trim_end_matches(['·', '・', '\u{200c}']);
    (has_letter && end <= MAX).then_some(name)
}

/// Whether `name`, without the `#`, is a hashtag from its first to its last letter.
///
/// ```
/// # use breezeway::base::text::is_hashtag;
/// assert!(is_hashtag("BreezeWay") && !is_hashtag("two words") && !is_hashtag("2026"));
/// ```
pub fn is_hashtag(name: &str) -> bool {
    at_start(name) == Some(name)
}

fn is_part(c: char) -> bool {
    c.is_alphanumeric() || matches!(c, '_' | '·' | '・' | '\u{200c}') || is_mark(c)
}

/// Combining marks that are part of words and not counted as letters: accents, and the signs of Indic
/// scripts and Thai that join or silence a letter.
pub(super) fn is_mark(c: char) -> bool {
    matches!(c,
        '\u{0300}'..='\u{036f}' | '\u{0591}'..='\u{05bd}' | '\u{064b}'..='\u{065f}' | '\u{093c}' | '\u{094d}'
        | '\u{09bc}' | '\u{09cd}' | '\u{0a3c}' | '\u{0a4d}' | '\u{0abc}' | '\u{0acd}' | '\u{0b4d}' | '\u{0bcd}'
        | '\u{0c4d}' | '\u{0ccd}' | '\u{0d4d}' | '\u{0dca}' | '\u{0e47}'..='\u{0e4e}' | '\u{1dc0}'..='\u{1dff}')
}

/// The key under which the spellings of a hashtag are the same: lower case, narrow letters.
///
/// ```
/// # use breezeway::base::text::hashtag_key;
/// assert_eq!(hashtag_key("BreezeWay"), "breezeway");
/// assert_eq!(hashtag_key("ＲＵＳＴ"), "rust");
/// ```
pub fn hashtag_key(name: &str) -> String {
    name.trim_start_matches('#').chars().map(narrow).flat_map(char::to_lowercase).collect()
}

/// The wide forms of ASCII that Japanese keyboards make.
fn narrow(c: char) -> char {
    match c {
        '！'..='～' => char::from_u32(c as u32 - 0xfee0).unwrap_or(c),
        _ => c,
    }
}
