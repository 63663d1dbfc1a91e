//! Writing: a post, a reply, a change.

use axum::Router;
use axum::extract::{Path, Query, State};
use axum::http::StatusCode;
use axum::routing::get;
use serde::{Deserialize, Serialize};

use crate::base::id::{AccountId, MediaId, StatusId};
use crate::base::text::Format;
use crate::base::{Error, Result};
use crate::domain::accounts;
use crate::domain::media;
use crate::domain::statuses::{self, Draft, Edit, Reader, StatusView, Visibility, hydrate::hydrate_one};
use crate::platform::db::Conn;
use crate::web::compose_box;
use crate::web::consent;
use crate::web::failure::{Answer, sentence};
use crate::web::form::Posted;
use crate::web::lens::Lens;
use crate::web::poll_fields;
use crate::web::redirect;
use crate::web::resolve;
use crate::web::state::Web;
use crate::web::templates::View;
use crate::web::views::{Composer, Flash, KeptImage, Nav, Post, wrong};
use crate::web::visit::Member;

/// Where it answers.
pub fn routes() -> Router<Web> {
    Router::new()
        .route("/compose", get(show).post(send))
        .route("/posts/{id}/edit", get(show_edit).post(send_edit))
}

/// The page to write on.
#[derive(Debug, Serialize)]
pub struct Compose {
    /// As in "Reply to Ann".
    pub heading: String,
    /// The post that is answered.
    pub answers: Option<Post>,
    /// Where one writes.
    pub composer: Composer,
}

impl View for Compose {
    const TEMPLATE: &'static str = "pages/compose.html";
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
}

/// `GET /compose`
pub async fn show(web: State<Web>, member: Member, Query(asked): Query<Asked>) -> Answer {
    let mut conn = web.services().db.read().await?;
    let sites = web.sites(&mut conn).await?;
    let lens = member.visit.lens(&web, &sites);
    let mut view = page_for(&web, &member, &lens, &mut conn, (asked.reply, asked.quote)).await?;
    if let Some(to) = asked.to {
        let account = accounts::store::get(&mut conn, to).await?;
        view.composer.text = format!("@{} ", account.acct());
    }
    if let Some(words) = asked.again.and_then(|token| web.kept_words(member.id(), &token)) {
        words.put_into(&mut view.composer);
    }
    Ok(web.page(&mut conn, &member.visit, Nav::Compose, &view).await?)
}

/// The page for a reply, a quote, or a post of its own.
async fn page_for(
    web: &Web,
    member: &Member,
    lens: &Lens,
    conn: &mut Conn,
    (reply, quote): (Option<StatusId>, Option<StatusId>),
) -> Result<Compose> {
    if let Some(id) = reply {
        return reply_page(web, member, lens, conn, id).await;
    }
    let Some(id) = quote else {
        let composer = compose_box::new_post(web, &member.signed, lens);
        return Ok(Compose { heading: "New post".to_owned(), answers: None, composer });
    };
    let quoted = hydrate_one(web.services(), conn, &member.visit.reader(), id).await?;
    Ok(Compose {
        heading: format!("Quote {}", quoted.shown().account.name()),
        answers: Some(lens.post(&quoted)),
        composer: compose_box::quote(web, &member.signed, lens, &quoted),
    })
}

async fn reply_page(
    web: &Web,
    member: &Member,
    lens: &Lens,
    conn: &mut Conn,
    id: StatusId,
) -> Result<Compose> {
    let parent = hydrate_one(web.services(), conn, &member.visit.reader(), id).await?;
    Ok(Compose {
        heading: format!("Reply to {}", parent.shown().account.name()),
        answers: Some(lens.post(&parent)),
        composer: compose_box::reply(web, &member.signed, lens, &parent),
    })
}

/// `POST /compose`: writes it, or shows the form again with what was typed and what is wrong.
pub async fn send(web: State<Web>, member: Member, posted: Posted) -> Answer {
    let mut images = kept_images(&posted);
    match write(&web, &member, &posted, &mut images).await {
        Ok(id) if posted.some("back").is_some() => {
            let flash =
                Flash::good("Posted.").link(format!("/@{}/{id}", member.signed.account.username), "Show");
            Ok(redirect::saying(&web, posted.back(), &flash))
        }
        Ok(id) => Ok(redirect::to(&format!("/@{}/{id}", member.signed.account.username))),
        Err(error) => again(&web, &member, &posted, images, error).await,
    }
}

async fn write(web: &Web, member: &Member, posted: &Posted, images: &mut Vec<MediaId>) -> Result<StatusId> {
    upload(web, member, posted, images).await?;
    meet_mentioned(web, posted.get("text")).await?;
    let draft = Draft {
        text: posted.get("text").replace("\r\n", "\n"),
        format: Format::Markdown,
        spoiler_text: posted.get("warning").trim().to_owned(),
        sensitive: posted.checked("sensitive"),
        language: posted.some("language").map(str::to_owned),
        visibility: Visibility::from_word(posted.get("reach")),
        in_reply_to: posted.some("reply").map(|_| posted.id("reply")).transpose()?,
        media: images.clone(),
        title: posted.get("title").to_owned(),
        poll: poll_fields::typed(posted),
        app: None,
        idempotency_key: posted.some("once").map(|once| format!("page:{once}")),
        quote: posted.some("quote").map(|_| posted.id("quote")).transpose()?,
        policy: consent::policy(posted),
    };
    statuses::create(web.services(), member.id(), draft).await
}

/// People of other sites whom nobody here met yet are looked up, so that they count as mentioned. A site that does
/// not answer is no reason not to post.
async fn meet_mentioned(web: &Web, text: &str) -> Result<()> {
    let services = web.services();
    let mut conn = services.db.read().await?;
    let unknown = statuses::create::unknown_handles(services, &mut conn, text, Format::Markdown).await?;
    drop(conn);
    for handle in unknown.iter().take(5) {
        resolve::person(web, &handle.to_string()).await?;
    }
    Ok(())
}

/// The form again, with everything that was typed and the images that have arrived.
async fn again(web: &Web, member: &Member, posted: &Posted, images: Vec<MediaId>, error: Error) -> Answer {
    let (Error::Invalid { .. } | Error::Conflict { .. } | Error::Forbidden { .. }) = &error else {
        return Err(error.into());
    };
    let mut conn = web.services().db.read().await?;
    let sites = web.sites(&mut conn).await?;
    let lens = member.visit.lens(web, &sites);
    let id = |name: &'static str| posted.some(name).map(|_| posted.id(name)).transpose();
    let mut view = page_for(web, member, &lens, &mut conn, (id("reply")?, id("quote")?)).await?;
    for (field, value) in [("repliers", &mut view.composer.repliers), ("quoters", &mut view.composer.quoters)]
    {
        posted.get(field).clone_into(value);
    }
    refill(&mut view.composer, posted, &error);
    posted.get("reach").clone_into(&mut view.composer.reach);
    show_kept(&mut conn, member.id(), &mut view.composer, &images).await?;
    let mut answer = web.page(&mut conn, &member.visit, Nav::Compose, &view).await?;
    *answer.status_mut() = StatusCode::UNPROCESSABLE_ENTITY;
    Ok(answer)
}

fn refill(composer: &mut Composer, posted: &Posted, error: &Error) {
    posted.get("text").clone_into(&mut composer.text);
    posted.get("warning").clone_into(&mut composer.warning);
    posted.get("language").clone_into(&mut composer.language);
    if let Some(title) = &mut composer.title {
        posted.get("title").clone_into(title);
    }
    if let Some(poll) = &mut composer.poll {
        poll_fields::refill(poll, posted);
    }
    composer.sensitive = posted.checked("sensitive");
    composer.open = !composer.warning.is_empty() || composer.sensitive;
    let (field, problem) = match error {
        Error::Invalid { field: "status", problem } => ("text", format!("The post {problem}.")),
        Error::Invalid { field: "title", problem } => ("title", format!("The title {problem}.")),
        Error::Invalid { field: "poll[options]", problem } => {
            ("poll", format!("The options of the poll {problem}."))
        }
        Error::Invalid { field: "poll" | "poll[expires_in]", problem } => {
            ("poll", format!("The poll {problem}."))
        }
        Error::Invalid { field: "media_ids" | "file", problem } => {
            ("image", format!("The images {problem}."))
        }
        other => ("text", sentence(&other.to_string())),
    };
    composer.open |= field == "image";
    composer.errors = wrong(field, problem);
}

async fn show_kept(
    conn: &mut Conn,
    me: AccountId,
    composer: &mut Composer,
    images: &[MediaId],
) -> Result<()> {
    let mut known = media::store::list(conn, images).await?;
    known.retain(|image| image.account_id == me);
    composer.kept = images
        .iter()
        .filter_map(|id| known.iter().find(|image| image.id == *id))
        .map(|image| KeptImage {
            id: image.id,
            preview: format!("/media/{}/preview", image.id),
            alt: image.description.clone(),
        })
        .collect();
    composer.slots = composer.slots.saturating_sub(composer.kept.len());
    Ok(())
}

/// `GET /posts/{id}/edit`
pub async fn show_edit(web: State<Web>, member: Member, Path(id): Path<StatusId>) -> Answer {
    let mut conn = web.services().db.read().await?;
    let view = own_post(&web, &member, &mut conn, id).await?;
    let page = edit_page(&web, &member, &mut conn, &view).await?;
    Ok(web.page(&mut conn, &member.visit, Nav::Elsewhere, &page).await?)
}

/// `POST /posts/{id}/edit`
pub async fn send_edit(web: State<Web>, member: Member, Path(id): Path<StatusId>, posted: Posted) -> Answer {
    let services = web.services();
    let mut images = kept_images(&posted);
    match change(&web, &member, id, &posted, &mut images).await {
        Ok(()) => Ok(redirect::saying(
            &web,
            &format!("/@{}/{id}", member.signed.account.username),
            &Flash::good("Changed."),
        )),
        Err(error @ (Error::Invalid { .. } | Error::Conflict { .. })) => {
            let mut conn = services.db.read().await?;
            let view = own_post(&web, &member, &mut conn, id).await?;
            let mut page = edit_page(&web, &member, &mut conn, &view).await?;
            refill(&mut page.composer, &posted, &error);
            show_kept(&mut conn, member.id(), &mut page.composer, &images).await?;
            let mut answer = web.page(&mut conn, &member.visit, Nav::Elsewhere, &page).await?;
            *answer.status_mut() = StatusCode::UNPROCESSABLE_ENTITY;
            Ok(answer)
        }
        Err(error) => Err(error.into()),
    }
}

async fn change(
    web: &Web,
    member: &Member,
    id: StatusId,
    posted: &Posted,
    images: &mut Vec<MediaId>,
) -> Result<()> {
    own_post(web, member, &mut web.services().db.read().await?, id).await?;
    upload(web, member, posted, images).await?;
    meet_mentioned(web, posted.get("text")).await?;
    let edit = Edit {
        text: Some(posted.get("text").replace("\r\n", "\n")),
        format: None,
        spoiler_text: Some(posted.get("warning").trim().to_owned()),
        sensitive: Some(posted.checked("sensitive")),
        language: posted.some("language").map(str::to_owned),
        media: Some(images.clone()),
        title: Some(posted.get("title").to_owned()),
        poll: poll_fields::typed(posted),
    };
    statuses::edit(web.services(), member.id(), id, edit).await
}

async fn own_post(web: &Web, member: &Member, conn: &mut Conn, id: StatusId) -> Result<StatusView> {
    let view = hydrate_one(web.services(), conn, &Reader::Person(member.id()), id).await?;
    if view.status.account_id != member.id() || view.reblog.is_some() {
        return Err(Error::not_found("status"));
    }
    Ok(view)
}

async fn edit_page(web: &Web, member: &Member, conn: &mut Conn, view: &StatusView) -> Result<Compose> {
    let sites = web.sites(conn).await?;
    let lens = member.visit.lens(web, &sites);
    let status = &view.status;
    let mut composer = Composer {
        label: "Edit the post".to_owned(),
        action: format!("/posts/{}/edit", status.id),
        text: status.source.clone(),
        title: Some(view.title.as_ref().map(|title| title.text.clone()).unwrap_or_default()),
        poll: None,
        warning: status.spoiler_text.clone(),
        sensitive: status.sensitive,
        open: !status.spoiler_text.is_empty() || status.sensitive,
        language: status.language.clone().unwrap_or_default(),
        reaches: Vec::new(),
        who: &[],
        button: "Save",
        ..compose_box::new_post(web, &member.signed, &lens)
    };
    let images: Vec<MediaId> = view.media.iter().map(|image| image.id).collect();
    show_kept(conn, member.id(), &mut composer, &images).await?;
    Ok(Compose { heading: "Edit post".to_owned(), answers: None, composer })
}

/// The images that the form keeps, in order.
fn kept_images(posted: &Posted) -> Vec<MediaId> {
    let dropped: Vec<&str> = posted.all("drop").collect();
    posted.all("kept").filter(|id| !dropped.contains(id)).filter_map(|id| id.parse().ok()).collect()
}

/// Takes new images in and writes down what the kept ones show.
async fn upload(web: &Web, member: &Member, posted: &Posted, images: &mut Vec<MediaId>) -> Result<()> {
    let services = web.services();
    for (id, description) in posted.all("kept").zip(posted.all("kept_alt")) {
        if let Ok(id) = id.parse()
            && images.contains(&id)
        {
            media::describe(services, member.id(), id, description).await?;
        }
    }
    for (file, description) in posted.files("image").zip(posted.all("alt")) {
        if !file.is_empty() {
            let image = media::upload(services, member.id(), file.clone(), description).await?;
            images.push(image.id);
        }
    }
    Ok(())
}
