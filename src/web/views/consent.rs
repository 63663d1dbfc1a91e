//! What a post quotes, and who may do what with it, as it is read and chosen.

use serde::Serialize;

use super::{Person, Post, Time};
use crate::base::id::InteractionId;

/// What a post quotes.
#[derive(Clone, Debug, Serialize)]
pub struct Quoted {
    /// The post, if it is allowed and the reader may read it.
    pub post: Option<Box<Post>>,
    /// What stands in its place.
    pub says: &'static str,
    /// Where it is, if it may be followed.
    pub link: Option<String>,
    /// Whether the reader wrote it and can take the quote back.
    pub mine: bool,
}

/// What the reader may do with a post, and what became of an own one that had to ask.
#[derive(Clone, Debug, Default, Serialize)]
pub struct Allowed {
    /// Answer it, at once or after asking.
    pub reply: bool,
    /// Quote it, at once or after asking.
    pub quote: bool,
    /// The author is asked before an answer is shown.
    pub reply_asks: bool,
    /// The author is asked before the quote is shown.
    pub quote_asks: bool,
    /// Why an own reply is shown to nobody else.
    pub held: Option<&'static str>,
}

/// A choice of who may do something.
#[derive(Clone, Copy, Debug, Serialize)]
pub struct Who {
    /// As the form sends it.
    pub key: &'static str,
    /// As a person reads it.
    pub name: &'static str,
}

/// Somebody asks to quote or answer a post of the reader.
#[derive(Clone, Debug, Serialize)]
pub struct Request {
    /// Ours.
    pub id: InteractionId,
    /// Who asks.
    pub person: Person,
    /// As in "asks to quote your post".
    pub what: &'static str,
    /// When.
    pub at: Time,
    /// Their words. HTML, sanitised.
    pub words: String,
    /// The post of the reader.
    pub about: Option<Post>,
}
