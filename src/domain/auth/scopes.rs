//! What a program may do: Mastodon's scopes, wide and narrow.
//!
//! Source: <https://docs.joinmastodon.org/api/oauth-scopes/>

use std::collections::BTreeSet;
use std::fmt;

use crate::base::{Error, Result};

macro_rules! scopes {
    ($($name:ident = $word:literal),* $(,)?) => {
        /// One scope.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum Scope { $(#[doc = concat!("`", $word, "`")] $name),* }

        impl Scope {
            /// All that there are.
            pub const ALL: &[Self] = &[$(Self::$name),*];

            /// As on the wire.
            pub const fn word(self) -> &'static str {
                match self { $(Self::$name => $word),* }
            }
        }
    };
}

scopes! {
    Profile = "profile",
    Read = "read",
    ReadAccounts = "read:accounts",
    ReadBlocks = "read:blocks",
    ReadBookmarks = "read:bookmarks",
    ReadCollections = "read:collections",
    ReadFavourites = "read:favourites",
    ReadFilters = "read:filters",
    ReadFollows = "read:follows",
    ReadLists = "read:lists",
    ReadMutes = "read:mutes",
    ReadNotifications = "read:notifications",
    ReadSearch = "read:search",
    ReadStatuses = "read:statuses",
    Write = "write",
    WriteAccounts = "write:accounts",
    WriteBlocks = "write:blocks",
    WriteBookmarks = "write:bookmarks",
    WriteCollections = "write:collections",
    WriteConversations = "write:conversations",
    WriteFavourites = "write:favourites",
    WriteFilters = "write:filters",
    WriteFollows = "write:follows",
    WriteLists = "write:lists",
    WriteMedia = "write:media",
    WriteMutes = "write:mutes",
    WriteNotifications = "write:notifications",
    WriteReports = "write:reports",
    WriteStatuses = "write:statuses",
    Follow = "follow",
    Push = "push",
    AdminRead = "admin:read",
    AdminReadAccounts = "admin:read:accounts",
    AdminReadReports = "admin:read:reports",
    AdminReadDomainAllows = "admin:read:domain_allows",
    AdminReadDomainBlocks = "admin:read:domain_blocks",
    AdminReadIpBlocks = "admin:read:ip_blocks",
    AdminReadEmailDomainBlocks = "admin:read:email_domain_blocks",
    AdminReadCanonicalEmailBlocks = "admin:read:canonical_email_blocks",
    AdminWrite = "admin:write",
    AdminWriteAccounts = "admin:write:accounts",
    AdminWriteReports = "admin:write:reports",
    AdminWriteDomainAllows = "admin:write:domain_allows",
    AdminWriteDomainBlocks = "admin:write:domain_blocks",
    AdminWriteIpBlocks = "admin:write:ip_blocks",
    AdminWriteEmailDomainBlocks = "admin:write:email_domain_blocks",
    AdminWriteCanonicalEmailBlocks = "admin:write:canonical_email_blocks",
}

impl Scope {
    /// From the word; `None` if there is no such scope.
    pub fn from_word(word: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|scope| scope.word() == word)
    }

    /// Whether whoever has this scope may do what `wanted` stands for.
    pub fn covers(self, wanted: Self) -> bool {
        if self == wanted {
            return true;
        }
        match self {
            Self::Read | Self::Write | Self::AdminRead | Self::AdminWrite => {
                let narrow = wanted.word().strip_prefix(self.word());
                narrow.is_some_and(|rest| rest.starts_with(':'))
                    || (self == Self::Read && wanted == Self::Profile)
            }
            Self::ReadAccounts => wanted == Self::Profile,
            // Old programs ask for it: all about ties.
            Self::Follow => matches!(
                wanted,
                Self::ReadBlocks
                    | Self::ReadFollows
                    | Self::ReadMutes
                    | Self::WriteBlocks
                    | Self::WriteFollows
                    | Self::WriteMutes
            ),
            _ => false,
        }
    }
}

/// A set of scopes.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Scopes(BTreeSet<Scope>);

impl Scopes {
    /// Reads scopes separated by spaces (or, as some programs do, plus signs and commas).
    ///
    /// # Errors
    /// [`Error::Invalid`] for one that does not exist.
    pub fn parse(text: &str) -> Result<Self> {
        words(text)
            .map(|word| {
                Scope::from_word(word)
                    .ok_or_else(|| Error::invalid("scopes", format!("has no scope {word:?}")))
            })
            .collect::<Result<_>>()
            .map(Self)
    }

    /// As [`Scopes::parse`], leaving away what is unknown: rows of another version.
    pub fn known(text: &str) -> Self {
        Self(words(text).filter_map(Scope::from_word).collect())
    }

    /// Whether they allow what `wanted` stands for.
    pub fn cover(&self, wanted: Scope) -> bool {
        self.0.iter().any(|scope| scope.covers(wanted))
    }

    /// Whether they allow all of `wanted`.
    pub fn cover_all(&self, wanted: &Self) -> bool {
        wanted.0.iter().all(|scope| self.cover(*scope))
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Each of them.
    pub fn iter(&self) -> impl Iterator<Item = Scope> {
        self.0.iter().copied()
    }
}

fn words(text: &str) -> impl Iterator<Item = &str> {
    text.split([' ', '+', ',', '\n', '\t']).filter(|word| !word.is_empty())
}

impl From<Scope> for Scopes {
    fn from(scope: Scope) -> Self {
        Self(BTreeSet::from([scope]))
    }
}

impl fmt::Display for Scopes {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let words: Vec<_> = self.0.iter().map(|scope| scope.word()).collect();
        f.write_str(&words.join(" "))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_wide_scope_covers_its_narrow_ones_and_no_others() {
        let scopes = Scopes::parse("read follow").expect("scopes");

        for inside in [Scope::Read, Scope::ReadStatuses, Scope::WriteFollows, Scope::Profile] {
            assert!(scopes.cover(inside), "{}", inside.word());
        }
        for outside in [Scope::Write, Scope::WriteStatuses, Scope::AdminRead, Scope::Push] {
            assert!(!scopes.cover(outside), "{}", outside.word());
        }
    }

    #[test]
    fn a_narrow_scope_covers_only_itself() {
        let scopes = Scopes::parse("read:statuses").expect("scopes");

        assert!(scopes.cover(Scope::ReadStatuses));
        assert!(!scopes.cover(Scope::ReadAccounts));
        assert!(!scopes.cover(Scope::Read));
        assert!(!scopes.cover(Scope::Profile));
    }

    #[test]
    fn scopes_are_read_and_written() {
        let scopes = Scopes::parse("write+read  read").expect("scopes");

        assert_eq!(scopes.to_string(), "read write");
        assert!(Scopes::parse("read everything").is_err());
        assert_eq!(Scopes::known("read everything").to_string(), "read");
    }
}
