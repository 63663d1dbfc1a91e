//! Telling somebody, once; and reading what one was told.

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};

use super::model::{Kind, Notification, NotificationView};
use super::store;
use crate::base::Result;
use crate::base::id::{AccountId, NotificationId, ReportId, StatusId};
use crate::base::page::Page;
use crate::domain::filters::Context;
use crate::domain::statuses::{self, Reader, filtered, hydrate};
use crate::domain::{accounts, follows};
use crate::platform::db::{Conn, Tx};
use crate::platform::services::Services;

/// Something to tell.
#[derive(Clone, Debug)]
pub struct Message {
    /// Whom.
    pub to: AccountId,
    /// Why.
    pub kind: Kind,
    /// Whose doing.
    pub from: AccountId,
    /// Which post.
    pub status: Option<StatusId>,
    /// Which report.
    pub report: Option<ReportId>,
}

/// Tells people of this site, each unless they were told before, or blocked or muted who did it, or did it themselves,
/// or muted the thread, or the doer is limited and not followed. Returns the notifications that are new, in the order of `messages`. A
/// handful of statements, however many they are.
pub async fn notify_all(
    services: &Services,
    tx: &mut Tx,
    messages: &[Message],
) -> Result<Vec<Option<NotificationId>>> {
    let unwanted = unwanted(services, tx, messages).await?;
    let muted = muted_threads(tx, messages).await?;
    let notifications: Vec<Option<Notification>> = messages
        .iter()
        .map(|message| {
            let wanted = match message.kind {
                Kind::AdminReport => true,
                Kind::Poll if message.is_own() => true,
                // Waits for an answer.
                Kind::QuoteRequest | Kind::ReplyRequest => !unwanted.contains(&(message.to, message.from)),
                _ => {
                    !message.is_own()
                        && !unwanted.contains(&(message.to, message.from))
                        && message.status.is_none_or(|status| !muted.contains(&(message.to, status)))
                }
            };
            wanted.then(|| message.written(services))
        })
        .collect();
    let new = store::insert_all(tx, notifications.iter().flatten()).await?;
    let id = |it: Option<Notification>| it.map(|it| it.id).filter(|id| new.contains(id));
    Ok(notifications.into_iter().map(id).collect())
}

impl Message {
    fn is_own(&self) -> bool {
        self.to == self.from
    }

    fn written(&self, services: &Services) -> Notification {
        let about = self.status.map(|id| id.0).or(self.report.map(|id| id.0)).unwrap_or_default();
        Notification {
            id: services.ids.next(),
            account_id: self.to,
            kind: self.kind,
            from_account_id: self.from,
            status_id: self.status,
            report_id: self.report,
            source: format!("{}:{about}", self.from),
            created_at: services.clock.now(),
        }
    }
}

/// Who does not want to hear of the threads of which posts.
async fn muted_threads(tx: &mut Tx, messages: &[Message]) -> Result<HashSet<(AccountId, StatusId)>> {
    let about = messages.iter().filter_map(|message| Some((message.to, message.status?)));
    let (people, posts): (BTreeSet<AccountId>, BTreeSet<StatusId>) = about.unzip();
    if posts.is_empty() {
        return Ok(HashSet::new());
    }
    let (people, posts): (Vec<_>, Vec<_>) = (people.into_iter().collect(), posts.into_iter().collect());
    statuses::store::list_thread_mutes(tx, &people, &posts).await
}

/// Who does not want to hear of whom.
async fn unwanted(
    services: &Services,
    tx: &mut Tx,
    messages: &[Message],
) -> Result<HashSet<(AccountId, AccountId)>> {
    let mut tellers: BTreeMap<AccountId, BTreeSet<AccountId>> = BTreeMap::new();
    for message in messages.iter().filter(|message| !message.is_own()) {
        tellers.entry(message.to).or_default().insert(message.from);
    }
    let all: BTreeSet<AccountId> = tellers.values().flatten().copied().collect();
    let all: Vec<AccountId> = all.into_iter().collect();
    let accounts = accounts::store::list(tx, &all).await?;
    let accounts: HashMap<AccountId, _> = accounts.into_iter().map(|account| (account.id, account)).collect();
    let mut unwanted = HashSet::new();
    for (to, tellers) in tellers {
        let tellers: Vec<AccountId> = tellers.into_iter().collect();
        let ties = follows::store::list_relationships(tx, to, &tellers, services.clock.now()).await?;
        for tie in ties {
            let from = accounts.get(&tie.id).filter(|from| !from.is_hidden());
            let welcome = from.is_some_and(|from| from.limited_at.is_none() || tie.following);
            if !welcome || tie.blocking || tie.blocked_by || tie.muting_notifications {
                unwanted.insert((to, tie.id));
            }
        }
    }
    Ok(unwanted)
}

/// A page of a person's notifications, newest first; `kinds` empty means all. Those of posts that the person hides are
/// left out.
///
/// Source: <https://docs.joinmastodon.org/methods/notifications/#get>
pub async fn list(
    services: &Services,
    conn: &mut Conn,
    person: AccountId,
    filter: &store::Filter,
    page: Page,
) -> Result<Vec<NotificationView>> {
    let rows = store::list(conn, person, filter, page).await?;
    let statuses: Vec<StatusId> = rows.iter().filter_map(|row| row.status_id).collect();
    let reader = Reader::Person(person);
    let mut views = hydrate(services, conn, &reader, &statuses).await?;
    filtered::apply(services, conn, &reader, Some(Context::Notifications), &mut views).await?;
    let views: HashMap<StatusId, _> = views.into_iter().map(|view| (view.status.id, view)).collect();
    let from: Vec<AccountId> = rows.iter().map(|row| row.from_account_id).collect();
    let from = accounts::store::list(conn, &from).await?;
    let from: HashMap<AccountId, _> = from.into_iter().map(|account| (account.id, account)).collect();
    Ok(rows
        .into_iter()
        .filter_map(|notification| {
            let account =
                from.get(&notification.from_account_id).filter(|account| !account.is_hidden())?.clone();
            let status = notification.status_id.and_then(|id| views.get(&id).cloned());
            if notification.status_id.is_some() && status.is_none() {
                return None;
            }
            Some(NotificationView { notification, account, status })
        })
        .collect())
}
