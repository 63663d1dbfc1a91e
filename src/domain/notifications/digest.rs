//! What somebody missed: what was said to them, and what those whom they follow wrote. In the order of time; a machine
//! ranks nothing. Nothing new: no digest.

use std::collections::HashMap;

use super::markers::Timeline;
use super::model::{Kind, NotificationView};
use super::notify;
use super::store::{self, Filter};
use crate::base::id::{AccountId, IdMaker, NotificationId, StatusId};
use crate::base::page::Page;
use crate::base::{Millis, Result};
use crate::domain::statuses::StatusView;
use crate::domain::timelines;
use crate::platform::db::Conn;
use crate::platform::services::Services;

/// The most lines about what was said to them.
const NEWS: usize = 6;

/// The most posts.
const POSTS: usize = 7;

/// The most posts of one person, so that nobody fills it.
const OF_ONE: usize = 2;

/// How far it is looked.
const LOOKED_AT: i64 = 80;

/// What somebody missed.
#[derive(Clone, Debug, Default)]
pub struct Digest {
    /// What was said to them or waits for them, the newest first.
    pub news: Vec<NotificationView>,
    /// How much more of that.
    pub more_news: usize,
    /// Posts of those whom they follow, the newest first.
    pub posts: Vec<StatusView>,
    /// How many more of those, at least.
    pub more_posts: usize,
}

impl Digest {
    /// Whether there is nothing to say.
    pub fn is_empty(&self) -> bool {
        self.news.is_empty() && self.posts.is_empty()
    }
}

/// What this person has not seen since then.
///
/// # Errors
/// As the database.
pub async fn gather(
    services: &Services,
    conn: &mut Conn,
    person: AccountId,
    since: Millis,
) -> Result<Digest> {
    let (news, more_news) = news(services, conn, person, since).await?;
    let (posts, more_posts) = posts(services, conn, person, since).await?;
    Ok(Digest { news, more_news, posts, more_posts })
}

async fn news(
    services: &Services,
    conn: &mut Conn,
    person: AccountId,
    since: Millis,
) -> Result<(Vec<NotificationView>, usize)> {
    const WANTED: [Kind; 6] = [
        Kind::Mention,
        Kind::Quote,
        Kind::FollowRequest,
        Kind::QuoteRequest,
        Kind::ReplyRequest,
        Kind::Follow,
    ];
    let seen = store::find_read(conn, person).await?.0;
    let since = IdMaker::floor::<NotificationId>(since).0.max(seen);
    let kinds = WANTED.iter().map(|kind| kind.word().to_owned()).collect();
    let filter = Filter { kinds, ..Filter::default() };
    let page = Page { max_id: None, since_id: Some(since), min_id: None, limit: LOOKED_AT };
    let mut news = notify::list(services, conn, person, &filter, page).await?;
    let more = news.len().saturating_sub(NEWS);
    news.truncate(NEWS);
    Ok((news, more))
}

async fn posts(
    services: &Services,
    conn: &mut Conn,
    person: AccountId,
    since: Millis,
) -> Result<(Vec<StatusView>, usize)> {
    let marks = store::list_markers(conn, person).await?;
    let read = marks.iter().find(|mark| mark.timeline == Timeline::Home).map_or(0, |mark| mark.last_read);
    let since = IdMaker::floor::<StatusId>(since).0.max(read);
    let page = Page { max_id: None, since_id: Some(since), min_id: None, limit: LOOKED_AT };
    let home = timelines::home(services, conn, person, page).await?;
    let mut of: HashMap<AccountId, usize> = HashMap::new();
    let mut left_out = 0;
    let mut posts: Vec<StatusView> = Vec::new();
    for view in home.statuses {
        // What was said to somebody else, and what somebody passed on, is found on the page.
        let is_new = view.status.reblog_of_id.is_none()
            && view.account.id != person
            && view.status.in_reply_to_account_id.is_none_or(|to| to == view.account.id);
        if !is_new {
            continue;
        }
        let count = of.entry(view.account.id).or_default();
        *count += 1;
        if *count <= OF_ONE && posts.len() < POSTS {
            posts.push(view);
        } else {
            left_out += 1;
        }
    }
    Ok((posts, left_out))
}
