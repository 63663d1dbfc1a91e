//! What one has not posted yet: drafts and planned posts; and where a page keeps what is being typed.

use axum::extract::{Path, State};
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post};
use axum::{Json, Router};
use serde::Serialize;
use serde_json::json;

use super::compose::{author_of, form_of, words_of};
use crate::base::Error;
use crate::base::id::{DraftId, ScheduledId};
use crate::base::text::shorten;
use crate::domain::statuses::drafts::{self, Keep, Kept};
use crate::domain::statuses::{Words, scheduled};
use crate::web::failure::Answer;
use crate::web::form::{Posted, Unproven};
use crate::web::redirect;
use crate::web::state::Web;
use crate::web::templates::View;
use crate::web::views::{Flash, Nav, Time};
use crate::web::visit::{Member, Visit};

/// Where it answers.
pub fn routes() -> Router<Web> {
    Router::new()
        .route("/drafts", get(show).post(keep))
        .route("/drafts/{id}/throw-away", post(throw_away))
        .route("/drafts/{id}/restore", post(restore))
        .route("/planned/{id}/draft", post(lay_aside))
        .route("/planned/{id}/post", post(post_now))
}

/// The page.
#[derive(Debug, Serialize)]
pub struct Drafts {
    /// The latest first.
    pub drafts: Vec<Waiting>,
    /// The next one first.
    pub planned: Vec<Waiting>,
}

impl View for Drafts {
    const TEMPLATE: &'static str = "pages/drafts.html";
}

/// A draft or a planned post.
#[derive(Debug, Serialize)]
pub struct Waiting {
    /// Ours.
    pub id: i64,
    /// What it is: a message.
    pub kind: &'static str,
    /// Its beginning; may be empty.
    pub text: String,
    /// How many pictures it has.
    pub images: usize,
    /// When it was kept, or will be posted.
    pub at: Time,
    /// Why it could not be posted.
    pub problem: Option<String>,
}

/// How much of a text the list shows, in characters.
const BEGINNING: usize = 200;

fn waiting(id: i64, words: &Words, at: Time) -> Waiting {
    let kind = match (words.edits, words.in_reply_to, words.quote) {
        (Some(_), _, _) => "drafts-edit",
        (_, Some(_), _) => "drafts-reply",
        (_, _, Some(_)) => "drafts-quote",
        _ => "drafts-post",
    };
    let asked = || words.poll.as_ref().map(|poll| poll.options.join(" · ")).unwrap_or_default();
    let text =
        [&words.title, &words.text, &words.spoiler_text].into_iter().find(|text| !text.trim().is_empty());
    let text = text.map_or_else(asked, |text| text.trim().to_owned());
    Waiting { id, kind, text: shorten(&text, BEGINNING), images: words.media.len(), at, problem: None }
}

/// `GET /drafts`
async fn show(web: State<Web>, member: Member) -> Answer {
    let mut conn = web.services().db.read().await?;
    let sites = web.sites(&mut conn).await?;
    let lens = member.visit.lens(&web, &sites);
    let drafts = drafts::list(&mut conn, member.id()).await?;
    let planned = scheduled::list(&mut conn, member.id()).await?;
    let view = Drafts {
        drafts: drafts.iter().map(|one| waiting(one.id.0, &one.words, lens.time(one.updated_at))).collect(),
        planned: planned
            .iter()
            .map(|one| Waiting {
                problem: one.problem.clone(),
                ..waiting(one.id.0, &one.words, lens.time(one.run_at))
            })
            .collect(),
    };
    Ok(web.page(&mut conn, &member.visit, Nav::Elsewhere, &view).await?)
}

/// `POST /drafts`: keeps what stands in a form, for the script that sends it while somebody types. Who is not signed in
/// any more keeps it all the same, for when they are again.
async fn keep(web: State<Web>, visit: Visit, Unproven { posted, fits }: Unproven) -> Response {
    let author = match (Member::of(&visit), author_of(&web, &posted)) {
        (Some(member), None) if fits => Some(member.id()),
        (_, author) => author,
    };
    let Some(author) = author else { return said(StatusCode::UNAUTHORIZED, &json!({})) };
    let keep = Keep { form: form_of(&posted), words: words_of(&posted) };
    match drafts::keep(web.services(), author, keep).await {
        Ok(Kept::As { id, version, apart, .. }) => {
            said(StatusCode::OK, &json!({ "draft": format!("{id}.{version}"), "apart": apart }))
        }
        Ok(Kept::Nothing | Kept::Used) => said(StatusCode::OK, &json!({ "draft": "" })),
        Err(error) => {
            let status = match error {
                Error::RateLimited { .. } => StatusCode::TOO_MANY_REQUESTS,
                Error::Internal(_) => StatusCode::INTERNAL_SERVER_ERROR,
                _ => StatusCode::UNPROCESSABLE_ENTITY,
            };
            if !error.is_refusal() {
                tracing::error!(error = %error.chain(), "A draft could not be kept: {}", error.chain());
            }
            said(status, &json!({ "error": error.to_string() }))
        }
    }
}

fn said(status: StatusCode, body: &serde_json::Value) -> Response {
    (status, [(header::CACHE_CONTROL, "no-store")], Json(body)).into_response()
}

/// `POST /drafts/{id}/throw-away`
async fn throw_away(web: State<Web>, member: Member, Path(id): Path<DraftId>, _: Posted) -> Answer {
    drafts::throw_away(web.services(), member.id(), id).await?;
    let flash = Flash::good(member.visit.say("drafts-thrown-away")).undo(format!("/drafts/{id}/restore"));
    Ok(redirect::saying(&web, "/drafts", &flash))
}

/// `POST /drafts/{id}/restore`
async fn restore(web: State<Web>, member: Member, Path(id): Path<DraftId>, _: Posted) -> Answer {
    drafts::restore(web.services(), member.id(), id).await?;
    Ok(redirect::saying(&web, "/drafts", &Flash::good(member.visit.say("drafts-restored"))))
}

/// `POST /planned/{id}/draft`
async fn lay_aside(web: State<Web>, member: Member, Path(id): Path<ScheduledId>, _: Posted) -> Answer {
    scheduled::lay_aside(web.services(), member.id(), id).await?;
    Ok(redirect::saying(&web, "/drafts", &Flash::good(member.visit.say("drafts-laid-aside"))))
}

/// `POST /planned/{id}/post`
async fn post_now(web: State<Web>, member: Member, Path(id): Path<ScheduledId>, _: Posted) -> Answer {
    match scheduled::run_now(web.services(), member.id(), id).await {
        Ok(post) => Ok(redirect::to(&format!("/@{}/{post}", member.signed.account.username))),
        Err(error @ (Error::Invalid { .. } | Error::Forbidden { .. } | Error::Conflict { .. })) => {
            let said = member.visit.say_with("drafts-not-posted", &[("problem", error.to_string().into())]);
            Ok(redirect::saying(&web, "/drafts#planned", &Flash::bad(said)))
        }
        Err(error) => Err(error.into()),
    }
}
