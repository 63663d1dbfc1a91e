//! Every language says what English says, told the same.

use std::collections::{BTreeMap, BTreeSet};

use fluent_syntax::ast::{Entry, Expression, InlineExpression, Pattern, PatternElement};
use fluent_syntax::parser;

use super::{Files, Language, Words};

/// The messages of a language: what each is told.
fn messages(language: Language) -> BTreeMap<String, BTreeSet<String>> {
    let folder = format!("{}/", language.tag());
    let mut all = BTreeMap::new();
    for name in Files::iter().filter(|name| name.starts_with(&folder)) {
        let text = String::from_utf8_lossy(&Files::get(&name).expect("a file").data).into_owned();
        let resource = parser::parse(text).unwrap_or_else(|(_, problems)| panic!("{name}: {problems:?}"));
        for entry in resource.body {
            let Entry::Message(message) = entry else { continue };
            let mut told = BTreeSet::new();
            let pattern = message.value.unwrap_or_else(|| panic!("{name}: {} says nothing", message.id.name));
            collect(&pattern, &mut told);
            let twice = all.insert(message.id.name.clone(), told);
            assert!(twice.is_none(), "{name}: {} is there already", message.id.name);
        }
    }
    all
}

fn collect(pattern: &Pattern<String>, told: &mut BTreeSet<String>) {
    for element in &pattern.elements {
        let PatternElement::Placeable { expression } = element else { continue };
        match expression {
            Expression::Inline(inline) => of_inline(inline, told),
            Expression::Select { selector, variants } => {
                of_inline(selector, told);
                for variant in variants {
                    collect(&variant.value, told);
                }
            }
        }
    }
}

fn of_inline(inline: &InlineExpression<String>, told: &mut BTreeSet<String>) {
    match inline {
        InlineExpression::VariableReference { id } => {
            told.insert(id.name.clone());
        }
        InlineExpression::FunctionReference { arguments, .. } => {
            arguments.positional.iter().for_each(|inline| of_inline(inline, told));
        }
        _ => {}
    }
}

#[test]
fn every_language_says_what_english_says_and_is_told_the_same() {
    let english = messages(Language::English);
    for language in Language::ALL {
        let own = messages(language);
        for (key, told) in &english {
            let Some(own) = own.get(key) else { panic!("{} lacks {key}", language.tag()) };
            // A language may leave a number out where it says "one"; it may not ask for what it is not told.
            assert_eq!(own, told, "{}: {key}", language.tag());
        }
        for key in own.keys() {
            assert!(english.contains_key(key), "English lacks {key}, which {} has", language.tag());
        }
    }
}

#[test]
fn numbers_are_counted_as_the_language_does() {
    let words = Words::new();
    let say = |language, n: i64| words.say(language, "desk-posts", &[("n", n.into())]);

    let english = [0, 1, 2, 5, 21].map(|n| say(Language::English, n));
    assert_eq!(english, ["0 posts", "1 post", "2 posts", "5 posts", "21 posts"]);
    let german = [0, 1, 2, 5, 21].map(|n| say(Language::German, n));
    assert_eq!(german, ["0 Beiträge", "1 Beitrag", "2 Beiträge", "5 Beiträge", "21 Beiträge"]);
}
