//! What the domain says when something cannot be, in the language of whoever reads.
//!
//! The domain speaks English sentences, some with a name or a number in them. English lists them as messages of
//! `problems.ftl`, word for word; a sentence is found there by its words, and said by its key in another language.
//! A test walks the sources and holds the list to them.

use std::collections::HashMap;

use fluent_bundle::{FluentResource, FluentValue};
use fluent_syntax::ast::{Entry, Expression, InlineExpression, PatternElement};

use super::Told;

/// The sentences of the domain, to be found by their words.
#[derive(Debug, Default)]
pub(super) struct Problems {
    whole: HashMap<String, String>,
    /// Those with gaps; the most words first.
    gapped: Vec<Gapped>,
}

#[derive(Debug)]
struct Gapped {
    key: String,
    /// What stands before, between and after the gaps.
    words: Vec<String>,
    /// What stands in the gaps.
    names: Vec<String>,
}

impl Problems {
    /// From messages in Fluent's syntax.
    pub(super) fn of_text(text: String) -> Self {
        let resource = match FluentResource::try_new(text) {
            Ok(resource) | Err((resource, _)) => resource,
        };
        let mut problems = Self::default();
        for entry in resource.entries() {
            let Entry::Message(message) = entry else { continue };
            let Some(pattern) = &message.value else { continue };
            let (mut words, mut names) = (vec![String::new()], Vec::new());
            for element in &pattern.elements {
                match element {
                    PatternElement::TextElement { value } => {
                        words.last_mut().into_iter().for_each(|last| last.push_str(value));
                    }
                    PatternElement::Placeable {
                        expression: Expression::Inline(InlineExpression::VariableReference { id }),
                    } => {
                        names.push(id.name.to_owned());
                        words.push(String::new());
                    }
                    PatternElement::Placeable { .. } => {}
                }
            }
            let key = message.id.name.to_owned();
            if names.is_empty() {
                problems.whole.insert(words.concat(), key);
            } else {
                problems.gapped.push(Gapped { key, words, names });
            }
        }
        problems
            .gapped
            .sort_by_key(|one| std::cmp::Reverse(one.words.iter().map(String::len).sum::<usize>()));
        problems
    }

    /// The key of a sentence, with what stands in its gaps.
    pub(super) fn find<'a>(&'a self, sentence: &str) -> Option<(&'a str, Vec<Told<'a>>)> {
        if let Some(key) = self.whole.get(sentence) {
            return Some((key, Vec::new()));
        }
        self.gapped.iter().find_map(|one| Some((one.key.as_str(), one.told(sentence)?)))
    }
}

impl Gapped {
    fn told<'a>(&'a self, sentence: &str) -> Option<Vec<Told<'a>>> {
        let (first, between) = self.words.split_first()?;
        let mut rest = sentence.strip_prefix(first.as_str())?;
        let mut values = Vec::with_capacity(self.names.len());
        for (place, words) in between.iter().enumerate() {
            let last = place + 1 == between.len();
            let end =
                if last { rest.strip_suffix(words.as_str())?.len() } else { rest.find(words.as_str())? };
            values.push(rest.get(..end)?.to_owned());
            rest = rest.get(end + words.len()..)?;
        }
        if values.iter().any(String::is_empty) {
            return None;
        }
        let values = values.into_iter().map(|value| match value.parse::<i64>() {
            Ok(number) => FluentValue::from(number),
            Err(_) => FluentValue::from(value),
        });
        Some(self.names.iter().map(String::as_str).zip(values).collect())
    }
}

#[cfg(test)]
mod tests {
    use super::super::{Language, Words};

    #[test]
    fn a_sentence_of_the_domain_is_said_in_german() {
        let words = Words::new();
        let say = |english: &str| words.problem(Language::German, english);

        assert_eq!(say("is not right"), "ist nicht richtig");
        assert_eq!(say("must have at least 10 characters"), "muss mindestens 10 Zeichen haben");
        assert_eq!(say("must have at most 500 characters each"), "dürfen je höchstens 500 Zeichen haben");
        assert_eq!(
            say("the name ann is taken, choose another one"),
            "der Name ann ist vergeben, wählen Sie einen anderen"
        );
        assert_eq!(say("nobody wrote this down"), "nobody wrote this down");
        assert_eq!(words.problem(Language::English, "is not right"), "is not right");
    }
}
