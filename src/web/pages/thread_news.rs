//! What is still to come of a thread: said on its page, and to a script that asks.

use axum::Router;
use axum::routing::get;
use std::collections::BTreeSet;

use axum::Json;
use axum::extract::{Path, State};
use axum::response::IntoResponse as _;
use serde::Serialize;

use crate::base::{Millis, Result};
use crate::domain::statuses::context::Context;
use crate::domain::statuses::threads::{self, LookUp};
use crate::domain::statuses::{Reader, StatusView};
use crate::platform::db::Conn;
use crate::web::failure::Answer;
use crate::web::state::{Sites, Web};
use crate::web::views::ThreadNews;
use crate::web::visit::{Member, Visit};

/// Where it answers.
pub fn routes() -> Router<Web> {
    Router::new().route("/threads/{token}", get(ask))
}

/// The lines above the replies: what is looked for, what has arrived since the reader was here, who is out of reach.
pub(super) async fn lines(
    web: &Web,
    conn: &mut Conn,
    visit: &Visit,
    sites: &Sites,
    thread: (&StatusView, &Context, &LookUp),
) -> Result<Vec<ThreadNews>> {
    let (shown, around, look) = thread;
    let now = web.services().clock.now();
    if look.is_running() {
        let page = format!("/@{}/{}", shown.account.acct(), shown.status.id);
        return Ok(vec![ThreadNews::looking(look, &hosts(shown, around), sites, &page, now)]);
    }
    let mut lines = Vec::new();
    if let Some(since) = since(&visit.here)
        && look.finished_at.is_some_and(|at| at >= since)
    {
        let arrived = threads::arrived(web.services(), conn, &visit.reader(), look).await?;
        lines.push(ThreadNews::arrived(&arrived, Some(around)));
    }
    lines.extend(ThreadNews::unreached(look, sites));
    Ok(lines)
}

/// The other sites that take part.
fn hosts<'a>(shown: &'a StatusView, around: &'a Context) -> Vec<&'a str> {
    let views = around.ancestors.iter().chain(&around.descendants).chain([shown]);
    let hosts: BTreeSet<&str> =
        views.map(|view| view.account.host.as_str()).filter(|host| !host.is_empty()).collect();
    hosts.into_iter().collect()
}

/// When the reader was here before: `?since=…`, in milliseconds.
fn since(here: &str) -> Option<Millis> {
    let (_, query) = here.split_once('?')?;
    let (_, value) = url::form_urlencoded::parse(query.as_bytes()).find(|(name, _)| name == "since")?;
    value.parse().ok().map(Millis)
}

/// What a script is told.
#[derive(Debug, Serialize)]
struct Told {
    running: bool,
    text: String,
    label: &'static str,
}

/// `GET /threads/{token}`: whether it is done, and what to say then.
pub async fn ask(web: State<Web>, member: Member, Path(token): Path<String>) -> Answer {
    let reader: Reader = member.visit.reader();
    let (look, arrived) = threads::refresh(web.services(), &reader, &token).await?;
    let ThreadNews { text, label, .. } = ThreadNews::arrived(&arrived, None);
    Ok(Json(Told { running: look.is_running(), text, label }).into_response())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_address_says_since_when() {
        assert_eq!(since("/@ann/7?since=1767323045000"), Some(Millis(1_767_323_045_000)));
        for odd in ["/@ann/7", "/@ann/7?since=", "/@ann/7?since=yesterday", "/@ann/7?other=1"] {
            assert_eq!(since(odd), None, "{odd}");
        }
    }
}
