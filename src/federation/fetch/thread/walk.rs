//! One look at one thread: up to its beginning, through its collection, down along the answers; within bounds.
//!
//! Nobody is believed about what others wrote: what stands whole in a collection counts only if it is of the same
//! site, everything else is read from where it lives. What does not hang together with the thread is left alone.

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet, VecDeque};
use std::time::Duration;

use serde::Deserialize as _;
use serde_json::Value;
use tracing::debug;
use url::Url;

use super::super::status::{self, Reading};
use super::super::{Budget, Document, FetchError, Fetcher, Shares, actor, fetcher};
use crate::activitystreams::Note;
use crate::activitystreams::thread::Item;
use crate::base::id::StatusId;
use crate::base::{Error, Result};
use crate::domain::statuses;
use crate::domain::statuses::threads::{Cause, LookUp, Unreached, store};
use crate::federation::gate::{self, Purpose};
use crate::federation::origin::{host_of, same_origin};
use crate::platform::services::Services;

/// Documents that one look may fetch: posts, pages of collections, authors. Mastodon takes up to 1,000.
const DOCUMENTS: u32 = 200;

/// Documents that it may fetch of one site.
const DOCUMENTS_OF_SITE: u32 = 100;

/// How far up a thread is followed.
const DEPTH: usize = 100;

/// Posts that are known already from which is looked further.
const KNOWN: i64 = 400;

/// A look at a thread, with all that it learns on the way.
pub(super) struct Walk<'a> {
    services: &'a Services,
    fetcher: Fetcher,
    budget: Budget,
    shares: Shares,
    /// Addresses that were asked for; none is twice.
    asked: HashSet<String>,
    /// When what could not be reached is tried again: nobody else is asked what answers their posts have.
    only: Option<HashSet<String>>,
    /// Posts that are known by address from an earlier look.
    remembered: Vec<Url>,
    /// Posts that stand in the thread here.
    members: HashSet<String>,
    /// What the posts that were read call the collection of their answers.
    replies: HashMap<String, Value>,
    found: Vec<StatusId>,
    unreached: BTreeMap<String, BTreeSet<String>>,
    /// How long a post may have been on its way that is left to come by itself.
    patience: Duration,
    awaited: bool,
}

/// What came of a look.
pub(super) struct Seen {
    pub found: Vec<StatusId>,
    pub unreached: Vec<Unreached>,
    /// Something is about to be sent here.
    pub awaited: bool,
}

/// Of a thread that somebody opens, whatever is older than this is fetched, also if it should have been sent.
const PATIENCE_OF_READER: Duration = Duration::from_mins(5);

impl<'a> Walk<'a> {
    /// Begins, or goes on with what could not be reached.
    pub(super) async fn new(services: &'a Services, row: &LookUp) -> Result<Self> {
        let before = row.unreachable();
        let posts = before.iter().flat_map(|site| &site.posts);
        Ok(Self {
            services,
            fetcher: fetcher(services).await?,
            budget: Budget::of(DOCUMENTS),
            shares: Shares::of(DOCUMENTS_OF_SITE),
            asked: HashSet::new(),
            remembered: posts.filter_map(|uri| Url::parse(uri).ok()).collect(),
            only: (!before.is_empty()).then(|| before.iter().map(|site| site.host.clone()).collect()),
            members: HashSet::new(),
            replies: HashMap::new(),
            found: Vec::new(),
            unreached: BTreeMap::new(),
            patience: if row.cause == Cause::View { PATIENCE_OF_READER } else { status::LATELY },
            awaited: false,
        })
    }

    /// What arrived, and who could not be reached.
    pub(super) fn into_seen(self) -> Seen {
        let unreached = self.unreached.into_iter();
        let sites = unreached.map(|(host, posts)| Unreached { host, posts: posts.into_iter().collect() });
        Seen { found: self.found, unreached: sites.collect(), awaited: self.awaited }
    }

    /// Looks. Only what is wrong here is an error.
    pub(super) async fn run(&mut self, row: &LookUp) -> Result<()> {
        self.climb(row.conversation_id).await?;
        if row.cause == Cause::Reply {
            return Ok(());
        }
        let Some(first) = self.find(row.conversation_id).await? else { return Ok(()) };
        let root = first.conversation_id;
        let known = store::list_members(&mut self.services.db.read().await?, root, KNOWN).await?;
        self.members = known.iter().map(|member| member.uri.clone()).collect();
        let read_at = self.read_collection(root).await?;
        let known = known.into_iter().filter(|member| !member.local).map(|member| member.uri);
        let found: Vec<StatusId> = self.found.clone();
        let mut open: VecDeque<String> = known.collect();
        let found = statuses::store::list(&mut self.services.db.read().await?, &found).await?;
        open.extend(found.into_iter().map(|status| status.uri).filter(|uri| self.members.contains(uri)));
        self.walk_down(open, read_at.as_deref()).await
    }

    async fn find(&self, id: StatusId) -> Result<Option<statuses::Status>> {
        Ok(statuses::store::list(&mut self.services.db.read().await?, &[id]).await?.pop())
    }

    /// Reads what stands above, one after the other, until the thread has a beginning.
    async fn climb(&mut self, from: StatusId) -> Result<()> {
        for _ in 0..DEPTH {
            let Some(uri) = self.missing_above(from).await? else { return Ok(()) };
            let Some(note) = self.post(&Item::Id(uri.clone()), None).await? else { return Ok(()) };
            if note.id != uri || !self.take(&note).await? {
                return Ok(());
            }
        }
        Ok(())
    }

    /// What the first post that is here answers, if that may be had.
    async fn missing_above(&self, from: StatusId) -> Result<Option<Url>> {
        let mut conn = self.services.db.read().await?;
        let above = statuses::store::list_ancestors(&mut conn, from, KNOWN).await?;
        let top = above.first().copied().unwrap_or(from);
        let Some(top) = statuses::store::list(&mut conn, &[top]).await?.pop() else { return Ok(None) };
        let (None, Some(uri)) = (top.in_reply_to_id, top.in_reply_to_uri) else { return Ok(None) };
        if self.services.origin.owns(&uri)
            || statuses::store::find_tombstone(&mut conn, &uri).await?.is_some()
        {
            return Ok(None);
        }
        Ok(Url::parse(&uri).ok())
    }

    /// Reads the collection of the thread, if it has one, and takes in what hangs together with what is here.
    /// Answers which site keeps the collection, if it could be read.
    async fn read_collection(&mut self, root: StatusId) -> Result<Option<String>> {
        let contexts = store::list_contexts(&mut self.services.db.read().await?, &[root]).await?;
        let address = contexts.into_iter().next().and_then(|(_, uri)| Url::parse(&uri).ok());
        let mut items: Vec<Item> = self.remembered.drain(..).map(Item::Id).collect();
        let mut keeper = None;
        if let Some(address) = &address {
            let listed = self.list(&Value::from(address.as_str()), address).await?.unwrap_or_default();
            keeper = host_of(address).filter(|_| !listed.is_empty());
            items.extend(listed);
        }
        self.take_together(&items, address.as_ref()).await?;
        Ok(keeper)
    }

    /// Takes in those of the posts that answer the thread, in whatever order they are listed.
    async fn take_together(&mut self, items: &[Item], owner: Option<&Url>) -> Result<()> {
        let mut loose: Vec<Note> = Vec::new();
        for item in items {
            let Some(note) = self.post(item, owner).await? else { continue };
            if self.belongs(&note) {
                self.take(&note).await?;
            } else if note.in_reply_to.is_some() {
                loose.push(note);
            }
        }
        loop {
            let (fitting, rest): (Vec<Note>, Vec<Note>) =
                loose.into_iter().partition(|note| self.belongs(note));
            if fitting.is_empty() {
                return Ok(());
            }
            for note in &fitting {
                self.take(note).await?;
            }
            loose = rest;
        }
    }

    fn belongs(&self, note: &Note) -> bool {
        note.in_reply_to.as_ref().is_some_and(|parent| self.members.contains(parent.as_str()))
    }

    /// Breadth first along the answers of each post; not of those whose site told the whole thread already.
    async fn walk_down(&mut self, mut open: VecDeque<String>, told_by: Option<&str>) -> Result<()> {
        while let Some(uri) = open.pop_front() {
            let Ok(post) = Url::parse(&uri) else { continue };
            if told_by.is_some() && host_of(&post).as_deref() == told_by {
                continue;
            }
            let Some(replies) = self.replies_of(&post).await? else { continue };
            for item in self.list(&replies, &post).await?.unwrap_or_default() {
                let Some(note) = self.post(&item, Some(&post)).await? else { continue };
                if note.in_reply_to.as_ref() == Some(&post) && self.take(&note).await? {
                    open.push_back(note.id.to_string());
                }
            }
        }
        Ok(())
    }

    async fn replies_of(&mut self, post: &Url) -> Result<Option<Value>> {
        if let Some(replies) = self.replies.remove(post.as_str()) {
            return Ok(Some(replies));
        }
        let document = self.document(post, false).await?;
        let document = document.filter(|document| document.id == *post);
        Ok(document.and_then(|document| document.value.get("replies").cloned()))
    }

    /// A post that is listed and not here yet. `owner` is of the site that lists it.
    async fn post(&mut self, item: &Item, owner: Option<&Url>) -> Result<Option<Note>> {
        let id = item.id();
        let known = {
            let mut conn = self.services.db.read().await?;
            statuses::store::find_by_uri(&mut conn, id.as_str()).await?.is_some()
        };
        if known || self.services.origin.owns(id.as_str()) {
            return Ok(None);
        }
        if let Item::Object { value, .. } = item
            && owner.is_some_and(|owner| same_origin(owner, id))
            && self.may_ask(id).await?
            && let Ok(note) = Note::deserialize(value)
        {
            self.remember_replies(&note, value);
            return Ok(Some(note));
        }
        let Some(document) = self.document(id, true).await? else { return Ok(None) };
        let note = status::to_note(&document).ok();
        if let Some(note) = &note {
            self.remember_replies(note, &document.value);
        }
        Ok(note)
    }

    fn remember_replies(&mut self, note: &Note, value: &Value) {
        if let Some(replies) = value.get("replies").filter(|replies| !replies.is_null()) {
            self.replies.insert(note.id.to_string(), replies.clone());
        }
    }

    /// Whether the site of a post that somebody showed us is one that we speak with.
    async fn may_ask(&self, id: &Url) -> Result<bool> {
        let Ok(host) = actor::remote_host(self.services, id) else { return Ok(false) };
        match gate::check(self.services, &host, Purpose::Conversation).await {
            Ok(_) => Ok(true),
            Err(FetchError::Own(problem)) => Err(problem),
            Err(_) => Ok(false),
        }
    }

    /// Takes a post in, if somebody here may read it. `false` if it was known or is not kept.
    async fn take(&mut self, note: &Note) -> Result<bool> {
        // Taken in now, it would stand before what its author wrote earlier.
        if status::is_on_its_way(self.services, note, self.patience).await? {
            self.awaited = true;
            return Ok(false);
        }
        let reading = Reading::of(&self.budget).wanted_only();
        match status::write(self.services, note, reading).await {
            Ok(Some(id)) => {
                self.found.push(id);
                self.members.insert(note.id.to_string());
                if let (Some(only), Some(host)) = (&mut self.only, host_of(&note.id)) {
                    only.insert(host);
                }
                Ok(true)
            }
            Ok(None) => Ok(false),
            Err(problem) => {
                self.note_problem(&note.id, true, problem)?;
                Ok(false)
            }
        }
    }

    /// A document, unless it was asked for, its site is out of reach or what may be asked of it is used up.
    pub(super) async fn document(&mut self, url: &Url, is_post: bool) -> Result<Option<Document>> {
        let Ok(host) = actor::remote_host(self.services, url) else { return Ok(None) };
        if !is_post && self.only.as_ref().is_some_and(|only| !only.contains(&host)) {
            return Ok(None);
        }
        if let Some(missing) = self.unreached.get_mut(&host) {
            if is_post {
                missing.insert(url.to_string());
            }
            return Ok(None);
        }
        if !self.may_ask(url).await? || !self.asked.insert(url.to_string()) || !self.shares.spend(&host) {
            return Ok(None);
        }
        // Whether an address failed a moment ago matters not: pauses are kept with the thread.
        match self.fetcher.document_now(url, &self.budget).await {
            Ok(document) => Ok(Some(document)),
            Err(problem) => {
                self.note_problem(url, is_post, problem)?;
                Ok(None)
            }
        }
    }

    /// What can be had later is remembered; what cannot be had is not there.
    fn note_problem(&mut self, url: &Url, is_post: bool, problem: FetchError) -> Result<()> {
        match problem {
            FetchError::Own(problem @ Error::Internal(_)) => return Err(problem),
            FetchError::Budget => {}
            problem if problem.is_temporary() => {
                debug!(%url, %problem, "A part of a thread cannot be had now: {problem}");
                let missing = self.unreached.entry(host_of(url).unwrap_or_default()).or_default();
                if is_post {
                    missing.insert(url.to_string());
                }
            }
            problem => debug!(%url, %problem, "A part of a thread is left out: {problem}"),
        }
        Ok(())
    }
}
