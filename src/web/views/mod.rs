//! Views: what templates read. Plain values, made from the domain's by `from`, without behaviour.

mod composer;
mod consent;
mod form;
mod media;
mod pager;
pub mod passage;
mod person;
mod poll;
mod post;
mod shell;
mod thread_news;
mod time;

pub use composer::{Composer, KeptImage, Language, ReachChoice};
pub use consent::{Allowed, Quoted, Request, Who};
pub use form::{Errors, wrong};
pub use media::Media;
pub use pager::{Pager, Tab};
pub use person::{Person, PersonRow, SiteChip, Tie, initials};
pub use poll::{Poll, PollFields, PollRow, Sign, Span};
pub use post::{Answers, Post, Reach, Reply};
pub use shell::{Flash, FlashLink, Nav, RailEntry, Shell, Site, Undo, Viewer};
pub use thread_news::ThreadNews;
pub use time::Time;
