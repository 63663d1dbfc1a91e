//! Who asks to quote or answer a post of the reader.

use super::to;
use axum::Router;
use axum::extract::{Path, State};
use axum::routing::get;
use serde::Serialize;

use crate::base::Error;
use crate::base::id::InteractionId;
use crate::domain::statuses::consent::{Act, interaction};
use crate::web::failure::Answer;
use crate::web::form::Posted;
use crate::web::redirect;
use crate::web::state::Web;
use crate::web::templates::View;
use crate::web::views::{Flash, Nav, Request};
use crate::web::visit::Member;

/// Where it answers.
pub fn routes() -> Router<Web> {
    Router::new().route("/requests", get(show)).route("/requests/{id}/{verb}", to("/requests").post(decide))
}

/// The page.
#[derive(Debug, Serialize)]
pub struct Requests {
    /// Newest first.
    pub requests: Vec<Request>,
}

impl View for Requests {
    const TEMPLATE: &'static str = "pages/requests.html";
}

/// Most that one page shows.
const MOST: i64 = 40;

/// `GET /requests`
pub async fn show(web: State<Web>, member: Member) -> Answer {
    let services = web.services();
    let mut conn = services.db.read().await?;
    let waiting = interaction::waiting(services, &mut conn, member.id(), MOST).await?;
    let sites = web.sites(&mut conn).await?;
    let lens = member.visit.lens(&web, &sites);
    let requests = waiting
        .iter()
        .map(|one| Request {
            id: one.interaction.id,
            person: lens.person(&one.account),
            what: match one.interaction.kind {
                Act::Quote => "quote",
                _ => "reply",
            },
            at: lens.time(one.interaction.created_at),
            words: one.content.clone().unwrap_or_default(),
            about: one.target.as_ref().map(|view| lens.post(view)),
        })
        .collect();
    Ok(web.page(&mut conn, &member.visit, Nav::Notifications, &Requests { requests }).await?)
}

/// `POST /requests/{id}/{verb}`
pub async fn decide(
    web: State<Web>,
    member: Member,
    Path((id, verb)): Path<(InteractionId, String)>,
    _: Posted,
) -> Answer {
    let (services, me) = (web.services(), member.id());
    let said = match verb.as_str() {
        "accept" => {
            interaction::accept(services, me, id).await?;
            "requests-allowed"
        }
        "reject" => {
            interaction::reject(services, me, id).await?;
            "requests-declined"
        }
        _ => return Err(Error::not_found("page").into()),
    };
    Ok(redirect::saying(&web, "/requests", &Flash::good(member.visit.say(said))))
}
