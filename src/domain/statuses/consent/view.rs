//! What a page or the client API shows of consent, for a set of posts, in one query.

use std::collections::HashMap;

use super::super::hydrate::StatusView;
use super::super::model::{Reader, Status};
use super::policy::{Act, Facts, Policy, Verdict, decide};
use super::quote::QuoteState;
use super::reply::ApprovalState;
use super::store;
use crate::base::id::{AccountId, StatusId};
use crate::base::{Millis, Result};
use crate::domain::{accounts, follows};
use crate::platform::db::Conn;

/// What a post quotes, as one reader sees it.
#[derive(Clone, Debug)]
pub struct QuoteView {
    /// How far the consent has come.
    pub state: QuoteState,
    /// The address of the quoted post.
    pub uri: String,
    /// The stamp that allows it.
    pub stamp_uri: Option<String>,
    /// The quoted post, if it is here.
    pub quoted_id: Option<StatusId>,
    /// The quoted post, if it is allowed and the reader may read it.
    pub quoted: Option<Box<StatusView>>,
    /// When the state changed.
    pub updated_at: Millis,
}

impl QuoteView {
    /// Mastodon's word. Source: <https://docs.joinmastodon.org/entities/Quote/#state>
    pub fn word(&self) -> &'static str {
        match self.state {
            QuoteState::Accepted if self.quoted_id.is_none() => "deleted",
            QuoteState::Accepted if self.quoted.is_none() => "unauthorized",
            state => state.word(),
        }
    }
}

/// What is to be said of a post.
#[derive(Clone, Debug)]
pub struct ConsentView {
    /// Who may do what, where that is not so anyway.
    pub policy: Policy,
    /// What it quotes.
    pub quote: Option<QuoteView>,
    /// How many quote it.
    pub quotes_count: i64,
    /// For a reply that had to ask: how far that has come, and its stamp.
    pub approval: Option<(ApprovalState, Option<String>)>,
    /// Whether the reader may quote it.
    pub may_quote: Verdict,
    /// Whether the reader may answer it.
    pub may_reply: Verdict,
}

/// What is known of a set of posts.
#[derive(Debug, Default)]
pub struct Consents {
    policies: HashMap<StatusId, Policy>,
    quotes: HashMap<StatusId, QuoteView>,
    counts: HashMap<StatusId, i64>,
    approvals: HashMap<StatusId, (ApprovalState, Option<String>)>,
    facts: HashMap<AccountId, Facts>,
    uri: String,
}

impl Consents {
    /// Reads it: one query, and two more if one of the posts has a policy.
    ///
    /// # Errors
    /// As the database.
    pub async fn load(conn: &mut Conn, statuses: &[Status], reader: &Reader, now: Millis) -> Result<Self> {
        let ids: Vec<StatusId> = statuses.iter().map(|status| status.id).collect();
        let mut all = Self::default();
        for extra in store::list_extras(conn, &ids).await? {
            all.take(extra);
        }
        if let (Some(person), false) = (reader.person(), all.policies.is_empty()) {
            let authors: Vec<AccountId> = statuses.iter().map(|status| status.account_id).collect();
            all.uri = accounts::store::get(conn, person).await?.uri;
            for tie in follows::store::list_relationships(conn, person, &authors, now).await? {
                let facts = Facts { follows: tie.following, followed: tie.followed_by, ..Facts::default() };
                all.facts.insert(tie.id, facts);
            }
        }
        Ok(all)
    }

    fn take(&mut self, extra: store::Extra) {
        let id = extra.status_id;
        match extra.part.as_str() {
            "policy" => {
                drop(serde_json::from_str(&extra.state).map(|policy| self.policies.insert(id, policy)));
            }
            "count" => drop(self.counts.insert(id, extra.other.unwrap_or_default())),
            "approval" => {
                if let Some(state) = ApprovalState::from_word(&extra.state) {
                    self.approvals.insert(id, (state, extra.stamp));
                }
            }
            _ => {
                let quote = QuoteView {
                    state: QuoteState::from_word(&extra.state).unwrap_or(QuoteState::Unauthorized),
                    uri: extra.uri.unwrap_or_default(),
                    stamp_uri: extra.stamp,
                    quoted_id: extra.other.map(StatusId),
                    quoted: None,
                    updated_at: extra.at,
                };
                self.quotes.insert(id, quote);
            }
        }
    }

    /// The posts that are shown inside others.
    pub fn shown_inside(&self) -> Vec<StatusId> {
        let accepted = self.quotes.values().filter(|quote| quote.state == QuoteState::Accepted);
        accepted.filter_map(|quote| quote.quoted_id).collect()
    }

    /// Puts them there, as far as the reader may read them.
    pub fn show_inside(&mut self, views: &[StatusView]) {
        let by_id: HashMap<StatusId, &StatusView> = views.iter().map(|view| (view.status.id, view)).collect();
        for quote in self.quotes.values_mut().filter(|quote| quote.state == QuoteState::Accepted) {
            let view = quote.quoted_id.and_then(|id| by_id.get(&id));
            quote.quoted = view.map(|view| Box::new((*view).clone()));
        }
    }

    /// What is to be said of one post; `mentions` are those named in it.
    pub fn of(&self, status: &Status, mentions: &[AccountId], reader: &Reader) -> ConsentView {
        let person = reader.person();
        let policy = self.policies.get(&status.id).cloned().unwrap_or_default();
        let mut facts = self.facts.get(&status.account_id).cloned().unwrap_or_default();
        facts.owner = person == Some(status.account_id);
        facts.mentioned = person.is_some_and(|person| {
            mentions.contains(&person) || status.in_reply_to_account_id == Some(person)
        });
        facts.uri.clone_from(&self.uri);
        let may = |act| match person {
            Some(_) => decide(&policy, act, status.visibility, &facts),
            None => Verdict::Denied,
        };
        ConsentView {
            may_quote: may(Act::Quote),
            may_reply: may(Act::Reply),
            quote: self.quotes.get(&status.id).cloned(),
            quotes_count: self.counts.get(&status.id).copied().unwrap_or_default(),
            approval: self.approvals.get(&status.id).cloned(),
            policy,
        }
    }
}
