//! `GET /live`: what an open page is told while it is open, as server-sent events. Numbers only, never words: the page
//! asks for the posts themselves, and is asked who reads once more.
//!
//! Source: <https://html.spec.whatwg.org/multipage/server-sent-events.html>

use std::collections::VecDeque;
use std::convert::Infallible;
use std::time::Duration;

use axum::Router;
use axum::extract::{Query, State};
use axum::http::HeaderMap;
use axum::response::sse::{Event, Sse};
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use axum_extra::extract::cookie::CookieJar;
use futures::stream;
use serde::Deserialize;
use serde_json::{Value, json};
use tokio::sync::broadcast::Receiver;
use tokio::sync::broadcast::error::{RecvError, TryRecvError};
use tokio::time::{Instant, sleep, sleep_until};

use crate::base::id::StatusId;
use crate::base::{Error, Result};
use crate::domain::timelines::live::{Interest, Item, List};
use crate::domain::{auth, notifications};
use crate::platform::hub::{News, Numbered, Seat};
use crate::platform::services::Services;
use crate::web::failure::Answer;
use crate::web::state::Web;
use crate::web::visit::Member;

/// So many streams a person may have: a few browsers, a few windows.
const MOST_STREAMS: usize = 8;
/// Whoever asks for one more may ask again after this.
const TRY_AGAIN: Duration = Duration::from_mins(1);
/// So many posts of a page are watched.
const MOST_SHOWN: usize = 200;
/// Something is sent at least this often, so that nothing between takes the stream for dead; and it is asked whether the
/// person is still signed in.
const HEART: Duration = Duration::from_secs(25);
/// What comes within this time is told together.
const TOGETHER: Duration = Duration::from_millis(300);
/// At most so much is told together; more means to look again.
const MOST_TOGETHER: usize = 256;
/// More unread notifications than this are shown as "99+".
const MOST_UNREAD: i64 = 100;

/// Where it answers.
pub fn routes() -> Router<Web> {
    Router::new().route("/live", get(listen))
}

/// What the page wants to hear of.
#[derive(Debug, Deserialize)]
pub struct Asked {
    /// `home`, `site` or `organisation`.
    list: Option<String>,
    /// The first post of the conversation.
    thread: Option<StatusId>,
    /// The posts on the page, to the base 36, with dots between.
    shown: Option<String>,
    /// The number of the last news, if a script opens the stream again.
    last: Option<u64>,
}

/// `GET /live`
pub async fn listen(
    web: State<Web>,
    member: Member,
    jar: CookieJar,
    headers: HeaderMap,
    asked: Query<Asked>,
) -> Answer {
    let services = web.services();
    let person = member.id();
    let Some(seat) = services.hub.seat(person.0, MOST_STREAMS) else {
        return Err(Error::RateLimited { until: services.clock.now() + TRY_AGAIN }.into());
    };
    let cookie = jar.get(&services.config.site.session_cookie()).map(|cookie| cookie.value().to_owned());
    let interest = Interest {
        person,
        list: asked.list.as_deref().and_then(list),
        thread: asked.thread,
        shown: asked.shown.as_deref().map(shown).unwrap_or_default(),
    };
    let said = headers.get("last-event-id").and_then(|last| last.to_str().ok()?.parse().ok());
    let ear = Ear::new(services.clone(), interest, cookie.unwrap_or_default(), said.or(asked.last), seat);
    let events = stream::unfold(ear, |mut ear| async move {
        let event = ear.next().await?;
        Some((Ok::<Event, Infallible>(event), ear))
    });
    Ok(with_headers(Sse::new(events).into_response()))
}

/// A proxy must not collect it.
fn with_headers(mut answer: Response) -> Response {
    answer.headers_mut().insert("x-accel-buffering", axum::http::HeaderValue::from_static("no"));
    answer
}

fn list(name: &str) -> Option<List> {
    match name {
        "home" => Some(List::Home),
        "site" => Some(List::Site),
        "organisation" => Some(List::Organisation),
        _ => None,
    }
}

fn shown(text: &str) -> std::collections::HashSet<i64> {
    let ids = text.split('.').filter_map(|id| i64::from_str_radix(id, 36).ok());
    ids.take(MOST_SHOWN).collect()
}

/// One stream.
struct Ear {
    services: Services,
    interest: Interest,
    /// The session's, to ask whether it still is one.
    cookie: String,
    to_come: Receiver<Numbered>,
    /// The number of the last news that was looked at.
    at: u64,
    /// Wanted, and not yet asked about.
    pending: Vec<News>,
    /// Something was lost on the way: the page has to look by itself.
    lost: bool,
    begun: bool,
    waiting: VecDeque<Event>,
    heart: Instant,
    _seat: Seat,
}

impl Ear {
    fn new(services: Services, interest: Interest, cookie: String, last: Option<u64>, seat: Seat) -> Self {
        let listening = services.hub.listen_after(last);
        let lost = listening.missed.is_none();
        let missed = listening.missed.unwrap_or_default().into_iter().map(|one| one.news);
        let pending = missed.filter(|news| interest.wants(news)).collect();
        Self {
            pending,
            lost,
            begun: false,
            at: listening.at,
            to_come: listening.to_come,
            waiting: VecDeque::new(),
            heart: Instant::now() + HEART,
            services,
            interest,
            cookie,
            _seat: seat,
        }
    }

    /// The next event; none when the stream ends: the site stops, or the person is no longer signed in.
    async fn next(&mut self) -> Option<Event> {
        loop {
            if let Some(event) = self.waiting.pop_front() {
                return Some(event);
            }
            let hub = self.services.hub.clone();
            let first = !self.begun;
            if !first && self.pending.is_empty() && !self.lost {
                tokio::select! {
                    () = hub.closed() => return None,
                    () = sleep_until(self.heart) => {}
                    news = self.to_come.recv() => {
                        self.hear(news)?;
                        if self.pending.is_empty() && !self.lost { continue; }
                        sleep(TOGETHER).await;
                        self.gather()?;
                    }
                }
            }
            self.begun = true;
            match self.tell(first).await {
                Ok(true) => {}
                Ok(false) => return None,
                Err(problem) => {
                    tracing::warn!("An open page could not be told what is new: {}", problem.chain());
                    return None;
                }
            }
        }
    }

    fn hear(&mut self, news: std::result::Result<Numbered, RecvError>) -> Option<()> {
        match news {
            Ok(one) => self.keep(one),
            Err(RecvError::Lagged(_)) => self.lost = true,
            Err(RecvError::Closed) => return None,
        }
        Some(())
    }

    fn gather(&mut self) -> Option<()> {
        loop {
            match self.to_come.try_recv() {
                Ok(one) => self.keep(one),
                Err(TryRecvError::Lagged(_)) => self.lost = true,
                Err(TryRecvError::Empty) => return Some(()),
                Err(TryRecvError::Closed) => return None,
            }
        }
    }

    fn keep(&mut self, one: Numbered) {
        self.at = one.number;
        if !self.interest.wants(&one.news) {
            return;
        }
        if self.pending.len() < MOST_TOGETHER {
            self.pending.push(one.news);
        } else {
            self.lost = true;
        }
    }

    /// Puts what may be told into `waiting`, and the number to go on from behind it. `false` if nobody is there any more
    /// who may hear it.
    async fn tell(&mut self, first: bool) -> Result<bool> {
        let services = self.services.clone();
        let mut conn = services.db.read().await?;
        let signed = auth::session::find(&services, &mut conn, &self.cookie).await?;
        if signed.is_none_or(|signed| signed.account.id != self.interest.person) {
            return Ok(false);
        }
        let pending = std::mem::take(&mut self.pending);
        let mut items = self.interest.admit(&services, &mut conn, &pending).await?;
        if first && !items.contains(&Item::Notifications) {
            items.push(Item::Notifications);
        }
        for item in items {
            let (name, data) = match item {
                Item::Notifications => {
                    let person = self.interest.person;
                    let unread = notifications::store::count_unread(&mut conn, person, MOST_UNREAD).await?;
                    ("note", json!({ "unread": unread }))
                }
                other => described(&other),
            };
            self.waiting.push_back(Event::default().event(name).data(data.to_string()));
        }
        if std::mem::take(&mut self.lost) {
            self.waiting.push_back(Event::default().event("reset").data("{}"));
        }
        // Without data nothing happens on the page, but it knows where to go on from.
        self.waiting.push_back(Event::default().id(self.at.to_string()));
        self.heart = Instant::now() + HEART;
        Ok(true)
    }
}

fn described(item: &Item) -> (&'static str, Value) {
    match item {
        Item::New { ids } => ("new", json!({ "ids": ids })),
        Item::Notifications | Item::LookedUp => ("looked", json!({})),
        Item::Changed { id } => ("changed", json!({ "id": id })),
        Item::Gone { id } => ("gone", json!({ "id": id })),
        Item::Counted { id, replies, reposts, likes } => {
            ("count", json!({ "id": id, "replies": replies, "reposts": reposts, "likes": likes }))
        }
        Item::Answered { ids } => ("answers", json!({ "ids": ids })),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_stands_on_the_page_is_read_from_the_address() {
        assert_eq!(shown("a.zz..nonsense!.a"), [10, 1295].into());
        let many =
            vec!["1z"; 500].iter().enumerate().map(|(n, _)| format!("{n}")).collect::<Vec<_>>().join(".");
        assert!(shown(&many).len() <= MOST_SHOWN);
    }

    #[test]
    fn only_lists_that_grow_at_the_top_are_known() {
        assert_eq!(list("home"), Some(List::Home));
        assert_eq!(list("../etc"), None);
    }
}
