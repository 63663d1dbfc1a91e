//! What people read, in their language: messages in Fluent, one folder of `src/words` for each language.
//!
//! A language is read when it is first spoken. Where a language lacks a message English says it; a message
//! that nobody has is shown as its key, and a test holds every language to the keys of English.
//! Syntax: <https://projectfluent.org/fluent/guide/>.

#[cfg(test)]
mod complete_tests;
mod language;
mod markup;
mod problems;
#[cfg(test)]
pub mod pseudo;

use std::borrow::Cow;
use std::collections::HashMap;
use std::sync::{Arc, OnceLock};

use fluent_bundle::concurrent::FluentBundle;
use fluent_bundle::{FluentArgs, FluentResource, FluentValue};
use rust_embed::RustEmbed;

pub use language::Language;
pub use markup::Piece;
use problems::Problems;

#[derive(RustEmbed)]
#[folder = "src/words"]
struct Files;

/// What a message is told, as in `("n", 3.into())`.
pub type Told<'a> = (&'a str, FluentValue<'a>);

/// All languages of the program. Clones share them.
#[derive(Clone, Default)]
pub struct Words(Arc<[OnceLock<Dictionary>; Language::ALL.len()]>);

impl Words {
    /// No language is read yet.
    pub fn new() -> Self {
        Self::default()
    }

    /// The messages of a language.
    pub fn of(&self, language: Language) -> &Dictionary {
        self.0[language.index()].get_or_init(|| Dictionary::read(language))
    }

    /// The message `key`, or English if the language lacks it.
    pub fn say(&self, language: Language, key: &str, told: &[Told<'_>]) -> String {
        self.find(language, key, told).unwrap_or_else(|| key.to_owned())
    }

    /// The message `key` in this language, else in English; nothing if nobody has it.
    pub fn find(&self, language: Language, key: &str, told: &[Told<'_>]) -> Option<String> {
        let own = self.of(language).find(key, told);
        own.or_else(|| self.of(Language::English).find(key, told)).map(Cow::into_owned)
    }

    /// The message `key` as HTML. Every piece that is told is text unless it says that it is markup.
    pub fn find_html(&self, language: Language, key: &str, told: &[(&str, Piece<'_>)]) -> Option<String> {
        markup::say(told, |args| self.find(language, key, args))
    }
}

impl Words {
    /// What the domain says when something cannot be, by its English words; as it is if nobody wrote it down.
    pub fn problem(&self, language: Language, english: &str) -> String {
        if language == Language::English {
            return english.to_owned();
        }
        let problems = self.of(Language::English).problems.get_or_init(|| {
            let file = Files::get("en/problems.ftl");
            Problems::of_text(
                file.map(|file| String::from_utf8_lossy(&file.data).into_owned()).unwrap_or_default(),
            )
        });
        let found = problems.find(english);
        found.map_or_else(|| english.to_owned(), |(key, told)| self.say(language, key, &told))
    }
}

impl std::fmt::Debug for Words {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Words").finish_non_exhaustive()
    }
}

/// The messages of one language.
pub struct Dictionary {
    bundle: FluentBundle<FluentResource>,
    /// Messages that are told nothing, ready to be said.
    plain: HashMap<String, String>,
    /// Read when the first sentence is looked for, of English alone.
    problems: OnceLock<Problems>,
}

impl Dictionary {
    fn read(language: Language) -> Self {
        let folder = format!("{}/", language.tag());
        let texts = Files::iter().filter(|name| name.starts_with(&folder));
        let texts = texts.filter_map(|name| Files::get(&name));
        Self::of_texts(language, texts.map(|file| String::from_utf8_lossy(&file.data).into_owned()))
    }

    /// From texts in Fluent's syntax; what cannot be read is left out, and a test finds it.
    pub fn of_texts(language: Language, texts: impl Iterator<Item = String>) -> Self {
        let mut bundle = FluentBundle::new_concurrent(vec![language.identifier()]);
        // Pages isolate names by `<bdi>`; the marks would stand in titles and mails as well.
        bundle.set_use_isolating(false);
        let mut keys = Vec::new();
        for text in texts {
            let resource = match FluentResource::try_new(text) {
                Ok(resource) | Err((resource, _)) => resource,
            };
            keys.extend(keys_of(&resource));
            bundle.add_resource_overriding(resource);
        }
        let plain = keys.into_iter().filter_map(|key| {
            let text = plain(&bundle, &key)?;
            Some((key, text))
        });
        let plain = plain.collect();
        Self { bundle, plain, problems: OnceLock::new() }
    }

    fn find(&self, key: &str, told: &[Told<'_>]) -> Option<Cow<'_, str>> {
        if let Some(text) = self.plain.get(key) {
            return Some(Cow::Borrowed(text));
        }
        let pattern = self.bundle.get_message(key)?.value()?;
        let mut args = FluentArgs::with_capacity(told.len());
        for (name, value) in told {
            args.set(*name, value.clone());
        }
        let mut problems = Vec::new();
        let text = self.bundle.format_pattern(pattern, Some(&args), &mut problems);
        Some(Cow::Owned(text.into_owned()))
    }
}

fn plain(bundle: &FluentBundle<FluentResource>, key: &str) -> Option<String> {
    let pattern = bundle.get_message(key)?.value()?;
    let mut problems = Vec::new();
    let text = bundle.format_pattern(pattern, None, &mut problems).into_owned();
    problems.is_empty().then_some(text)
}

fn keys_of(resource: &FluentResource) -> Vec<String> {
    resource
        .entries()
        .filter_map(|entry| match entry {
            fluent_syntax::ast::Entry::Message(message) => Some(message.id.name.to_owned()),
            _ => None,
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words(text: &str) -> Dictionary {
        Dictionary::of_texts(Language::English, std::iter::once(text.to_owned()))
    }

    #[test]
    fn a_message_counts_as_its_language_does() {
        let words = words("replies = { $n ->\n    [one] one reply\n   *[other] { $n } replies\n}\n");

        assert_eq!(words.find("replies", &[("n", 1.into())]).as_deref(), Some("one reply"));
        assert_eq!(words.find("replies", &[("n", 21.into())]).as_deref(), Some("21 replies"));
        assert_eq!(words.find("nothing", &[]), None);
    }
}
