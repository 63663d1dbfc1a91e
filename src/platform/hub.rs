//! News for those who listen in this process: open pages and streams.

use std::sync::Arc;

use tokio::sync::{Notify, broadcast};

/// A piece of news: whom it concerns, and what to look up. Carries numbers only.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum News {
    /// A post came into this person's home.
    Home { account: i64, status: i64 },
    /// A notification for this person.
    Notification { account: i64, notification: i64 },
}

/// Hands news to whoever listens; nobody listening is fine.
#[derive(Clone, Debug)]
pub struct Hub {
    news: broadcast::Sender<News>,
    deliveries: Arc<Notify>,
    followers: Arc<Notify>,
    threads: Arc<Notify>,
}

impl Default for Hub {
    fn default() -> Self {
        Self {
            news: broadcast::channel(1024).0,
            deliveries: Arc::default(),
            followers: Arc::default(),
            threads: Arc::default(),
        }
    }
}

impl Hub {
    /// Tells everybody who listens.
    pub fn tell(&self, news: News) {
        // An error only says that nobody listens.
        let _ = self.news.send(news);
    }

    /// Listens from now on.
    pub fn listen(&self) -> broadcast::Receiver<News> {
        self.news.subscribe()
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

    /// Whether anybody listens.
    pub fn is_heard(&self) -> bool {
        self.news.receiver_count() > 0
    }
}
