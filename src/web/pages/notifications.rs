//! Notifications: what others did that concerns the reader.

use super::to;
use axum::Router;
use axum::extract::{Path, Query, State};
use axum::routing::get;
use serde::{Deserialize, Serialize};

use crate::base::Error;
use crate::base::id::{AccountId, NotificationId};
use crate::base::text::excerpt;
use crate::domain::notifications::markers::{self, Timeline};
use crate::domain::notifications::{self, Kind, NotificationView, policy, store::Filter};
use crate::web::failure::Answer;
use crate::web::form::Posted;
use crate::web::lens::{Lens, page_of};
use crate::web::paging::Paging;
use crate::web::redirect;
use crate::web::state::Web;
use crate::web::templates::View;
use crate::web::views::{Flash, Nav, Pager, Person, Tab, Time};
use crate::web::visit::Member;

/// Where it answers.
pub fn routes() -> Router<Web> {
    Router::new()
        .route("/notifications", get(show))
        .route("/notifications/read", to("/notifications").post(mark_read))
        .route("/notifications/clear", to("/notifications").post(clear))
        .route("/notifications/held/{id}/{verb}", to("/notifications?only=requests").post(decide))
}

/// The list.
#[derive(Debug, Serialize)]
pub struct Notifications {
    /// Kinds of them.
    pub tabs: Vec<Tab>,
    /// As in `mentions`; empty for all.
    pub only: &'static str,
    /// Whether any is new.
    pub unread: bool,
    /// Of whom something is held back.
    pub held: Vec<Held>,
    /// Newest first; likes of one post stand together.
    pub news: Vec<News>,
    /// Older and newer.
    pub pager: Pager,
}

/// Somebody of whom something is held back.
#[derive(Debug, Serialize)]
pub struct Held {
    /// Who.
    pub person: Person,
    /// Of the account.
    pub id: AccountId,
    /// How much.
    pub count: i64,
}

/// Which of them are shown.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Only {
    /// All.
    #[default]
    All,
    /// What was said to the reader.
    Mentions,
    /// Who follows.
    Follows,
    /// Ends of polls.
    Polls,
    /// What waits for an answer.
    Requests,
}

impl Only {
    const ALL: [Self; 5] = [Self::All, Self::Mentions, Self::Follows, Self::Polls, Self::Requests];

    fn word(self) -> &'static str {
        match self {
            Self::All => "",
            Self::Mentions => "mentions",
            Self::Follows => "follows",
            Self::Polls => "polls",
            Self::Requests => "requests",
        }
    }

    fn kinds(self) -> &'static [Kind] {
        match self {
            Self::All => &[],
            Self::Mentions => &[Kind::Mention, Kind::Quote],
            Self::Follows => &[Kind::Follow],
            Self::Polls => &[Kind::Poll],
            Self::Requests => &[Kind::FollowRequest, Kind::QuoteRequest, Kind::ReplyRequest],
        }
    }

    fn path(self) -> String {
        match self {
            Self::All => "/notifications".to_owned(),
            other => format!("/notifications?only={}", other.word()),
        }
    }
}

/// What the address says, beside the page.
#[derive(Clone, Copy, Debug, Default, Deserialize)]
pub struct Asked {
    #[serde(default)]
    only: Only,
}

/// One line.
#[derive(Debug, Serialize)]
pub struct News {
    /// Its sign.
    pub icon: &'static str,
    /// Who did it, the latest first; at most a handful.
    pub people: Vec<Person>,
    /// How many more than the one who is named.
    pub others: usize,
    /// What they did, as in "liked your post".
    pub what: String,
    /// When, the latest.
    pub at: Time,
    /// The beginning of the post, as plain text.
    pub excerpt: String,
    /// Where it is.
    pub href: Option<String>,
    /// Whether it is new.
    pub fresh: bool,
    /// Who asks to follow.
    pub request: Option<AccountId>,
}

impl View for Notifications {
    const TEMPLATE: &'static str = "pages/notifications.html";
}

/// How many lines are read for a page, before likes of one post are put together.
const LINES: i64 = 40;
/// Of so many people at most it is said that something is held back.
const MOST_HELD: i64 = 100;
/// How many faces stand in front of a line.
const FACES: usize = 8;

/// `GET /notifications`; what is shown of all counts as seen from then on.
pub async fn show(
    web: State<Web>,
    member: Member,
    paging: Query<Paging>,
    Query(Asked { only }): Query<Asked>,
) -> Answer {
    let services = web.services();
    let me = member.id();
    let mut conn = services.db.read().await?;
    let seen = notifications::store::find_read(&mut conn, me).await?;
    let kinds = only.kinds().iter().map(|kind| kind.word().to_owned()).collect();
    let filter = Filter { kinds, ..Filter::default() };
    let lines = notifications::list(services, &mut conn, me, &filter, paging.page(LINES)).await?;
    let unread = notifications::store::count_unread(&mut conn, me, 1).await? > 0;
    let held = policy::list_requests(&mut conn, me, MOST_HELD).await?;
    let sites = web.sites(&mut conn).await?;
    let lens = member.visit.lens(&web, &sites);
    let ids = |line: Option<&NotificationView>| line.map(|line| line.notification.id.0);
    let span = ids(lines.first()).zip(ids(lines.last()));
    let view = Notifications {
        tabs: tabs(&member, only, held.len()),
        only: only.word(),
        unread: unread && only != Only::All,
        held: if only == Only::Requests { held_of(&lens, &held) } else { Vec::new() },
        news: group(&lines).iter().map(|lines| news(&member, &lens, lines, seen)).collect(),
        pager: pager_of(&paging, only, span, lines.len() as i64 >= LINES),
    };
    drop(conn);
    let newest = lines.first().map(|line| line.notification.id).filter(|newest| *newest > seen);
    if let Some(newest) = newest.filter(|_| only == Only::All) {
        let mut tx = services.db.begin().await?;
        notifications::store::update_read(&mut tx, me, newest).await?;
        tx.commit().await?;
    }
    let mut conn = services.db.read().await?;
    Ok(web.page(&mut conn, &member.visit, Nav::Notifications, &view).await?)
}

fn tabs(member: &Member, only: Only, held: usize) -> Vec<Tab> {
    let label = |tab: Only| {
        let word = if tab == Only::All { "all" } else { tab.word() };
        let label = member.visit.say(&format!("news-{word}"));
        if tab == Only::Requests && held > 0 { format!("{label} ({held})") } else { label }
    };
    let tab = |tab: Only| Tab { label: label(tab), href: tab.path(), current: tab == only };
    Only::ALL.into_iter().map(tab).collect()
}

fn held_of(lens: &Lens, held: &[policy::Request]) -> Vec<Held> {
    let of = |one: &policy::Request| Held {
        person: lens.person(&one.account),
        id: one.account.id,
        count: one.count,
    };
    held.iter().map(of).collect()
}

fn pager_of(paging: &Paging, only: Only, span: Option<(i64, i64)>, full: bool) -> Pager {
    let pager = paging.by_time("/notifications", span, full);
    let keep = |link: String| match (only, link.contains('?')) {
        (Only::All, _) => link,
        (only, true) => format!("{link}&only={}", only.word()),
        (only, false) => format!("{link}?only={}", only.word()),
    };
    Pager { newer: pager.newer.map(keep), older: pager.older.map(keep) }
}

/// `POST /notifications/read`
pub async fn mark_read(web: State<Web>, member: Member, _posted: Posted) -> Answer {
    let services = web.services();
    let me = member.id();
    let mut conn = services.db.read().await?;
    let newest = notifications::store::find_newest(&mut conn, me).await?;
    drop(conn);
    markers::mark(services, me, &[(Timeline::Notifications, newest.0)]).await?;
    Ok(redirect::saying(&web, "/notifications", &Flash::good(member.visit.say("news-read-done"))))
}

/// `POST /notifications/clear`
pub async fn clear(web: State<Web>, member: Member, _posted: Posted) -> Answer {
    let mut tx = web.services().db.begin().await?;
    notifications::store::delete_all(&mut tx, member.id()).await?;
    tx.commit().await?;
    Ok(redirect::saying(&web, "/notifications", &Flash::good(member.visit.say("news-cleared"))))
}

/// `POST /notifications/held/{id}/{verb}`
pub async fn decide(
    web: State<Web>,
    member: Member,
    Path((id, verb)): Path<(AccountId, String)>,
    _posted: Posted,
) -> Answer {
    let services = web.services();
    let mut conn = services.db.read().await?;
    let request = policy::get_request(&mut conn, member.id(), id).await?;
    drop(conn);
    let key = match verb.as_str() {
        "take" => {
            policy::accept(services, member.id(), &[id]).await?;
            "news-held-taken"
        }
        "dismiss" => {
            policy::dismiss(services, member.id(), &[id]).await?;
            "news-held-dismissed"
        }
        _ => return Err(Error::not_found("page").into()),
    };
    let said = member.visit.say_with(key, &[("who", request.account.name().into())]);
    Ok(redirect::saying(&web, "/notifications?only=requests", &Flash::good(said)))
}

/// Likes and reposts of one post, and new followers, stand together; at the place of the latest.
fn group(lines: &[NotificationView]) -> Vec<Vec<&NotificationView>> {
    let mut groups: Vec<Vec<&NotificationView>> = Vec::new();
    for line in lines {
        let kind = line.notification.kind;
        let together = matches!(kind, Kind::Favourite | Kind::Reaction | Kind::Reblog | Kind::Follow);
        let same = groups.iter_mut().find(|group| {
            let first = &group[0].notification;
            together && first.kind == kind && first.status_id == line.notification.status_id
        });
        match same {
            Some(group) => group.push(line),
            None => groups.push(vec![line]),
        }
    }
    groups
}

fn news(member: &Member, lens: &Lens, lines: &[&NotificationView], seen: NotificationId) -> News {
    let first = lines[0];
    let (icon, what) = words(first, lines.len() > 1);
    let what = member.visit.say_with(what, &[("n", (lines.len() as i64).into())]);
    let status = first.status.as_ref().map(crate::domain::statuses::hydrate::StatusView::shown);
    let href = match (first.notification.kind, status) {
        (Kind::QuoteRequest | Kind::ReplyRequest, _) => Some("/requests".to_owned()),
        (_, Some(shown)) => Some(format!("{}/{}", page_of(&shown.account), shown.status.id)),
        (Kind::AdminReport, None) => first.notification.report_id.map(|id| format!("/desk/reports/{id}")),
        _ => None,
    };
    News {
        icon,
        people: lines.iter().take(FACES).map(|line| lens.person(&line.account)).collect(),
        others: lines.len() - 1,
        what,
        at: lens.time(first.notification.created_at),
        excerpt: status.map_or(String::new(), |shown| said(member, shown)),
        href,
        fresh: first.notification.id > seen,
        request: (first.notification.kind == Kind::FollowRequest).then_some(first.account.id),
    }
}

fn said(member: &Member, shown: &crate::domain::statuses::StatusView) -> String {
    let status = &shown.status;
    if !status.spoiler_text.is_empty() {
        return status.spoiler_text.clone();
    }
    let text = excerpt(&status.content, 200);
    if text.is_empty() && !shown.media.is_empty() { member.visit.say("news-image") } else { text }
}

fn words(line: &NotificationView, several: bool) -> (&'static str, &'static str) {
    let answers_reader = line
        .status
        .as_ref()
        .is_some_and(|status| status.status.in_reply_to_account_id == Some(line.notification.account_id));
    match line.notification.kind {
        Kind::Mention if answers_reader => ("reply", "news-replied"),
        Kind::Mention => ("at-sign", "news-mentioned"),
        Kind::Status => ("bell", "news-wrote"),
        Kind::Reblog => ("repeat-2", "news-reposted"),
        Kind::Follow if several => ("user-plus", "news-follow-you"),
        Kind::Follow => ("user-plus", "news-follows-you"),
        Kind::FollowRequest => ("user-plus", "news-asks-to-follow"),
        Kind::Favourite => ("heart", "news-liked"),
        Kind::Update => ("pencil", "news-changed"),
        Kind::Reaction => ("heart", "news-reacted"),
        Kind::Poll => ("chart", "news-poll-ended"),
        Kind::Quote => ("quote", "news-quoted"),
        Kind::QuoteRequest => ("quote", "news-asks-to-quote"),
        Kind::ReplyRequest => ("reply", "news-asks-to-reply"),
        Kind::AdminReport => ("flag", "news-reported"),
    }
}
