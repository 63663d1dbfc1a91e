//! A language for tests: what English says stands in brackets, so that a test sees what nobody said.

use fluent_syntax::ast::{Entry, PatternElement};
use fluent_syntax::{parser, serializer};

use super::{Dictionary, Files, Language, Words};

impl Words {
    /// Every language says what English says, as in `⟦Home⟧`.
    pub fn bracketed() -> Self {
        let words = Self::new();
        for language in Language::ALL {
            let texts = Files::iter().filter(|name| name.starts_with("en/"));
            let texts = texts.filter_map(|name| Files::get(&name));
            let texts = texts.map(|file| bracket(String::from_utf8_lossy(&file.data).into_owned()));
            let dictionary = Dictionary::of_texts(Language::English, texts);
            assert!(words.0[language.index()].set(dictionary).is_ok(), "nobody spoke yet");
        }
        words
    }
}

fn bracket(text: String) -> String {
    let mut resource = parser::parse(text).expect("English can be read");
    for entry in &mut resource.body {
        let Entry::Message(message) = entry else { continue };
        let Some(pattern) = &mut message.value else { continue };
        pattern.elements.insert(0, PatternElement::TextElement { value: "⟦".to_owned() });
        pattern.elements.push(PatternElement::TextElement { value: "⟧".to_owned() });
    }
    serializer::serialize(&resource)
}
