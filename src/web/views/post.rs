//! A post, as it is read.

use serde::Serialize;

use super::media::Media;
use super::{Allowed, Person, Poll, Quoted, Sign, Time};
use crate::base::id::StatusId;

/// A post, as it is read.
#[derive(Clone, Debug, Serialize)]
pub struct Post {
    /// Ours.
    pub id: StatusId,
    /// The page here.
    pub url: String,
    /// The page at the site that it comes from, if that is another.
    pub origin: Option<String>,
    /// Who wrote it.
    pub author: Person,
    /// Who reposted it into this list.
    pub reposted_by: Option<Person>,
    /// What it answers.
    pub answers: Option<Answers>,
    /// When it was written.
    pub at: Time,
    /// When it was last changed.
    pub edited: Option<Time>,
    /// Who may see it.
    pub reach: Reach,
    /// What to know before reading.
    pub warning: String,
    /// Whether its images are hidden at first.
    pub sensitive: bool,
    /// What it is called.
    pub title: Option<String>,
    /// In a list, what stands for a long text with a title.
    pub beginning: Option<String>,
    /// What it asks.
    pub poll: Option<Poll>,
    /// Signs that people left, most frequent first.
    pub signs: Vec<Sign>,
    /// HTML, sanitised.
    pub content: String,
    /// As in `en`.
    pub language: Option<String>,
    /// Its images.
    pub media: Vec<Media>,
    /// How often it was answered.
    pub replies: i64,
    /// How often it was reposted.
    pub reposts: i64,
    /// How many like it.
    pub likes: i64,
    /// Whether the reader likes it.
    pub liked: bool,
    /// Whether the reader reposted it.
    pub reposted: bool,
    /// Whether the reader keeps it.
    pub kept: bool,
    /// Whether the reader does not want to be told of its thread any more.
    pub thread_muted: bool,
    /// What it is folded under: names of the reader's filters.
    pub filtered: Option<String>,
    /// Whether a repost would reach nobody whom the author did not mean.
    pub may_repost: bool,
    /// Whether the reader wrote it.
    pub mine: bool,
    /// What it quotes.
    pub quoted: Option<Quoted>,
    /// What the reader may do with it.
    pub allowed: Allowed,
    /// Whether the reader may pin it to the profile.
    pub may_pin: bool,
    /// Whether the reader pinned it there.
    pub pinned: bool,
    /// Whether it stands first since its author pinned it.
    pub on_top: bool,
}

/// Whom a post answers.
#[derive(Clone, Debug, Serialize)]
pub struct Answers {
    /// The person.
    pub name: String,
    /// The post that is answered, or the person's page; none if the person left.
    pub url: Option<String>,
}

/// Who may see a post.
#[derive(Clone, Debug, Serialize)]
pub struct Reach {
    /// In a word.
    pub label: &'static str,
    /// In a sentence.
    pub detail: String,
    /// Its sign.
    pub icon: &'static str,
}

/// An answer in a thread, with the answers to it inside.
#[derive(Clone, Debug, Serialize)]
pub struct Reply {
    /// The post.
    pub post: Post,
    /// Whether it came since one was last here.
    pub fresh: bool,
    /// The answers to it.
    pub replies: Vec<Reply>,
    /// Whether they stand open at first.
    pub open: bool,
    /// How many there are below it, however deep.
    pub below: usize,
    /// What stands for them when they are folded, as in "3 replies from Ann, Bob".
    pub folded: String,
    /// Where they can be read, if they are too deep for this page.
    pub further: Option<String>,
}
