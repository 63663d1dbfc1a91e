//! Telling somebody, once; and reading what one was told.

use std::collections::HashMap;

use super::model::{Kind, Notification, NotificationView};
use super::store;
use crate::base::Result;
use crate::base::id::{AccountId, NotificationId, ReportId, StatusId};
use crate::base::page::Page;
use crate::domain::statuses::{Reader, hydrate};
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

/// Tells a person of this site, unless they were told before, or blocked or muted who did it, or did it themselves,
/// or the doer is limited and not followed. Returns the notification if it is new.
pub async fn notify(services: &Services, tx: &mut Tx, message: &Message) -> Result<Option<NotificationId>> {
    let own = message.to == message.from;
    let by_time = matches!(message.kind, Kind::AdminReport | Kind::Poll);
    if own && !by_time {
        return Ok(None);
    }
    if message.kind != Kind::AdminReport && !own && !wanted(services, tx, message).await? {
        return Ok(None);
    }
    let notification = Notification {
        id: services.ids.next(),
        account_id: message.to,
        kind: message.kind,
        from_account_id: message.from,
        status_id: message.status,
        report_id: message.report,
        source: format!(
            "{}:{}",
            message.from,
            message.status.map(|id| id.0).or(message.report.map(|id| id.0)).unwrap_or_default()
        ),
        created_at: services.clock.now(),
    };
    Ok(store::insert(tx, &notification).await?.then_some(notification.id))
}

async fn wanted(services: &Services, tx: &mut Tx, message: &Message) -> Result<bool> {
    let from = accounts::store::get(tx, message.from).await?;
    if from.is_hidden() {
        return Ok(false);
    }
    let tie = follows::follow::relationship(services, tx, message.to, message.from).await?;
    let limited = from.limited_at.is_some() && !tie.following;
    Ok(!(tie.blocking || tie.blocked_by || tie.muting_notifications || limited))
}

/// A page of a person's notifications, newest first; `kinds` empty means all.
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
    let views = hydrate(services, conn, &Reader::Person(person), &statuses).await?;
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
