//! What stands around every page.

use serde::{Deserialize, Serialize};

use super::Person;
use crate::base::words::Language;

/// What stands around every page.
#[derive(Clone, Debug, Serialize)]
pub struct Shell {
    /// What the page is written in; as its tag (`en`).
    pub language: Language,
    /// Which way that is written: `ltr` or `rtl`.
    pub direction: &'static str,
    /// `light`, `dark`, or nothing: as the device says.
    pub look: &'static str,
    /// How large letters are: `large`, `larger`, or nothing.
    pub text: &'static str,
    /// Whether nothing is to move by itself.
    pub still: bool,
    /// This site.
    pub site: Site,
    /// Who reads, if somebody is signed in.
    pub viewer: Option<Viewer>,
    /// Which entry of the rail is the current one.
    pub nav: Nav,
    /// What just happened.
    pub flash: Option<Flash>,
    /// Path and query of this page, to come back to.
    pub here: String,
    /// Address of the style sheet with the site's colours.
    pub theme: String,
    /// Where the running source can be had (AGPL, section 13).
    pub source: String,
    /// Of the program.
    pub version: &'static str,
}

/// This site.
#[derive(Clone, Debug, Serialize)]
pub struct Site {
    /// As people call it.
    pub name: String,
    /// As programs call it.
    pub host: String,
    /// In a sentence.
    pub description: String,
}

/// Who reads.
#[derive(Clone, Debug, Serialize)]
pub struct Viewer {
    /// The person.
    pub person: Person,
    /// The session's token, for every form.
    pub csrf: String,
    /// What they put into the rail.
    pub rail: Vec<RailEntry>,
    /// How many notifications were not seen.
    pub unread: i64,
    /// Whether the desk is open to them.
    pub moderator: bool,
    /// Whether they run the site.
    pub admin: bool,
    /// How many reports wait, for moderators.
    pub open_reports: i64,
}

/// What somebody put into the rail.
#[derive(Clone, Debug, Serialize)]
pub struct RailEntry {
    /// Its sign.
    pub icon: &'static str,
    /// What it is called.
    pub title: String,
    /// Where it leads.
    pub href: String,
}

/// The entries of the rail.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Nav {
    /// None of them.
    #[default]
    Elsewhere,
    /// The timelines.
    Home,
    /// The directory.
    People,
    /// Writing, an entry only on phones.
    Compose,
    /// What others did.
    Notifications,
    /// Where moderators work.
    Desk,
    /// What one set.
    Settings,
}

/// What just happened, said once.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Flash {
    /// In a sentence.
    pub text: String,
    /// Whether it went wrong.
    pub bad: bool,
    /// How to take it back.
    pub undo: Option<Undo>,
    /// Where to go on.
    pub link: Option<FlashLink>,
}

/// A form that takes back what happened.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Undo {
    /// Where it is sent.
    pub action: String,
    /// What the button says.
    pub label: String,
}

/// Where to go on.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct FlashLink {
    /// The address.
    pub href: String,
    /// What it says.
    pub label: String,
}
