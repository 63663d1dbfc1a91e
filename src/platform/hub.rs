//! News for those who listen in this process: open pages and streams.
//!
//! They carry numbers only. What somebody may know of them is asked where they are handed on; see
//! `domain::timelines::live`. Several processes on one database do not hear one another yet.

use std::collections::{HashMap, VecDeque};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, PoisonError};

use tokio::sync::{Notify, broadcast};
use tokio_util::sync::CancellationToken;

/// So much news is kept for whoever was away for a moment.
const KEPT: usize = 512;
/// Whoever listens and is further behind than this has lost something.
const BEHIND: usize = 1024;

/// A piece of news: whom it concerns, and what to look up.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum News {
    /// A post came into the homes of these people, who are sorted.
    Home { accounts: Arc<[i64]>, status: i64 },
    /// Something new was written for many: at this site, and maybe for the organisation.
    Posted { status: i64, local: bool, organisation: bool },
    /// A notification for this person.
    Notification { account: i64, notification: i64 },
    /// This person has seen their notifications, maybe elsewhere.
    Seen { account: i64 },
    /// A post was edited, or may no longer be shown to everybody.
    Changed { status: i64 },
    /// A post is gone.
    Gone { status: i64 },
    /// A post has other figures.
    Counted { status: i64 },
    /// An answer came into a conversation.
    Thread { conversation: i64, status: i64 },
    /// Looking for the rest of a conversation at other sites came to an end.
    LookedUp { conversation: i64 },
}

/// A piece of news with its number, which grows.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Numbered {
    /// Where to go on from.
    pub number: u64,
    /// What is new.
    pub news: News,
}

/// What somebody who begins to listen gets.
#[derive(Debug)]
pub struct Listening {
    /// What was told since they were last there; `None` if that is not known any more.
    pub missed: Option<Vec<Numbered>>,
    /// The number of the last news before those to come.
    pub at: u64,
    /// All that comes.
    pub to_come: broadcast::Receiver<Numbered>,
}

/// Hands news to whoever listens; nobody listening is fine.
#[derive(Clone, Debug)]
pub struct Hub {
    news: broadcast::Sender<Numbered>,
    kept: Arc<Mutex<Kept>>,
    /// Whether anybody ever listened: then they may come back and ask what they missed.
    heard: Arc<AtomicBool>,
    seats: Arc<Mutex<HashMap<i64, usize>>>,
    closed: CancellationToken,
    deliveries: Arc<Notify>,
    followers: Arc<Notify>,
    threads: Arc<Notify>,
}

#[derive(Debug, Default)]
struct Kept {
    /// Of the last news.
    number: u64,
    news: VecDeque<Numbered>,
}

impl Kept {
    /// What came after `last`; `None` if something of it is forgotten, or `last` was never given.
    fn after(&self, last: u64) -> Option<Vec<Numbered>> {
        let first = self.number - self.news.len() as u64;
        if last < first || last > self.number {
            return None;
        }
        Some(self.news.iter().filter(|one| one.number > last).cloned().collect())
    }
}

impl Default for Hub {
    fn default() -> Self {
        Self::starting_at(0)
    }
}

impl Hub {
    /// Counts from `number` on. It should grow from start to start of the program, as the time does: then a number of
    /// an earlier run is not taken for one of this.
    pub fn starting_at(number: u64) -> Self {
        Self {
            news: broadcast::channel(BEHIND).0,
            kept: Arc::new(Mutex::new(Kept { number, news: VecDeque::new() })),
            heard: Arc::default(),
            seats: Arc::default(),
            closed: CancellationToken::new(),
            deliveries: Arc::default(),
            followers: Arc::default(),
            threads: Arc::default(),
        }
    }

    /// Tells everybody who listens.
    pub fn tell(&self, news: News) {
        let mut kept = self.kept.lock().unwrap_or_else(PoisonError::into_inner);
        kept.number += 1;
        let numbered = Numbered { number: kept.number, news };
        if kept.news.len() == KEPT {
            kept.news.pop_front();
        }
        kept.news.push_back(numbered.clone());
        // Sent before the next one gets its number. An error only says that nobody listens.
        let _ = self.news.send(numbered);
    }

    /// Listens from now on; `last` is the number of the last news that was heard.
    pub fn listen_after(&self, last: Option<u64>) -> Listening {
        self.heard.store(true, Ordering::Relaxed);
        let kept = self.kept.lock().unwrap_or_else(PoisonError::into_inner);
        let missed = last.map_or_else(|| Some(Vec::new()), |last| kept.after(last));
        Listening { missed, at: kept.number, to_come: self.news.subscribe() }
    }

    /// Listens from now on.
    pub fn listen(&self) -> broadcast::Receiver<Numbered> {
        self.listen_after(None).to_come
    }

    /// Whether anybody listens, or did.
    pub fn is_heard(&self) -> bool {
        self.heard.load(Ordering::Relaxed)
    }

    /// A place for one more stream of a person, who may have `most`; it is free again when this is dropped.
    pub fn seat(&self, account: i64, most: usize) -> Option<Seat> {
        let mut seats = self.seats.lock().unwrap_or_else(PoisonError::into_inner);
        let taken = seats.entry(account).or_insert(0);
        if *taken >= most {
            return None;
        }
        *taken += 1;
        Some(Seat { account, seats: Arc::clone(&self.seats) })
    }

    /// Ends all streams: the site stops.
    pub fn close(&self) {
        self.closed.cancel();
    }

    /// Resolves when the site stops.
    pub async fn closed(&self) {
        self.closed.cancelled().await;
    }

    /// Says that deliveries were committed.
    pub fn wake_delivery(&self) {
        self.deliveries.notify_one();
    }

    /// Resolves when deliveries were committed, also if that was before.
    pub async fn delivery_waits(&self) {
        self.deliveries.notified().await;
    }

    /// Says that followers are to be compared.
    pub fn wake_followers(&self) {
        self.followers.notify_one();
    }

    /// Resolves when followers are to be compared, also if that was before.
    pub async fn followers_differ(&self) {
        self.followers.notified().await;
    }

    /// Says that something is to be looked for at other sites.
    pub fn wake_threads(&self) {
        self.threads.notify_one();
    }

    /// Resolves when something is to be looked for, also if that was before.
    pub async fn thread_waits(&self) {
        self.threads.notified().await;
    }
}

/// The place of a stream.
#[derive(Debug)]
pub struct Seat {
    account: i64,
    seats: Arc<Mutex<HashMap<i64, usize>>>,
}

impl Drop for Seat {
    fn drop(&mut self) {
        let mut seats = self.seats.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(taken) = seats.get_mut(&self.account) {
            *taken -= 1;
            if *taken == 0 {
                seats.remove(&self.account);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn gone(status: i64) -> News {
        News::Gone { status }
    }

    fn statuses(missed: Option<Vec<Numbered>>) -> Option<Vec<News>> {
        missed.map(|missed| missed.into_iter().map(|one| one.news).collect())
    }

    #[test]
    fn whoever_comes_back_gets_what_they_missed_and_nothing_twice() {
        let hub = Hub::starting_at(100);
        let mut first = hub.listen_after(None);
        (1..=3).for_each(|id| hub.tell(gone(id)));
        let heard = first.to_come.try_recv().expect("the first news");

        let again = hub.listen_after(Some(heard.number));

        assert_eq!(statuses(again.missed), Some(vec![gone(2), gone(3)]));
        let mut to_come = again.to_come;
        assert!(to_come.try_recv().is_err(), "what was missed does not come again");
        hub.tell(gone(4));
        assert_eq!(to_come.try_recv().map(|one| one.news), Ok(gone(4)));
    }

    #[test]
    fn what_was_missed_for_too_long_is_not_known_and_neither_is_another_run() {
        let hub = Hub::starting_at(1_000);
        let start = hub.listen_after(None).at;
        (0..KEPT as i64).for_each(|id| hub.tell(gone(id)));
        assert_eq!(hub.listen_after(Some(start)).missed.map(|missed| missed.len()), Some(KEPT));

        hub.tell(gone(7));

        assert!(hub.listen_after(Some(start)).missed.is_none(), "one is forgotten");
        assert!(hub.listen_after(Some(500)).missed.is_none(), "of an earlier run");
        assert!(hub.listen_after(Some(u64::MAX)).missed.is_none(), "of no run");
    }

    #[test]
    fn a_person_has_a_few_seats_and_gets_them_back() {
        let hub = Hub::default();
        let (one, two) = (hub.seat(7, 2), hub.seat(7, 2));

        assert!(one.is_some() && two.is_some());
        assert!(hub.seat(7, 2).is_none());
        assert!(hub.seat(8, 2).is_some(), "others have seats of their own");

        drop(one);
        assert!(hub.seat(7, 2).is_some());
    }
}
