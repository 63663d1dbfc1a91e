//! What a text must have and must not have, said in the way of each engine: FTS5 of SQLite, `tsquery` of PostgreSQL.
//!
//! The texts are made by the application: words without any sign, a single space before and after each; see
//! `base::text::words_of`. So both engines cut them alike, and [`Words::fit`] can do it without either.

/// Stands in every text: between its parts, so that no phrase reaches from one into the next, and at both ends.
pub const EDGE: char = '\u{e000}';

/// Where signs of a mark go, so that no engine takes it apart.
const SIGNS: u32 = 0xe100;

/// What is no word but belongs to a text, as who wrote it. `kind` tells marks apart that say the same of something else.
///
/// ```
/// # use breezeway::platform::db::words::mark;
/// assert_ne!(mark('t', "a_b"), mark('t', "a.b"));
/// assert!(mark('h', "sales.example.org").chars().all(|c| !c.is_ascii_punctuation()));
/// ```
pub fn mark(kind: char, value: &str) -> String {
    let mut mark = String::from(EDGE);
    mark.push(kind);
    for letter in value.to_lowercase().chars() {
        let is_sign = !letter.is_alphanumeric() && (letter.is_ascii() || letter.is_whitespace());
        let moved = is_sign.then(|| char::from_u32(SIGNS + (letter as u32 & 0x7ff))).flatten();
        mark.push(moved.unwrap_or(letter));
    }
    mark
}

/// A text of these parts with these marks.
pub fn compose(parts: impl IntoIterator<Item = Vec<String>>, marks: &[String]) -> String {
    let mut text = format!("{EDGE} ");
    for part in parts.into_iter().filter(|part| !part.is_empty()) {
        for word in part {
            text.push_str(&word);
            text.push(' ');
        }
        text.push(EDGE);
        text.push(' ');
    }
    for mark in marks {
        text.push_str(mark);
        text.push(' ');
    }
    text
}

/// One thing that a text must have, or must not.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Clause {
    /// These words one after the other; if `open`, the last may go on.
    Phrase { words: Vec<String>, open: bool },
    /// At least one of these marks.
    Any(Vec<String>),
}

/// What a text must have and must not have.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Words {
    /// All of these.
    pub all: Vec<Clause>,
    /// None of these.
    pub none: Vec<Clause>,
}

impl Words {
    /// For `MATCH`.
    pub fn for_sqlite(&self) -> String {
        let clause = |clause: &Clause| match clause {
            Clause::Phrase { words, open } => {
                format!("\"{}\"{}", words.join(" "), if *open { " *" } else { "" })
            }
            Clause::Any(marks) => {
                format!("({})", joined(marks.iter().map(|mark| format!("\"{mark}\"")), " OR "))
            }
        };
        let all = match self.all.as_slice() {
            [] => format!("\"{EDGE}\""),
            all => joined(all.iter().map(clause), " AND "),
        };
        if self.none.is_empty() {
            return all;
        }
        format!("({all}) NOT ({})", joined(self.none.iter().map(clause), " OR "))
    }

    /// For `@@`. It leaves out what [`Words::phrases`] and [`Words::no_phrases`] say.
    pub fn for_postgres(&self) -> String {
        let clause = |clause: &Clause| match clause {
            Clause::Phrase { words, open } => {
                let last = words.len().saturating_sub(1);
                let each = words
                    .iter()
                    .enumerate()
                    .map(|(at, word)| format!("'{word}'{}", if *open && at == last { ":*" } else { "" }));
                format!("({})", joined(each, " & "))
            }
            Clause::Any(marks) => {
                format!("({})", joined(marks.iter().map(|mark| format!("'{mark}'")), " | "))
            }
        };
        let all = match self.all.as_slice() {
            [] => format!("'{EDGE}'"),
            all => joined(all.iter().map(clause), " & "),
        };
        let none = self.none.iter().filter(|it| !is_phrase(it)).map(|it| format!(" & !{}", clause(it)));
        format!("{all}{}", none.collect::<String>())
    }

    /// What PostgreSQL has to find in the text itself.
    pub fn phrases(&self) -> Vec<String> {
        self.all.iter().filter(|it| is_phrase(it)).flat_map(needles).collect()
    }

    /// What PostgreSQL must not find in the text itself.
    pub fn no_phrases(&self) -> Vec<String> {
        self.none.iter().filter(|it| is_phrase(it)).flat_map(needles).collect()
    }

    /// Whether a text is what both engines would find.
    pub fn fit(&self, text: &str) -> bool {
        let has = |clause: &Clause| needles(clause).iter().any(|needle| text.contains(needle.as_str()));
        self.all.iter().all(has) && !self.none.iter().any(has)
    }
}

/// A single word needs no look into the text.
fn is_phrase(clause: &Clause) -> bool {
    matches!(clause, Clause::Phrase { words, .. } if words.len() > 1)
}

fn needles(clause: &Clause) -> Vec<String> {
    match clause {
        Clause::Phrase { words, open: false } => vec![format!(" {} ", words.join(" "))],
        Clause::Phrase { words, open: true } => vec![format!(" {}", words.join(" "))],
        Clause::Any(marks) => marks.iter().map(|mark| format!(" {mark} ")).collect(),
    }
}

fn joined(parts: impl Iterator<Item = String>, by: &str) -> String {
    parts.collect::<Vec<_>>().join(by)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn phrase(text: &str, open: bool) -> Clause {
        Clause::Phrase { words: text.split(' ').map(str::to_owned).collect(), open }
    }

    #[test]
    fn each_engine_is_asked_in_its_own_way() {
        let words = Words {
            all: vec![
                phrase("road map", false),
                phrase("plan", true),
                Clause::Any(vec!["m1".into(), "m2".into()]),
            ],
            none: vec![phrase("old", false), phrase("very old", false)],
        };

        assert_eq!(
            words.for_sqlite(),
            r#"("road map" AND "plan" * AND ("m1" OR "m2")) NOT ("old" OR "very old")"#
        );
        assert_eq!(words.for_postgres(), "('road' & 'map') & ('plan':*) & ('m1' | 'm2') & !('old')");
        assert_eq!(
            (words.phrases(), words.no_phrases()),
            (vec![" road map ".to_owned()], vec![" very old ".to_owned()])
        );
        assert_eq!(Words::default().for_sqlite(), format!("\"{EDGE}\""));
    }

    #[test]
    fn a_phrase_ends_where_a_part_ends() {
        let part = |text: &str| text.split(' ').map(str::to_owned).collect::<Vec<_>>();
        let text = compose([part("the road"), Vec::new(), part("map of rome")], &[mark('a', "12")]);

        let fits = |clause| Words { all: vec![clause], none: Vec::new() }.fit(&text);
        assert!(
            fits(phrase("the road", false)) && fits(phrase("of ro", true)) && fits(phrase("rome", false))
        );
        assert!(!fits(phrase("road map", false)) && !fits(phrase("rom", false)));
        assert!(
            fits(Clause::Any(vec![mark('a', "1"), mark('a', "12")]))
                && !fits(Clause::Any(vec![mark('a', "1")]))
        );
        assert!(Words::default().fit(&text));
        assert!(!Words { all: Vec::new(), none: vec![phrase("map", false)] }.fit(&text));
    }
}
