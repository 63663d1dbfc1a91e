//! News for those who listen in this process: open pages and streams.

use tokio::sync::broadcast;

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
pub struct Hub(broadcast::Sender<News>);

impl Default for Hub {
    fn default() -> Self {
        Self(broadcast::channel(1024).0)
    }
}

impl Hub {
    /// Tells everybody who listens.
    pub fn tell(&self, news: News) {
        // An error only says that nobody listens.
        let _ = self.0.send(news);
    }

    /// Listens from now on.
    pub fn listen(&self) -> broadcast::Receiver<News> {
        self.0.subscribe()
    }
}
