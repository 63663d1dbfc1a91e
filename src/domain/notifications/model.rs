//! What a notification is.

use crate::base::Millis;
use crate::base::id::{AccountId, NotificationId, ReportId, StatusId};
use crate::domain::accounts::Account;
use crate::domain::statuses::StatusView;
use crate::words;

/// Why somebody is told. Source: <https://docs.joinmastodon.org/entities/Notification/#type>
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Kind {
    /// Mentioned or answered.
    Mention,
    /// Somebody whose posts one wants to hear of posted.
    Status,
    /// An own post was reposted.
    Reblog,
    /// Followed.
    Follow,
    /// Somebody asks to follow.
    FollowRequest,
    /// An own post is liked.
    Favourite,
    /// A post that one liked or reposted was edited.
    Update,
    /// Somebody elsewhere reacted to an own post with a sign.
    Reaction,
    /// A poll that one asked or voted in has ended.
    Poll,
    /// An own post is quoted.
    Quote,
    /// Somebody asks to quote an own post.
    QuoteRequest,
    /// Somebody asks to answer an own post.
    ReplyRequest,
    /// For moderators: a new report.
    AdminReport,
}

words!(Kind {
    Mention = "mention",
    Status = "status",
    Reblog = "reblog",
    Follow = "follow",
    FollowRequest = "follow_request",
    Favourite = "favourite",
    Update = "update",
    Reaction = "reaction",
    Poll = "poll",
    Quote = "quote",
    QuoteRequest = "quote_request",
    ReplyRequest = "reply_request",
    AdminReport = "admin.report",
});

/// A line in somebody's notifications.
#[derive(Clone, Debug, sqlx::FromRow)]
pub struct Notification {
    /// Ours; sorts by time.
    pub id: NotificationId,
    /// Who reads it.
    pub account_id: AccountId,
    /// Why.
    #[sqlx(try_from = "String")]
    pub kind: Kind,
    /// Whose doing.
    pub from_account_id: AccountId,
    /// Which post.
    pub status_id: Option<StatusId>,
    /// Which report.
    pub report_id: Option<ReportId>,
    /// With account and kind, what makes it the same notification.
    pub source: String,
    /// When.
    pub created_at: Millis,
    /// Waits as a request, since the reader's policy says so.
    pub filtered: bool,
}

/// A notification with what a page or the client API shows of it.
#[derive(Clone, Debug)]
pub struct NotificationView {
    /// The line.
    pub notification: Notification,
    /// Whose doing.
    pub account: Account,
    /// Which post.
    pub status: Option<StatusView>,
}
