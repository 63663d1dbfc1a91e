//! A set of posts with all that a page or the client API shows of them, in a handful of queries.

use std::collections::{HashMap, HashSet};

use super::consent::view::{ConsentView, Consents};
use super::model::{Reader, Status};
use super::more::More;
use super::poll::PollView;
use super::react::Reaction;
use super::title::Title;
use super::{read, store};
use crate::base::id::{AccountId, StatusId};
use crate::base::{Millis, Result};
use crate::domain::accounts::{self, Account};
use crate::domain::filters::Hit;
use crate::domain::follows;
use crate::domain::media::{self, Media};
use crate::platform::db::Conn;
use crate::platform::services::Services;

/// A post as one reader sees it.
#[derive(Clone, Debug)]
pub struct StatusView {
    /// The post, or the repost.
    pub status: Status,
    /// Its author, or who reposted.
    pub account: Account,
    /// What is reposted.
    pub reblog: Option<Box<StatusView>>,
    /// What it is called.
    pub title: Option<Title>,
    /// What it asks.
    pub poll: Option<PollView>,
    /// Signs that people left, most frequent first.
    pub reactions: Vec<Reaction>,
    /// Pictures, in order.
    pub media: Vec<Media>,
    /// Those mentioned.
    pub mentions: Vec<Account>,
    /// Hashtags: key, and as written.
    pub tags: Vec<(String, String)>,
    /// Name and website of the program.
    pub app: Option<(String, Option<String>)>,
    /// Whom it answers, if known: for "replying to".
    pub in_reply_to_account: Option<Account>,
    /// The reader likes it.
    pub favourited: bool,
    /// The reader reposted it.
    pub reblogged: bool,
    /// The reader keeps it.
    pub bookmarked: bool,
    /// The reader muted the author.
    pub muted: bool,
    /// The reader does not want to be told of the thread any more.
    pub thread_muted: bool,
    /// The reader wrote it and pinned it to the profile.
    pub pinned: bool,
    /// Who may do what with it, and what it quotes.
    pub consent: ConsentView,
    /// What the reader's filters find in it, if they were asked: see [`super::filtered`].
    pub filtered: Vec<Hit>,
    /// What the thread is called on the wire, if it is filled in: see [`super::threads::name_contexts`].
    pub context: Option<String>,
}

impl StatusView {
    /// The post itself: what is reposted, or this.
    pub fn shown(&self) -> &Self {
        self.reblog.as_deref().unwrap_or(self)
    }
}

/// The posts among `ids` that the reader may read, in that order. A repost of what may not be read is left out.
pub async fn hydrate(
    services: &Services,
    conn: &mut Conn,
    reader: &Reader,
    ids: &[StatusId],
) -> Result<Vec<StatusView>> {
    load(services, conn, reader, ids, true).await
}

/// With what the posts quote, or, inside such a quote, without.
async fn load(
    services: &Services,
    conn: &mut Conn,
    reader: &Reader,
    ids: &[StatusId],
    with_quoted: bool,
) -> Result<Vec<StatusView>> {
    if ids.is_empty() {
        return Ok(Vec::new());
    }
    let statuses = store::list(conn, ids).await?;
    let originals: Vec<StatusId> = statuses.iter().filter_map(|status| status.reblog_of_id).collect();
    let wanted: HashSet<StatusId> = statuses.iter().map(|status| status.id).collect();
    let missing: Vec<StatusId> = originals.into_iter().filter(|id| !wanted.contains(id)).collect();
    let mut all = statuses;
    all.extend(store::list(conn, &missing).await?);
    let all = read::retain_visible(services, conn, all, reader).await?;

    let mut details = Details::load(conn, &all, reader, services.clock.now()).await?;
    let inside = details.consents.shown_inside();
    if with_quoted && !inside.is_empty() {
        let quoted = Box::pin(load(services, conn, reader, &inside, false)).await?;
        details.consents.show_inside(&quoted);
    }
    let by_id: HashMap<StatusId, &Status> = all.iter().map(|status| (status.id, status)).collect();
    Ok(ids
        .iter()
        .filter_map(|id| {
            let status = by_id.get(id)?;
            let reblog = match status.reblog_of_id {
                Some(of) => Some(Box::new(details.view((*by_id.get(&of)?).clone(), None)?)),
                None => None,
            };
            details.view((*status).clone(), reblog)
        })
        .collect())
}

/// One post, as [`hydrate`].
///
/// # Errors
/// [`crate::base::Error::NotFound`] if it does not exist or may not be read.
pub async fn hydrate_one(
    services: &Services,
    conn: &mut Conn,
    reader: &Reader,
    id: StatusId,
) -> Result<StatusView> {
    hydrate(services, conn, reader, &[id]).await?.pop().ok_or(crate::base::Error::not_found("status"))
}

struct Details {
    accounts: HashMap<AccountId, Account>,
    media: HashMap<StatusId, Vec<Media>>,
    mentions: HashMap<StatusId, Vec<AccountId>>,
    tags: HashMap<StatusId, Vec<(String, String)>>,
    apps: HashMap<i64, (String, Option<String>)>,
    more: More,
    marks: store::Marks,
    muted: HashSet<AccountId>,
    pinned: HashSet<StatusId>,
    consents: Consents,
    reader: Reader,
}

impl Details {
    async fn load(conn: &mut Conn, statuses: &[Status], reader: &Reader, now: Millis) -> Result<Self> {
        let ids: Vec<StatusId> = statuses.iter().map(|status| status.id).collect();
        let mut mentions: HashMap<StatusId, Vec<AccountId>> = HashMap::new();
        for (status, account) in store::list_mentions(conn, &ids).await? {
            mentions.entry(status).or_default().push(account);
        }
        let mut tags: HashMap<StatusId, Vec<(String, String)>> = HashMap::new();
        for (status, name, display) in store::list_tags(conn, &ids).await? {
            tags.entry(status).or_default().push((name, display));
        }
        let mut media: HashMap<StatusId, Vec<Media>> = HashMap::new();
        for item in media::store::list_of_statuses(conn, &ids).await? {
            if let Some(status) = item.status_id {
                media.entry(status).or_default().push(item);
            }
        }
        let needed: HashSet<AccountId> = statuses
            .iter()
            .flat_map(|status| [Some(status.account_id), status.in_reply_to_account_id])
            .flatten()
            .chain(mentions.values().flatten().copied())
            .collect();
        let needed: Vec<AccountId> = needed.into_iter().collect();
        let accounts = accounts::store::list(conn, &needed).await?;
        let app_ids: HashSet<i64> =
            statuses.iter().filter_map(|status| status.app_id.map(|id| id.0)).collect();
        let apps = store::list_apps(conn, app_ids.into_iter().collect()).await?;
        let mut details = Self {
            accounts: accounts.into_iter().map(|account| (account.id, account)).collect(),
            media,
            mentions,
            tags,
            apps: apps.into_iter().map(|(id, name, website)| (id, (name, website))).collect(),
            // Boxed, since most pages need none of it.
            more: Box::pin(More::load(conn, statuses, reader.person(), now)).await?,
            marks: store::Marks::default(),
            muted: HashSet::new(),
            pinned: HashSet::new(),
            consents: Consents::load(conn, statuses, reader, now).await?,
            reader: reader.clone(),
        };
        if let Some(person) = reader.person() {
            let authors: Vec<AccountId> = statuses.iter().map(|status| status.account_id).collect();
            let threads: Vec<StatusId> = statuses.iter().map(|status| status.conversation_id).collect();
            details.marks = store::list_marks(conn, person, &ids, &threads).await?;
            if authors.contains(&person) {
                details.pinned = store::list_pinned_among(conn, person, &ids).await?.into_iter().collect();
            }
            details.muted = follows::store::list_muted_among(conn, person, &authors, now).await?;
        }
        Ok(details)
    }

    fn view(&self, status: Status, reblog: Option<Box<StatusView>>) -> Option<StatusView> {
        let account = self.accounts.get(&status.account_id)?.clone();
        let mentions = self.mentions.get(&status.id).map_or(&[][..], Vec::as_slice);
        Some(StatusView {
            account,
            reblog,
            title: self.more.title(status.id),
            poll: self.more.poll(status.id),
            reactions: self.more.reactions(status.id),
            media: self.media.get(&status.id).cloned().unwrap_or_default(),
            mentions: mentions.iter().filter_map(|id| self.accounts.get(id).cloned()).collect(),
            tags: self.tags.get(&status.id).cloned().unwrap_or_default(),
            app: status.app_id.and_then(|id| self.apps.get(&id.0).cloned()),
            in_reply_to_account: status.in_reply_to_account_id.and_then(|id| self.accounts.get(&id).cloned()),
            favourited: self.marks.favourited.contains(&status.id),
            reblogged: self.marks.reblogged.contains(&status.id),
            bookmarked: self.marks.bookmarked.contains(&status.id),
            muted: self.muted.contains(&status.account_id),
            thread_muted: self.marks.muted_conversations.contains(&status.conversation_id),
            pinned: self.pinned.contains(&status.id),
            consent: self.consents.of(&status, mentions, &self.reader),
            filtered: Vec::new(),
            context: None,
            status,
        })
    }
}
