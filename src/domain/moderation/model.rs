//! What a report and an action of a moderator are.

use crate::base::Millis;
use crate::base::id::{AccountId, ModerationActionId, ReportId, StatusId};
use crate::domain::accounts::Account;
use crate::words;

/// What a report is about. Source: <https://docs.joinmastodon.org/entities/Report/#category>
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Category {
    /// Advertising or noise.
    Spam,
    /// Perhaps against the law.
    Legal,
    /// Against the rules of the site.
    Violation,
    /// Something else, in the reporter's words.
    #[default]
    Other,
}

words!(Category { Spam = "spam", Legal = "legal", Violation = "violation", Other = "other" });

/// What somebody reports.
#[derive(Clone, Debug)]
pub struct NewReport {
    /// Whom.
    pub target: AccountId,
    /// Which of their posts; may be none.
    pub statuses: Vec<StatusId>,
    /// In the reporter's words, plain text, at most 1,000 characters.
    pub comment: String,
    /// What it is about.
    pub category: Category,
    /// Whether the other site may be told. Who reports is never told.
    pub forward: bool,
}

/// A report.
#[derive(Clone, Debug, sqlx::FromRow)]
pub struct Report {
    /// Ours.
    pub id: ReportId,
    /// Who reports; an actor of another site for a `Flag`.
    pub account_id: AccountId,
    /// Who is reported.
    pub target_id: AccountId,
    /// In the reporter's words, plain text.
    pub comment: String,
    /// What it is about.
    #[sqlx(try_from = "String")]
    pub category: Category,
    /// Id of the `Flag`, sent or received.
    pub uri: String,
    /// The reporter agreed that the other site is told.
    pub forward: bool,
    /// When.
    pub created_at: Millis,
    /// When a moderator was done with it.
    pub resolved_at: Option<Millis>,
    /// Who was.
    pub resolved_by: Option<AccountId>,
}

/// A post that a report names, with its words at that time.
#[derive(Clone, Debug, sqlx::FromRow)]
pub struct Snapshot {
    /// Which report.
    pub report_id: ReportId,
    /// Which post; its row may be gone.
    pub status_id: StatusId,
    /// Its ActivityPub id.
    pub uri: String,
    /// What it said, as plain text.
    pub content: String,
}

/// Who reports, as moderators see it.
#[derive(Clone, Debug)]
pub enum Reporter {
    /// A person of this site.
    Person(Box<Account>),
    /// Another site: which of its people it was stays there.
    Site {
        /// Its host.
        host: String,
    },
}

impl Reporter {
    /// From the account that the report came from.
    pub fn from_account(account: Account) -> Self {
        if account.is_local() { Self::Person(Box::new(account)) } else { Self::Site { host: account.host } }
    }
}

/// What moderators do.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum ActionKind {
    /// A post is not shown here any more.
    RemovePost,
    /// A person is shown to their followers only.
    LimitPerson,
    /// A person is neither shown nor heard here.
    SuspendPerson,
    /// Nothing is sent to a site or taken from it, and its people are not shown.
    BlockSite,
    /// A report is dealt with.
    ResolveReport,
    /// An earlier action no longer holds.
    Undo,
}

words!(ActionKind {
    RemovePost = "remove_post",
    LimitPerson = "limit_person",
    SuspendPerson = "suspend_person",
    BlockSite = "block_site",
    ResolveReport = "resolve_report",
    Undo = "undo",
});

/// Why a moderator does something.
#[derive(Clone, Debug, Default)]
pub struct Grounds {
    /// For the log, and for the person whom it concerns: 3 to 500 characters.
    pub reason: String,
    /// The report that led to it.
    pub report: Option<ReportId>,
    /// Whether the report is dealt with by this.
    pub resolve: bool,
}

impl Grounds {
    /// Only a reason.
    pub fn because(reason: impl Into<String>) -> Self {
        Self { reason: reason.into(), report: None, resolve: false }
    }
}

/// A row of the log.
#[derive(Clone, Debug, sqlx::FromRow)]
pub struct Action {
    /// Ours.
    pub id: ModerationActionId,
    /// Who did it.
    pub moderator_id: AccountId,
    /// What.
    #[sqlx(try_from = "String")]
    pub kind: ActionKind,
    /// Whom it concerns.
    pub account_id: Option<AccountId>,
    /// Which post.
    pub status_id: Option<StatusId>,
    /// Which site.
    pub host: Option<String>,
    /// The report that led to it.
    pub report_id: Option<ReportId>,
    /// Why.
    pub reason: String,
    /// The action that this one undoes.
    pub undoes: Option<ModerationActionId>,
    /// When.
    pub created_at: Millis,
}
