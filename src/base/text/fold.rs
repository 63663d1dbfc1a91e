//! Words as one compares them: without case, accents and forms of letters.

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// `text` in small letters and without marks, so that what people take for the same word is the same.
///
/// ```
/// # use breezeway::base::text::fold;
/// assert_eq!(fold("Große Änderung, café"), "grosse anderung, cafe");
/// assert_eq!(fold("ＲＵＳＴ"), "rust");
/// ```
pub fn fold(text: &str) -> String {
    let mut folded = String::with_capacity(text.len());
    for letter in text.nfkd().filter(|letter| !is_combining_mark(*letter)).flat_map(char::to_lowercase) {
        match letter {
            'ß' => folded.push_str("ss"),
            'ø' => folded.push('o'),
            'ł' => folded.push('l'),
            'æ' => folded.push_str("ae"),
            'œ' => folded.push_str("oe"),
            'đ' => folded.push('d'),
            'ı' => folded.push('i'),
            // What lower case itself brings along, as of the dotted I.
            mark if is_combining_mark(mark) => {}
            letter => folded.push(letter),
        }
    }
    folded
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_people_take_for_the_same_word_is_the_same() {
        for (one, other) in [
            ("STRASSE", "straße"),
            ("Müller", "muller"),
            ("İstanbul", "istanbul"),
            ("ﬁle", "FILE"),
            ("Łódź", "lodz"),
        ] {
            assert_eq!(fold(one), fold(other));
        }
    }

    #[test]
    fn other_scripts_stay_what_they_are() {
        assert_eq!(fold("Привет 世界"), "привет 世界");
    }
}
