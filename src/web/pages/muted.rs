//! Whom one muted, and whom one blocked.

use axum::Router;
use axum::extract::{Query, State};
use axum::routing::get;
use serde::Serialize;

use super::people::rows;
use crate::base::id::AccountId;
use crate::domain::follows;
use crate::web::failure::Answer;
use crate::web::paging::Paging;
use crate::web::state::Web;
use crate::web::templates::View;
use crate::web::views::{Nav, Pager, PersonRow, Time};
use crate::web::visit::Member;

/// Routes of this file.
pub fn routes() -> Router<Web> {
    Router::new().route("/muted", get(muted)).route("/blocked", get(blocked))
}

/// How many people a page has.
const PEOPLE: i64 = 40;

/// The page of either.
#[derive(Debug, Serialize)]
pub struct Muted {
    /// Whether it is those blocked, and not those muted.
    pub blocked: bool,
    /// The latest first.
    pub people: Vec<MutedRow>,
    /// Further on.
    pub pager: Pager,
}

/// Somebody muted or blocked.
#[derive(Debug, Serialize)]
pub struct MutedRow {
    /// Who.
    pub row: PersonRow,
    /// When it ends by itself.
    pub until: Option<Time>,
}

impl View for Muted {
    const TEMPLATE: &'static str = "pages/muted.html";
}

/// `GET /muted`
async fn muted(web: State<Web>, member: Member, paging: Query<Paging>) -> Answer {
    let mut conn = web.services().db.read().await?;
    let now = web.services().clock.now();
    let mutes = follows::store::list_mutes(&mut conn, member.id(), now, PEOPLE, paging.from()).await?;
    let sites = web.sites(&mut conn).await?;
    let lens = member.visit.lens(&web, &sites);
    let ids: Vec<AccountId> = mutes.iter().map(|(id, _)| *id).collect();
    let until = |id: AccountId| mutes.iter().find(|(muted, _)| *muted == id).and_then(|(_, until)| *until);
    let people = rows(&mut conn, &lens, member.id(), &ids).await?;
    let view = Muted {
        blocked: false,
        people: people
            .into_iter()
            .map(|row| MutedRow { until: until(row.person.id).map(|at| lens.time(at)), row })
            .collect(),
        pager: paging.by_name("/muted", PEOPLE, ids.len() as i64 >= PEOPLE),
    };
    Ok(web.page(&mut conn, &member.visit, Nav::Settings, &view).await?)
}

/// `GET /blocked`
async fn blocked(web: State<Web>, member: Member, paging: Query<Paging>) -> Answer {
    let mut conn = web.services().db.read().await?;
    let ids = follows::store::list_blocks(&mut conn, member.id(), PEOPLE, paging.from()).await?;
    let sites = web.sites(&mut conn).await?;
    let lens = member.visit.lens(&web, &sites);
    let people = rows(&mut conn, &lens, member.id(), &ids).await?;
    let view = Muted {
        blocked: true,
        people: people.into_iter().map(|row| MutedRow { row, until: None }).collect(),
        pager: paging.by_name("/blocked", PEOPLE, ids.len() as i64 >= PEOPLE),
    };
    Ok(web.page(&mut conn, &member.visit, Nav::Settings, &view).await?)
}
