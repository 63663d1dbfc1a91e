//! Notifications: what others did that concerns the reader.

use axum::Router;
use axum::extract::{Query, State};
use axum::routing::get;
use serde::Serialize;

use crate::base::id::{AccountId, NotificationId};
use crate::base::text::excerpt;
use crate::domain::notifications::{self, Kind, NotificationView, store::Filter};
use crate::web::failure::Answer;
use crate::web::lens::{Lens, page_of};
use crate::web::paging::Paging;
use crate::web::state::Web;
use crate::web::templates::View;
use crate::web::views::{Nav, Pager, Person, Time};
use crate::web::visit::Member;

/// Where it answers.
pub fn routes() -> Router<Web> {
    Router::new().route("/notifications", get(show))
}

/// The list.
#[derive(Debug, Serialize)]
pub struct Notifications {
    /// Newest first; likes of one post stand together.
    pub news: Vec<News>,
    /// Older and newer.
    pub pager: Pager,
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
    pub what: &'static str,
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
/// How many faces stand in front of a line.
const FACES: usize = 8;

/// `GET /notifications`; what is shown counts as seen from then on.
pub async fn show(web: State<Web>, member: Member, paging: Query<Paging>) -> Answer {
    let services = web.services();
    let me = member.id();
    let mut conn = services.db.read().await?;
    let seen = notifications::store::find_read(&mut conn, me).await?;
    let lines = notifications::list(services, &mut conn, me, &Filter::default(), paging.page(LINES)).await?;
    let sites = web.sites(&mut conn).await?;
    let lens = member.visit.lens(&web, &sites);
    let ids = |line: Option<&NotificationView>| line.map(|line| line.notification.id.0);
    let span = ids(lines.first()).zip(ids(lines.last()));
    let view = Notifications {
        news: group(&lines).iter().map(|lines| news(&lens, lines, seen)).collect(),
        pager: paging.by_time("/notifications", span, lines.len() as i64 >= LINES),
    };
    drop(conn);
    if let Some(newest) = lines.first().map(|line| line.notification.id).filter(|newest| *newest > seen) {
        let mut tx = services.db.begin().await?;
        notifications::store::update_read(&mut tx, me, newest).await?;
        tx.commit().await?;
    }
    let mut conn = services.db.read().await?;
    Ok(web.page(&mut conn, &member.visit, Nav::Notifications, &view).await?)
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

fn news(lens: &Lens, lines: &[&NotificationView], seen: NotificationId) -> News {
    let first = lines[0];
    let (icon, what) = words(first, lines.len() > 1);
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
        excerpt: status.map_or(String::new(), said),
        href,
        fresh: first.notification.id > seen,
        request: (first.notification.kind == Kind::FollowRequest).then_some(first.account.id),
    }
}

fn said(shown: &crate::domain::statuses::StatusView) -> String {
    let status = &shown.status;
    if !status.spoiler_text.is_empty() {
        return status.spoiler_text.clone();
    }
    let text = excerpt(&status.content, 200);
    if text.is_empty() && !shown.media.is_empty() { "An image".to_owned() } else { text }
}

fn words(line: &NotificationView, several: bool) -> (&'static str, &'static str) {
    let answers_reader = line
        .status
        .as_ref()
        .is_some_and(|status| status.status.in_reply_to_account_id == Some(line.notification.account_id));
    match line.notification.kind {
        Kind::Mention if answers_reader => ("reply", "replied to you"),
        Kind::Mention => ("at-sign", "mentioned you"),
        Kind::Status => ("bell", "wrote"),
        Kind::Reblog => ("repeat-2", "reposted your post"),
        Kind::Follow if several => ("user-plus", "follow you"),
        Kind::Follow => ("user-plus", "follows you"),
        Kind::FollowRequest => ("user-plus", "asks to follow you"),
        Kind::Favourite => ("heart", "liked your post"),
        Kind::Update => ("pencil", "changed a post that you liked or reposted"),
        Kind::Reaction => ("heart", "reacted to your post"),
        Kind::Poll => ("chart", "asked a question in which the voting has ended"),
        Kind::Quote => ("quote", "quoted your post"),
        Kind::QuoteRequest => ("quote", "asks to quote your post"),
        Kind::ReplyRequest => ("reply", "asks to reply to your post"),
        Kind::AdminReport => ("flag", "reported somebody to the moderators"),
    }
}
