//! Words as they are looked for: without accents, in lower case; pairs of letters where a script puts no spaces between
//! words. What is written and what is asked go through the same, so that they meet.

use unicode_normalization::UnicodeNormalization as _;
use unicode_normalization::char::is_combining_mark;

/// The longest word, in letters; what follows is left out.
const LONGEST: usize = 60;

/// The words of a text, in order. Of a script without spaces, each pair of neighbours, and the last letter alone.
///
/// ```
/// # use breezeway::base::text::words_of;
/// assert_eq!(words_of("Straße, Café-Run!"), ["strasse", "cafe", "run"]);
/// assert_eq!(words_of("東京都"), ["東京", "京都", "都"]);
/// ```
pub fn words_of(text: &str) -> Vec<String> {
    split(text, true)
}

/// The words that somebody asks for; of a script without spaces, the pairs alone. One letter of such a script stands
/// for all pairs that begin with it: see [`is_dense`].
pub fn words_asked(text: &str) -> Vec<String> {
    split(text, false)
}

/// The same spelling for what is written alike but for case, accents and compatible forms of letters.
///
/// ```
/// # use breezeway::base::text::fold;
/// assert_eq!(fold("Ångström ŁÓDŹ ﬁx"), "angstrom lodz fix");
/// ```
pub fn fold(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for letter in text.nfkd().filter(|letter| !is_accent(*letter)).flat_map(char::to_lowercase).nfc() {
        match plain(letter) {
            Some(plain) => out.push_str(plain),
            None => out.push(letter),
        }
    }
    out
}

/// Whether a letter belongs to a script that puts no spaces between words, or whose words carry their endings with them.
pub fn is_dense(letter: char) -> bool {
    matches!(letter,
        '\u{0e01}'..='\u{0eff}' | '\u{1000}'..='\u{109f}' | '\u{1780}'..='\u{17ff}' | '\u{3005}'..='\u{3007}'
        | '\u{3041}'..='\u{312f}' | '\u{31f0}'..='\u{31ff}' | '\u{3400}'..='\u{4dbf}' | '\u{4e00}'..='\u{9fff}'
        | '\u{ac00}'..='\u{d7af}' | '\u{f900}'..='\u{faff}' | '\u{20000}'..='\u{3ffff}')
}

/// Marks that change no word for those who look for it: accents, points of vowels, and signs that join letters.
fn is_accent(letter: char) -> bool {
    matches!(letter,
        '\u{0300}'..='\u{036f}' | '\u{0483}'..='\u{0489}' | '\u{0591}'..='\u{05bd}' | '\u{05bf}'..='\u{05c7}'
        | '\u{0610}'..='\u{061a}' | '\u{0640}' | '\u{064b}'..='\u{065f}' | '\u{0670}' | '\u{06d6}'..='\u{06ed}'
        | '\u{1ab0}'..='\u{1aff}' | '\u{1dc0}'..='\u{1dff}' | '\u{200b}'..='\u{200f}' | '\u{20d0}'..='\u{20ff}'
        | '\u{2060}'..='\u{2064}' | '\u{fe00}'..='\u{fe0f}' | '\u{fe20}'..='\u{fe2f}' | '\u{feff}' | '\u{00ad}')
}

/// Letters that do not come apart by themselves.
fn plain(letter: char) -> Option<&'static str> {
    Some(match letter {
        'ß' => "ss",
        'æ' => "ae",
        'œ' => "oe",
        'ø' => "o",
        'ł' => "l",
        'đ' | 'ð' => "d",
        'þ' => "th",
        'ı' => "i",
        'ς' => "σ",
        _ => return None,
    })
}

fn is_part(letter: char) -> bool {
    letter.is_alphanumeric() || is_combining_mark(letter)
}

fn split(text: &str, with_last: bool) -> Vec<String> {
    let mut words = Vec::new();
    let mut word = String::new();
    let mut dense: Vec<char> = Vec::new();
    for letter in fold(text).chars().chain(std::iter::once(' ')) {
        let is_pair = is_dense(letter) && is_part(letter);
        if !is_pair {
            // What goes on with other letters has come to its end, also for who asks.
            pairs(&mut dense, &mut words, with_last || is_part(letter));
        }
        if is_pair {
            finish(&mut word, &mut words);
            dense.push(letter);
        } else if is_part(letter) {
            word.push(letter);
        } else {
            finish(&mut word, &mut words);
        }
    }
    words
}

fn finish(word: &mut String, words: &mut Vec<String>) {
    if !word.is_empty() {
        words.push(word.chars().take(LONGEST).collect());
        word.clear();
    }
}

fn pairs(letters: &mut Vec<char>, words: &mut Vec<String>, with_last: bool) {
    words.extend(letters.windows(2).map(|pair| pair.iter().collect::<String>()));
    if with_last || letters.len() == 1 {
        words.extend(letters.last().map(char::to_string));
    }
    letters.clear();
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn case_and_accents_make_no_difference() {
        for (left, right) in [
            ("Müller", "muller"),
            ("STRASSE", "straße"),
            ("İstanbul", "istanbul"),
            ("Ёлка", "елка"),
            ("ΟΔΟΣ", "οδος"),
            ("كِتَابٌ", "كتاب"),
            ("أحمد", "احمد"),
            ("ＡＢＣ１２", "abc12"),
            ("ﬁle", "FILE"),
            ("Łódź", "lodz"),
            ("naïve", "nai\u{308}ve"),
            ("한국", "\u{1112}\u{1161}\u{11ab}\u{1100}\u{116e}\u{11a8}"),
        ] {
            assert_eq!(words_of(left), words_of(right), "{left} {right}");
        }
    }

    #[test]
    fn punctuation_ends_a_word() {
        assert_eq!(
            words_of("e-mail: ann_b@example.org (№ 5)"),
            ["e", "mail", "ann", "b", "example", "org", "no", "5"]
        );
        assert!(words_of("… — 🙂").is_empty());
    }

    #[test]
    fn scripts_without_spaces_are_cut_into_pairs() {
        assert_eq!(words_of("AWS東京です"), ["aws", "東京", "京で", "です", "す"]);
        assert_eq!(words_asked("東京都"), ["東京", "京都"]);
        assert_eq!(words_asked("東"), ["東"]);
    }

    proptest! {
        #[test]
        fn folding_twice_is_folding_once(text in "\\PC{0,60}") {
            let once = words_of(&text).iter().filter(|word| !word.chars().any(is_dense)).cloned().collect::<Vec<_>>();
            for word in once {
                prop_assert_eq!(words_of(&word).concat(), word);
            }
        }

        #[test]
        fn what_is_asked_stands_in_what_was_written(before in "[a-z東京都 ]{0,8}", word in "[a-zA-ZäöüÉ東京都한국]{1,8}", after in "[ .,!]{1,2}[a-z]{0,5}") {
            let written = words_of(&format!("{before} {word}{after}"));
            let asked = words_asked(&word);
            let is_found = written.windows(asked.len()).any(|place| {
                let last = asked.len() - 1;
                place[..last] == asked[..last] && place[last].starts_with(&asked[last])
            });
            prop_assert!(is_found, "{:?} {:?}", written, asked);
        }

        #[test]
        fn words_hold_nothing_that_an_engine_could_take_for_a_sign(text in any::<String>()) {
            for word in words_of(&text) {
                prop_assert!(!word.is_empty() && word.chars().count() <= LONGEST);
                prop_assert!(word.chars().all(|letter| is_part(letter) && !letter.is_ascii_uppercase()));
            }
        }
    }
}
