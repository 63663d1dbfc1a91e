//! Guesses the language of a post, when nobody said it.

use whatlang::{Lang, detect};

use super::scan::{Token, scan};

/// Shorter texts are not judged.
const MIN_CHARACTERS: usize = 24;

/// The language of `text` as an ISO 639-1 code, if it is long enough and the guess is sure.
///
/// ```
/// # use breezeway::base::text::detect_language;
/// let german = "Das ist ein ganz gewöhnlicher Satz, wie man ihn jeden Tag hört.";
/// assert_eq!(detect_language(german), Some("de"));
/// assert_eq!(detect_language("ok"), None);
/// ```
pub fn detect_language(text: &str) -> Option<&'static str> {
    let words: String = scan(text)
        .into_iter()
        .filter_map(|token| if let Token::Text(text) = token { Some(text) } else { None })
        .collect();
    // Languages written in a script of their own are sure at once; the others need some length.
    let is_latin = words.chars().filter(|c| c.is_alphabetic()).all(|c| (c as u32) < 0x250);
    if is_latin && words.trim().chars().count() < MIN_CHARACTERS {
        return None;
    }
    detect(&words).filter(whatlang::Info::is_reliable).and_then(|info| two_letters(info.lang()))
}

/// Source: <https://www.loc.gov/standards/iso639-2/php/code_list.php>
fn two_letters(language: Lang) -> Option<&'static str> {
    let pairs = "afr af aka ak amh am ara ar aze az bel be ben bn bul bg cat ca ces cs cmn zh cym cy dan da \
        deu de ell el eng en epo eo est et fin fi fra fr guj gu heb he hin hi hrv hr hun hu hye hy ind id ita it \
        jav jv jpn ja kan kn kat ka khm km kor ko lat la lav lv lit lt mal ml mar mr mkd mk mya my nep ne nld nl \
        nob nb ori or pan pa pes fa pol pl por pt ron ro rus ru sin si slk sk slv sl sna sn spa es srp sr swe sv \
        tam ta tel te tgl tl tha th tuk tk tur tr ukr uk urd ur uzb uz vie vi yid yi zul zu";
    let mut words = pairs.split_ascii_whitespace();
    while let (Some(three), Some(two)) = (words.next(), words.next()) {
        if three == language.code() {
            return Some(two);
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_language_that_is_told_apart_has_a_code() {
        for language in Lang::all() {
            assert!(two_letters(*language).is_some(), "{}", language.code());
        }
    }

    #[test]
    fn a_language_is_guessed_only_when_sure() {
        assert_eq!(
            detect_language(
                "Сегодня мы собрались, чтобы обсудить планы на следующий месяц и распределить задачи."
            ),
            Some("ru")
        );
        assert_eq!(detect_language("こんにちは、元気ですか。"), Some("ja"));
        assert_eq!(
            detect_language("The meeting is moved to Thursday because the room is taken."),
            Some("en")
        );
        assert_eq!(detect_language("@ann https://example.org/a/long/address/that/says/nothing #tag"), None);
    }
}
