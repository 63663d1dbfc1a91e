//! A form of the composer comes in: posted, planned, kept, or shown again.

use std::time::Duration;

use axum::extract::State;
use axum::http::StatusCode;

use super::{form, fragment, page_for};
use crate::base::id::{AccountId, MediaId, ScheduledId, StatusId};
use crate::base::text::Format;
use crate::base::{Error, Millis, Result};
use crate::domain::statuses::drafts::{self, Keep, Kept};
use crate::domain::statuses::scheduled::{self, Plan};
use crate::domain::statuses::{self, Draft};
use crate::web::failure::Answer;
use crate::web::form::{Posted, Unproven, too_old};
use crate::web::redirect;
use crate::web::resolve;
use crate::web::state::Web;
use crate::web::views::{Composer, Flash, Nav, wrong};
use crate::web::visit::{Member, Visit};

/// What became of it.
enum Done {
    Posted(StatusId),
    Planned,
    Kept,
}

/// How long a form that somebody has open says whose it is.
const FORMS_LAST: Duration = Duration::from_hours(7 * 24);

/// What a form shows to say whose it is, also when the session has ended.
pub fn seal(web: &Web, author: AccountId) -> String {
    web.services().passes.make(&subject(author), web.services().clock.now(), FORMS_LAST)
}

/// Whose form it is, if it was one of this site.
pub fn author(web: &Web, posted: &Posted) -> Option<AccountId> {
    let author: AccountId = posted.id("author").ok()?;
    let services = web.services();
    services.passes.admits(&subject(author), posted.get("seal"), services.clock.now()).then_some(author)
}

fn subject(author: AccountId) -> String {
    format!("words of {author}")
}

/// `POST /compose`: posts it, plans it or keeps it as a draft, or shows the form again with what was typed and what is
/// wrong. Who is not signed in any more finds it among the drafts after signing in.
pub async fn send(web: State<Web>, visit: Visit, Unproven { posted, fits }: Unproven) -> Answer {
    let Some(member) = Member::of(&visit) else { return rescue(&web, &visit, &posted).await };
    let author = author(&web, &posted);
    if author.is_some_and(|author| author != member.id()) {
        rescue(&web, &visit, &posted).await?;
        let flash = Flash::bad(visit.say("compose-of-somebody-else"));
        return Ok(redirect::saying(&web, "/compose", &flash));
    }
    let mut images = form::kept_images(&posted);
    if !fits && author.is_none() {
        return Err(too_old().into());
    }
    if !fits {
        return again(&web, &member, &posted, images, Shown::Note("compose-signed-anew")).await;
    }
    if posted.get("do") == "preview" {
        return match form::upload(&web, &member, &posted, &mut images).await {
            Ok(()) => again(&web, &member, &posted, images, Shown::Preview).await,
            Err(error) => again(&web, &member, &posted, images, Shown::Wrong(error)).await,
        };
    }
    match take(&web, &member, &posted, &mut images).await {
        Ok(Done::Posted(id)) => {
            let page = format!("/@{}/{id}", member.signed.account.username);
            if posted.some("back").is_none() {
                return Ok(redirect::to(&page));
            }
            let flash = Flash::good(visit.say("compose-posted")).link(page, visit.say("compose-show"));
            Ok(redirect::saying(&web, posted.back(), &flash))
        }
        Ok(Done::Planned) => {
            Ok(redirect::saying(&web, "/drafts#planned", &Flash::good(visit.say("compose-is-planned"))))
        }
        Ok(Done::Kept) => Ok(redirect::saying(&web, "/drafts", &Flash::good(visit.say("compose-is-kept")))),
        Err(error) => again(&web, &member, &posted, images, Shown::Wrong(error)).await,
    }
}

async fn take(web: &Web, member: &Member, posted: &Posted, images: &mut Vec<MediaId>) -> Result<Done> {
    form::upload(web, member, posted, images).await?;
    let services = web.services();
    let form = form::form(posted);
    let words = form::words(posted, images);
    if posted.get("do") == "draft" {
        return match drafts::keep(services, member.id(), Keep { form, words }).await? {
            Kept::Nothing => Err(Error::invalid("status", "must not be empty")),
            Kept::As { .. } | Kept::Used => Ok(Done::Kept),
        };
    }
    meet_mentioned(web, &words.text).await?;
    let draft = Draft { idempotency_key: form.mark(), ..words.into_draft() };
    if posted.some("planned").is_some() {
        return change_plan(web, member, posted, draft).await;
    }
    if posted.get("do") == "later" {
        let plan = Plan { draft, run_at: form::later(posted)?, form: Some(form) };
        scheduled::plan(services, member.id(), plan).await?;
        return Ok(Done::Planned);
    }
    drafts::post(services, member.id(), &form, draft).await.map(Done::Posted)
}

async fn change_plan(web: &Web, member: &Member, posted: &Posted, draft: Draft) -> Result<Done> {
    let id: ScheduledId = posted.id("planned")?;
    let later = posted.get("do") == "later";
    let run_at: Option<Millis> = later.then(|| form::later(posted)).transpose()?;
    scheduled::change(web.services(), member.id(), id, run_at, Some(draft)).await?;
    drafts::settle(web.services(), member.id(), &form::form(posted)).await?;
    if later {
        return Ok(Done::Planned);
    }
    scheduled::run_now(web.services(), member.id(), id).await.map(Done::Posted)
}

/// People of other sites whom nobody here met yet are looked up, so that they count as mentioned. A site that does
/// not answer is no reason not to post.
pub async fn meet_mentioned(web: &Web, text: &str) -> Result<()> {
    let services = web.services();
    let mut conn = services.db.read().await?;
    let unknown = statuses::create::unknown_handles(services, &mut conn, text, Format::Markdown).await?;
    drop(conn);
    for handle in unknown.iter().take(5) {
        resolve::person(web, &handle.to_string()).await?;
    }
    Ok(())
}

/// Nobody is signed in, but the form says whose it is: the words become a draft of that person, whom alone they are
/// shown to. Pictures have to be chosen again.
async fn rescue(web: &Web, visit: &Visit, posted: &Posted) -> Answer {
    let Some(author) = author(web, posted) else { return Err(Error::Unauthenticated.into()) };
    let words = form::words(posted, &form::kept_images(posted));
    let kept = drafts::keep(web.services(), author, Keep { form: form::form(posted), words }).await?;
    let back = match kept {
        Kept::As { id, .. } => format!("/compose?draft={id}"),
        Kept::Nothing | Kept::Used => "/drafts".to_owned(),
    };
    let query = url::form_urlencoded::Serializer::new(String::new()).append_pair("back", &back).finish();
    let flash = Flash::bad(visit.say("compose-signed-out"));
    Ok(redirect::saying(web, &format!("/sign-in?{query}"), &flash))
}

/// Why the form is shown again.
pub enum Shown {
    Wrong(Error),
    Note(&'static str),
    Preview,
}

/// The form again, with everything that was typed and the files that have arrived.
async fn again(web: &Web, member: &Member, posted: &Posted, images: Vec<MediaId>, shown: Shown) -> Answer {
    let shown = match shown {
        Shown::Wrong(error) if !is_about_the_form(&error) => return Err(error.into()),
        shown => shown,
    };
    let mut conn = web.services().db.read().await?;
    let sites = web.sites(&mut conn).await?;
    let lens = member.visit.lens(web, &sites);
    let words = form::words(posted, &images);
    let mut view = page_for(web, member, &lens, &mut conn, &words).await?;
    form::fill(&mut conn, member.id(), &mut view.composer, &words).await?;
    carry_over(&mut view.composer, posted);
    let status = say_why(&member.visit, &mut view.composer, shown);
    if view.composer.preview.is_some() {
        let html = html_of(web, member, &words.text).await?;
        view.composer.preview = Some(html);
    }
    let mut answer = web.page(&mut conn, &member.visit, Nav::Compose, &view).await?;
    *answer.status_mut() = status;
    Ok(answer)
}

/// What the form holds beside the words.
pub fn carry_over(composer: &mut Composer, posted: &Posted) {
    posted.get("draft").clone_into(&mut composer.draft);
    posted.get("later").clone_into(&mut composer.later);
    posted.get("back").clone_into(&mut composer.back);
    composer.planned = posted.id("planned").ok();
    // The same form goes on: what it kept as a draft is still its draft.
    if let Some(once) = posted.some("once") {
        once.clone_into(&mut composer.once);
    }
}

pub fn is_about_the_form(error: &Error) -> bool {
    matches!(error, Error::Invalid { .. } | Error::Conflict { .. } | Error::Forbidden { .. })
}

/// Notes on the form why it is shown again.
pub fn say_why(visit: &Visit, composer: &mut Composer, shown: Shown) -> StatusCode {
    match shown {
        Shown::Preview => {
            composer.preview = Some(String::new());
            StatusCode::OK
        }
        Shown::Note(note) => {
            composer.note = Some(note);
            StatusCode::UNPROCESSABLE_ENTITY
        }
        Shown::Wrong(error) => {
            let (field, key) = field_of(&error);
            let problem = match &error {
                Error::Invalid { problem, .. } => problem.clone(),
                other => other.to_string(),
            };
            composer.open |= field == "image";
            composer.errors = wrong(field, visit.say_with(key, &[("problem", problem.into())]));
            StatusCode::UNPROCESSABLE_ENTITY
        }
    }
}

fn field_of(error: &Error) -> (&'static str, &'static str) {
    match error {
        Error::Invalid { field: "status", problem } if problem == "must not be empty" => {
            ("text", "compose-wrong-empty")
        }
        Error::Invalid { field: "status" | "text", .. } => ("text", "compose-wrong-text"),
        Error::Invalid { field: "title", .. } => ("title", "compose-wrong-title"),
        Error::Invalid { field: "poll[options]", .. } => ("poll", "compose-wrong-options"),
        Error::Invalid { field: "poll" | "poll[expires_in]", .. } => ("poll", "compose-wrong-poll"),
        Error::Invalid { field: "media_ids" | "file", .. } => ("image", "compose-wrong-image"),
        Error::Invalid { field: "description", .. } => ("image", "compose-wrong-description"),
        Error::Invalid { field: "scheduled_at", .. } => ("later", "compose-wrong-later"),
        _ => ("text", "compose-wrong"),
    }
}

/// `POST /compose/preview`: what a text will look like, as a part of the page.
pub async fn preview(web: State<Web>, member: Member, posted: Posted) -> Answer {
    let text = posted.get("text").replace("\r\n", "\n");
    Ok(fragment(html_of(&web, &member, &text).await?))
}

async fn html_of(web: &Web, member: &Member, text: &str) -> Result<String> {
    let services = web.services();
    let mut conn = services.db.read().await?;
    statuses::create::preview(services, &mut conn, member.id(), text, Format::Markdown).await
}
