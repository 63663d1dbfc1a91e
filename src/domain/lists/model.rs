//! What a list is.

use crate::base::id::{AccountId, ListId};
use crate::base::text::clean_line;
use crate::base::{Error, Millis, Result};
use crate::words;

/// Which replies of its members stand in a list. Source: <https://docs.joinmastodon.org/entities/List/#replies_policy>
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Replies {
    /// Those to anybody whom its owner follows.
    Followed,
    /// Those to members of the list.
    #[default]
    List,
    /// None.
    None,
}

words!(Replies { Followed = "followed", List = "list", None = "none" });

/// People whom somebody reads apart.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct List {
    /// Ours.
    pub id: ListId,
    /// Whose.
    pub account_id: AccountId,
    /// What it is called.
    pub title: String,
    /// Which replies stand in it.
    #[sqlx(try_from = "String")]
    pub replies: Replies,
    /// Its members do not stand in the home as well.
    pub exclusive: bool,
    /// When it was thrown away.
    pub deleted_at: Option<Millis>,
}

/// A list to be.
#[derive(Clone, Debug, Default)]
pub struct NewList {
    /// What it is called.
    pub title: String,
    /// Which replies stand in it.
    pub replies: Replies,
    /// Its members do not stand in the home as well.
    pub exclusive: bool,
}

/// What to change; `None` leaves it.
#[derive(Clone, Debug, Default)]
pub struct Change {
    /// What it is called.
    pub title: Option<String>,
    /// Which replies stand in it.
    pub replies: Option<Replies>,
    /// Its members do not stand in the home as well.
    pub exclusive: Option<bool>,
}

/// How long a title can be, in characters.
pub const TITLE: usize = 100;

/// A title as it is kept.
///
/// # Errors
/// [`Error::Invalid`] if there is nothing of it, or too much.
pub fn title(typed: &str) -> Result<String> {
    let title = clean_line(typed, TITLE + 1);
    match title.chars().count() {
        0 => Err(Error::invalid("title", "can't be blank")),
        1..=TITLE => Ok(title),
        _ => Err(Error::invalid("title", format!("must have at most {TITLE} characters"))),
    }
}
