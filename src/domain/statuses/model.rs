//! What a post is, and the pure rule of who may read it.

use serde::{Deserialize, Serialize};

use super::extras::Extras;
use crate::base::Millis;
use crate::base::id::{AccountId, OAuthAppId, StatusId};
use crate::words;

/// Who sees a post: the ladder of the composer.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Visibility {
    /// Everybody on the web, where the site was opened to it.
    Public,
    /// As public, but not in the timelines of those who do not follow.
    Unlisted,
    /// Everybody at the sites that trust one another.
    Organisation,
    /// Everybody at this site.
    Site,
    /// Followers and those mentioned.
    Private,
    /// Those mentioned.
    Direct,
}

words!(Visibility {
    Public = "public",
    Unlisted = "unlisted",
    Organisation = "organisation",
    Site = "site",
    Private = "private",
    Direct = "direct",
});

impl Visibility {
    /// Whether others may repost it: a repost never widens an audience.
    pub fn may_be_reblogged(self) -> bool {
        matches!(self, Self::Public | Self::Unlisted | Self::Organisation | Self::Site)
    }

    /// How far it reaches; a reply is never wider than what it answers.
    pub fn width(self) -> u8 {
        match self {
            Self::Direct => 0,
            Self::Private => 1,
            Self::Site => 2,
            Self::Organisation => 3,
            Self::Unlisted => 4,
            Self::Public => 5,
        }
    }

    /// The narrower of two.
    pub fn narrower(self, other: Self) -> Self {
        if self.width() <= other.width() { self } else { other }
    }
}

/// A post, or a repost if `reblog_of_id` is set.
#[derive(Clone, Debug, sqlx::FromRow)]
pub struct Status {
    /// Ours; sorts by time.
    pub id: StatusId,
    /// The ActivityPub id.
    pub uri: String,
    /// The page for people.
    pub url: String,
    /// The author.
    pub account_id: AccountId,
    /// Written here.
    pub local: bool,
    /// Who sees it.
    #[sqlx(try_from = "String")]
    pub visibility: Visibility,
    /// HTML, sanitised.
    pub content: String,
    /// What was typed, if local.
    pub source: String,
    /// `text/plain` or `text/markdown`.
    pub source_type: String,
    /// Content warning; empty if there is none.
    pub spoiler_text: String,
    /// Media are covered at first.
    pub sensitive: bool,
    /// ISO 639-1.
    pub language: Option<String>,
    /// What it answers, if that is here.
    pub in_reply_to_id: Option<StatusId>,
    /// Whom it answers.
    pub in_reply_to_account_id: Option<AccountId>,
    /// What it answers, also if that is not here.
    pub in_reply_to_uri: Option<String>,
    /// What it reposts.
    pub reblog_of_id: Option<StatusId>,
    /// First post of the thread, as far as known.
    pub conversation_id: StatusId,
    /// The program it was written with.
    pub app_id: Option<OAuthAppId>,
    /// Answers that are here.
    pub replies_count: i64,
    /// Reposts that are here.
    pub reblogs_count: i64,
    /// Likes that are here.
    pub favourites_count: i64,
    /// When it was written, at its origin.
    pub created_at: Millis,
    /// When it was last edited.
    pub edited_at: Option<Millis>,
    /// When our moderators removed it.
    pub removed_at: Option<Millis>,
    /// What it has beside its words.
    pub extras: Extras,
}

/// A post to write, with everything worked out.
#[derive(Clone, Debug)]
pub struct NewStatus {
    /// Ours.
    pub id: StatusId,
    /// The ActivityPub id.
    pub uri: String,
    /// The page for people.
    pub url: String,
    /// The author.
    pub account_id: AccountId,
    /// Written here.
    pub local: bool,
    /// Who sees it.
    pub visibility: Visibility,
    /// HTML, sanitised.
    pub content: String,
    /// What was typed, if local.
    pub source: String,
    /// `text/plain` or `text/markdown`.
    pub source_type: String,
    /// Content warning; empty if there is none.
    pub spoiler_text: String,
    /// Media are covered at first.
    pub sensitive: bool,
    /// ISO 639-1.
    pub language: Option<String>,
    /// What it answers: id, author and thread, if that is here.
    pub parent: Option<Parent>,
    /// What it answers, also if that is not here.
    pub in_reply_to_uri: Option<String>,
    /// The program it was written with.
    pub app_id: Option<OAuthAppId>,
    /// Those mentioned.
    pub mentions: Vec<AccountId>,
    /// Hashtags: key in lower case, and as written.
    pub tags: Vec<(String, String)>,
    /// When it was written.
    pub created_at: Millis,
}

/// What a reply answers.
#[derive(Clone, Copy, Debug, sqlx::FromRow)]
pub struct Parent {
    /// The post.
    pub id: StatusId,
    /// Its author.
    pub account_id: AccountId,
    /// Its thread.
    pub conversation_id: StatusId,
    /// Written here.
    pub local: bool,
    /// Its author says who may do what with it.
    pub restricted: bool,
}

impl From<&Status> for Parent {
    fn from(status: &Status) -> Self {
        Self {
            id: status.id,
            account_id: status.account_id,
            conversation_id: status.conversation_id,
            local: status.local,
            restricted: true,
        }
    }
}

/// Who wants to read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Reader {
    /// Somebody on the web, not signed in.
    Anonymous,
    /// A person of this site.
    Person(AccountId),
    /// Another site, on behalf of its people.
    Site {
        /// Its host.
        host: String,
        /// Whether it is in the organisation: an accepted peer.
        member: bool,
    },
    /// A moderator with a report in hand: reads what is reported, and around it what the reporter may read, also
    /// where it is removed or its author suspended.
    Desk {
        /// Who reports.
        reporter: AccountId,
        /// Where the reporter lives; empty for this site.
        host: String,
        /// The posts that are reported.
        reported: Vec<StatusId>,
    },
}

impl Reader {
    /// The person, if a person of this site reads.
    pub fn person(&self) -> Option<AccountId> {
        match self {
            Self::Person(id) => Some(*id),
            Self::Anonymous | Self::Site { .. } | Self::Desk { .. } => None,
        }
    }
}

/// What ties a reader to a post and its author.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Ties {
    /// The reader wrote it.
    pub owner: bool,
    /// The reader is of this site.
    pub on_site: bool,
    /// The reader is of the organisation, here or at an accepted peer.
    pub in_organisation: bool,
    /// The site shows public posts to the web, or federates with everybody.
    pub open: bool,
    /// One of the two blocks the other.
    pub blocked: bool,
    /// The reader (or somebody at the reading site) follows the author.
    pub follows: bool,
    /// The reader (or somebody at the reading site) is mentioned.
    pub mentioned: bool,
    /// The author was suspended or is gone, or the post was removed by our moderators.
    pub hidden: bool,
}

/// Whether a reader with these ties may read a post of this visibility.
///
/// ```
/// use breezeway::domain::statuses::{Ties, Visibility, may_read};
/// let colleague = Ties { on_site: true, in_organisation: true, ..Ties::default() };
/// assert!(may_read(Visibility::Site, colleague));
/// assert!(!may_read(Visibility::Private, colleague));
/// ```
pub fn may_read(visibility: Visibility, ties: Ties) -> bool {
    if ties.hidden {
        return false;
    }
    if ties.owner {
        return true;
    }
    if ties.blocked {
        return false;
    }
    match visibility {
        Visibility::Public | Visibility::Unlisted => ties.in_organisation || ties.open,
        Visibility::Organisation => ties.in_organisation || ties.mentioned,
        Visibility::Site => ties.on_site,
        Visibility::Private => ties.follows || ties.mentioned,
        Visibility::Direct => ties.mentioned,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const ALL: [Visibility; 6] = [
        Visibility::Public,
        Visibility::Unlisted,
        Visibility::Organisation,
        Visibility::Site,
        Visibility::Private,
        Visibility::Direct,
    ];

    fn readable(ties: Ties) -> Vec<Visibility> {
        ALL.into_iter().filter(|visibility| may_read(*visibility, ties)).collect()
    }

    #[test]
    fn a_stranger_of_a_closed_site_reads_nothing() {
        assert_eq!(readable(Ties::default()), []);
    }

    #[test]
    fn a_colleague_elsewhere_reads_what_is_for_the_organisation() {
        let ties = Ties { in_organisation: true, ..Ties::default() };
        assert_eq!(readable(ties), [Visibility::Public, Visibility::Unlisted, Visibility::Organisation]);
    }

    #[test]
    fn a_block_hides_everything_and_so_does_removal() {
        let near = Ties {
            on_site: true,
            in_organisation: true,
            open: true,
            follows: true,
            mentioned: true,
            ..Ties::default()
        };
        assert_eq!(readable(near).len(), 6);
        assert_eq!(readable(Ties { blocked: true, ..near }), []);
        assert_eq!(readable(Ties { hidden: true, owner: true, ..near }), []);
    }

    #[test]
    fn somebody_mentioned_elsewhere_does_not_read_what_stays_on_the_site() {
        assert!(!may_read(
            Visibility::Site,
            Ties { mentioned: true, in_organisation: true, ..Ties::default() }
        ));
    }
}
