//! Whether somebody wants to hear of something: read in sets for many messages, then decided without the database.

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};

use super::model::Kind;
use super::notify::Message;
use super::policy::{Facts, Policy, Verdict};
use super::store;
use super::wishes::WishesOf;
use crate::base::id::{AccountId, StatusId};
use crate::base::{Millis, Result};
use crate::domain::accounts::{self, Account};
use crate::domain::auth;
use crate::domain::follows::{self, Relationship};
use crate::domain::statuses::{self, Status, Visibility};
use crate::platform::db::Tx;
use crate::platform::services::Services;

/// What is known of those who are to be told, and of whose doing it is.
pub struct Court {
    wishes: WishesOf,
    policies: HashMap<AccountId, Policy>,
    accounts: HashMap<AccountId, Account>,
    ties: HashMap<(AccountId, AccountId), Relationship>,
    direct: HashMap<StatusId, Status>,
    permitted: HashSet<(AccountId, AccountId)>,
    moderators: HashSet<AccountId>,
    /// Who does not want to hear of the threads of which posts.
    muted: HashSet<(AccountId, StatusId)>,
    now: Millis,
}

impl Court {
    /// Reads what is needed to judge these messages.
    ///
    /// # Errors
    /// As the database.
    pub async fn open(services: &Services, tx: &mut Tx, messages: &[Message]) -> Result<Self> {
        let now = services.clock.now();
        let mut tellers: BTreeMap<AccountId, BTreeSet<AccountId>> = BTreeMap::new();
        for message in messages {
            let of = tellers.entry(message.to).or_default();
            if !message.is_own() {
                of.insert(message.from);
            }
        }
        let readers: Vec<AccountId> = tellers.keys().copied().collect();
        let all: BTreeSet<AccountId> = tellers.values().flatten().copied().collect();
        let all: Vec<AccountId> = all.into_iter().collect();
        let accounts = accounts::store::list(tx, &all).await?;
        let mut ties = HashMap::new();
        for (to, tellers) in tellers.into_iter().filter(|(_, tellers)| !tellers.is_empty()) {
            let tellers: Vec<AccountId> = tellers.into_iter().collect();
            let found = follows::store::list_relationships(tx, to, &tellers, now).await?;
            ties.extend(found.into_iter().map(|tie| ((to, tie.id), tie)));
        }
        let policies = store::policies::list(tx, &readers).await?;
        let mut court = Self {
            wishes: WishesOf::read(tx, &readers).await?,
            policies: policies.into_iter().map(|policy| (policy.account_id, policy)).collect(),
            accounts: accounts.into_iter().map(|account| (account.id, account)).collect(),
            ties,
            direct: HashMap::new(),
            permitted: HashSet::new(),
            moderators: HashSet::new(),
            muted: HashSet::new(),
            now,
        };
        court.look_closer(tx, messages, &readers).await?;
        Ok(court)
    }

    /// What only those need who decided something, or of whom something waits.
    async fn look_closer(&mut self, tx: &mut Tx, messages: &[Message], readers: &[AccountId]) -> Result<()> {
        let about: BTreeSet<StatusId> = messages.iter().filter_map(|message| message.status).collect();
        if !about.is_empty() {
            let about: Vec<StatusId> = about.into_iter().collect();
            self.muted = statuses::store::list_thread_mutes(tx, readers, &about).await?;
        }
        let about_private = |message: &&Message| {
            let policy = self.policies.get(&message.to);
            message.kind == Kind::Mention
                && policy.is_some_and(|policy| policy.private_mentions != Verdict::Accept)
        };
        let posts: Vec<StatusId> =
            messages.iter().filter(about_private).filter_map(|message| message.status).collect();
        if !posts.is_empty() {
            let posts = statuses::store::list(tx, &posts).await?;
            let direct = posts.into_iter().filter(|post| post.visibility == Visibility::Direct);
            self.direct = direct.map(|post| (post.id, post)).collect();
        }
        if messages.iter().any(|message| self.by_policy(message) != Verdict::Accept) {
            self.permitted = store::policies::list_permissions(tx, readers).await?.into_iter().collect();
            self.moderators = auth::store::list_moderators(tx).await?.into_iter().collect();
        }
        Ok(())
    }

    /// What becomes of a message.
    pub fn judge(&self, message: &Message) -> Verdict {
        if message.kind == Kind::AdminReport {
            return Verdict::Accept;
        }
        if !self.wishes.ways(message.to, message.kind).page {
            return Verdict::Drop;
        }
        if message.is_own() {
            return if message.kind == Kind::Poll { Verdict::Accept } else { Verdict::Drop };
        }
        let from = self.accounts.get(&message.from).filter(|from| !from.is_hidden());
        let tie = self.ties.get(&(message.to, message.from));
        let (Some(_), Some(tie)) = (from, tie) else { return Verdict::Drop };
        if tie.blocking || tie.blocked_by || tie.muting_notifications {
            return Verdict::Drop;
        }
        // What waits for an answer is told all the same.
        let asks = matches!(message.kind, Kind::QuoteRequest | Kind::ReplyRequest);
        if !asks && self.is_muted(message) {
            return Verdict::Drop;
        }
        let excepted =
            self.permitted.contains(&(message.to, message.from)) || self.moderators.contains(&message.from);
        if excepted { Verdict::Accept } else { self.by_policy(message) }
    }

    fn is_muted(&self, message: &Message) -> bool {
        message.status.is_some_and(|status| self.muted.contains(&(message.to, status)))
    }

    fn by_policy(&self, message: &Message) -> Verdict {
        let from = self.accounts.get(&message.from);
        let tie = self.ties.get(&(message.to, message.from));
        let (Some(from), Some(tie)) = (from, tie) else { return Verdict::Accept };
        let post = message.status.and_then(|id| self.direct.get(&id));
        let policy = self.policies.get(&message.to).copied().unwrap_or_else(|| Policy::usual(message.to));
        policy.judge(Facts {
            kind: message.kind,
            from,
            tie,
            private: post.is_some_and(|post| post.in_reply_to_account_id != Some(message.to)),
            now: self.now,
        })
    }
}
