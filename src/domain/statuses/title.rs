//! Titles: what makes a post an article or a page.

use crate::base::text::clean_line;
use crate::base::{Error, Result};
use crate::words;

/// The longest title that is written here, in characters.
pub const TITLE_CHARACTERS: usize = 200;

/// What a titled post is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum TitleKind {
    /// A longer text of a person.
    Article,
    /// A discussion in a space, or something like it elsewhere.
    Page,
}

words!(TitleKind { Article = "article", Page = "page" });

/// The title of a post.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct Title {
    /// What such a post is.
    #[sqlx(try_from = "String")]
    pub kind: TitleKind,
    /// Plain text on one line, never empty.
    #[sqlx(rename = "title")]
    pub text: String,
}

impl Title {
    /// What a person typed as the title of an own post; none if it is empty.
    ///
    /// # Errors
    /// [`Error::Invalid`] if it is too long.
    pub fn typed(text: &str) -> Result<Option<Self>> {
        let text = clean_line(text, TITLE_CHARACTERS + 1);
        if text.chars().count() > TITLE_CHARACTERS {
            return Err(Error::invalid("title", format!("must have at most {TITLE_CHARACTERS} characters")));
        }
        Ok((!text.is_empty()).then_some(Self { kind: TitleKind::Article, text }))
    }

    /// What a post of another site is called; none if that is empty.
    pub fn received(kind: TitleKind, text: &str, max: usize) -> Option<Self> {
        let text = clean_line(text, max);
        (!text.is_empty()).then_some(Self { kind, text })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_title_is_one_line_and_not_too_long() {
        let typed = |text: &str| Title::typed(text).map(|title| title.map(|title| title.text));

        assert_eq!(typed(" How we\nship ").expect("taken"), Some("How we ship".to_owned()));
        assert_eq!(typed(" \n ").expect("taken"), None);
        assert!(typed(&"é".repeat(200)).expect("taken").is_some());
        assert!(typed(&"é".repeat(201)).is_err());
    }
}
