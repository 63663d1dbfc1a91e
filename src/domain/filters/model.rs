//! What a filter is.

use std::time::Duration;

use crate::base::Millis;
use crate::base::id::{AccountId, FilterId, FilterStatusId, FilterWordId, StatusId};
use crate::platform::db::{Arg, ToArg};
use crate::words;

/// Where posts are read. Source: <https://docs.joinmastodon.org/entities/Filter/#context>
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Context {
    /// The home, and lists.
    Home,
    /// Notifications.
    Notifications,
    /// What everybody reads: this site, the organisation, hashtags.
    Public,
    /// Around a post.
    Thread,
    /// What one person wrote.
    Profile,
}

words!(Context {
    Home = "home",
    Notifications = "notifications",
    Public = "public",
    Thread = "thread",
    Profile = "account",
});

impl Context {
    /// All of them.
    pub const ALL: [Self; 5] = [Self::Home, Self::Notifications, Self::Public, Self::Thread, Self::Profile];

    fn bit(self) -> i64 {
        match self {
            Self::Home => 1,
            Self::Notifications => 2,
            Self::Public => 4,
            Self::Thread => 8,
            Self::Profile => 16,
        }
    }
}

/// Some of the places where posts are read.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, sqlx::Type)]
#[sqlx(transparent)]
pub struct Contexts(i64);

impl Contexts {
    /// Whether this place is one of them.
    pub fn has(self, context: Context) -> bool {
        self.0 & context.bit() != 0
    }

    /// Whether it is none at all.
    pub fn is_empty(self) -> bool {
        self.0 == 0
    }

    /// Them, one by one.
    pub fn each(self) -> impl Iterator<Item = Context> {
        Context::ALL.into_iter().filter(move |context| self.has(*context))
    }
}

impl FromIterator<Context> for Contexts {
    fn from_iter<I: IntoIterator<Item = Context>>(contexts: I) -> Self {
        Self(contexts.into_iter().fold(0, |bits, context| bits | context.bit()))
    }
}

impl ToArg for Contexts {
    fn to_arg(&self) -> Arg {
        Arg::I64(Some(self.0))
    }
}

/// What becomes of a post that a filter hits. Source: <https://docs.joinmastodon.org/entities/Filter/#filter_action>
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Action {
    /// It is folded under the title of the filter.
    #[default]
    Warn,
    /// It is not there.
    Hide,
}

words!(Action { Warn = "warn", Hide = "hide" });

/// What somebody does not want to read.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct Filter {
    /// Ours.
    pub id: FilterId,
    /// Whose.
    pub account_id: AccountId,
    /// What it is called; stands in place of what it folds.
    pub title: String,
    /// Where it holds.
    pub contexts: Contexts,
    /// What it does.
    #[sqlx(try_from = "String")]
    pub action: Action,
    /// When it ends; none: never.
    pub expires_at: Option<Millis>,
    /// When it was thrown away.
    pub deleted_at: Option<Millis>,
}

impl Filter {
    /// Whether it holds at this time.
    pub fn is_active(&self, now: Millis) -> bool {
        self.expires_at.is_none_or(|end| end > now)
    }
}

/// A word of a filter.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct Word {
    /// Ours.
    pub id: FilterWordId,
    /// Of which filter.
    pub filter_id: FilterId,
    /// As it was typed; case and accents do not matter.
    pub word: String,
    /// Only as a word of its own, not inside another.
    pub whole: bool,
}

/// A post that a filter names.
#[derive(Clone, Copy, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct Named {
    /// Ours.
    pub id: FilterStatusId,
    /// Of which filter.
    pub filter_id: FilterId,
    /// The post.
    pub status_id: StatusId,
}

/// A filter with its words and posts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FilterView {
    /// The filter.
    pub filter: Filter,
    /// Its words, in the order of being added.
    pub words: Vec<Word>,
    /// Its posts.
    pub statuses: Vec<Named>,
}

/// A filter to be.
#[derive(Clone, Debug, Default)]
pub struct NewFilter {
    /// What it is called.
    pub title: String,
    /// Where it holds.
    pub contexts: Contexts,
    /// What it does.
    pub action: Action,
    /// How long it holds; none: for ever.
    pub expires_in: Option<Duration>,
    /// Its words, and whether each counts only as a whole.
    pub words: Vec<(String, bool)>,
}

/// What to change; `None` leaves it.
#[derive(Clone, Debug, Default)]
pub struct Change {
    /// What it is called.
    pub title: Option<String>,
    /// Where it holds.
    pub contexts: Option<Contexts>,
    /// What it does.
    pub action: Option<Action>,
    /// How long it holds from now on; `Some(None)`: for ever.
    pub expires_in: Option<Option<Duration>>,
    /// What becomes of its words; those not named stay.
    pub words: Vec<WordChange>,
}

/// What becomes of a word.
#[derive(Clone, Debug)]
pub enum WordChange {
    /// One more; `true`: only as a whole.
    Add(String, bool),
    /// Other letters, or whole or not.
    Set(FilterWordId, Option<String>, Option<bool>),
    /// It goes.
    Remove(FilterWordId),
}
