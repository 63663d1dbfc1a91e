//! How long a post is, counted as Mastodon's apps count it.

use super::hashtag::is_mark;
use super::scan::{Token, scan};

/// What an address counts, however long it is.
///
/// Source: <https://docs.joinmastodon.org/user/posting/#text>
const URL_CHARACTERS: usize = 23;

/// The length of `source` in characters as people see them; an address counts 23, a mention without its
/// site.
///
/// ```
/// # use breezeway::base::text::count_characters;
/// assert_eq!(count_characters("@ann@sales.example.org ok"), 7);
/// assert_eq!(count_characters("https://example.org/a/very/long/path/indeed"), 23);
/// ```
pub fn count_characters(source: &str) -> usize {
    scan(source)
        .into_iter()
        .map(|token| match token {
            Token::Text(text) => visible(text),
            Token::Url(_) => URL_CHARACTERS,
            Token::Mention(handle) => 1 + handle.username.len(),
            Token::Hashtag(name) => 1 + visible(name),
        })
        .sum()
}

/// Characters as people see them, near enough: marks, joiners, skin tones and the second half of a flag belong
/// to what stands before them.
fn visible(text: &str) -> usize {
    let mut count = 0;
    let mut joined = false;
    let mut half_flag = false;
    for c in text.chars() {
        let is_flag = matches!(c, '\u{1f1e6}'..='\u{1f1ff}');
        let belongs = joined || is_joining(c) || (is_flag && half_flag);
        half_flag = is_flag && !half_flag;
        joined = c == '\u{200d}';
        count += usize::from(!belongs);
    }
    count
}

fn is_joining(c: char) -> bool {
    is_mark(c)
        || matches!(c, '\u{200d}' | '\u{fe00}'..='\u{fe0f}' | '\u{20d0}'..='\u{20f0}')
        || matches!(c, '\u{1f3fb}'..='\u{1f3ff}' | '\u{e0020}'..='\u{e007f}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn people_count_what_they_see() {
        assert_eq!(count_characters("e\u{301}"), 1);
        assert_eq!(count_characters("👩‍👩‍👧‍👦"), 1);
        assert_eq!(count_characters("👍🏽🇩🇪🇫🇷"), 3);
        assert_eq!(count_characters("a\nb"), 3);
    }
}
