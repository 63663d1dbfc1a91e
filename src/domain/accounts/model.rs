//! What an account is.

use serde::{Deserialize, Serialize};

use crate::base::id::AccountId;
use crate::base::{Error, Millis, Result};

/// What stands behind an account.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Kind {
    /// A human.
    Person,
    /// A program.
    Service,
    /// A site.
    Application,
    /// A space.
    Group,
    /// A unit.
    Organization,
}

/// Makes a closed list of words out of an enum, as it stands in the database.
#[macro_export]
macro_rules! words {
    ($type:ty { $($variant:ident = $word:literal),* $(,)? }) => {
        impl $type {
            /// The word in the database.
            pub const fn word(self) -> &'static str {
                match self { $(Self::$variant => $word),* }
            }

            /// From the word; `None` if there is no such word.
            pub fn from_word(word: &str) -> Option<Self> {
                match word { $($word => Some(Self::$variant),)* _ => None }
            }
        }

        impl TryFrom<String> for $type {
            type Error = String;
            fn try_from(word: String) -> std::result::Result<Self, String> {
                Self::from_word(&word).ok_or(word)
            }
        }

        impl std::fmt::Display for $type {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str(self.word())
            }
        }

        impl $crate::platform::db::ToArg for $type {
            fn to_arg(&self) -> $crate::platform::db::Arg {
                $crate::platform::db::Arg::Text(Some(self.word().to_owned()))
            }
        }
    };
}

words!(Kind {
    Person = "person",
    Service = "service",
    Application = "application",
    Group = "group",
    Organization = "organization",
});

/// A line of a profile.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Field {
    /// Plain text.
    pub name: String,
    /// HTML, sanitised.
    pub value: String,
}

/// A person or program, of this site or of another.
#[derive(Clone, Debug, sqlx::FromRow)]
pub struct Account {
    /// Ours.
    pub id: AccountId,
    /// As written by its owner.
    pub username: String,
    /// The site it lives on, with port; empty for this site.
    pub host: String,
    /// What stands behind it.
    #[sqlx(try_from = "String")]
    pub kind: Kind,
    /// The ActivityPub id.
    pub uri: String,
    /// The page for people.
    pub url: String,
    /// May be empty.
    pub display_name: String,
    /// HTML, sanitised.
    pub note: String,
    /// What was typed, if local.
    pub note_source: String,
    /// JSON of `Vec<Field>`.
    pub fields: String,
    /// Blob, if local.
    pub avatar_key: Option<String>,
    /// Where it lives, if remote.
    pub avatar_url: Option<String>,
    /// Blob, if local.
    pub header_key: Option<String>,
    /// Where it lives, if remote.
    pub header_url: Option<String>,
    /// Follows must be confirmed.
    pub locked: bool,
    /// May be suggested and found by browsing.
    pub discoverable: bool,
    /// Where to deliver.
    pub inbox: String,
    /// Where to deliver once for the whole site.
    pub shared_inbox: Option<String>,
    /// Collection of followers, an audience.
    pub followers_uri: Option<String>,
    /// Collection of pinned posts.
    pub featured_uri: Option<String>,
    /// The account that stands for this one now.
    pub moved_to_id: Option<AccountId>,
    /// Posts may be found by search.
    pub indexable: bool,
    /// Posts that are not only for those mentioned.
    pub statuses_count: i64,
    /// As far as this site knows.
    pub followers_count: i64,
    /// As far as this site knows.
    pub following_count: i64,
    /// When it last posted.
    pub last_status_at: Option<Millis>,
    /// Limited by our moderators: shown to followers only.
    pub limited_at: Option<Millis>,
    /// Suspended by our moderators: not shown, not heard.
    pub suspended_at: Option<Millis>,
    /// Its whole site is blocked by our moderators.
    pub site_blocked: bool,
    /// Left, here or at the origin.
    pub deleted_at: Option<Millis>,
    /// When it came to be, as far as known.
    pub created_at: Millis,
    /// When the profile last changed.
    pub updated_at: Millis,
    /// When it was last read from its origin.
    pub fetched_at: Millis,
}

impl Account {
    /// Whether it lives on this site.
    pub fn is_local(&self) -> bool {
        self.host.is_empty()
    }

    /// `ann` here, `ann@sales.example.org` elsewhere; Mastodon's `acct`.
    pub fn acct(&self) -> String {
        if self.is_local() { self.username.clone() } else { format!("{}@{}", self.username, self.host) }
    }

    /// What to call it: the display name, else the username.
    pub fn name(&self) -> &str {
        if self.display_name.trim().is_empty() { &self.username } else { &self.display_name }
    }

    /// The lines of the profile.
    pub fn fields(&self) -> Vec<Field> {
        serde_json::from_str(&self.fields).unwrap_or_default()
    }

    /// Whether it is gone or silenced entirely on this site, alone or with its site.
    pub fn is_hidden(&self) -> bool {
        self.suspended_at.is_some() || self.deleted_at.is_some() || self.site_blocked
    }

    /// Where to deliver to it: the shared inbox of its site if there is one.
    pub fn delivery_inbox(&self) -> &str {
        self.shared_inbox.as_deref().unwrap_or(&self.inbox)
    }
}

/// An account to write, new or read again from its origin.
#[derive(Clone, Debug)]
pub struct NewAccount {
    /// As its owner writes it.
    pub username: String,
    /// Empty for this site.
    pub host: String,
    /// What stands behind it.
    pub kind: Kind,
    /// The ActivityPub id.
    pub uri: String,
    /// The page for people.
    pub url: String,
    /// May be empty.
    pub display_name: String,
    /// HTML, sanitised.
    pub note: String,
    /// Profile lines, sanitised.
    pub fields: Vec<Field>,
    /// Where it lives, if remote.
    pub avatar_url: Option<String>,
    /// Where it lives, if remote.
    pub header_url: Option<String>,
    /// Follows must be confirmed.
    pub locked: bool,
    /// May be suggested.
    pub discoverable: bool,
    /// Where to deliver.
    pub inbox: String,
    /// Where to deliver once for the whole site.
    pub shared_inbox: Option<String>,
    /// Collection of posts.
    pub outbox: Option<String>,
    /// Collection of followers.
    pub followers_uri: Option<String>,
    /// Collection of those followed.
    pub following_uri: Option<String>,
    /// Collection of pinned posts.
    pub featured_uri: Option<String>,
    /// Ids of the same person elsewhere, as they say.
    pub also_known_as: Vec<String>,
    /// Id of the account that stands for this one now, as they say.
    pub moved_to: Option<String>,
    /// Posts may be found by search.
    pub indexable: bool,
    /// When it came to be.
    pub created_at: Millis,
    /// Public keys: id, kind (`rsa` or `ed25519`), key (PEM or Multikey).
    pub keys: Vec<(String, String, String)>,
}

/// Longest username of this site, in characters, as Mastodon.
pub const USERNAME_MAX: usize = 30;

/// Names that nobody can take: they would look like the site itself.
const RESERVED: &[&str] = &[
    "admin",
    "administrator",
    "actor",
    "api",
    "breezeway",
    "everyone",
    "here",
    "instance",
    "moderator",
    "organisation",
    "organization",
    "root",
    "site",
    "support",
    "system",
];

/// Checks a username for this site.
///
/// # Errors
/// [`Error::Invalid`] if it is empty, too long, has other characters than `a-z A-Z 0-9 _`, or is reserved.
pub fn check_username(username: &str) -> Result<()> {
    if username.is_empty() || username.chars().count() > USERNAME_MAX {
        return Err(Error::invalid("username", format!("must have between 1 and {USERNAME_MAX} characters")));
    }
    if !username.chars().all(|c| c.is_ascii_alphanumeric() || c == '_') {
        return Err(Error::invalid("username", "may contain only letters a to z, digits and underscores"));
    }
    if RESERVED.contains(&username.to_ascii_lowercase().as_str()) {
        return Err(Error::invalid("username", "is reserved, choose another one"));
    }
    Ok(())
}
