//! Telling somebody, once; and reading what one was told.

use std::collections::HashMap;

use super::court::Court;
use super::model::{Kind, Notification, NotificationView};
use super::policy::Verdict;
use super::store;
use crate::base::Result;
use crate::base::id::{AccountId, NotificationId, ReportId, StatusId};
use crate::base::page::Page;
use crate::domain::accounts;
use crate::domain::filters::Context;
use crate::domain::statuses::{Reader, filtered, hydrate};
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

/// Somebody who was told.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Told {
    /// Whom.
    pub to: AccountId,
    /// Why.
    pub kind: Kind,
    /// Whose doing.
    pub from: AccountId,
    /// The new line.
    pub id: NotificationId,
}

/// Tells people of this site, each unless they were told before, or do not want to hear of such things, or blocked or
/// muted who did it, or did it themselves, or muted the
/// thread, or their policy drops it. Returns what is new and does not wait as a
/// request. A handful of statements, however many they are.
pub async fn notify_all(services: &Services, tx: &mut Tx, messages: &[Message]) -> Result<Vec<Told>> {
    if messages.is_empty() {
        return Ok(Vec::new());
    }
    let court = Court::open(services, tx, messages).await?;
    let mut notifications = Vec::new();
    for message in messages {
        match court.judge(message) {
            Verdict::Drop => {}
            verdict => notifications
                .push(Notification { filtered: verdict == Verdict::Filter, ..message.written(services) }),
        }
    }
    let new = store::insert_all(tx, notifications.iter()).await?;
    let told = notifications.into_iter().filter(|it| !it.filtered && new.contains(&it.id));
    Ok(told
        .map(|it| Told { to: it.account_id, kind: it.kind, from: it.from_account_id, id: it.id })
        .collect())
}

impl Message {
    /// Whether it is the reader's own doing.
    pub fn is_own(&self) -> bool {
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
            filtered: false,
        }
    }
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
