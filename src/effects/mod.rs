//! What follows from an event: notifications, news for open pages, deliveries. One file per kind of event.
//!
//! Effects run from committed rows, in their order, and may run again: every one is the same when done twice.

mod account_deleted;
mod account_left;
mod account_moved;
mod account_updated;
mod ahead;
mod blocked;
mod consent;
mod favourited;
mod followed;
mod index;
mod parent_arrived;
mod peered;
mod pinned;
mod polled;
mod reacted;
mod reblogged;
mod reported;
mod status_created;
mod status_deleted;
mod status_updated;
mod told;

use std::time::Duration;

use tokio_util::sync::CancellationToken;
use tracing::{error, warn};

use self::ahead::Ahead;
use crate::base::Result;
use crate::base::id::EventId;
use crate::domain::event::Event;
use crate::domain::event::store::{self, Due};
use crate::domain::notifications::letters;
use crate::domain::notifications::notify::{Message, notify_all};
use crate::domain::push;
use crate::federation::delivery::{self, Letter};
use crate::platform::db::Tx;
use crate::platform::hub::News;
use crate::platform::services::Services;

/// How many events one transaction takes.
const BATCH: i64 = 128;

/// How often to look for events that no commit of this process announced: put off, or written by another process.
const TICK: Duration = Duration::from_secs(1);

/// What an effect works with.
pub struct Run<'a> {
    /// The site.
    pub services: &'a Services,
    /// The transaction in which everything that follows is written.
    pub tx: &'a mut Tx,
    ahead: Ahead,
    messages: Vec<Message>,
    news: Vec<News>,
    deliveries: bool,
}

impl Run<'_> {
    /// Tells open pages after the commit.
    pub fn tell(&mut self, news: News) {
        self.news.push(news);
    }

    /// Delivers to these inboxes, where the sites may be spoken to.
    pub async fn deliver(&mut self, letter: &Letter, inboxes: &[String]) -> Result<()> {
        let sites = delivery::enqueue(self.services, self.tx, letter, inboxes).await?;
        self.deliveries |= sites > 0;
        Ok(())
    }

    /// Tells a person of this site, and their open pages; written with all that the batch has to tell.
    pub fn notify(&mut self, message: Message) {
        self.messages.push(message);
    }

    async fn write_messages(&mut self) -> Result<()> {
        let messages = std::mem::take(&mut self.messages);
        let told = notify_all(self.services, self.tx, &messages).await?;
        for told in &told {
            self.tell(News::Notification { account: told.to.0, notification: told.id.0 });
        }
        letters::ask_in(self.services, self.tx, &told).await?;
        push::ask_in(self.services, self.tx, &told).await
    }
}

/// Runs effects until `stop`.
pub async fn run(services: Services, stop: CancellationToken) {
    loop {
        match catch_up(&services).await {
            Ok(()) => {}
            Err(problem) => {
                error!("Events cannot be read: {}", problem.chain());
                tokio::time::sleep(TICK).await;
            }
        }
        tokio::select! {
            () = stop.cancelled() => return,
            () = services.db.event_committed() => {}
            () = tokio::time::sleep(TICK) => {}
        }
    }
}

/// Runs the effects of all events that are due, and of those that follow from them.
///
/// # Errors
/// As the database. The failure of one event puts that event off and is no error here.
pub async fn drain(services: &Services) -> Result<()> {
    while step(services).await? > 0 {}
    Ok(())
}

/// Runs full batches; of what comes after them, the commit wakes us.
async fn catch_up(services: &Services) -> Result<()> {
    while step(services).await? == BATCH as usize {}
    Ok(())
}

/// Runs a batch in one transaction; if one of them fails, each by itself, so that it delays no other.
async fn step(services: &Services) -> Result<usize> {
    if !waiting(services).await? {
        return Ok(0);
    }
    let mut tx = services.db.begin().await?;
    let due = store::list_due(&mut tx, services.clock.now(), BATCH).await?;
    if due.is_empty() {
        return Ok(0);
    }
    let count = due.len();
    let ids: Vec<EventId> = due.iter().map(|due| due.id).collect();
    let mut run = Run {
        services,
        tx: &mut tx,
        ahead: Ahead::default(),
        messages: Vec::new(),
        news: Vec::new(),
        deliveries: false,
    };
    match all(&mut run, &due).await {
        Ok(()) => {
            let (news, deliveries) = (run.news, run.deliveries);
            store::delete(&mut tx, &ids).await?;
            tx.commit().await?;
            announce(services, news, deliveries);
        }
        Err(problem) => {
            drop(tx);
            if count > 1 {
                warn!("A batch of effects failed, now one by one: {}", problem.chain());
            }
            for one in due {
                alone(services, one).await?;
            }
        }
    }
    Ok(count)
}

/// A look without taking the writer's turn.
async fn waiting(services: &Services) -> Result<bool> {
    let mut conn = services.db.read().await?;
    store::is_due(&mut conn, services.clock.now()).await
}

async fn all(run: &mut Run<'_>, due: &[Due]) -> Result<()> {
    run.ahead = Ahead::look(run.services, run.tx, due).await?;
    for one in due {
        follow_from(run, one).await?;
    }
    index::index(run.tx, due).await?;
    run.write_messages().await
}

async fn alone(services: &Services, due: Due) -> Result<()> {
    let mut tx = services.db.begin().await?;
    let mut run = Run {
        services,
        tx: &mut tx,
        ahead: Ahead::default(),
        messages: Vec::new(),
        news: Vec::new(),
        deliveries: false,
    };
    match all(&mut run, std::slice::from_ref(&due)).await {
        Ok(()) => {
            let (news, deliveries) = (run.news, run.deliveries);
            store::delete(&mut tx, &[due.id]).await?;
            tx.commit().await?;
            announce(services, news, deliveries);
        }
        Err(problem) => {
            drop(tx);
            let delay = Duration::from_secs(1 << due.attempts.clamp(0, 12));
            error!(event = %due.id, "Effects of event {} failed: {}", due.id, problem.chain());
            let mut tx = services.db.begin().await?;
            store::update_failed(&mut tx, due.id, services.clock.now() + delay, &problem.chain()).await?;
            tx.commit().await?;
        }
    }
    Ok(())
}

fn announce(services: &Services, news: Vec<News>, deliveries: bool) {
    for item in news {
        services.hub.tell(item);
    }
    if deliveries {
        services.hub.wake_delivery();
    }
}

async fn follow_from(run: &mut Run<'_>, due: &Due) -> Result<()> {
    let Some(event) = &due.event else {
        warn!(event = %due.id, "Event {} cannot be read; it is dropped", due.id);
        return Ok(());
    };
    match event {
        Event::StatusCreated { status } => status_created::run(run, *status).await,
        Event::ParentArrived { status } => parent_arrived::run(run, *status).await,
        Event::StatusUpdated { status } => status_updated::run(run, *status).await,
        Event::PollVoted { status, by } => polled::voted(run, *status, *by).await,
        Event::PollCounted { status } => polled::counted(run, *status).await,
        Event::PollEnded { status } => polled::ended(run, *status).await,
        Event::StatusDeleted { status, uri, by, local, inboxes } => {
            told::gone(run, *status);
            status_deleted::run(run, uri, *by, *local, inboxes).await
        }
        Event::StatusFavourited { status, by, uri } => favourited::favourited(run, *status, *by, uri).await,
        Event::StatusUnfavourited { status, by, uri } => {
            favourited::unfavourited(run, *status, *by, uri).await
        }
        Event::StatusReacted { status, by } => reacted::run(run, *status, *by).await,
        Event::StatusReblogged { reblog } => reblogged::reblogged(run, *reblog).await,
        Event::StatusUnreblogged { uri, status, by, inboxes } => {
            reblogged::unreblogged(run, uri, *status, *by, inboxes).await
        }
        Event::StatusPinned { status, by } => pinned::pinned(run, *status, *by).await,
        Event::StatusUnpinned { status, by } => pinned::unpinned(run, *status, *by).await,
        Event::FollowRequested { account, target, uri } => {
            followed::requested(run, *account, *target, uri).await
        }
        Event::FollowAccepted { account, target, uri } => {
            followed::accepted(run, *account, *target, uri).await
        }
        Event::FollowRejected { account, target, uri } => {
            followed::rejected(run, *account, *target, uri).await
        }
        Event::Unfollowed { account, target, uri } => followed::unfollowed(run, *account, *target, uri).await,
        Event::Blocked { account, target, uri } => blocked::blocked(run, *account, *target, uri).await,
        Event::Unblocked { account, target, uri } => blocked::unblocked(run, *account, *target, uri).await,
        Event::AccountUpdated { account } => account_updated::run(run, *account).await,
        Event::AccountMoved { account, target } => account_moved::run(run, *account, *target).await,
        Event::FollowersMoved { account, target } => account_moved::followers(run, *account, *target).await,
        Event::AccountLeft { account, files } => account_left::run(run, *account, files).await,
        Event::AccountDeleted { account } => account_deleted::run(run, *account).await,

        Event::ConsentChanged { status } => consent::changed(run, *status).await,
        Event::ReplyHeld { status } => consent::reply_held(run, *status).await,
        Event::InteractionRequested { interaction } => consent::requested(run, *interaction).await,
        Event::InteractionDecided { interaction, again } => consent::decided(run, *interaction, *again).await,
        Event::PeerInvited { peer, uri } => peered::invited(run, *peer, uri).await,
        Event::PeerAccepted { peer, uri } => peered::accepted(run, *peer, uri).await,
        Event::PeerRemoved { peer, uri } => peered::removed(run, *peer, uri.as_deref()).await,
        // Seen on the administrators' page; nothing to send.
        Event::ReportCreated { report } => reported::run(run, *report).await,
        Event::PeerRequested { .. } | Event::PeerConfirmed { .. } => Ok(()),
    }
}
