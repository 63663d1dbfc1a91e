//! Where a person writes.

use serde::Serialize;

use super::{Errors, PollFields, Who};
use crate::base::id::{MediaId, ScheduledId, StatusId};

/// Where a person writes.
#[derive(Clone, Debug, Serialize)]
pub struct Composer {
    /// Tells apart the composers of one page.
    pub key: &'static str,
    /// The message that says what it is, for those who do not see it.
    pub label: &'static str,
    /// The message that stands in it while it is empty.
    pub placeholder: &'static str,
    /// Whom these name.
    pub to: String,
    /// The message above the form: why it is shown again.
    pub note: Option<&'static str>,
    /// Whose form it is.
    pub author: String,
    /// What shows that it is theirs, also when the session has ended.
    pub seal: String,
    /// The draft that it goes on with, and its version: `ID.VERSION`.
    pub draft: String,
    /// The own post that it changes.
    pub edits: Option<StatusId>,
    /// The planned post that it changes.
    pub planned: Option<ScheduledId>,
    /// When to post it, as a form has it; empty: now.
    pub later: String,
    /// HTML of what it will look like, if that is to be shown.
    pub preview: Option<String>,
    /// Where it is sent.
    pub action: String,
    /// Made anew for each form: a second press posts nothing.
    pub once: String,
    /// Where to go afterwards; empty: to the post.
    pub back: String,
    /// The post that is answered.
    pub reply_to: Option<StatusId>,
    /// The post that is quoted.
    pub quote_of: Option<StatusId>,
    /// Who may answer or quote, to choose from; empty: that is not asked here.
    pub who: &'static [Who],
    /// Who may answer.
    pub repliers: String,
    /// Who may quote.
    pub quoters: String,
    /// What it is called; nothing: a post here has no title.
    pub title: Option<String>,
    /// What it asks; nothing: that cannot be said here.
    pub poll: Option<PollFields>,
    /// What was typed.
    pub text: String,
    /// How many characters a post may have.
    pub limit: usize,
    /// What to know before reading.
    pub warning: String,
    /// Whether images are hidden at first.
    pub sensitive: bool,
    /// Whether images, warning and language are unfolded.
    pub open: bool,
    /// Images that the post already has.
    pub kept: Vec<KeptImage>,
    /// How many images can be added.
    pub slots: usize,
    /// As in `en`; empty: not said.
    pub language: String,
    /// To choose from.
    pub languages: &'static [Language],
    /// Who may see it, widest first; empty: that cannot be changed any more.
    pub reaches: Vec<ReachChoice>,
    /// The one that is chosen.
    pub reach: String,
    /// The message on the button.
    pub button: &'static str,
    /// What could not be taken.
    pub errors: Errors,
}

/// A rung of the ladder of who may see it.
#[derive(Clone, Debug, Serialize)]
pub struct ReachChoice {
    /// As the form sends it.
    pub key: &'static str,
    /// The names of the sites.
    pub detail: String,
    /// How many people follow.
    pub people: i64,
    /// Its sign.
    pub icon: &'static str,
}

/// An image that the post already has.
#[derive(Clone, Debug, Serialize)]
pub struct KeptImage {
    /// Ours.
    pub id: MediaId,
    /// The small image; empty if there is none, or none yet.
    pub preview: String,
    /// What a file is called; what it is if it has no name.
    pub name: String,
    /// What it shows.
    pub alt: String,
    /// The point that matters, as in `0.25,-0.5`; empty: the middle.
    pub focus: String,
}

/// A language to write in.
#[derive(Clone, Copy, Debug, Serialize)]
pub struct Language {
    /// BCP 47; empty: not said.
    pub code: &'static str,
    /// In that language.
    pub name: &'static str,
}
