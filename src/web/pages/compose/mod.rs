//! Writing: a post, a reply, a quote, a change; and going on with a draft.

mod edit;
mod form;
mod send;

pub use form::{form as form_of, kept as kept_of};
pub use send::{author as author_of, seal};

use axum::Router;
use axum::extract::{Query, State};
use axum::http::header;
use axum::response::{Html, IntoResponse};
use axum::routing::{get, post};
use serde::{Deserialize, Serialize};

use crate::base::id::{AccountId, DraftId, ScheduledId, StatusId};
use crate::base::{Error, Result};
use crate::domain::accounts;
use crate::domain::statuses::hydrate::hydrate_one;
use crate::domain::statuses::{Words, drafts, scheduled};
use crate::platform::db::Conn;
use crate::web::compose_box;
use crate::web::failure::Answer;
use crate::web::form::Posted;
use crate::web::lens::Lens;
use crate::web::state::Web;
use crate::web::templates::View;
use crate::web::views::{Composer, Nav, Post};
use crate::web::visit::Member;

/// Where it answers.
pub fn routes() -> Router<Web> {
    Router::new()
        .route("/compose", get(show).post(send::send))
        .route("/compose/box", get(show_box))
        .route("/compose/preview", post(send::preview))
        .route("/posts/{id}/edit", get(edit::show).post(edit::send))
}

/// The page to write on.
#[derive(Debug, Serialize)]
pub struct Compose {
    /// As in "Reply to Ann": the message, and whom it names.
    pub heading: &'static str,
    /// Whom the heading names.
    pub to: String,
    /// The post that is answered or quoted.
    pub answers: Option<Post>,
    /// Where one writes.
    pub composer: Composer,
}

impl View for Compose {
    const TEMPLATE: &'static str = "pages/compose.html";
}

/// Only the place to write, to be put into a page.
#[derive(Debug, Serialize)]
struct ComposeBox {
    composer: Composer,
}

impl View for ComposeBox {
    const TEMPLATE: &'static str = "pages/compose_box.html";
}

/// What the address says.
#[derive(Debug, Default, Deserialize)]
pub struct Asked {
    /// The post to answer.
    reply: Option<StatusId>,
    /// The post to quote.
    quote: Option<StatusId>,
    /// Whom to write to.
    to: Option<AccountId>,
    /// Words of a post that was deleted, to write it again.
    again: Option<String>,
    /// The draft to go on with.
    draft: Option<DraftId>,
    /// The planned post to change.
    planned: Option<ScheduledId>,
    /// A text to begin with, as other pages and programs hand it over.
    text: Option<String>,
    /// Where to go afterwards.
    back: Option<String>,
}

/// `GET /compose`
async fn show(web: State<Web>, member: Member, Query(asked): Query<Asked>) -> Answer {
    let mut conn = web.services().db.read().await?;
    let view = view_of(&web, &member, &mut conn, asked).await?;
    Ok(web.page(&mut conn, &member.visit, Nav::Compose, &view).await?)
}

/// `GET /compose/box`: the same as a part of the page that one reads.
async fn show_box(web: State<Web>, member: Member, Query(asked): Query<Asked>) -> Answer {
    let mut conn = web.services().db.read().await?;
    let back = asked.back.clone().unwrap_or_default();
    let mut composer = view_of(&web, &member, &mut conn, asked).await?.composer;
    composer.key = "inline";
    composer.back = back;
    let answer = web.page(&mut conn, &member.visit, Nav::Elsewhere, &ComposeBox { composer }).await?;
    Ok(([(header::CACHE_CONTROL, "no-store")], answer).into_response())
}

async fn view_of(web: &Web, member: &Member, conn: &mut Conn, asked: Asked) -> Result<Compose> {
    let sites = web.sites(conn).await?;
    let lens = member.visit.lens(web, &sites);
    if let Some(id) = asked.planned {
        let planned = scheduled::get(conn, member.id(), id).await?;
        let mut view = page_for(web, member, &lens, conn, &planned.words).await?;
        form::fill(conn, member.id(), &mut view.composer, &planned.words).await?;
        view.composer.planned = Some(id);
        view.composer.later = form::utc(planned.run_at);
        return Ok(view);
    }
    let wanted = Words { in_reply_to: asked.reply, quote: asked.quote, ..Words::default() };
    // Whoever signed in as somebody else, or threw it away meanwhile, begins with an empty page.
    let draft = match asked.draft {
        Some(id) => drafts::get(conn, member.id(), id).await.ok(),
        None if asked.reply.is_some() || asked.quote.is_some() => {
            drafts::find_for(conn, member.id(), &wanted.place()).await?
        }
        None => None,
    };
    if let Some(draft) = draft {
        let mut view = match draft.words.edits {
            Some(id) => edit::page(web, member, conn, id).await?,
            None => page_for(web, member, &lens, conn, &draft.words).await?,
        };
        form::fill(conn, member.id(), &mut view.composer, &draft.words).await?;
        view.composer.draft = format!("{}.{}", draft.id, draft.version);
        return Ok(view);
    }
    let mut view = page_for(web, member, &lens, conn, &wanted).await?;
    if let Some(to) = asked.to {
        let account = accounts::store::get(conn, to).await?;
        view.composer.text = format!("@{} ", account.acct());
    }
    if let Some(text) = asked.text {
        view.composer.text.push_str(&text);
    }
    if let Some(words) = asked.again.and_then(|token| web.kept_words(member.id(), &token)) {
        words.put_into(&mut view.composer);
    }
    Ok(view)
}

/// The page for a reply, a quote, or a post of its own. What one wanted to answer may be gone by now: then the words stay,
/// for a post of its own.
async fn page_for(
    web: &Web,
    member: &Member,
    lens: &Lens,
    conn: &mut Conn,
    words: &Words,
) -> Result<Compose> {
    let about = words.in_reply_to.or(words.quote);
    let found = match about {
        Some(id) => match hydrate_one(web.services(), conn, &member.visit.reader(), id).await {
            Err(Error::NotFound { .. }) if !words.is_blank() => None,
            found => Some(found?),
        },
        None => None,
    };
    let Some(found) = found else {
        let mut composer = compose_box::new_post(web, &member.signed, lens);
        composer.note = about.map(|_| "compose-parent-gone");
        return Ok(Compose { heading: "compose-new", to: String::new(), answers: None, composer });
    };
    let (heading, composer) = if words.in_reply_to.is_some() {
        ("compose-reply", compose_box::reply(web, &member.signed, lens, &found))
    } else {
        ("compose-quote", compose_box::quote(web, &member.signed, lens, &found))
    };
    let to = found.shown().account.name().to_owned();
    Ok(Compose { heading, to, answers: Some(lens.post(&found)), composer })
}

/// What was typed, with the uploads that the form keeps.
pub fn words_of(posted: &Posted) -> Words {
    form::words(posted, &form::kept_images(posted))
}

/// Some HTML that belongs into a page.
fn fragment(html: String) -> axum::response::Response {
    ([(header::CACHE_CONTROL, "no-store")], Html(html)).into_response()
}
