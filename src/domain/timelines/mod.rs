//! Timelines: home, this site, the organisation, one person. Always by time, never by guess.

mod light;
pub mod live;
pub mod marks;
pub mod since;
pub mod store;

use std::collections::HashSet;

use crate::base::Result;
use crate::base::id::{AccountId, ListId, StatusId};
use crate::base::page::Page;
use crate::domain::filters::Context;
use crate::domain::statuses::{Reader, StatusView, Ties, Visibility, filtered, hydrate, may_read};
use crate::domain::{accounts, follows, lists};
use crate::platform::db::Conn;
use crate::platform::services::Services;

/// A page of a timeline.
#[derive(Clone, Debug)]
pub struct Timeline {
    /// What the reader may read and wants to.
    pub statuses: Vec<StatusView>,
    /// Newest and oldest id that were looked at, for the links to the next pages: also when something was left out.
    pub span: Option<(StatusId, StatusId)>,
    /// Of a home, where each post stands that was looked at; elsewhere that is its id.
    pub places: Vec<(StatusId, i64)>,
    /// Whether there may be more in the direction that was asked for.
    pub full: bool,
}

impl Timeline {
    /// Where a post stands: what a reading mark is compared with.
    pub fn place_of(&self, id: StatusId) -> i64 {
        self.places.iter().find(|(of, _)| *of == id).map_or(id.0, |(_, place)| *place)
    }

    /// Where the newest stands that was looked at.
    pub fn newest(&self) -> Option<i64> {
        self.span.map(|(newest, _)| self.place_of(newest))
    }

    /// Where the oldest stands that was looked at.
    pub fn oldest(&self) -> Option<i64> {
        self.span.map(|(_, oldest)| self.place_of(oldest))
    }
}

/// Which posts of a person.
#[derive(Clone, Copy, Debug, Default)]
pub struct PersonFilter {
    /// Leave answers to others out.
    pub exclude_replies: bool,
    /// Leave reposts out.
    pub exclude_reblogs: bool,
    /// Only with attachments.
    pub only_media: bool,
}

/// What the people that one follows wrote and reposted.
///
/// Source: <https://docs.joinmastodon.org/methods/timelines/#home>
pub async fn home(services: &Services, conn: &mut Conn, person: AccountId, page: Page) -> Result<Timeline> {
    let places = store::list_home(conn, person, page).await?;
    let ids = places.iter().map(|(id, _)| *id).collect();
    let asked = Asked::new(page, Wanted::Muted, Context::Home);
    let timeline = show(services, conn, &Reader::Person(person), ids, asked).await?;
    Ok(Timeline { places, ..timeline })
}

/// What the members of a person's list wrote and reposted.
///
/// # Errors
/// [`crate::base::Error::NotFound`] if the person has no such list.
///
/// Source: <https://docs.joinmastodon.org/methods/timelines/#list>
pub async fn list(
    services: &Services,
    conn: &mut Conn,
    person: AccountId,
    list: ListId,
    page: Page,
) -> Result<Timeline> {
    let list = lists::get(conn, person, list).await?;
    let ids = lists::store::list_posts(conn, &list, page).await?;
    show(services, conn, &Reader::Person(person), ids, Asked::new(page, Wanted::Muted, Context::Home)).await
}

/// What was written on this site for everybody on it.
///
/// Source: <https://docs.joinmastodon.org/methods/timelines/#public>
pub async fn local(services: &Services, conn: &mut Conn, reader: &Reader, page: Page) -> Result<Timeline> {
    let ids = store::list_local(conn, page).await?;
    show(services, conn, reader, ids, Asked::new(page, Wanted::MutedAndLimited, Context::Public)).await
}

/// What was written for the whole organisation, here and at other sites.
pub async fn organisation(
    services: &Services,
    conn: &mut Conn,
    reader: &Reader,
    page: Page,
) -> Result<Timeline> {
    let ids = store::list_organisation(conn, page).await?;
    show(services, conn, reader, ids, Asked::new(page, Wanted::MutedAndLimited, Context::Public)).await
}

/// What was written under a hashtag, here and at other sites, as far as the reader may read it; `key` is in lower case.
///
/// Source: <https://docs.joinmastodon.org/methods/timelines/#tag>
pub async fn tag(
    services: &Services,
    conn: &mut Conn,
    reader: &Reader,
    key: &str,
    page: Page,
) -> Result<Timeline> {
    let ids = store::list_tag(conn, key, page).await?;
    show(services, conn, reader, ids, Asked::new(page, Wanted::MutedAndLimited, Context::Public)).await
}

/// What one person wrote, as far as the reader may read it.
///
/// Source: <https://docs.joinmastodon.org/methods/accounts/#statuses>
pub async fn person(
    services: &Services,
    conn: &mut Conn,
    reader: &Reader,
    account: AccountId,
    filter: PersonFilter,
    page: Page,
) -> Result<Timeline> {
    let ids = store::list_person(conn, account, filter, page).await?;
    show(services, conn, reader, ids, Asked::new(page, Wanted::All, Context::Profile)).await
}

/// How many posts and reposts of a person the reader may read, those to people named aside.
///
/// # Errors
/// As the database.
pub async fn count_person(
    services: &Services,
    conn: &mut Conn,
    reader: &Reader,
    account: AccountId,
) -> Result<i64> {
    let Reader::Site { host, member } = reader else {
        let open = services.config.site.open_to_web && !is_limited(conn, account).await?;
        return count(conn, account, Ties { open, ..Ties::default() }).await;
    };
    let follows = !follows::store::list_followed_from_host(conn, host, &[account]).await?.is_empty();
    let hidden = !follows && is_limited(conn, account).await?;
    let ties = Ties { in_organisation: *member, open: true, follows, hidden, ..Ties::default() };
    count(conn, account, ties).await
}

async fn is_limited(conn: &mut Conn, account: AccountId) -> Result<bool> {
    Ok(accounts::store::get(conn, account).await?.limited_at.is_some())
}

async fn count(conn: &mut Conn, account: AccountId, ties: Ties) -> Result<i64> {
    let readable = [Visibility::Public, Visibility::Unlisted, Visibility::Organisation, Visibility::Private];
    let readable: Vec<String> =
        readable.into_iter().filter(|it| may_read(*it, ties)).map(|it| it.to_string()).collect();
    store::count_person(conn, account, &readable).await
}

/// What a reader of this timeline does not want to see.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Wanted {
    All,
    Muted,
    MutedAndLimited,
}

#[derive(Clone, Copy)]
struct Asked {
    limit: i64,
    wanted: Wanted,
    place: Context,
}

impl Asked {
    fn new(page: Page, wanted: Wanted, place: Context) -> Self {
        Self { limit: page.limit, wanted, place }
    }
}

async fn show(
    services: &Services,
    conn: &mut Conn,
    reader: &Reader,
    ids: Vec<StatusId>,
    asked: Asked,
) -> Result<Timeline> {
    let wanted = asked.wanted;
    let full = ids.len() as i64 >= asked.limit;
    let span = ids.first().copied().zip(ids.last().copied());
    let mut statuses = hydrate(services, conn, reader, &ids).await?;
    filtered::apply(services, conn, reader, Some(asked.place), &mut statuses).await?;
    if wanted != Wanted::All {
        statuses.retain(|view| !view.muted && !view.shown().muted);
    }
    if wanted == Wanted::MutedAndLimited {
        let followed = match reader.person() {
            Some(person) => {
                let authors: Vec<AccountId> = statuses.iter().map(|view| view.account.id).collect();
                crate::domain::follows::store::list_followed_among(conn, person, &authors).await?
            }
            None => HashSet::new(),
        };
        statuses.retain(|view| {
            let account = &view.shown().account;
            account.limited_at.is_none()
                || followed.contains(&account.id)
                || reader.person() == Some(account.id)
        });
    }
    Ok(Timeline { statuses, span, places: Vec::new(), full })
}

/// Hashtags that begin with `key` (in lower case), as they were written last, the shortest first.
///
/// # Errors
/// As the database.
pub async fn find_tags(conn: &mut Conn, key: &str, limit: i64, offset: i64) -> Result<Vec<(String, String)>> {
    if key.is_empty() {
        return Ok(Vec::new());
    }
    let like = format!("{}%", key.replace('!', "!!").replace('%', "!%").replace('_', "!_"));
    store::search_tags(conn, &like, limit, offset).await
}
