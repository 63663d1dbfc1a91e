//! The languages that the program speaks.

use serde::{Serialize, Serializer};
use unic_langid::LanguageIdentifier;

/// A language that the program speaks. A new one takes its place here and gets a folder in `src/words`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Language {
    /// What everything is written in first.
    #[default]
    English,
    /// Complete as well.
    German,
}

impl Language {
    /// All of them, English first.
    pub const ALL: [Self; 2] = [Self::English, Self::German];

    /// As in `<html lang>`, BCP 47.
    pub fn tag(self) -> &'static str {
        match self {
            Self::English => "en",
            Self::German => "de",
        }
    }

    /// As its speakers call it.
    pub fn own_name(self) -> &'static str {
        match self {
            Self::English => "English",
            Self::German => "Deutsch",
        }
    }

    /// Which way it is written, as in `<html dir>`.
    pub fn direction(self) -> &'static str {
        match self {
            Self::English | Self::German => "ltr",
        }
    }

    /// By its tag; of `de-AT` the first part counts.
    pub fn by_tag(tag: &str) -> Option<Self> {
        let first = tag.trim().split(['-', '_']).next().unwrap_or_default();
        Self::ALL.into_iter().find(|language| language.tag().eq_ignore_ascii_case(first))
    }

    /// What somebody would rather read, by the header `Accept-Language` (RFC 9110, section 12.5.4).
    pub fn preferred(header: &str) -> Option<Self> {
        let mut wishes: Vec<(f32, Self)> = header
            .split(',')
            .take(20)
            .filter_map(|wish| {
                let (tag, weight) = wish.split_once(';').unwrap_or((wish, ""));
                let weight = match weight.trim().strip_prefix("q=") {
                    Some(number) => {
                        number.trim().parse().ok().filter(|weight| (0.0..=1.0).contains(weight))?
                    }
                    None => 1.0,
                };
                (weight > 0.0).then_some((weight, Self::by_tag(tag)?))
            })
            .collect();
        // Stable: of equals the first one counts.
        wishes.sort_by(|(a, _), (b, _)| b.total_cmp(a));
        wishes.first().map(|(_, language)| *language)
    }

    pub(super) fn index(self) -> usize {
        self as usize
    }

    pub(super) fn identifier(self) -> LanguageIdentifier {
        LanguageIdentifier::from_bytes(self.tag().as_bytes()).unwrap_or_default()
    }
}

impl Serialize for Language {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.tag())
    }
}

#[cfg(test)]
mod tests {
    use super::Language;

    #[test]
    fn the_browser_says_what_one_would_rather_read() {
        assert_eq!(Language::preferred("de-AT,de;q=0.9,en;q=0.8"), Some(Language::German));
        assert_eq!(Language::preferred("fr, en;q=0.3, de;q=0.7"), Some(Language::German));
        assert_eq!(Language::preferred("de;q=0, en"), Some(Language::English));
        assert_eq!(Language::preferred("fr, *;q=0.1"), None);
        assert_eq!(Language::preferred("de;q=nonsense"), None);
    }
}
