//! What an open page is told while it is open. Every item is asked about when it is sent: whoever was blocked, muted or
//! shut out a moment ago hears nothing more of a post.

use std::collections::{BTreeSet, HashSet};

use super::{Wanted, light};
use crate::base::Result;
use crate::base::id::{AccountId, StatusId};
use crate::domain::statuses::{self, Reader, Status, read};
use crate::platform::db::Conn;
use crate::platform::hub::News;
use crate::platform::services::Services;

/// A list that grows at its top.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum List {
    /// Posts of those whom one follows.
    Home,
    /// Posts of this site.
    Site,
    /// Posts of the organisation.
    Organisation,
}

/// What an open page of a person wants to hear of, besides their notifications.
#[derive(Clone, Debug)]
pub struct Interest {
    /// Who reads.
    pub person: AccountId,
    /// The list that is open.
    pub list: Option<List>,
    /// The conversation that is open.
    pub thread: Option<StatusId>,
    /// The posts that stand on the page.
    pub shown: HashSet<i64>,
}

/// What an open page is told.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Item {
    /// Posts that came into the list.
    New { ids: Vec<StatusId> },
    /// Other notifications are unread than before.
    Notifications,
    /// A post on the page was edited.
    Changed { id: StatusId },
    /// A post on the page is not there any more, or not for this reader.
    Gone { id: StatusId },
    /// Figures of a post on the page.
    Counted { id: StatusId, replies: i64, reposts: i64, likes: i64 },
    /// Answers that came into the conversation.
    Answered { ids: Vec<StatusId> },
    /// Looking for the rest of the conversation came to an end.
    LookedUp,
}

impl Interest {
    /// Whether the page may have to be told of this. Asks nothing of the database.
    pub fn wants(&self, news: &News) -> bool {
        match news {
            News::Home { accounts, .. } => {
                self.list == Some(List::Home) && accounts.binary_search(&self.person.0).is_ok()
            }
            News::Posted { local, organisation, .. } => match self.list {
                Some(List::Site) => *local,
                Some(List::Organisation) => *organisation,
                Some(List::Home) | None => false,
            },
            News::Notification { account, .. } | News::Seen { account } => *account == self.person.0,
            News::Changed { status } | News::Gone { status } | News::Counted { status } => {
                self.shown.contains(status)
            }
            News::Thread { conversation, .. } | News::LookedUp { conversation } => {
                self.thread == Some(StatusId(*conversation))
            }
        }
    }

    /// What the person may know of all this now, each thing once.
    ///
    /// # Errors
    /// As the database.
    pub async fn admit(&self, services: &Services, conn: &mut Conn, news: &[News]) -> Result<Vec<Item>> {
        let heap = Heap::of(news.iter().filter(|one| self.wants(one)));
        let mut items = Vec::new();
        if !heap.new.is_empty() {
            items.extend(self.admit_new(services, conn, heap.new).await?);
        }
        if !heap.answers.is_empty() {
            let ids: Vec<StatusId> = heap.answers.into_iter().map(StatusId).collect();
            let visible = visible(services, conn, self.person, &ids).await?;
            let ids: Vec<StatusId> = visible.iter().map(|status| status.id).collect();
            items.extend((!ids.is_empty()).then_some(Item::Answered { ids }));
        }
        items.extend(heap.gone.iter().map(|id| Item::Gone { id: StatusId(*id) }));
        let touched: BTreeSet<i64> = heap.changed.union(&heap.counted).copied().collect();
        let touched: Vec<StatusId> = touched.difference(&heap.gone).map(|id| StatusId(*id)).collect();
        let readable = visible(services, conn, self.person, &touched).await?;
        for id in touched {
            let Some(status) = readable.iter().find(|status| status.id == id) else {
                items.push(Item::Gone { id });
                continue;
            };
            items.extend(heap.changed.contains(&id.0).then_some(Item::Changed { id }));
            items.push(Item::Counted {
                id,
                replies: status.replies_count,
                reposts: status.reblogs_count,
                likes: status.favourites_count,
            });
        }
        items.extend(heap.notifications.then_some(Item::Notifications));
        items.extend(heap.looked_up.then_some(Item::LookedUp));
        Ok(items)
    }

    async fn admit_new(
        &self,
        services: &Services,
        conn: &mut Conn,
        new: BTreeSet<i64>,
    ) -> Result<Option<Item>> {
        let wanted = if self.list == Some(List::Home) { Wanted::Muted } else { Wanted::MutedAndLimited };
        let ids: Vec<StatusId> = new.into_iter().rev().map(StatusId).collect();
        let lines = light::lines(services, conn, self.person, &ids, wanted).await?;
        let ids: Vec<StatusId> = lines.iter().map(|line| line.status.id).collect();
        Ok((!ids.is_empty()).then_some(Item::New { ids }))
    }
}

async fn visible(
    services: &Services,
    conn: &mut Conn,
    person: AccountId,
    ids: &[StatusId],
) -> Result<Vec<Status>> {
    if ids.is_empty() {
        return Ok(Vec::new());
    }
    let found = statuses::store::list(conn, ids).await?;
    let found = read::in_order(found, ids);
    read::retain_visible(services, conn, found, &Reader::Person(person)).await
}

/// News of a moment, sorted by what they are about.
#[derive(Default)]
struct Heap {
    new: BTreeSet<i64>,
    answers: BTreeSet<i64>,
    changed: BTreeSet<i64>,
    counted: BTreeSet<i64>,
    gone: BTreeSet<i64>,
    notifications: bool,
    looked_up: bool,
}

impl Heap {
    fn of<'a>(news: impl Iterator<Item = &'a News>) -> Self {
        let mut heap = Self::default();
        for one in news {
            match one {
                News::Home { status, .. } | News::Posted { status, .. } => drop(heap.new.insert(*status)),
                News::Thread { status, .. } => drop(heap.answers.insert(*status)),
                News::Changed { status } => drop(heap.changed.insert(*status)),
                News::Counted { status } => drop(heap.counted.insert(*status)),
                News::Gone { status } => drop(heap.gone.insert(*status)),
                News::Notification { .. } | News::Seen { .. } => heap.notifications = true,
                News::LookedUp { .. } => heap.looked_up = true,
            }
        }
        heap
    }
}
