//! Text: what people type becomes HTML, what other sites send becomes harmless HTML, and HTML becomes text.
//!
//! Everything here is pure and linear in its input.

mod clean_line;
mod count;
mod fold;
mod hashtag;
mod language;
mod markdown;
mod render;
mod sanitise;
mod scan;
mod strip;
mod write;

use std::fmt;

pub use self::clean_line::clean_line;
pub use self::count::count_characters;
pub use self::fold::{fold, is_dense, words_asked, words_of};
pub use self::hashtag::{hashtag_key, is_hashtag};
pub use self::language::detect_language;
pub use self::render::{extract, render};
pub use self::sanitise::sanitise;
pub use self::scan::Handle;
pub use self::strip::{excerpt, shorten, to_plain};
pub use self::write::escape;

/// HTML that is safe to show: made by [`render`] or [`sanitise`], by nothing else.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Html(String);

impl Html {
    pub fn as_str(&self) -> &str {
        &self.0
    }

    pub fn into_string(self) -> String {
        self.0
    }
}

impl fmt::Display for Html {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// How a text was typed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Format {
    #[default]
    Plain,
    Markdown,
}

impl Format {
    /// The media type, as in `source.mediaType` on the wire and `content_type` in the API.
    pub fn media_type(self) -> &'static str {
        match self {
            Self::Plain => "text/plain",
            Self::Markdown => "text/markdown",
        }
    }

    /// The format that `media_type` names; plain for anything unknown.
    pub fn from_media_type(media_type: &str) -> Self {
        if media_type == "text/markdown" { Self::Markdown } else { Self::Plain }
    }
}

/// A mention together with the person it turned out to be.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ResolvedMention {
    /// The handle as it stands in the text, without the first `@`: `ann` or `ann@127.0.0.1:4105`.
    pub text_handle: String,
    /// The page of that person.
    pub url: String,
    /// The ActivityPub id of that person.
    pub uri: String,
}

/// The mentions and hashtags of a text, each once, in order.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Found {
    pub mentions: Vec<FoundMention>,
    pub hashtags: Vec<FoundHashtag>,
}

/// A mention in a text. Displayed as a handle without the first `@`.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct FoundMention {
    pub username: String,
    /// With port, if there is one; nothing for a person of this site.
    pub host: Option<String>,
}

impl FoundMention {
    /// Whether `handle` (without the first `@`) is the same, whatever the case of its letters.
    fn is(&self, handle: &str) -> bool {
        let (username, host) = match handle.trim_start_matches('@').split_once('@') {
            Some((username, host)) => (username, Some(host)),
            None => (handle, None),
        };
        let same = |one: &str, other: &str| one.to_lowercase() == other.to_lowercase();
        same(&self.username, username.trim_start_matches('@'))
            && match (&self.host, host) {
                (Some(one), Some(other)) => same(one, other),
                (None, None) => true,
                _ => false,
            }
    }
}

impl From<Handle<'_>> for FoundMention {
    fn from(handle: Handle<'_>) -> Self {
        Self { username: handle.username.to_owned(), host: handle.host.map(str::to_owned) }
    }
}

impl fmt::Display for FoundMention {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.host {
            Some(host) => write!(f, "{}@{host}", self.username),
            None => f.write_str(&self.username),
        }
    }
}

/// A hashtag in a text.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct FoundHashtag {
    /// As it was typed, without `#`.
    pub name: String,
    /// Under which its spellings are the same.
    pub key: String,
}
