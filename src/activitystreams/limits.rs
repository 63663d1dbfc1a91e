//! How much of anything another site may send. More is refused or cut off, as each line says.
//!
//! Source: Mastodon's published table,
//! <https://github.com/mastodon/mastodon/blob/main/FEDERATION.md#size-limits>.

/// Levels of nesting in one JSON document; more is refused.
pub const DEPTH: usize = 32;

/// Values in one JSON document; more is refused, since each takes many times its bytes in memory.
pub const VALUES: usize = 50_000;

/// Characters of an address that is kept; a longer one is left out.
pub const ADDRESS: usize = 2048;

/// Characters of a user name; more is refused.
pub const USERNAME: usize = 2048;

/// Characters of a display name; the rest is cut off.
pub const DISPLAY_NAME: usize = 2048;

/// Bytes of a biography; the rest is cut off.
pub const BIOGRAPHY: usize = 20 * 1024;

/// Fields of a profile; the rest is ignored.
pub const FIELDS: usize = 50;

/// Characters of a field's name and of its value; the rest is cut off.
pub const FIELD: usize = 2048;

/// Ids of the same person elsewhere; the rest is ignored.
pub const ALIASES: usize = 256;

/// Posts that somebody of another site may have pinned; the rest is ignored.
pub const PINNED: usize = 20;

/// Bytes of a post's HTML; more is refused.
pub const CONTENT: usize = 150 * 1000;

/// Characters of a content warning; the rest is cut off.
pub const SUMMARY: usize = 2048;

/// Attachments of a post; the rest is ignored.
pub const ATTACHMENTS: usize = 16;

/// Characters of an alternative text; the rest is cut off.
pub const DESCRIPTION: usize = 10_000;

/// Options of a poll; the rest is ignored.
pub const POLL_OPTIONS: usize = 500;

/// Characters of an option of a poll, and of a title; the rest is cut off.
pub const TITLE: usize = 500;

/// Tags (mentions, hashtags) of a post; the rest is ignored.
pub const TAGS: usize = 256;

/// Recipients in `to` and in `cc`; the rest is ignored.
pub const RECIPIENTS: usize = 1000;

/// Characters of a report's comment; the rest is cut off.
pub const REPORT: usize = 5000;

/// Posts that one report may name; the rest is ignored.
pub const REPORTED: usize = 100;

/// The first `characters` of `text`.
pub fn cut(text: &str, characters: usize) -> &str {
    match text.char_indices().nth(characters) {
        Some((end, _)) => &text[..end],
        None => text,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_is_cut_between_characters() {
        assert_eq!(cut("größer", 3), "grö");
        assert_eq!(cut("größer", 6), "größer");
        assert_eq!(cut("", 0), "");
    }
}
