//! Reactions on the wire: the sign that somebody sent.

use crate::activitystreams::object::{Emoji, Tag};
use crate::domain::statuses::react::Sign;

/// Characters of the longest sign: flags are made of seven, families of as many.
const LONGEST: usize = 12;
/// Characters of the longest name of a small picture.
const LONGEST_NAME: usize = 64;

/// The sign, by somebody of `host`; none if it is neither one that all have nor a picture that comes with it.
pub fn read(text: &str, tags: &[Tag], host: &str) -> Option<Sign> {
    let text = text.trim();
    if is_unicode(text) {
        return Some(Sign::Unicode(text.to_owned()));
    }
    let name = plain_name(text)?;
    let emoji = tags.iter().find_map(|tag| match tag {
        Tag::Emoji(emoji) if plain_name(&emoji.name) == Some(name) => Some(emoji),
        _ => None,
    })?;
    let url = picture(emoji)?;
    Some(Sign::Picture { name: name.to_owned(), host: host.to_owned(), url })
}

/// What a sign that is taken back may be kept as: its picture need not come a second time.
pub fn keys(text: &str, tags: &[Tag], host: &str) -> Vec<String> {
    let named = plain_name(text.trim()).map(|name| format!("{name}@{host}"));
    read(text, tags, host).map(|sign| sign.key()).into_iter().chain(named).collect()
}

/// Whether a sign says no more than a plain like does.
pub fn is_plain_like(sign: &Sign) -> bool {
    matches!(sign, Sign::Unicode(sign) if matches!(sign.trim_end_matches('\u{fe0f}'), "❤" | "♥"))
}

/// Without colons, and without where it is from, as Misskey writes it: `:blobcat@.:`.
fn plain_name(text: &str) -> Option<&str> {
    let inner = text.trim_matches(':');
    let name = inner.split('@').next().unwrap_or_default();
    let fits = (1..=LONGEST_NAME).contains(&name.len());
    let plain = name.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '_' | '-' | '+' | '.'));
    (fits && plain).then_some(name)
}

fn picture(emoji: &Emoji) -> Option<String> {
    let url = emoji.icon.as_ref()?.url.as_ref()?.to_string();
    (url.len() <= 2_000).then_some(url)
}

/// Whether it is a sign of Unicode and no word: characters of the blocks that signs are in, with what joins and
/// varies them.
fn is_unicode(text: &str) -> bool {
    let shows = |c: char| {
        matches!(
            c,
            '\u{a9}' | '\u{ae}' | '\u{203c}'..='\u{20cf}' | '\u{20f0}'..='\u{2bff}' | '\u{3030}' | '\u{303d}' | '\u{3297}' | '\u{3299}'
                | '\u{1f000}'..='\u{1faff}'
        )
    };
    let joins =
        |c: char| matches!(c, '\u{200d}' | '\u{fe0e}' | '\u{fe0f}' | '\u{20e3}' | '\u{e0020}'..='\u{e007f}');
    let keycap = |c: char| matches!(c, '0'..='9' | '#' | '*');
    let is_keycap = text.ends_with('\u{20e3}') && text.chars().next().is_some_and(keycap);
    let count = text.chars().count();
    (1..=LONGEST).contains(&count)
        && (is_keycap || text.chars().any(shows))
        && text.chars().all(|c| shows(c) || joins(c) || (is_keycap && keycap(c)))
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn tags() -> Vec<Tag> {
        let emoji = json!({"type": "Emoji", "name": ":blobcat:", "icon": {"type": "Image", "url": "https://a.example/cat.png"}});
        let script =
            json!({"type": "Emoji", "name": "odd", "icon": {"type": "Image", "url": "javascript:x()"}});
        vec![serde_json::from_value(emoji).expect("a tag"), serde_json::from_value(script).expect("a tag")]
    }

    #[test]
    fn signs_of_unicode_are_told_from_words() {
        for good in ["🎉", "❤️", "👍🏽", "👩‍👩‍👧‍👦", "🇦🇹", "🏴󠁧󠁢󠁥󠁮󠁧󠁿", "1️⃣", "ℹ️", "™️", "©", "🅰"]
        {
            assert_eq!(read(good, &[], "a.example"), Some(Sign::Unicode(good.to_owned())), "{good}");
        }
        let rocket = "🚀".repeat(13);
        for bad in
            ["", " ", "a", "ok", "1", "うん", "<b>", "🎉 party", "\u{202e}", "\u{200d}", "\u{fe0f}", &rocket]
        {
            assert_eq!(read(bad, &[], "a.example"), None, "{bad:?}");
        }
    }

    #[test]
    fn a_small_picture_comes_with_its_address() {
        let sign = |text: &str| read(text, &tags(), "a.example").map(|sign| sign.key());

        for spelling in [":blobcat:", "blobcat", ":blobcat@.:", ":blobcat@b.example:"] {
            assert_eq!(sign(spelling).as_deref(), Some("blobcat@a.example"), "{spelling}");
        }
        for bad in [":unknown:", ":odd:", "::", ":blob cat:", ":../cat:"] {
            assert_eq!(sign(bad), None, "{bad}");
        }
    }

    #[test]
    fn a_heart_is_a_plain_like() {
        let plain = |text: &str| read(text, &[], "a.example").is_some_and(|sign| is_plain_like(&sign));

        assert!(plain("❤") && plain("❤️") && !plain("🎉"));
    }
}
