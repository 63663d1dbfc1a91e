//! What somebody types into the search box, taken apart: words, phrases, and operators such as `from:ann`.
//!
//! Pure. Who `ann` is and which site is meant is found out elsewhere; see [`super::resolve`].

use std::fmt;
use std::ops::Range;

use crate::base::Millis;
use crate::base::text::{hashtag_key, is_dense, words_asked};

/// The longest text that is looked at, in characters.
pub const LONGEST: usize = 400;
/// The most parts of it.
pub const MOST: usize = 24;

/// What was typed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Query {
    /// Its parts, in order.
    pub terms: Vec<Term>,
    /// Parts that cannot be understood; they are left out.
    pub problems: Vec<Problem>,
}

/// A part.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Term {
    /// What is found must not have it.
    pub not: bool,
    /// What it asks for.
    pub what: What,
    /// As it was typed.
    pub typed: String,
}

/// What a part asks for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum What {
    /// These words one after the other; if `open`, the last may go on.
    Words { words: Vec<String>, open: bool },
    /// Who wrote it: a handle, or `me`.
    From(String),
    /// Where: a site, `organisation`, `favourites`, `bookmarks`.
    In(String),
    /// What hangs on it, or how it is.
    Trait(Trait),
    /// Written in this time; either end may be open.
    Time(Range<i64>),
    /// The language, as in `de`.
    Language(String),
    /// A hashtag, by its key.
    Tag(String),
}

/// What a post has or is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Trait {
    /// Any attachment.
    Media,
    Image,
    Video,
    Audio,
    /// An attachment of another kind.
    File,
    Poll,
    Link,
    Quote,
    /// A content warning.
    Warning,
    Title,
    Reply,
    Edited,
    Sensitive,
    /// For the people named only.
    Direct,
    /// For followers.
    Private,
}

impl Trait {
    /// The word in the mark of a text.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Media => "media",
            Self::Image => "image",
            Self::Video => "video",
            Self::Audio => "audio",
            Self::File => "file",
            Self::Poll => "poll",
            Self::Link => "link",
            Self::Quote => "quote",
            Self::Warning => "warning",
            Self::Title => "title",
            Self::Reply => "reply",
            Self::Edited => "edited",
            Self::Sensitive => "sensitive",
            Self::Direct => "direct",
            Self::Private => "private",
        }
    }

    fn after_has(word: &str) -> Option<Self> {
        Some(match word {
            "media" | "attachment" | "attachments" => Self::Media,
            "image" | "images" | "picture" | "pictures" | "photo" => Self::Image,
            "video" | "videos" => Self::Video,
            "audio" | "sound" => Self::Audio,
            "file" | "files" => Self::File,
            "poll" | "polls" => Self::Poll,
            "link" | "links" => Self::Link,
            "quote" | "quotes" => Self::Quote,
            "warning" | "cw" => Self::Warning,
            "title" => Self::Title,
            _ => return None,
        })
    }

    fn after_is(word: &str) -> Option<Self> {
        Some(match word {
            "reply" | "answer" => Self::Reply,
            "edited" => Self::Edited,
            "sensitive" => Self::Sensitive,
            "direct" => Self::Direct,
            "private" => Self::Private,
            "poll" => Self::Poll,
            "quote" => Self::Quote,
            _ => return None,
        })
    }
}

/// A part that cannot be understood.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Problem {
    /// As it was typed.
    pub typed: String,
    /// Why.
    pub why: Why,
}

/// Why a part cannot be understood.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Why {
    /// No such day, month or year.
    NoDate,
    /// `has:` does not know it.
    NoSuchThing,
    /// `is:` does not know it.
    NoSuchKind,
    /// Nobody here is called so.
    Nobody,
    /// No site is called so.
    Nowhere,
    /// There is more than is looked at.
    TooLong,
}

impl Query {
    /// Takes apart what was typed.
    ///
    /// ```
    /// # use breezeway::domain::search::{Query, What};
    /// let query = Query::parse(r#"from:ann "road map" -draft"#);
    /// assert_eq!(query.terms.len(), 3);
    /// assert_eq!(query.terms[0].what, What::From("ann".to_owned()));
    /// assert!(query.terms[2].not);
    /// ```
    pub fn parse(text: &str) -> Self {
        let mut query = Self::default();
        let short: String = text.chars().filter(|letter| *letter != '\0').take(LONGEST).collect();
        for part in split(&short) {
            if query.terms.len() == MOST {
                query.problems.push(Problem { typed: part, why: Why::TooLong });
                break;
            }
            match read(&part) {
                Ok(Some(term)) => query.terms.push(term),
                Ok(None) => {}
                Err(why) => query.problems.push(Problem { typed: part, why }),
            }
        }
        query
    }

    /// Whether it asks for nothing.
    pub fn is_empty(&self) -> bool {
        self.terms.is_empty()
    }

    /// Without the part at this place.
    #[must_use]
    pub fn without(&self, at: usize) -> Self {
        let terms = self.terms.iter().enumerate().filter(|(place, _)| *place != at);
        Self { terms: terms.map(|(_, term)| term.clone()).collect(), problems: Vec::new() }
    }

    /// With one part more; what says the same stands once.
    #[must_use]
    pub fn with(&self, part: &str) -> String {
        let mut parts: Vec<&str> = self.terms.iter().map(|term| term.typed.as_str()).collect();
        if !parts.contains(&part) {
            parts.push(part);
        }
        parts.join(" ")
    }

    /// The same with words that may go on, instead of whole ones.
    #[must_use]
    pub fn begun(&self) -> Self {
        let begun = |term: &Term| {
            let what = match &term.what {
                What::Words { words, open: false } if !term.not && !term.typed.contains('"') => {
                    What::Words { words: words.clone(), open: true }
                }
                _ => return term.clone(),
            };
            Term { not: false, what, typed: format!("{}*", term.typed) }
        };
        Self { terms: self.terms.iter().map(begun).collect(), problems: Vec::new() }
    }

    /// The words that stand in what is found, for marking them: each with whether it may go on.
    pub fn shown_words(&self) -> Vec<(String, bool)> {
        let of = |term: &Term| match &term.what {
            What::Words { words, open } if !term.not => {
                let last = words.len().saturating_sub(1);
                words.iter().enumerate().map(|(at, word)| (word.clone(), *open && at == last)).collect()
            }
            What::Tag(name) if !term.not => vec![(name.clone(), false)],
            _ => Vec::new(),
        };
        self.terms.iter().flat_map(of).collect()
    }
}

/// As it was typed, without what was not understood.
impl fmt::Display for Query {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let parts: Vec<&str> = self.terms.iter().map(|term| term.typed.as_str()).collect();
        f.write_str(&parts.join(" "))
    }
}

fn is_quote(letter: char) -> bool {
    matches!(letter, '"' | '“' | '”' | '„' | '«' | '»')
}

/// Parts between spaces; what stands in quotes is one. Every kind of quote becomes `"`, and one that is open is closed.
fn split(text: &str) -> Vec<String> {
    let mut parts = Vec::new();
    let mut part = String::new();
    let mut is_quoted = false;
    for letter in text.chars() {
        if is_quote(letter) {
            part.push('"');
            is_quoted = !is_quoted;
            // What follows a closing quote is a part of its own.
            if !is_quoted {
                parts.push(std::mem::take(&mut part));
            }
        } else if letter.is_whitespace() && !is_quoted {
            parts.push(std::mem::take(&mut part));
        } else {
            part.push(letter);
        }
    }
    if is_quoted {
        part.push('"');
    }
    parts.push(part);
    parts.retain(|part| !part.is_empty());
    parts
}

fn read(part: &str) -> Result<Option<Term>, Why> {
    let (not, rest) = match part.strip_prefix('-') {
        Some(rest) if !rest.is_empty() => (true, rest),
        _ => (false, part),
    };
    let term = |what| Ok(Some(Term { not, what, typed: part.to_owned() }));
    if let Some((name, value)) = rest.split_once(':')
        && let value = value.replace('"', "")
        && !value.trim().is_empty()
        && let Some(what) = operator(&name.to_lowercase(), value.trim())
    {
        return term(what?);
    }
    if let Some(tag) = rest.strip_prefix('#')
        && !words_asked(tag).is_empty()
    {
        return term(What::Tag(hashtag_key(tag.trim_end_matches(['.', ',', '"']))));
    }
    match plain_words(rest) {
        Some(what) => term(what),
        None => Ok(None),
    }
}

fn plain_words(text: &str) -> Option<What> {
    let is_phrase = text.starts_with('"');
    let words = words_asked(text);
    let last = words.last()?;
    let open = text.trim_end_matches('"').ends_with('*')
        || (!is_phrase && last.chars().count() == 1 && last.contains(is_dense));
    Some(What::Words { words, open })
}

/// `None` if there is no such operator: then it is a word like others.
fn operator(name: &str, value: &str) -> Option<Result<What, Why>> {
    let lower = value.to_lowercase();
    Some(match name {
        "from" => Ok(What::From(lower.trim_start_matches('@').to_owned())),
        "in" => Ok(What::In(value.to_owned())),
        "has" => Trait::after_has(&lower).map(What::Trait).ok_or(Why::NoSuchThing),
        "is" => Trait::after_is(&lower).map(What::Trait).ok_or(Why::NoSuchKind),
        "lang" | "language" => Ok(What::Language(lower)),
        "before" => period(value).map(|time| What::Time(i64::MIN..time.start)).ok_or(Why::NoDate),
        "after" => period(value).map(|time| What::Time(time.end..i64::MAX)).ok_or(Why::NoDate),
        "on" | "during" => period(value).map(What::Time).ok_or(Why::NoDate),
        _ => return None,
    })
}

/// A day, a month or a year, as in `2026-11-03`, `2026-11`, `2026`, in UTC; also `03.11.2026`.
fn period(text: &str) -> Option<Range<i64>> {
    let (parts, is_reversed): (Vec<&str>, bool) = if text.contains('.') {
        (text.split('.').rev().collect(), true)
    } else {
        (text.split('-').collect(), false)
    };
    let number = |at: usize| parts.get(at).map(|part| part.parse::<i16>().ok());
    let year = number(0)??;
    let (month, day) = (number(1), number(2));
    if parts.len() > 3 || !(1970..=9000).contains(&year) || (is_reversed && parts.len() < 2) {
        return None;
    }
    let small = |part: Option<Option<i16>>| match part {
        Some(value) => value.and_then(|value| i8::try_from(value).ok()).map(Some),
        None => Some(None),
    };
    let (month, day) = (small(month)?, small(day)?);
    let first = jiff::civil::Date::new(year, month.unwrap_or(1), day.unwrap_or(1)).ok()?;
    let span = match (month, day) {
        (_, Some(_)) => jiff::Span::new().days(1),
        (Some(_), None) => jiff::Span::new().months(1),
        (None, None) => jiff::Span::new().years(1),
    };
    let millis = |date: jiff::civil::Date| {
        Some(date.to_zoned(jiff::tz::TimeZone::UTC).ok()?.timestamp().as_millisecond())
    };
    Some(millis(first)?..millis(first.checked_add(span).ok()?)?)
}

/// A day as `on:` takes it.
pub fn month_of(at: Millis) -> String {
    at.timestamp().to_zoned(jiff::tz::TimeZone::UTC).strftime("%Y-%m").to_string()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn one(text: &str) -> What {
        let query = Query::parse(text);
        assert_eq!((query.terms.len(), &query.problems), (1, &Vec::new()), "{text}");
        query.terms.into_iter().next().unwrap().what
    }

    fn words(text: &str, open: bool) -> What {
        What::Words { words: text.split(' ').map(str::to_owned).collect(), open }
    }

    #[test]
    fn each_operator_is_understood() {
        assert_eq!(one("From:@Ann@Sales.example"), What::From("ann@sales.example".into()));
        assert_eq!(one("in:\"Legal Department\""), What::In("Legal Department".into()));
        assert_eq!(one("has:picture"), What::Trait(Trait::Image));
        assert_eq!(one("is:reply"), What::Trait(Trait::Reply));
        assert_eq!(one("lang:DE"), What::Language("de".into()));
        assert_eq!(one("#RoadMap,"), What::Tag("roadmap".into()));
        assert_eq!(one("Straße"), words("strasse", false));
        assert_eq!(one("plan*"), words("plan", true));
        assert_eq!(one("„Road-Map“"), words("road map", false));
        assert_eq!(one("e-mail"), words("e mail", false));
        assert_eq!(one("東"), words("東", true));
    }

    #[test]
    fn times_are_days_months_and_years() {
        let day = 86_400_000;
        let start = 1_793_491_200_000; // 2026-11-01
        assert_eq!(one("on:2026-11-01"), What::Time(start..start + day));
        assert_eq!(one("on:01.11.2026"), What::Time(start..start + day));
        assert_eq!(one("during:2026-11"), What::Time(start..start + 30 * day));
        assert_eq!(one("before:2026-11-01"), What::Time(i64::MIN..start));
        assert_eq!(one("after:2026-11-01"), What::Time(start + day..i64::MAX));
        for wrong in [
            "on:2026-13",
            "before:yesterday",
            "after:2026-02-30",
            "on:1.2",
            "on:99999",
            "on:2026-1-1-1",
            "on:2026-",
        ] {
            assert_eq!(
                Query::parse(wrong).problems,
                [Problem { typed: wrong.into(), why: Why::NoDate }],
                "{wrong}"
            );
        }
    }

    #[test]
    fn what_is_no_operator_is_a_word() {
        assert_eq!(one("note:this"), words("note this", false));
        assert_eq!(one("10:30"), words("10 30", false));
        assert_eq!(one("from:"), words("from", false));
        assert_eq!(one("https://example.org/a"), words("https example org a", false));
        assert_eq!(Query::parse("- — ** # \"\" -\"\"").terms, []);
    }

    #[test]
    fn what_is_not_understood_is_named() {
        let query = Query::parse("plan has:elephants is:fun");
        assert_eq!(query.terms.len(), 1);
        assert_eq!(
            query.problems,
            [
                Problem { typed: "has:elephants".into(), why: Why::NoSuchThing },
                Problem { typed: "is:fun".into(), why: Why::NoSuchKind },
            ]
        );
        assert_eq!(Query::parse(&"a ".repeat(60)).problems[0].why, Why::TooLong);
    }

    #[test]
    fn a_minus_turns_a_part_around() {
        let query = Query::parse("-draft -from:ann -\"old plan\" well-known");
        assert_eq!(query.terms.iter().map(|term| term.not).collect::<Vec<_>>(), [true, true, true, false]);
        assert_eq!(query.terms[2].what, words("old plan", false));
    }

    #[test]
    fn parts_come_and_go() {
        let query = Query::parse("plan from:ann has:image");
        assert_eq!(query.without(1).to_string(), "plan has:image");
        assert_eq!(query.with("on:2026-11"), "plan from:ann has:image on:2026-11");
        assert_eq!(query.with("from:ann"), "plan from:ann has:image");
        assert_eq!(query.shown_words(), [("plan".to_owned(), false)]);
    }

    proptest! {
        #[test]
        fn whatever_is_typed_means_the_same_when_it_is_said_again(
            text in "(\\PC|[ \":#*-]|from:|in:|has:|before:2026-|on:|is:reply|-){0,24}"
        ) {
            let query = Query::parse(&text);
            let again = Query::parse(&query.to_string());
            prop_assert_eq!(&again.terms, &query.terms);
            prop_assert!(query.terms.len() <= MOST);
        }

        #[test]
        fn plain_words_all_count(words in prop::collection::vec("[a-zà-ö]{1,8}", 0..8)) {
            let query = Query::parse(&words.join(" "));
            prop_assert_eq!(query.terms.len(), words.len());
            let is_word = |term: &Term| !term.not && matches!(term.what, What::Words { .. });
            prop_assert!(query.terms.iter().all(is_word));
        }
    }
}
