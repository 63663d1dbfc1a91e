//! What a mail is about, and what people wish.

use jiff::tz::TimeZone;
use serde::{Deserialize, Serialize};

use super::hours::Quiet;
use crate::base::Millis;
use crate::base::config::DigestRhythm;
use crate::base::id::{AccountId, MailId};
use crate::words;

/// What a mail is about. What it says is looked up when it is sent.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum About {
    /// Somebody is invited to the site.
    Invitation {
        /// What they become.
        role: String,
        /// Who invites.
        by: Option<AccountId>,
    },
    /// Somebody shows that the address is theirs.
    Confirmation,
    /// Somebody forgot the password. Whether there is such a person shows when the mail is written, so that asking
    /// takes as long for everybody.
    Reset {
        /// What was typed: an address or a name.
        login: String,
    },
    /// There are notifications that nobody has seen.
    News,
    /// What happened in a while.
    Digest {
        /// Since when.
        since: Millis,
    },
    /// The moderators did something that concerns the person.
    Decision {
        /// What, as in `suspend_person`.
        action: String,
        /// Why, in their words.
        reason: String,
    },
}

impl About {
    /// The kind of mails that one can end by unsubscribing, if it is one.
    pub fn stream(&self) -> Option<Stream> {
        match self {
            Self::News => Some(Stream::News),
            Self::Digest { .. } => Some(Stream::Digest),
            Self::Invitation { .. } | Self::Confirmation | Self::Reset { .. } | Self::Decision { .. } => None,
        }
    }
}

/// Mails that come again and again, until one has had enough.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stream {
    /// About notifications.
    News,
    /// The digest.
    Digest,
}

words!(Stream { News = "news", Digest = "digest" });

/// What became of a mail.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// The mail server took it.
    Sent,
    /// There was nothing to say any more.
    Needless,
    /// The mail server will never take it.
    Refused,
    /// It could not be sent for so long that it is of no use.
    Late,
}

words!(Outcome { Sent = "sent", Needless = "needless", Refused = "refused", Late = "late" });

/// A mail in the queue.
#[derive(Clone, Debug, sqlx::FromRow)]
pub struct QueuedMail {
    /// Ours; also of its `Message-ID`.
    pub id: MailId,
    /// Whose.
    pub account_id: Option<AccountId>,
    /// Where to; empty: looked up when it is written.
    pub address: String,
    /// JSON of [`About`].
    pub about: String,
    /// When it was asked for.
    pub created_at: Millis,
    /// Not before; pushed on while somebody sends it.
    pub run_at: Millis,
    /// Of no use after.
    pub give_up_at: Millis,
    /// How often it was tried.
    pub attempts: i64,
}

impl QueuedMail {
    /// What it is about; `None` if a newer version wrote it.
    pub fn about(&self) -> Option<About> {
        serde_json::from_str(&self.about).ok()
    }
}

/// What a person wishes about mail.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct Wishes {
    /// Who.
    pub account_id: AccountId,
    /// How often there is a digest: `never`, `daily`, `weekly`.
    pub digest: String,
    /// Its hour.
    pub hour: i64,
    /// Its day, from 1 (Monday) to 7, if it is weekly.
    pub weekday: i64,
    /// When the next one is due.
    pub next_at: Option<Millis>,
    /// When the last one was.
    pub last_at: Option<Millis>,
    /// As in `Europe/Berlin`.
    pub zone: String,
    /// As in `de`; empty: as the site.
    pub language: String,
    /// The first hour of rest.
    pub quiet_from: Option<i64>,
    /// The first hour after it.
    pub quiet_until: Option<i64>,
    /// No mails about notifications.
    pub news_off: bool,
    /// The newest notification that a mail told of.
    pub told_up_to: i64,
}

impl Wishes {
    /// The person's zone; UTC if the machine does not know it.
    pub fn time_zone(&self) -> TimeZone {
        TimeZone::get(&self.zone).unwrap_or(TimeZone::UTC)
    }

    /// When to be left alone.
    pub fn quiet(&self) -> Option<Quiet> {
        Quiet::new(self.quiet_from?, self.quiet_until?)
    }

    /// How often there is a digest.
    pub fn rhythm(&self) -> DigestRhythm {
        match self.digest.as_str() {
            "daily" => DigestRhythm::Daily,
            "weekly" => DigestRhythm::Weekly,
            _ => DigestRhythm::Never,
        }
    }
}

/// The word in the database.
pub fn word_of(rhythm: DigestRhythm) -> &'static str {
    match rhythm {
        DigestRhythm::Never => "never",
        DigestRhythm::Daily => "daily",
        DigestRhythm::Weekly => "weekly",
    }
}
